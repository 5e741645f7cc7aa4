import { release } from '#core/base/release.ts';
import type { GraphArrays } from './arrays.ts';
import { Cutter, networkOf } from './cut.ts';
import type { RoadNet } from './data.ts';
import { placesBy } from './places-by.ts';

/** Directions in which parts are cut, as factors of east and north. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
] as const;

/**
 * The order in which states are contracted, from the map alone (nested dissection, George 1973): the network of nodes is cut in two along
 * few edges, again and again; the states of the edges cut first come last. No weight has a say, so that any weights can be put in later.
 *
 * @returns states, first contracted first
 */
export const contractionOrder = (data: RoadNet, graph: GraphArrays): Int32Array => {
  const isUsed = (edge: number): boolean => graph.edge_state[2 * edge] !== -1 || graph.edge_state[2 * edge + 1] !== -1;
  return statesOf(graph, new Dissection(data, isUsed).edgeOrder());
};

/** States of edges in an order of edges; copies beside the states they copy. */
const statesOf = (graph: GraphArrays, edges: Int32Array): Int32Array => {
  const place = new Int32Array(edges.length);
  edges.forEach((edge, at) => {
    place[edge] = at;
  });
  const states = graph.state_edge.length;
  const keys = new Float64Array(states);
  for (let state = 0; state < states; state++) {
    keys[state] = (place[(graph.state_edge[state] as number) >> 1] as number) * states + state;
  }
  keys.sort();
  const order = new Int32Array(states);
  for (let rank = 0; rank < states; rank++) order[rank] = (keys[rank] as number) % states;
  release(edges, place, keys);
  return order;
};

/** Takes a network apart. Parts are spans of lists that hold the nodes in the order of each direction. */
class Dissection {
  readonly #network: ReturnType<typeof networkOf>;
  readonly #lists: readonly Int32Array[];
  /** The part a node is in. */
  readonly #part: Int32Array;
  #parts = 1;
  readonly #cutter: Cutter;
  readonly #scratch: Int32Array;
  /** Edges, last contracted first. */
  readonly #order: Int32Array;
  #placed = 0;

  constructor(data: RoadNet, isUsed: (edge: number) => boolean) {
    const nodes = data.node_lon_e7.length;
    this.#network = networkOf(data, isUsed);
    this.#lists = DIRECTIONS.map(([east, north]) => nodesAlong(data, east, north));
    this.#part = new Int32Array(nodes);
    this.#cutter = new Cutter(this.#network, this.#part);
    this.#scratch = new Int32Array(nodes);
    this.#order = new Int32Array(data.edge_from.length);
  }

