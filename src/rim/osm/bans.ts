import type { RoadData, TurnBan } from '#engines/travel/road/data.ts';
import type { Assembled } from './assemble.ts';
import type { KeptWays } from './kept-ways.ts';
import type { Nodes } from './nodes.ts';
import { NODE } from './nodes.ts';
import type { Tallies } from './read-ways.ts';
import type { Restriction } from './restrictions.ts';

/** Ids of the nodes with rules. */
export const viasOf = (restrictions: readonly Restriction[]): ReadonlySet<number> =>
  new Set(restrictions.map(({ via_node }) => via_node).filter((id) => id !== null));

/** Nodes with rules are nodes of the graph, also where only two ways meet. To be called before ways are split. */
export const markVias = (vias: ReadonlySet<number>, { ids, flags }: Nodes): void => {
  for (const id of vias) {
    const place = ids.placeOf(id);
    if (place >= 0) flags[place] = (flags[place] as number) | NODE.junction;
  }
};

/** A manoeuvre on edges: those it names, and the nodes between. */
interface Manoeuvre {
  readonly edges: readonly number[];
  readonly nodes: readonly number[];
}

/** Turns the restrictions into forbidden sequences of edges, in an order that does not depend on the file's. What cannot be is said. */
export const bansOf = (
  restrictions: readonly Restriction[],
  kept: KeptWays,
  assembled: Assembled,
  { dropped }: Tallies,
): readonly TurnBan[] => {
  const edgesOf = edgesByWay(restrictions, kept, assembled);
  const only: { readonly manoeuvre: Manoeuvre; readonly modes: number }[] = [];
  const bans: TurnBan[] = [];
  for (const restriction of restrictions) {
    const { id, modes, sort } = restriction;
    for (const from of restriction.from) {
      for (const to of restriction.to) {
        const found = manoeuvreOf({ ...restriction, from: [from], to: [to] }, edgesOf, assembled);
        if (typeof found === 'string') dropped.add(found, `relation/${id}`);
        else if (sort === 'no') bans.push({ edges: found.edges, at: found.nodes[0] as number, modes });
        else only.push({ manoeuvre: found, modes });
      }
    }
  }
  const leaving = edgesAt(assembled.data, new Set(only.flatMap(({ manoeuvre }) => manoeuvre.nodes)));
  for (const { manoeuvre, modes } of only) bans.push(...othersThan(manoeuvre, modes, leaving));
  return tidy(bans);
};

/** Edges of the ways that restrictions name, by id of the way. */
const edgesByWay = (
  restrictions: readonly Restriction[],
  kept: KeptWays,
  { way_start, number_of_way }: Assembled,
): ReadonlyMap<number, readonly number[]> => {
  const wanted = new Set(restrictions.flatMap(({ from, to, via_ways }) => [...from, ...to, ...via_ways]));
  const edges = new Map<number, readonly number[]>();
  for (const way of kept.order) {
    const id = kept.id[way] as number;
    const number = number_of_way[way] as number;
    if (number < 0 || !wanted.has(id)) continue;
    const start = way_start[number] as number;
    edges.set(
      id,
      Array.from({ length: (way_start[number + 1] as number) - start }, (_, i) => start + i),
    );
  }
  return edges;
};

type EdgesOf = ReadonlyMap<number, readonly number[]>;
type Failure = 'restriction-outside' | 'restriction-apart' | 'restriction-ambiguous';

const manoeuvreOf = (restriction: Restriction, edgesOf: EdgesOf, assembled: Assembled): Manoeuvre | Failure => {
  const from = edgesOf.get(restriction.from[0] as number);
  const to = edgesOf.get(restriction.to[0] as number);
  const vias = restriction.via_ways.map((id) => edgesOf.get(id));
  if (from === undefined || to === undefined || vias.includes(undefined)) return 'restriction-outside';
  const { data } = assembled;
  if (restriction.via_node !== null) {
    const node = assembled.nodeOf(restriction.via_node);
    if (node < 0) return 'restriction-outside';
    return joined(data, from, { edges: [], nodes: [node] }, to, restriction.modes);
  }
  const chains = chainsOf(data, vias as (readonly number[])[]);
  const found = chains.map((chain) => joined(data, from, chain, to, restriction.modes));
  const good = found.filter((one) => typeof one !== 'string');
  if (good.length === 1) return good[0] as Manoeuvre;
  return good.length > 1 || found.includes('restriction-ambiguous') ? 'restriction-ambiguous' : 'restriction-apart';
};

