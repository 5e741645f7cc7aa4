import type { HierarchyArrays } from './arrays.ts';
import type { RoadWeights } from './customise.ts';
import type { Seed } from './ends.ts';
import { arrivals, departures } from './ends.ts';
import type { RoadIndex } from './index.ts';
import type { Climb, RoadPoint } from './roads.ts';

/** A search upward from one end, and what is kept of it. */
export interface RoadClimb extends Climb {
  readonly metric: RoadWeights;
  readonly direction: 'from' | 'to';
  /** Ranks it came to by a shortest way, in order, and the weight of that way (from the position, or to it). */
  readonly rank: Int32Array;
  readonly weight: Float64Array;
}

/** Upward searches along the elimination tree: a rank is followed by its parent, so no heap is needed. */
export class Climber {
  readonly #index: RoadIndex;
  /** Infinity everywhere between searches. */
  readonly #reach: Float64Array;
  readonly #path: Int32Array;
  readonly #weight: Float64Array;

  constructor(index: RoadIndex) {
    this.#index = index;
    this.#reach = new Float64Array(index.state_rank.length).fill(Infinity);
    this.#path = new Int32Array(index.state_rank.length);
    this.#weight = new Float64Array(index.state_rank.length);
  }

  /** @param isWhole also what `#prune` would leave out */
  climb(metric: RoadWeights, points: readonly RoadPoint[], direction: 'from' | 'to', isWhole = false): RoadClimb {
    const { hierarchy: arcs } = this.#index;
    const isFrom = direction === 'from';
    const seeds = (isFrom ? departures : arrivals)(this.#index, metric, points);
    const up = isFrom ? arcs.up_start : arcs.down_start;
    const upHead = isFrom ? arcs.up_head : arcs.down_head;
    const down = isFrom ? arcs.down_start : arcs.up_start;
    const downHead = isFrom ? arcs.down_head : arcs.up_head;
    const length = treePath(arcs, seeds, this.#path);
    for (const { rank, weight } of seeds) this.#reach[rank] = Math.min(this.#reach[rank] as number, weight);
    this.#relax(length, up, upHead, isFrom ? metric.up : metric.down);
    if (!isWhole) this.#prune(length, down, downHead, isFrom ? metric.down : metric.up);
    return { points, metric, direction, ...this.#take(length) };
  }

  #relax(length: number, start: Int32Array, head: Int32Array, weight: Float64Array): void {
    const reach = this.#reach;
    for (let at = 0; at < length; at++) {
      const rank = this.#path[at] as number;
      const here = reach[rank] as number;
      if (here === Infinity) continue;
      const end = start[rank + 1] as number;
      for (let slot = start[rank] as number; slot < end; slot++) {
        const sum = here + (weight[slot] as number);
        const top = head[slot] as number;
        if (sum < (reach[top] as number)) reach[top] = sum;
      }
    }
  }

  /** Marks ranks to which a way over a higher rank is as short: whoever meets the climb there meets it as well higher up. */
  #prune(length: number, start: Int32Array, head: Int32Array, weight: Float64Array): void {
    const reach = this.#reach;
    for (let at = length - 1; at >= 0; at--) {
      const rank = this.#path[at] as number;
      if (reach[rank] === Infinity) continue;
      let least = Infinity;
      const end = start[rank + 1] as number;
      for (let slot = start[rank] as number; slot < end; slot++) {
        const sum = (reach[head[slot] as number] as number) + (weight[slot] as number);
        if (sum < least) least = sum;
      }
      if ((reach[rank] as number) < least) continue;
      reach[rank] = least;
      this.#path[at] = ~rank;
    }
  }

  /** Ranks that were reached and are not marked; leaves all of them as they were before. */
  #take(length: number): { rank: Int32Array; weight: Float64Array } {
    const [path, reach, weight] = [this.#path, this.#reach, this.#weight];
    let end = 0;
    for (let at = 0; at < length; at++) {
      const rank = path[at] as number;
      const reached = rank >= 0 ? rank : ~rank;
      if (rank >= 0 && reach[rank] !== Infinity) {
        path[end] = rank;
        weight[end++] = reach[rank] as number;
      }
      reach[reached] = Infinity;
    }
    return { rank: path.slice(0, end), weight: weight.slice(0, end) };
  }
}

/** All ranks above seeds in the elimination tree, each once, in order. @returns how many were put into `path` */
export const treePath = (arcs: HierarchyArrays, seeds: readonly Seed[], path: Int32Array): number => {
  let tips = [...new Set(seeds.map(({ rank }) => rank))];
  let length = 0;
  while (tips.length > 1) {
    const lowest = Math.min(...tips);
    path[length++] = lowest;
    const next = arcs.parent[lowest] as number;
    tips = tips.filter((tip) => tip !== lowest && tip !== next);
    if (next !== -1) tips.push(next);
  }
  for (let rank = tips[0] ?? -1; rank !== -1; rank = arcs.parent[rank] as number) path[length++] = rank;
  return length;
};
