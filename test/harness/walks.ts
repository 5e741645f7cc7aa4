import * as fc from 'fast-check';
import FlatQueue from 'flatqueue';
import { seeded } from '#core/base/random.ts';
import { headOf } from '#engines/travel/road/bans.ts';
import type { RoadData, TurnBan } from '#engines/travel/road/data.ts';
import { MODE_BIT } from '#engines/travel/road/data.ts';
import { accessOf } from '#engines/travel/road/graph.ts';
import { edgeWeights, turnWeights } from '#engines/travel/road/pace.ts';
import type { RoadPoint, RoadProfile } from '#engines/travel/road/roads.ts';
import { turnClassifier } from '#engines/travel/road/turns.ts';
import { partOf, weightOf } from '#engines/travel/road/weight.ts';
import { ALL_MODES, anyTown, townOf } from './town.ts';
import type { Spot, TownEdge } from './town.ts';

/** Somebody who loses a different time at each kind of turn. */
export const DRIVER: RoadProfile = {
  id: 'driver',
  mode: 'car',
  pace: { residential: 0.5, motorway: 1.2 },
  speed_kmh: 20,
  max_kmh: 110,
  turn_s: { left: 7, right: 3, straight: 1, about: 20 },
  height_cm: 200,
  width_cm: 200,
  weight_kg: 2000,
};

/** Positions on edges of a town: also at their very ends, several on one edge, and on edges nobody may use. */
export const pointsOn = (data: RoadData, most = 3): fc.Arbitrary<readonly RoadPoint[]> => {
  const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const point = fc.record({
    edge: fc.nat(Math.max(0, data.edge_from.length - 1)),
    share,
    at: fc.constant([122, 30] as const),
    access_m: fc.nat(300),
    access_s: fc.nat(300),
  });
  return data.edge_from.length === 0 ? fc.constant([]) : fc.array(point, { maxLength: most });
};

const SPOT = fc.tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: -1500, max: 1500 }));
const MODES = fc.oneof(
  { arbitrary: fc.constant(ALL_MODES), weight: 5 },
  fc.constantFrom(0, MODE_BIT.foot),
  fc.nat(ALL_MODES),
);

/** Towns in which most places can be come to, over up to twenty edges: a tree of streets that is more of a line, and further edges. */
const anyLongTown: fc.Arbitrary<RoadData> = fc.array(SPOT, { minLength: 6, maxLength: 20 }).chain((nodes) => {
  const edge = fc.record({ way: fc.nat(9).map((number) => `way/${number}`), forward: MODES, backward: MODES });
  const back = fc.oneof({ arbitrary: fc.constant(1), weight: 4 }, fc.integer({ min: 2, max: 3 }));
  const tree = fc.tuple(
    ...nodes
      .slice(1)
      .map((_, node) =>
        fc
          .record({ edge, back })
          .map(({ edge: one, back: step }) => ({ ...one, from: Math.max(0, node + 1 - step), to: node + 1 })),
      ),
  );
  const node = fc.nat(nodes.length - 1);
  const more = fc.array(
    fc.record({ edge, from: node, to: node }).map(({ edge: one, from, to }) => ({ ...one, from, to })),
    { maxLength: 8 },
  );
  return fc.record({ tree, more }).map(({ tree: first, more: rest }) => townOf(nodes, [...first, ...rest]));
});

/** Towns with manoeuvres forbidden over two to four edges, to some modes or to all; many overlap. */
export const anyTownWithBans: fc.Arbitrary<RoadData> = fc
  .tuple(
    fc.oneof(anyTown, { arbitrary: anyLongTown, weight: 2 }),
    fc.array(
      fc.record({ first: fc.nat(), steps: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), modes: fc.nat(31) }),
      { maxLength: 8 },
    ),
  )
  .map(([data, wishes]) => ({ ...data, bans: [...data.bans, ...wishes.flatMap((wish) => banAlong(data, wish))] }));

