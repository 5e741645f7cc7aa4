import { MODE_BIT } from './data.ts';
import type { LowerEnds, RoadIndex } from './index.ts';
import { edgeWeights, turnWeights } from './pace.ts';
import type { RoadMetric, RoadProfile } from './roads.ts';

/** Weights of a profile under a set of closures, put into the hierarchy. Weights are those of `weight.ts`. */
export interface RoadWeights extends RoadMetric {
  /** Equal for weights that are equal. */
  readonly key: string;
  /** Weight of a directed edge. */
  readonly edge: Float64Array;
  /** Weight of a kind of turn. */
  readonly turn: Float64Array;
  /** Every arc of the hierarchy, as the shortest way over ranks below both its ends. */
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/**
 * Puts weights into the hierarchy; no arc is added or taken away (Dibbelt, Strasser, Wagner 2014, "basic customization"). What they call the
 * perfect one left out a mere 8 % of the arcs of an island and doubled the time, so it is not done.
 *
 * @param base weights of the same profile under other closures: then only what the difference touches is worked out anew
 */
export const customise = (
  index: RoadIndex,
  profile: RoadProfile,
  closed: ReadonlySet<string>,
  base: RoadWeights | null,
): RoadWeights => {
  const { hierarchy: arcs } = index;
  const weights: RoadWeights = {
    profile,
    closed,
    key: metricKey(profile, closed),
    edge: edgeWeights(index.data, profile, closed),
    turn: turnWeights(profile),
    up: base?.up.slice() ?? new Float64Array(arcs.up_head.length),
    down: base?.down.slice() ?? new Float64Array(arcs.down_head.length),
  };
  const isTouched = base === null ? null : ranksTouched(index, base.edge, weights.edge);
  const upward = new Pass(arcs.up_start, arcs.up_head, weights.up);
  const downward = new Pass(arcs.down_start, arcs.down_head, weights.down);
  for (let rank = 0; rank < arcs.rank_state.length; rank++) {
    if (isTouched !== null && isTouched[rank] === 0) continue;
    for (let slot = arcs.up_start[rank] as number; slot < (arcs.up_start[rank + 1] as number); slot++) {
      weights.up[slot] = arcWeight(index, weights, arcs.rank_state[rank] as number, arcs.up_arc[slot] as number);
    }
    for (let slot = arcs.down_start[rank] as number; slot < (arcs.down_start[rank + 1] as number); slot++) {
      const state = arcs.rank_state[arcs.down_head[slot] as number] as number;
      weights.down[slot] = arcWeight(index, weights, state, arcs.down_arc[slot] as number);
    }
    upward.lower(rank, index.below_down, weights.down);
    downward.lower(rank, index.below_up, weights.up);
  }
  return weights;
};

/** Names the weights of a profile under a set of closures. */
export const metricKey = (profile: RoadProfile, closed: ReadonlySet<string>): string =>
  JSON.stringify([profile, [...closed].sort()]);

/** Weight of an arc of the graph that leaves a state; Infinity for what is only a shortcut (-1) and for other modes. */
export const arcWeight = ({ graph }: RoadIndex, metric: RoadWeights, state: number, arc: number): number => {
  if (arc === -1 || ((graph.arc_modes[arc] as number) & MODE_BIT[metric.profile.mode]) === 0) return Infinity;
  const edge = metric.edge[graph.state_edge[state] as number] as number;
  return edge + (metric.turn[graph.arc_turn[arc] as number] as number);
};

/** 1 for the ranks whose arcs may weigh otherwise: where an arc of a changed edge stands, and all a climb from there comes to. */
const ranksTouched = (index: RoadIndex, before: Float64Array, after: Float64Array): Uint8Array => {
  const { graph, hierarchy, states, state_rank } = index;
  const isTouched = new Uint8Array(state_rank.length);
  const touch = (from: number): void => {
    for (let rank = from; rank !== -1 && isTouched[rank] === 0; rank = hierarchy.parent[rank] as number)
      isTouched[rank] = 1;
  };
  for (let directed = 0; directed < after.length; directed++) {
    if (before[directed] === after[directed]) continue;
    for (let at = states.start[directed] as number; at < (states.start[directed + 1] as number); at++) {
      const state = states.item[at] as number;
      const rank = state_rank[state] as number;
      for (let arc = graph.arc_start[state] as number; arc < (graph.arc_start[state + 1] as number); arc++) {
        touch(Math.min(rank, state_rank[graph.arc_to[arc] as number] as number));
      }
    }
  }
  return isTouched;
};

/** The arcs of one direction while they are lowered, from the lowest rank up: the best weight to each head of the rank at work. */
class Pass {
  readonly #start: Int32Array;
  readonly #head: Int32Array;
  readonly #weight: Float64Array;
  /** The first arc of a rank that leads above the rank at work. */
  readonly #above: Int32Array;
  readonly #best: Float64Array;

  constructor(start: Int32Array, head: Int32Array, weight: Float64Array) {
    this.#start = start;
    this.#head = head;
    this.#weight = weight;
    this.#above = start.slice();
    this.#best = new Float64Array(start.length);
  }

  /**
   * Lowers the arcs of a rank to the shortest way over a lower one.
   *
   * @param below arcs of the other direction by their higher end, with their weights
   */
  lower(rank: number, below: LowerEnds, other: Float64Array): void {
    const [start, head, weight, above, best] = [this.#start, this.#head, this.#weight, this.#above, this.#best];
    const first = start[rank] as number;
    const end = start[rank + 1] as number;
    if (first === end) return;
    for (let slot = first; slot < end; slot++) best[head[slot] as number] = weight[slot] as number;
    for (let at = below.start[rank] as number; at < (below.start[rank + 1] as number); at++) {
      const low = below.rank[at] as number;
      const half = other[below.slot[at] as number] as number;
      if (half === Infinity) continue;
      const lowEnd = start[low + 1] as number;
      let slot = above[low] as number;
      while (slot < lowEnd && (head[slot] as number) <= rank) slot += 1;
      above[low] = slot;
      for (; slot < lowEnd; slot++) {
        const sum = half + (weight[slot] as number);
        const top = head[slot] as number;
        if (sum < (best[top] as number)) best[top] = sum;
      }
    }
    for (let slot = first; slot < end; slot++) weight[slot] = best[head[slot] as number] as number;
  }
}
