import { release } from '#core/base/release.ts';
import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import type { RoadData } from './data.ts';
import { groupBy } from './groups.ts';
import { contractionOrder } from './order.ts';

/** Everything about the roads that no weight changes: built once per map, kept in a file. Some 0.5 s for 20,000 edges. */
export const buildHierarchy = (data: RoadData, graph: GraphArrays): HierarchyArrays => {
  const arrays: Partial<Record<keyof HierarchyArrays, Int32Array>> = {};
  layHierarchy(contractionOrder(data, graph), graph, (name, numbers) => {
    arrays[name] = numbers.byteLength === numbers.buffer.byteLength ? numbers : numbers.slice();
  });
  return arrays as HierarchyArrays;
};

/** Takes an array that is finished and not looked at again. It may be the beginning of a longer one, and may be given back. */
export type KeepHierarchy = (name: keyof HierarchyArrays, numbers: Int32Array) => void;

/** What is read of the graph. */
export type Arcs = Pick<GraphArrays, 'arc_start' | 'arc_to' | 'arc_modes'>;

/**
 * The hierarchy over an order of contraction, array by array, so that no more need be in memory than what the next is made of: besides the arcs
 * 24 bytes per state and 10 per neighbour with its shortcuts, of which there are some 8 per state.
 */
export const layHierarchy = (rank_state: Int32Array, arcs: Arcs, keep: KeepHierarchy): void => {
  const ranks = ranksOf(rank_state);
  keep('rank_state', rank_state);
  const { start, head, parent } = fill(ranks, arcs);
  keep('parent', parent);
  const [filled, ranked] = [
    { start, head },
    { ranks, arcs },
  ];
  const modes = possibleModes(filled, ranked);
  keep('up_head', packed(head, new Int32Array(countOf(modes.up)), modes.up));
  const up_start = packedStarts(start, modes.up);
  keep('up_arc', packedArcs(filled, ranked, { isUp: true, modes: modes.up, start: up_start }));
  keep('up_start', up_start);
  release(modes.up);
  const down_start = packedStarts(start, modes.down);
  keep('down_arc', packedArcs(filled, ranked, { isUp: false, modes: modes.down, start: down_start }));
  keep('down_start', down_start);
  keep('down_head', packed(head, head, modes.down));
  release(modes.down, start, ranks);
};

/** Rank of each state. */
export const ranksOf = (rank_state: Int32Array): Int32Array => {
  const ranks = new Int32Array(rank_state.length);
  rank_state.forEach((state, rank) => {
    ranks[state] = rank;
  });
  return ranks;
};

/**
 * The graph with all shortcuts, directions together: `head[start[r] … start[r + 1]]` are the higher neighbours of a rank, in order.
 * A place in `head` is a slot.
 */
interface Filled {
  readonly start: Int32Array;
  readonly head: Int32Array;
}

/** The arcs of the graph between ranks. */
interface Ranked {
  /** Rank of each state. */
  readonly ranks: Int32Array;
  readonly arcs: Arcs;
}

/** Tells every arc of the graph with its slot, whether it leads up, and its lower rank. */
const eachArc = (
  { start, head }: Filled,
  { ranks, arcs }: Ranked,
  tell: (slot: number, arc: number, isUp: boolean, lower: number) => void,
): void => {
  for (let state = 0; state < ranks.length; state++) {
    const from = ranks[state] as number;
    for (let arc = arcs.arc_start[state] as number; arc < (arcs.arc_start[state + 1] as number); arc++) {
      const to = ranks[arcs.arc_to[arc] as number] as number;
      if (from === to) continue;
      const lower = Math.min(from, to);
      tell(find(head, start, lower, Math.max(from, to)), arc, from < to, lower);
    }
  }
};

/** The slots of one direction that some mode can use, one after the other; `start` as `packedStarts` makes it. */
interface Packed {
  readonly isUp: boolean;
  readonly modes: Uint8Array;
  readonly start: Int32Array;
}