/** A ban along a walk: its first directed edge, and at each node which of those that leave it, all by number. */
const banAlong = (
  data: RoadData,
  { first, steps, modes }: { first: number; steps: readonly number[]; modes: number },
): TurnBan[] => {
  const count = 2 * data.edge_from.length;
  if (count === 0) return [];
  const walk = [first % count];
  for (const step of steps) {
    const node = headOf(data, walk.at(-1) as number);
    const leaving = Array.from({ length: count }, (_, directed) => directed).filter(
      (directed) => headOf(data, directed ^ 1) === node,
    );
    walk.push(leaving[step % leaving.length] as number);
  }
  const at = headOf(data, walk[0] as number);
  return [{ edges: walk.map((directed) => directed >> 1), at, modes: modes === 0 ? ALL_MODES : modes }];
};

/** Edges that `walkWeight` keeps in mind: the longest ban without its last. */
const MEMORY = 3;

/**
 * Weight of the shortest way from some points to others, straight from the rules: every walk is followed edge by edge with all it has to
 * remember, without the graph. For tiny networks.
 */
export const walkWeight = (
  data: RoadData,
  profile: RoadProfile,
  closed: ReadonlySet<string>,
  from: readonly RoadPoint[],
  to: readonly RoadPoint[],
): number => {
  const whole = edgeWeights(data, profile, closed);
  const turn = turnWeights(profile);
  const turnOf = turnClassifier(data);
  const bit = MODE_BIT[profile.mode];
  const waiting = new FlatQueue<readonly number[]>();
  const follow = (walk: readonly number[], weight: number): void => {
    const last = walk.at(-1) as number;
    if (weight === Infinity) return;
    for (const next of nextEdges(data, walk, bit)) {
      const turned = turn[turnOf(last, next, headOf(data, last))] as number;
      waiting.push([...walk, next].slice(-MEMORY), weight + turned);
    }
  };
  let best = Infinity;
  const along = (directed: number, share: number): number => (directed % 2 === 0 ? share : 1 - share);
  for (const start of from) {
    for (const directed of [2 * start.edge, 2 * start.edge + 1]) {
      const access = weightOf(start.access_s, start.access_m);
      const here = along(directed, start.share);
      for (const end of to.filter(({ edge }) => edge === start.edge)) {
        const share = along(directed, end.share) - here;
        const direct = access + weightOf(end.access_s, end.access_m) + partOf(whole[directed] as number, share);
        if (share >= 0) best = Math.min(best, direct);
      }
      follow([directed], access + partOf(whole[directed] as number, 1 - here));
    }
  }
  const reached = new Set<string>();
  while (waiting.length > 0) {
    const weight = waiting.peekValue() as number;
    const walk = waiting.pop() as readonly number[];
    if (weight >= best) break;
    if (reached.has(walk.join())) continue;
    reached.add(walk.join());
    const last = walk.at(-1) as number;
    for (const end of to.filter(({ edge }) => edge === last >> 1)) {
      const rest = partOf(whole[last] as number, along(last, end.share));
      best = Math.min(best, weight + rest + weightOf(end.access_s, end.access_m));
    }
    follow(walk, weight + (whole[last] as number));
  }
  return best;
};

/** Directed edges a mode may use after a walk: straight back only where there is nothing else. */
export const nextEdges = (data: RoadData, walk: readonly number[], bit: number): readonly number[] => {
  const last = walk.at(-1) as number;
  const node = headOf(data, last);
  const isAllowed = (next: number): boolean =>
    headOf(data, next ^ 1) === node &&
    (accessOf(data, last) & accessOf(data, next) & bit) !== 0 &&
    (next === (last ^ 1) || ((data.node_barred[node] as number) & bit) === 0) &&
    !data.bans.some((ban) => (ban.modes & bit) !== 0 && isEnd(data, [...walk, next], ban));
  const allowed: number[] = [];
  for (let next = 0; next < 2 * data.edge_from.length; next++) if (isAllowed(next)) allowed.push(next);
  const isElsewhere = allowed.some((next) => next !== (last ^ 1));
  return allowed.filter((next) => next !== (last ^ 1) || !isElsewhere);
};

/** Whether a walk ends with a forbidden manoeuvre. */
const isEnd = (data: RoadData, walk: readonly number[], ban: TurnBan): boolean => {
  const tail = walk.slice(-ban.edges.length);
  return (
    tail.length === ban.edges.length &&
    tail.every((directed, at) => directed >> 1 === ban.edges[at]) &&
    headOf(data, tail[0] as number) === ban.at
  );
};