/** Puts the edge that leads in before, and the one that leads out behind the middle. */
const joined = (
  data: RoadData,
  from: readonly number[],
  middle: Manoeuvre,
  to: readonly number[],
  modes: number,
): Manoeuvre | Failure => {
  const first = middle.nodes[0] as number;
  const last = middle.nodes.at(-1) as number;
  const into = from.filter((edge) => leadsTo(data, edge, first, modes));
  const out = to.filter((edge) => leadsFrom(data, edge, last, modes));
  if (into.length === 0 || out.length === 0) return 'restriction-apart';
  if (into.length > 1 || out.length > 1) return 'restriction-ambiguous';
  return { edges: [into[0] as number, ...middle.edges, out[0] as number], nodes: middle.nodes };
};

const leadsTo = (data: RoadData, edge: number, node: number, modes: number): boolean =>
  (data.edge_to[edge] === node && ((data.edge_forward[edge] as number) & modes) !== 0) ||
  (data.edge_from[edge] === node && ((data.edge_backward[edge] as number) & modes) !== 0);

const leadsFrom = (data: RoadData, edge: number, node: number, modes: number): boolean =>
  (data.edge_from[edge] === node && ((data.edge_forward[edge] as number) & modes) !== 0) ||
  (data.edge_to[edge] === node && ((data.edge_backward[edge] as number) & modes) !== 0);

/** The ways between, each in either direction and in the order given or turned round, as far as they join. */
const chainsOf = (data: RoadData, vias: readonly (readonly number[])[]): readonly Manoeuvre[] => {
  const orders = vias.length > 1 ? [vias, vias.toReversed()] : [vias];
  return orders.flatMap((ways) => {
    let chains: readonly Manoeuvre[] = [{ edges: [], nodes: [] }];
    for (const way of ways) chains = chains.flatMap((chain) => extended(data, chain, way));
    return chains;
  });
};

const extended = (data: RoadData, chain: Manoeuvre, way: readonly number[]): readonly Manoeuvre[] =>
  [way, way.toReversed()].flatMap((edges, i) => {
    const start = (i === 0 ? data.edge_from : data.edge_to)[edges[0] as number] as number;
    const ends = edges.map((edge) => (i === 0 ? data.edge_to : data.edge_from)[edge] as number);
    const known = chain.nodes.at(-1);
    if (known !== undefined && known !== start) return [];
    return [{ edges: [...chain.edges, ...edges], nodes: [...(known === undefined ? [start] : chain.nodes), ...ends] }];
  });

const edgesAt = (data: RoadData, nodes: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> => {
  const edges = new Map<number, number[]>();
  for (const node of nodes) edges.set(node, []);
  if (nodes.size === 0) return edges;
  for (let edge = 0; edge < data.edge_from.length; edge += 1) {
    const [from, to] = [data.edge_from[edge] as number, data.edge_to[edge] as number];
    edges.get(from)?.push(edge);
    if (to !== from) edges.get(to)?.push(edge);
  }
  return edges;
};

/** Whoever comes this way may only go on as said: at each node of it every other edge is forbidden, turning round too. */
const othersThan = (
  { edges, nodes }: Manoeuvre,
  modes: number,
  leaving: ReadonlyMap<number, readonly number[]>,
): readonly TurnBan[] =>
  nodes.flatMap((node, i) =>
    (leaving.get(node) ?? [])
      .filter((edge) => edge !== edges[i + 1])
      .map((edge) => ({ edges: [...edges.slice(0, i + 1), edge], at: nodes[0] as number, modes })),
  );

/** Each ban once, in the order of edges; the same for other modes is joined to it. */
const tidy = (bans: readonly TurnBan[]): readonly TurnBan[] => {
  const byKey = new Map<string, TurnBan>();
  for (const ban of bans) {
    const key = `${ban.at}:${ban.edges.join(',')}`;
    byKey.set(key, { ...ban, modes: ban.modes | (byKey.get(key)?.modes ?? 0) });
  }
  return [...byKey.values()].sort((a, b) => compare(a.edges, b.edges) || a.at - b.at);
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  const i = a.findIndex((edge, place) => edge !== b[place]);
  return i < 0 ? a.length - b.length : (a[i] as number) - (b[i] ?? -1);
};
