import { MODE_BIT } from './data.ts';
import type { LowerEnds, RoadIndex } from './index.ts';
import { edgeWeigher, turnWeights } from './pace.ts';
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
  const { data, hierarchy: arcs } = index;
  const metric: RoadWeights = {
    profile,
    closed,
    key: metricKey(profile, closed),
    edge: base?.edge.slice() ?? new Float64Array(2 * data.edge_from.length),
    turn: turnWeights(profile),
    up: base?.up.slice() ?? new Float64Array(arcs.up_head.length),
    down: base?.down.slice() ?? new Float64Array(arcs.down_head.length),
  };
  const weigh = edgeWeigher(data, profile, closed);
  if (base === null) {
    for (let edge = 0; edge < data.edge_from.length; edge++) weigh(edge, metric.edge);
    lowerAll(index, metric, null);
  } else {
    const changed = edgesThatDiffer(index, base.closed, closed);
    for (const edge of changed) weigh(edge, metric.edge);
    lowerAll(index, metric, ranksTouched(index, changed));
  }
  return metric;
};

/** Gives the arcs of all ranks (or those touched) the weight of the graph, and lowers them to the shortest way over lower ranks. */
const lowerAll = (index: RoadIndex, metric: RoadWeights, isTouched: Uint8Array | null): void => {
  const { hierarchy: arcs, below_up, below_down } = index;
  const { rank_state, up_start, up_head, up_arc, down_start, down_head, down_arc } = arcs;
  const { up, down } = metric;
  const best = new Float64Array(rank_state.length);
  for (let rank = 0; rank < rank_state.length; rank++) {
    if (isTouched !== null && isTouched[rank] === 0) continue;
    for (let slot = up_start[rank] as number; slot < (up_start[rank + 1] as number); slot++) {
      const arc = up_arc[slot] as number;
      up[slot] = arc === -1 ? Infinity : arcWeight(index, metric, rank_state[rank] as number, arc);
    }
    for (let slot = down_start[rank] as number; slot < (down_start[rank + 1] as number); slot++) {
      const arc = down_arc[slot] as number;
      down[slot] =
        arc === -1 ? Infinity : arcWeight(index, metric, rank_state[down_head[slot] as number] as number, arc);
    }
    lowerRow(rank, { start: up_start, head: up_head, weight: up }, below_down, down, best);
    lowerRow(rank, { start: down_start, head: down_head, weight: down }, below_up, up, best);
  }
};

/** Arcs of one direction by their lower end. */
interface Arcs {
  readonly start: Int32Array;
  readonly head: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Lowers the arcs of one rank to the shortest way over a lower one.
 *
 * @param below arcs of the other direction that end at the rank from below; `half` are their weights
 * @param best room for the weight to each head
 */
const lowerRow = (
  rank: number,
  { start, head, weight }: Arcs,
  below: LowerEnds,
  half: Float64Array,
  best: Float64Array,
): void => {
  const first = start[rank] as number;
  const end = start[rank + 1] as number;
  if (first === end) return;
  for (let slot = first; slot < end; slot++) best[head[slot] as number] = weight[slot] as number;
  const last = below.start[rank + 1] as number;
  for (let at = below.start[rank] as number; at < last; at++) {
    const come = half[below.slot[at] as number] as number;
    if (come === Infinity) continue;
    const low = below.rank[at] as number;
    const lowEnd = start[low + 1] as number;
    for (let slot = below.above[at] as number; slot < lowEnd; slot++) {
      const sum = come + (weight[slot] as number);
      const top = head[slot] as number;
      if (sum < (best[top] as number)) best[top] = sum;
    }
  }
  for (let slot = first; slot < end; slot++) weight[slot] = best[head[slot] as number] as number;
};

/** Names the weights of a profile under a set of closures. Asked for with every question: profiles are put into words once. */
export const metricKey = (profile: RoadProfile, closed: ReadonlySet<string>): string => {
  const words = PROFILE_WORDS.get(profile) ?? JSON.stringify(profile);
  PROFILE_WORDS.set(profile, words);
  return closed.size === 0 ? words : `${words} ${JSON.stringify([...closed].sort())}`;
};

const PROFILE_WORDS = new WeakMap<RoadProfile, string>();

/** Weight of an arc of the graph that leaves a state; Infinity for other modes. */
export const arcWeight = ({ graph }: RoadIndex, metric: RoadWeights, state: number, arc: number): number => {
  if (((graph.arc_modes[arc] as number) & MODE_BIT[metric.profile.mode]) === 0) return Infinity;
  const edge = metric.edge[graph.state_edge[state] as number] as number;
  return edge + (metric.turn[graph.arc_turn[arc] as number] as number);
};

/** Edges of the ways that are in one set of closures only. */
const edgesThatDiffer = (
  index: RoadIndex,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly number[] => {
  const { start, item } = index.edges;
  return [...before.symmetricDifference(after)].flatMap((id) => {
    const way = index.wayNumber(id);
    return way === undefined ? [] : [...item.subarray(start[way], start[way + 1])];
  });
};

/** 1 for the ranks whose arcs may weigh otherwise: where an arc of a changed edge stands, and all a climb from there comes to. */
const ranksTouched = (index: RoadIndex, edges: readonly number[]): Uint8Array => {
  const { graph, hierarchy, states, state_rank } = index;
  const isTouched = new Uint8Array(state_rank.length);
  const touch = (from: number): void => {
    for (let rank = from; rank !== -1 && isTouched[rank] === 0; rank = hierarchy.parent[rank] as number) {
      isTouched[rank] = 1;
    }
  };
  for (const edge of edges) {
    for (let at = states.start[2 * edge] as number; at < (states.start[2 * edge + 2] as number); at++) {
      const state = states.item[at] as number;
      const rank = state_rank[state] as number;
      for (let arc = graph.arc_start[state] as number; arc < (graph.arc_start[state + 1] as number); arc++) {
        touch(Math.min(rank, state_rank[graph.arc_to[arc] as number] as number));
      }
    }
  }
  return isTouched;
};
