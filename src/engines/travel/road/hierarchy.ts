import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import type { RoadData } from './data.ts';
import { groupBy } from './groups.ts';
import { contractionOrder } from './order.ts';

/** Everything about the roads that no weight changes: built once per map, kept in a file. Some 0.5 s for 20,000 edges. */
export const buildHierarchy = (data: RoadData, graph: GraphArrays): HierarchyArrays => {
  const rank_state = contractionOrder(data, graph);
  const filled = eliminate(rank_state, graph);
  const modes = possibleModes(filled);
  const up = compact(filled, modes.up, filled.up_arc);
  const down = compact(filled, modes.down, filled.down_arc);
  return {
    rank_state,
    parent: filled.parent,
    up_start: up.start,
    up_head: up.head,
    up_arc: up.arc,
    down_start: down.start,
    down_head: down.head,
    down_arc: down.arc,
  };
};

/** Rank of each state. */
export const ranksOf = (rank_state: Int32Array): Int32Array => {
  const ranks = new Int32Array(rank_state.length);
  rank_state.forEach((state, rank) => {
    ranks[state] = rank;
  });
  return ranks;
};

/** The graph with all shortcuts, directions together: `head[start[r] … start[r + 1]]` are the higher neighbours of a rank, in order. */
interface Filled {
  readonly parent: Int32Array;
  readonly start: Int32Array;
  readonly head: Int32Array;
  /** Arc of the graph from the lower to the higher end and back; -1 where there is none. */
  readonly up_arc: Int32Array;
  readonly down_arc: Int32Array;
  readonly up_modes: Uint8Array;
  readonly down_modes: Uint8Array;
}

/** Contracts all states in their order: the higher neighbours of each become neighbours of one another. */
const eliminate = (rank_state: Int32Array, graph: GraphArrays): Filled => {
  const { start, head, parent } = fill(rank_state, graph);
  const ranks = ranksOf(rank_state);
  const up_arc = new Int32Array(head.length).fill(-1);
  const down_arc = new Int32Array(head.length).fill(-1);
  const up_modes = new Uint8Array(head.length);
  const down_modes = new Uint8Array(head.length);
  for (let state = 0; state < ranks.length; state++) {
    const from = ranks[state] as number;
    for (let arc = graph.arc_start[state] as number; arc < (graph.arc_start[state + 1] as number); arc++) {
      const to = ranks[graph.arc_to[arc] as number] as number;
      if (from === to) continue;
      const slot = find(head, start, Math.min(from, to), Math.max(from, to));
      (from < to ? up_arc : down_arc)[slot] = arc;
      (from < to ? up_modes : down_modes)[slot] = graph.arc_modes[arc] as number;
    }
  }
  return { parent, start, head, up_arc, down_arc, up_modes, down_modes };
};

/** Place of a higher neighbour in the list of a lower rank. */
const find = (head: Int32Array, start: Int32Array, lower: number, higher: number): number => {
  let [low, high] = [start[lower] as number, start[lower + 1] as number];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((head[middle] as number) < higher) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Higher neighbours of each rank: those of the graph, and those that lower ones leave to it when they are contracted. */
const fill = (rank_state: Int32Array, graph: GraphArrays): Pick<Filled, 'parent' | 'start' | 'head'> => {
  const count = rank_state.length;
  const near = neighbours(rank_state, graph);
  const parent = new Int32Array(count).fill(-1);
  const start = new Int32Array(count + 1);
  const children = new Children(count);
  const seenBy = new Int32Array(count).fill(-1);
  let head = new Int32Array(4 * near.higher.length);
  let end = 0;
  for (let rank = 0; rank < count; rank++) {
    const take = (other: number): void => {
      if (other <= rank || seenBy[other] === rank) return;
      seenBy[other] = rank;
      if (end === head.length) head = grown(head);
      head[end++] = other;
    };
    for (let slot = near.start[rank] as number; slot < (near.start[rank + 1] as number); slot++)
      take(near.higher[slot] as number);
    for (let child = children.first(rank); child !== -1; child = children.next(child)) {
      for (let slot = start[child] as number; slot < (start[child + 1] as number); slot++) take(head[slot] as number);
    }
    start[rank + 1] = end;
    const list = head.subarray(start[rank], end).sort();
    if (list.length === 0) continue;
    parent[rank] = list[0] as number;
    children.add(list[0] as number, rank);
  }
  return { parent, start, head: head.slice(0, end) };
};

const grown = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * array.length + 16);
  larger.set(array);
  return larger;
};

/** Children of each rank in the elimination tree, as lists linked through arrays. */
class Children {
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(count: number) {
    this.#first = new Int32Array(count).fill(-1);
    this.#next = new Int32Array(count).fill(-1);
  }

  add(parent: number, child: number): void {
    this.#next[child] = this.#first[parent] as number;
    this.#first[parent] = child;
  }

  first(parent: number): number {
    return this.#first[parent] as number;
  }

  next(child: number): number {
    return this.#next[child] as number;
  }
}

/** Higher neighbours of each rank in the graph, either direction of arcs, some twice. */
const neighbours = (rank_state: Int32Array, graph: GraphArrays): { start: Int32Array; higher: Int32Array } => {
  const ranks = ranksOf(rank_state);
  const lower = new Int32Array(graph.arc_to.length);
  const higher = new Int32Array(graph.arc_to.length);
  for (let state = 0; state < ranks.length; state++) {
    for (let arc = graph.arc_start[state] as number; arc < (graph.arc_start[state + 1] as number); arc++) {
      const [from, to] = [ranks[state] as number, ranks[graph.arc_to[arc] as number] as number];
      lower[arc] = Math.min(from, to);
      higher[arc] = Math.max(from, to);
    }
  }
  const { start, item } = groupBy(lower, ranks.length);
  return { start, higher: item.map((arc) => higher[arc] as number) };
};

/** Modes that some weights might send over each shortcut; 0 where none can, because of one-ways and bans. */
const possibleModes = (filled: Filled): { up: Uint8Array; down: Uint8Array } => {
  const { start, head } = filled;
  const up = filled.up_modes.slice();
  const down = filled.down_modes.slice();
  for (let rank = 0; rank + 1 < start.length; rank++) {
    const [first, end] = [start[rank] as number, start[rank + 1] as number];
    for (let one = first; one < end; one++) {
      const lower = head[one] as number;
      let slot = start[lower] as number;
      for (let two = one + 1; two < end; two++) {
        while (head[slot] !== head[two]) slot += 1;
        up[slot] = (up[slot] as number) | ((down[one] as number) & (up[two] as number));
        down[slot] = (down[slot] as number) | ((down[two] as number) & (up[one] as number));
      }
    }
  }
  return { up, down };
};

/** Only the shortcuts that some mode can use. */
const compact = (
  filled: Filled,
  modes: Uint8Array,
  arcs: Int32Array,
): { start: Int32Array; head: Int32Array; arc: Int32Array } => {
  const kept = modes.reduce((sum, mask) => sum + (mask === 0 ? 0 : 1), 0);
  const start = new Int32Array(filled.start.length);
  const head = new Int32Array(kept);
  const arc = new Int32Array(kept);
  let end = 0;
  for (let rank = 0; rank + 1 < start.length; rank++) {
    for (let slot = filled.start[rank] as number; slot < (filled.start[rank + 1] as number); slot++) {
      if (modes[slot] === 0) continue;
      head[end] = filled.head[slot] as number;
      arc[end++] = arcs[slot] as number;
    }
    start[rank + 1] = end;
  }
  return { start, head, arc };
};