/** A town of `side` × `side` crossings with one-way streets, footpaths, fast roads, missing streets and forbidden turns; way/n is a street. */
export const gridTown = (side: number, seed: number): RoadData => {
  const random = seeded(seed);
  const spots = Array.from({ length: side * side }, (_, node): Spot => {
    const jitter = (): number => (random() - 0.5) * 60;
    return [(node % side) * 120 + jitter(), Math.floor(node / side) * 120 + jitter()];
  });
  const edges: TownEdge[] = [];
  spots.forEach((_, node) => {
    for (const to of [node % side === side - 1 ? -1 : node + 1, node + side]) {
      if (to < 0 || to >= spots.length || random() < 0.12) continue;
      const street = to === node + 1 ? Math.floor(node / side) : side + (node % side);
      const kind = random();
      edges.push({
        way: `way/${street}`,
        from: node,
        to,
        forward: kind < 0.08 ? MODE_BIT.foot : ALL_MODES,
        backward: kind < 0.3 ? MODE_BIT.foot : ALL_MODES,
        speed_kmh: street % 5 === 0 ? 80 : 40,
      });
    }
  });
  const data = townOf(spots, edges);
  const wish = (): number => Math.floor(random() * 1e6);
  const wishes = edges
    .filter((_, at) => at % 9 === 0)
    .map((_, at) => ({ first: wish(), steps: [wish(), wish()].slice(at % 2), modes: 30 }));
  return { ...data, bans: wishes.flatMap((one) => banAlong(data, one)) };
};

/** The same roads with nodes, edges and bans in another order. */
export const shuffled = (
  data: RoadData,
  seed: number,
): { readonly data: RoadData; readonly edgeOf: (edge: number) => number } => {
  const random = seeded(seed);
  const anyOrder = (count: number): number[] =>
    Array.from({ length: count }, (_, number) => [random(), number] as const)
      .sort(([a], [b]) => a - b)
      .map(([, number]) => number);
  const nodes = anyOrder(data.node_lon_e7.length);
  const edges = anyOrder(data.edge_from.length);
  const pick = <T extends Int32Array | Uint8Array | Uint32Array | Float32Array>(
    values: T,
    order: readonly number[],
  ): T => values.slice().map((_, at) => values[order[at] as number] as number) as T;
  const shapes = edges.map((edge) => [data.shape_start[edge] as number, data.shape_start[edge + 1] as number] as const);
  const shape = (values: Int32Array): Int32Array =>
    Int32Array.from(shapes.flatMap(([from, to]) => [...values.subarray(from, to)]));
  const nodeOf = (node: number): number => nodes.indexOf(node);
  const edgeOf = (edge: number): number => edges.indexOf(edge);
  let points = 0;
  return {
    edgeOf,
    data: {
      ...data,
      node_lon_e7: pick(data.node_lon_e7, nodes),
      node_lat_e7: pick(data.node_lat_e7, nodes),
      node_barred: pick(data.node_barred, nodes),
      edge_from: pick(data.edge_from, edges).map(nodeOf),
      edge_to: pick(data.edge_to, edges).map(nodeOf),
      edge_way: pick(data.edge_way, edges),
      edge_length_m: pick(data.edge_length_m, edges),
      edge_forward: pick(data.edge_forward, edges),
      edge_backward: pick(data.edge_backward, edges),
      edge_speed_kmh: pick(data.edge_speed_kmh, edges),
      edge_fixed_s: pick(data.edge_fixed_s, edges),
      shape_start: Int32Array.from([0, ...shapes.map(([from, to]) => (points += to - from))]),
      shape_lon_e7: shape(data.shape_lon_e7),
      shape_lat_e7: shape(data.shape_lat_e7),
      bans: data.bans
        .map((ban) => ({ ...ban, edges: ban.edges.map(edgeOf), at: nodeOf(ban.at) }))
        .sort((a, b) => (a.edges[0] as number) - (b.edges[0] as number)),
    },
  };
};
