import { MODE_BIT } from './data.ts';
import type { RoadClimb } from './climb.ts';
import type { RoadWeights } from './customise.ts';
import { directWay } from './ends.ts';
import type { RoadIndex } from './index.ts';
import { nodeAt } from './line.ts';
import type { RoadPoint } from './roads.ts';
import { secondsOf } from './weight.ts';

/**
 * Seconds between one climb and both ends of every edge, as if a position stood right at that end of the edge: `[2e]` at `edge_from`,
 * `[2e + 1]` at `edge_to`. One pass from the highest rank down (Delling and others 2011), then one over the edges.
 */
export const sweepEdges = (index: RoadIndex, climb: RoadClimb): Float64Array => {
  const reach = sweepRanks(index, climb);
  const weights = (climb.direction === 'from' ? endsFrom : endsTo)(index, climb.metric, reach);
  lowerDirect(index, climb, weights);
  for (let end = 0; end < weights.length; end++) weights[end] = secondsOf(weights[end] as number);
  return weights;
};

/** Weight of the shortest way between the climb and the beginning of each state, by rank. */
export const sweepRanks = ({ hierarchy, state_rank }: RoadIndex, climb: RoadClimb): Float64Array => {
  const isFrom = climb.direction === 'from';
  const start = isFrom ? hierarchy.down_start : hierarchy.up_start;
  const head = isFrom ? hierarchy.down_head : hierarchy.up_head;
  const weight = isFrom ? climb.metric.down : climb.metric.up;
  const reach = new Float64Array(state_rank.length).fill(Infinity);
  for (let at = 0; at < climb.rank.length; at++) reach[climb.rank[at] as number] = climb.weight[at] as number;
  for (let rank = reach.length - 1; rank >= 0; rank--) {
    let least = reach[rank] as number;
    const end = start[rank + 1] as number;
    for (let slot = start[rank] as number; slot < end; slot++) {
      const sum = (reach[head[slot] as number] as number) + (weight[slot] as number);
      if (sum < least) least = sum;
    }
    reach[rank] = least;
  }
  return reach;
};

/** An end is reached at the beginning of a directed edge that leaves it, or at the end of one that leads there. */
const endsFrom = ({ states, state_rank }: RoadIndex, metric: RoadWeights, reach: Float64Array): Float64Array => {
  const ends = new Float64Array(metric.edge.length).fill(Infinity);
  for (let directed = 0; directed < ends.length; directed++) {
    const whole = metric.edge[directed] as number;
    if (whole === Infinity) continue;
    let least = Infinity;
    const last = states.start[directed + 1] as number;
    for (let at = states.start[directed] as number; at < last; at++) {
      const start = reach[state_rank[states.item[at] as number] as number] as number;
      if (start < least) least = start;
    }
    lowerTo(ends, directed, least);
    lowerTo(ends, directed ^ 1, least + whole);
  }
  return ends;
};

/** From an end one goes along the whole edge and on, or straight on to what follows the edge that leads there. */
const endsTo = (index: RoadIndex, metric: RoadWeights, reach: Float64Array): Float64Array => {
  const { graph, state_rank } = index;
  const bit = MODE_BIT[metric.profile.mode];
  const ends = new Float64Array(metric.edge.length).fill(Infinity);
  for (let directed = 0; directed < ends.length; directed++) {
    const whole = metric.edge[directed] as number;
    if (whole === Infinity) continue;
    const state = graph.edge_state[directed] as number;
    let least = Infinity;
    const last = graph.arc_start[state + 1] as number;
    for (let arc = graph.arc_start[state] as number; arc < last; arc++) {
      if (((graph.arc_modes[arc] as number) & bit) === 0) continue;
      const rest = reach[state_rank[graph.arc_to[arc] as number] as number] as number;
      least = Math.min(least, rest + (metric.turn[graph.arc_turn[arc] as number] as number));
    }
    lowerTo(ends, directed, whole + least);
    lowerTo(ends, directed ^ 1, least);
  }
  return ends;
};

const lowerTo = (weights: Float64Array, at: number, weight: number): void => {
  if (weight < (weights[at] as number)) weights[at] = weight;
};

/** Edges the climb itself stands on. */
const lowerDirect = ({ data }: RoadIndex, climb: RoadClimb, weights: Float64Array): void => {
  for (const edge of new Set(climb.points.map((point) => point.edge))) {
    for (const share of [0, 1]) {
      const at = nodeAt(data, (share === 0 ? data.edge_from : data.edge_to)[edge] as number);
      const end: RoadPoint = { edge, share, at, access_m: 0, access_s: 0 };
      const direct =
        climb.direction === 'from'
          ? directWay(climb.metric, climb.points, [end])
          : directWay(climb.metric, [end], climb.points);
      if (direct !== null) weights[2 * edge + share] = Math.min(weights[2 * edge + share] as number, direct.weight);
    }
  }
};
