import { release } from '#core/base/release.ts';
import type { RoadNet } from './data.ts';
import { groupBy } from './groups.ts';

/** The undirected network of nodes and edges that is taken apart. */
export interface Network {
  readonly start: Int32Array;
  /** Edges at a node and the nodes at their other ends: `[start[n] … start[n + 1]]`, by edge. Loops are left out. */
  readonly edge: Int32Array;
  readonly node: Int32Array;
  readonly edge_from: Int32Array;
  readonly edge_to: Int32Array;
}

/** @param isUsed whether an edge counts */
export const networkOf = (data: RoadNet, isUsed: (edge: number) => boolean): Network => {
  const { edge_from, edge_to } = data;
  const ends = new Int32Array(2 * edge_from.length).fill(-1);
  for (let edge = 0; edge < edge_from.length; edge++) {
    if (edge_from[edge] === edge_to[edge] || !isUsed(edge)) continue;
    ends[2 * edge] = edge_from[edge] as number;
    ends[2 * edge + 1] = edge_to[edge] as number;
  }
  const { start, item } = groupBy(ends, data.node_lon_e7.length);
  const node = item.map((end) => ends[end ^ 1] as number);
  for (let slot = 0; slot < item.length; slot++) item[slot] = (item[slot] as number) >> 1;
  release(ends);
  return { start, edge: item, node, edge_from, edge_to };
};

/** Share of a part's nodes that are held on each side while it is cut. */
const HELD_SHARE = 0.25;

/**
 * Cuts parts of a network in two along few edges (inertial flow: Schild, Sommer 2015): the first quarter of the nodes in some direction
 * is joined to the last quarter by as many ways without a common edge as there are; the edges that stop more are the cut.
 */
export class Cutter {
  readonly #network: Network;
  /** Which part a node belongs to. Kept by the caller. */
  readonly #part: Int32Array;
  /** Flow along an edge from its first node: -1, 0, 1. */
  readonly #flow: Int8Array;
  /** 1 from the first side, 2 at the last side, 0 between. */
  readonly #held: Uint8Array;
  readonly #reached: Int32Array;
  #round = 0;
  readonly #cameBy: Int32Array;
  readonly #queue: Int32Array;

  constructor(network: Network, part: Int32Array) {
    const nodes = part.length;
    this.#network = network;
    this.#part = part;
    this.#flow = new Int8Array(network.edge_from.length);
    this.#held = new Uint8Array(nodes);
    this.#reached = new Int32Array(nodes);
    this.#cameBy = new Int32Array(nodes);
    this.#queue = new Int32Array(nodes);
  }

  /**
   * The smallest cut between both ends of a list of nodes (all of one part, connected); given up when it has more than `most` edges.
   * @returns edges cut and nodes on the first side, which `isFirst` tells afterwards; null when given up
   */
  cut(nodes: Int32Array, most: number): { readonly edges: number; readonly first: number } | null {
    const held = Math.max(1, Math.floor(nodes.length * HELD_SHARE));
    this.#clear(nodes);
    for (let at = 0; at < held; at++) {
      this.#held[nodes[at] as number] = 1;
      this.#held[nodes[nodes.length - 1 - at] as number] = 2;
    }
    let edges = 0;
    for (;;) {
      const { last, first } = this.#spread(nodes.subarray(0, held));
      if (last === -1) return { edges, first };
      edges += 1;
      if (edges > most) return null;
      this.#send(last);
    }
  }

  /** After a cut: whether a node of the part is on the first side. */
  isFirst(node: number): boolean {
    return this.#reached[node] === this.#round;
  }

  /** Gives back its memory; nothing is cut afterwards. */
  release(): void {
    release(this.#flow, this.#held, this.#reached, this.#cameBy, this.#queue);
  }

  #clear(nodes: Int32Array): void {
    const { start, edge } = this.#network;
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at] as number;
      this.#held[node] = 0;
      for (let slot = start[node] as number; slot < (start[node + 1] as number); slot++)
        this.#flow[edge[slot] as number] = 0;
    }
  }

  /** Breadth first from the first side along edges with room. @returns the node of the last side it came to or -1, and how many it reached */
  #spread(sources: Int32Array): { last: number; first: number } {
    const { start, edge, node: other, edge_from } = this.#network;
    this.#round += 1;
    let end = 0;
    for (let at = 0; at < sources.length; at++) {
      const node = sources[at] as number;
      this.#reached[node] = this.#round;
      this.#queue[end++] = node;
    }
    const part = this.#part[sources[0] as number] as number;
    for (let head = 0; head < end; head++) {
      const node = this.#queue[head] as number;
      for (let slot = start[node] as number; slot < (start[node + 1] as number); slot++) {
        const next = other[slot] as number;
        if (this.#reached[next] === this.#round || this.#part[next] !== part) continue;
        const along = edge[slot] as number;
        if (this.#flow[along] === (edge_from[along] === node ? 1 : -1)) continue;
        this.#reached[next] = this.#round;
        this.#cameBy[next] = slot;
        if (this.#held[next] === 2) return { last: next, first: end };
        this.#queue[end++] = next;
      }
    }
    return { last: -1, first: end };
  }

  /** One more unit of flow back along the way that was found. */
  #send(last: number): void {
    const { edge, edge_from, edge_to } = this.#network;
    let node = last;
    while (this.#held[node] !== 1) {
      const along = edge[this.#cameBy[node] as number] as number;
      const isForward = edge_to[along] === node;
      this.#flow[along] = (this.#flow[along] as number) + (isForward ? 1 : -1);
      node = (isForward ? edge_from : edge_to)[along] as number;
    }
  }
}