  /** Every edge once, first contracted first. To be asked for once: what it worked with is given back. */
  edgeOrder(): Int32Array {
    const isPlaced = new Uint8Array(this.#order.length);
    this.#takeApart(isPlaced);
    for (let edge = 0; edge < isPlaced.length; edge++) {
      if (isPlaced[edge] === 0) this.#order[this.#placed++] = edge;
    }
    const { start, edge, node } = this.#network;
    release(...this.#lists, this.#part, this.#scratch, start, edge, node, isPlaced);
    this.#cutter.release();
    return this.#order.reverse();
  }

  #takeApart(isPlaced: Uint8Array): void {
    const spans: (readonly [number, number])[] = [[0, this.#part.length]];
    for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
      const [from, to] = span;
      if (to - from < 2) continue;
      const pieces = this.#separate(from, to);
      if (pieces.length > 1) {
        spans.push(...pieces);
        continue;
      }
      const middle = this.#bisect(from, to);
      this.#place(from, middle, isPlaced);
      spans.push([from, middle], [middle, to]);
    }
  }

  /** Splits a span into those that hang together. @returns their spans; just one where all of it does */
  #separate(from: number, to: number): (readonly [number, number])[] {
    const { start, node: other } = this.#network;
    const nodes = (this.#lists[0] as Int32Array).subarray(from, to);
    const old = this.#part[nodes[0] as number] as number;
    const sizes: number[] = [];
    for (const seed of nodes) {
      if (this.#part[seed] !== old) continue;
      const piece = this.#parts + sizes.length;
      let end = 0;
      this.#part[seed] = piece;
      this.#scratch[end++] = seed;
      for (let head = 0; head < end; head++) {
        const node = this.#scratch[head] as number;
        for (let slot = start[node] as number; slot < (start[node + 1] as number); slot++) {
          const next = other[slot] as number;
          if (this.#part[next] !== old) continue;
          this.#part[next] = piece;
          this.#scratch[end++] = next;
        }
      }
      sizes.push(end);
    }
    this.#sortByPart(from, to, this.#parts, sizes);
    this.#parts += sizes.length;
    let at = from;
    return sizes.map((size) => {
      at += size;
      return [at - size, at];
    });
  }

  /** Brings each list of a span into the order of the parts `first`, `first` + 1 … and within a part leaves it as it is. */
  #sortByPart(from: number, to: number, first: number, sizes: readonly number[]): void {
    if (sizes.length === 1) return;
    const begin = new Int32Array(sizes.length);
    for (let piece = 1; piece < sizes.length; piece++) {
      begin[piece] = (begin[piece - 1] as number) + (sizes[piece - 1] as number);
    }
    for (const list of this.#lists) {
      const next = begin.slice();
      for (let at = from; at < to; at++) {
        const node = list[at] as number;
        const piece = (this.#part[node] as number) - first;
        const place = next[piece] as number;
        this.#scratch[place] = node;
        next[piece] = place + 1;
      }
      list.set(this.#scratch.subarray(0, to - from), from);
    }
  }

  /** Cuts a span that hangs together where that takes few edges for what it splits off. @returns where the second side begins */
  #bisect(from: number, to: number): number {
    const size = to - from;
    let best = Infinity;
    let first = 0;
    const isFirst = new Uint8Array(size);
    const nodes = (this.#lists[0] as Int32Array).subarray(from, to);
    for (const list of this.#lists) {
      const most = best === Infinity ? Infinity : Math.ceil((best * size) / 2) - 1;
      const found = this.#cutter.cut(list.subarray(from, to), most);
      if (found === null) continue;
      const score = found.edges / Math.min(found.first, size - found.first);
      if (score >= best) continue;
      best = score;
      first = found.first;
      for (let at = 0; at < size; at++) isFirst[at] = this.#cutter.isFirst(nodes[at] as number) ? 1 : 0;
    }
    const [one, two] = [this.#parts, this.#parts + 1];
    this.#parts += 2;
    for (let at = 0; at < size; at++) this.#part[nodes[at] as number] = isFirst[at] === 1 ? one : two;
    this.#sortByPart(from, to, one, [first, size - first]);
    return from + first;
  }

  /** The edges cut, between a first side and the rest of what was one part. */
  #place(from: number, middle: number, isPlaced: Uint8Array): void {
    const { start, node: other, edge } = this.#network;
    const list = this.#lists[0] as Int32Array;
    const second = this.#part[list[middle] as number] as number;
    for (let at = from; at < middle; at++) {
      const node = list[at] as number;
      for (let slot = start[node] as number; slot < (start[node + 1] as number); slot++) {
        if (this.#part[other[slot] as number] !== second) continue;
        const along = edge[slot] as number;
        isPlaced[along] = 1;
        this.#order[this.#placed++] = along;
      }
    }
  }
}

/** All nodes by how far they lie in a direction; equal ones by number. */
const nodesAlong = (data: RoadNet, east: number, north: number): Int32Array => {
  const { node_lon_e7, node_lat_e7 } = data;
  const nodes = node_lon_e7.length;
  const middle = (node_lat_e7.reduce((sum, lat) => sum + lat, 0) / Math.max(1, nodes) / 1e7) * (Math.PI / 180);
  const shrink = Math.cos(middle);
  const along = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    along[node] = east * shrink * (node_lon_e7[node] as number) + north * (node_lat_e7[node] as number);
  }
  const order = placesBy(along);
  release(along);
  return order;
};
