import type { Instant } from '#core/base/instant.ts';
import { closeOver } from './closure.ts';
import type { Closure } from './closure.ts';
import { takes } from './layers.ts';
import type { Layer } from './layers.ts';
import { ridesOf } from './rides.ts';
import type { Rides } from './rides.ts';
import type { Connection, Line, UsualLine } from './timetable.ts';

/** A way from hub to hub that takes the same time at any moment, or, at one hub, a change of layer. Layers by number. */
export interface Transfer {
  readonly from: string;
  readonly from_layer: number;
  readonly to: string;
  readonly to_layer: number;
  readonly duration_s: number;
}

/** A span of moments, both ends included. */
export type Span = readonly [from: Instant, until: Instant];

export interface LineInput {
  /** No question asks for an earlier moment, and no connection that departs earlier is needed. */
  readonly from: Instant;
  /** Every hub that anything names. */
  readonly hubs: readonly string[];
  readonly layers: readonly Layer[];
  readonly lines: readonly Line[];
  readonly connections: readonly Connection[];
  readonly usual: readonly UsualLine[];
  readonly transfers: readonly Transfer[];
  /** Whether a connection runs: closures of hubs, lines, trips; limits of its carrier. One that does not ends the ride before it. */
  readonly isOpen: (connection: Connection) => boolean;
  /** When a usual line may leave its pier so that the whole crossing is open; null for always. Asked for each way. */
  readonly openings: (usual: UsualLine, back: boolean) => readonly Span[] | null;
}

/** A piece of a way between two nodes: who is at its start at `t ≤ until` is at its end at `max(t, from) + cost_ms`. */
export interface Edge {
  readonly from_node: number;
  readonly to_node: number;
  readonly from: number;
  readonly until: number;
  readonly cost_ms: number;
  readonly means: Transfer | { readonly usual: UsualLine; readonly back: boolean; readonly ashore_ms: number };
}

/** Hubs, ways between them and rides of a span of time, ready for many questions. */
export interface LineNetwork {
  readonly from: Instant;
  /** In order of ids; a hub's number is its place here. */
  readonly hubs: readonly string[];
  /** -1 for none. */
  readonly hubNumber: (id: string) => number;
  readonly layers: readonly Layer[];
  readonly edges: readonly Edge[];
  readonly closure: Closure;
  readonly rides: Rides;
}

/**
 * Prepares the network: what does not run is left out, rides are put in order, ways between hubs are closed over each other. Once
 * per span and set of conditions; the order of the input does not matter.
 * @throws RangeError when something names a hub, layer or line that is not given
 */
export const prepareLines = (input: LineInput): LineNetwork => {
  const hubs = [...new Set(input.hubs)].sort();
  const numbers = new Map(hubs.map((id, number) => [id, number]));
  const hubNumber = (id: string): number => numbers.get(id) ?? -1;
  const lines = new Map(input.lines.map((line) => [line.id, line]));
  const edges = edgesOf(input, hubNumber, lines);
  return {
    from: input.from,
    hubs,
    hubNumber,
    layers: input.layers,
    edges,
    closure: closeOver(edges, hubs.length * input.layers.length, input.from),
    rides: ridesOf(input, (id) => known(hubNumber(id), `hub ${id}`), lines),
  };
};

const known = (number: number, what: string): number => {
  if (number < 0) throw new RangeError(`${what} is not among those given`);
  return number;
};

type Numbering = (id: string) => number;

const edgesOf = (input: LineInput, hubNumber: Numbering, lines: ReadonlyMap<string, Line>): readonly Edge[] => {
  const count = input.layers.length;
  const node = (hub: string, layer: number): number => {
    if (input.layers[layer] === undefined) throw new RangeError(`there is no layer ${layer}`);
    return known(hubNumber(hub), `hub ${hub}`) * count + layer;
  };
  const edges: Edge[] = [];
  for (const transfer of input.transfers) {
    if (!Number.isFinite(transfer.duration_s)) continue;
    edges.push({
      from_node: node(transfer.from, transfer.from_layer),
      to_node: node(transfer.to, transfer.to_layer),
      from: input.from,
      until: Infinity,
      cost_ms: Math.round(transfer.duration_s * 1000),
      means: transfer,
    });
  }
  for (const usual of input.usual) {
    const line = lines.get(usual.line);
    if (line === undefined) throw new RangeError(`line ${usual.line} is not among those given`);
    for (const [layer, one] of input.layers.entries()) {
      if (!takes(line, one)) continue;
      edges.push(...usualEdges(input, usual, line, false, node(usual.from, layer), node(usual.to, layer)));
      if (usual.both_ways)
        edges.push(...usualEdges(input, usual, line, true, node(usual.to, layer), node(usual.from, layer)));
    }
  }
  return edges.sort(compareEdges);
};

/** One edge per span in which the line may leave; waiting counts before it leaves, unloading after it has come. */
const usualEdges = (
  input: LineInput,
  usual: UsualLine,
  line: Line,
  back: boolean,
  from_node: number,
  to_node: number,
): readonly Edge[] => {
  const wait_ms = Math.max(usual.wait_s, line.boarding_s) * 1000;
  const ashore_ms = line.unloading_s * 1000;
  const cost_ms = Math.round(wait_ms + usual.crossing_s * 1000 + ashore_ms);
  const means = { usual, back, ashore_ms };
  const spans = input.openings(usual, back);
  if (spans === null) return [{ from_node, to_node, from: input.from, until: Infinity, cost_ms, means }];
  return spans
    .filter(([from, until]) => until - wait_ms >= input.from && until >= from)
    .map(([from, until]) => ({
      from_node,
      to_node,
      from: Math.max(from - wait_ms, input.from),
      until: until - wait_ms,
      cost_ms,
      means,
    }));
};

const compareEdges = (a: Edge, b: Edge): number =>
  a.from_node - b.from_node ||
  a.to_node - b.to_node ||
  a.cost_ms - b.cost_ms ||
  a.from - b.from ||
  compareNumbers(a.until, b.until) ||
  compareTexts(nameOf(a), nameOf(b));

/** Infinity less Infinity is no number. */
const compareNumbers = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const nameOf = ({ means }: Edge): string => ('usual' in means ? means.usual.line : '');
