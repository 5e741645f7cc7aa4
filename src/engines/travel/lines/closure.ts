import FlatQueue from 'flatqueue';
import type { Edge } from './network.ts';

/**
 * All ways between nodes without a ride: pieces like edges (who is at the start at `t ≤ until` is at the end at `max(t, from) + cost`),
 * grouped by where they end. A way that is always open has one piece; ways over lines with opening hours have a few. The first piece
 * of every group is the node itself, at no cost. 44 bytes per piece.
 */
export interface Closure {
  readonly nodes: number;
  /** Pieces that end at node n: `[first[n], first[n + 1])`. */
  readonly first: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly from: Float64Array;
  readonly until: Float64Array;
  readonly cost_ms: Float64Array;
  /** Edge it begins with, -1 for the node itself, and the piece that goes on from there. */
  readonly edge: Int32Array;
  readonly next: Int32Array;
  /** The same pieces by where they start: `by_start[first_from[n] … first_from[n + 1])`. */
  readonly first_from: Int32Array;
  readonly by_start: Int32Array;
}

/** Pieces while they grow. */
class Pieces {
  readonly start: number[] = [];
  readonly from: number[] = [];
  readonly until: number[] = [];
  readonly cost_ms: number[] = [];
  readonly edge: number[] = [];
  readonly next: number[] = [];

  get count(): number {
    return this.start.length;
  }

  add(start: number, from: number, until: number, cost_ms: number, edge: number, next: number): number {
    this.start.push(start);
    this.from.push(from);
    this.until.push(until);
    this.cost_ms.push(cost_ms);
    this.edge.push(edge);
    this.next.push(next);
    return this.count - 1;
  }

  /**
   * Whether piece `a` is never later than a piece (from, until, cost). Either is level, then rises with the time; their difference
   * is monotone between the far past and the end of the second, so looking at both ends is enough.
   */
  isAsGood(a: number, from: number, until: number, cost_ms: number): boolean {
    const [from_a, until_a, cost_a] = [this.from[a] as number, this.until[a] as number, this.cost_ms[a] as number];
    if (until_a < until || from_a + cost_a > from + cost_ms) return false;
    return until === Infinity ? cost_a <= cost_ms : Math.max(until, from_a) + cost_a <= Math.max(until, from) + cost_ms;
  }
}

/**
 * Dijkstra's search backwards from every node, over pieces instead of times: a piece is kept unless one that is as good is there.
 * @param edges in a fixed order: ties are broken by it
 * @param begin no piece is open earlier
 */
export const closeOver = (edges: readonly Edge[], nodes: number, begin: number): Closure => {
  const into = edgesInto(edges, nodes);
  const pieces = new Pieces();
  const first = new Int32Array(nodes + 1);
  for (let node = 0; node < nodes; node += 1) {
    searchTo(node, edges, into, pieces, begin);
    first[node + 1] = pieces.count;
  }
  const end = new Int32Array(pieces.count);
  for (let node = 0; node < nodes; node += 1) end.fill(node, first[node], first[node + 1]);
  const start = Int32Array.from(pieces.start);
  return {
    nodes,
    first,
    start,
    end,
    from: Float64Array.from(pieces.from),
    until: Float64Array.from(pieces.until),
    cost_ms: Float64Array.from(pieces.cost_ms),
    edge: Int32Array.from(pieces.edge),
    next: Int32Array.from(pieces.next),
    ...byStart(start, nodes),
  };
};

/** Numbers of the edges that lead to each node. */
const edgesInto = (edges: readonly Edge[], nodes: number): readonly (readonly number[])[] => {
  const into: number[][] = Array.from({ length: nodes }, () => []);
  for (const [number, edge] of edges.entries()) if (edge.from_node !== edge.to_node) into[edge.to_node]?.push(number);
  return into;
};

/** A piece found but not yet kept: it begins with an edge and goes on with a kept piece. */
interface Found {
  readonly edge: number;
  readonly next: number;
  readonly from: number;
  readonly until: number;
}

const searchTo = (
  target: number,
  edges: readonly Edge[],
  into: readonly (readonly number[])[],
  pieces: Pieces,
  begin: number,
): void => {
  const kept = new Map<number, number[]>();
  // Cost of the piece that is always open, where one is kept: it settles most comparisons at once.
  const open_ms = new Float64Array(into.length).fill(Infinity);
  const queue = new FlatQueue<Found>();
  const isUseless = (node: number, from: number, until: number, cost_ms: number): boolean =>
    (open_ms[node] as number) <= cost_ms ||
    kept.get(node)?.some((piece) => pieces.isAsGood(piece, from, until, cost_ms)) === true;
  const keep = (node: number, found: Found, cost_ms: number): void => {
    if (isUseless(node, found.from, found.until, cost_ms)) return;
    const piece = pieces.add(node, found.from, found.until, cost_ms, found.edge, found.next);
    if (found.from <= begin && found.until === Infinity) open_ms[node] = cost_ms;
    const here = kept.get(node);
    if (here === undefined) kept.set(node, [piece]);
    else here.push(piece);
    for (const number of into[node] ?? []) {
      const edge = edges[number] as Edge;
      const until = Math.min(edge.until, found.until - edge.cost_ms);
      // Open too late to be there before the rest closes.
      if (edge.from + edge.cost_ms > found.until || until < begin) continue;
      const from = Math.max(edge.from, found.from - edge.cost_ms);
      if (isUseless(edge.from_node, from, until, cost_ms + edge.cost_ms)) continue;
      queue.push({ edge: number, next: piece, from, until }, cost_ms + edge.cost_ms);
    }
  };
  keep(target, { edge: -1, next: -1, from: begin, until: Infinity }, 0);
  for (let cost_ms = queue.peekValue(); cost_ms !== undefined; cost_ms = queue.peekValue()) {
    const found = queue.pop() as Found;
    keep((edges[found.edge] as Edge).from_node, found, cost_ms);
  }
};

const byStart = (start: Int32Array, nodes: number): Pick<Closure, 'first_from' | 'by_start'> => {
  const first_from = new Int32Array(nodes + 1);
  for (const node of start) first_from[node + 1] = (first_from[node + 1] as number) + 1;
  for (let node = 0; node < nodes; node += 1)
    first_from[node + 1] = (first_from[node + 1] as number) + (first_from[node] as number);
  const free = first_from.slice();
  const by_start = new Int32Array(start.length);
  for (const [piece, node] of start.entries()) {
    by_start[free[node] as number] = piece;
    free[node] = (free[node] as number) + 1;
  }
  return { first_from, by_start };
};