/** Arc of the graph at each of those slots; -1 where there is only a shortcut. An arc has modes, so its slot is one of them. */
const packedArcs = (filled: Filled, ranked: Ranked, { isUp, modes, start }: Packed): Int32Array => {
  const between = new Int32Array(start.at(-1) ?? 0).fill(-1);
  eachArc(filled, ranked, (slot, arc, leadsUp, lower) => {
    if (leadsUp !== isUp) return;
    let place = start[lower] as number;
    for (let before = filled.start[lower] as number; before < slot; before++) if (modes[before] !== 0) place += 1;
    between[place] = arc;
  });
  return between;
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

/** Contracts all states in the order of their ranks: the higher neighbours of each become neighbours of one another. */
const fill = (ranks: Int32Array, arcs: Arcs): Filled & { readonly parent: Int32Array } => {
  const count = ranks.length;
  const near = neighbours(ranks, arcs);
  const parent = new Int32Array(count).fill(-1);
  const start = new Int32Array(count + 1);
  const children = new Children(count);
  const seenBy = new Int32Array(count).fill(-1);
  // Road networks come to some 4 per arc. What is not written to takes no memory, but to grow takes twice.
  let head = new Int32Array(8 * near.higher.length);
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
  children.release();
  release(seenBy, near.start, near.higher);
  return { parent, start, head: head.subarray(0, end) };
};

const grown = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * array.length + 16);
  larger.set(array);
  release(array);
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

  release(): void {
    release(this.#first, this.#next);
  }
}

/** Higher neighbours of each rank in the graph, either direction of arcs, some twice. */
const neighbours = (ranks: Int32Array, arcs: Arcs): { start: Int32Array; higher: Int32Array } => {
  const lower = new Int32Array(arcs.arc_to.length);
  const higher = new Int32Array(arcs.arc_to.length);
  for (let state = 0; state < ranks.length; state++) {
    for (let arc = arcs.arc_start[state] as number; arc < (arcs.arc_start[state + 1] as number); arc++) {
      const [from, to] = [ranks[state] as number, ranks[arcs.arc_to[arc] as number] as number];
      lower[arc] = Math.min(from, to);
      higher[arc] = Math.max(from, to);
    }
  }
  const { start, item } = groupBy(lower, ranks.length);
  release(lower);
  for (let at = 0; at < item.length; at++) item[at] = higher[item[at] as number] as number;
  release(higher);
  return { start, higher: item };
};

/** Modes that some weights might send over each slot; 0 where none can, because of one-ways and bans. */
const possibleModes = (filled: Filled, ranked: Ranked): { readonly up: Uint8Array; readonly down: Uint8Array } => {
  const { start, head } = filled;
  const up = new Uint8Array(head.length);
  const down = new Uint8Array(head.length);
  eachArc(filled, ranked, (slot, arc, isUp) => {
    (isUp ? up : down)[slot] = ranked.arcs.arc_modes[arc] as number;
  });
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

/** How many slots some mode can use. */
const countOf = (modes: Uint8Array): number => modes.reduce((sum, mask) => sum + (mask === 0 ? 0 : 1), 0);

/** Numbers of the slots that some mode can use, one after the other. `into` may be `from` itself. */
const packed = (from: Int32Array, into: Int32Array, modes: Uint8Array): Int32Array => {
  let end = 0;
  for (let slot = 0; slot < modes.length; slot++) {
    if (modes[slot] !== 0) into[end++] = from[slot] as number;
  }
  return into.subarray(0, end);
};

/** Where the slots of each rank start when only those are left that some mode can use. */
const packedStarts = (start: Int32Array, modes: Uint8Array): Int32Array => {
  const starts = new Int32Array(start.length);
  let end = 0;
  for (let rank = 0; rank + 1 < start.length; rank++) {
    for (let slot = start[rank] as number; slot < (start[rank + 1] as number); slot++) if (modes[slot] !== 0) end += 1;
    starts[rank + 1] = end;
  }
  return starts;
};
