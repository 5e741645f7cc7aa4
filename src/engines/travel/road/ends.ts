import { MODE_BIT } from './data.ts';
import type { RoadWeights } from './customise.ts';
import type { RoadIndex } from './index.ts';
import type { RoadPoint } from './roads.ts';
import { partOf, weightOf } from './weight.ts';

/** A rank a search begins at, and what it costs from the position to the beginning of that state (or from there to the position). */
export interface Seed {
  readonly rank: number;
  readonly weight: number;
  /** The position, and the directed edge it is used on. */
  readonly point: RoadPoint;
  readonly directed: number;
}

/** How far along a directed edge a point lies, 0 … 1. */
export const shareAlong = (directed: number, share: number): number => (directed % 2 === 0 ? share : 1 - share);

/** The ways off the edges where points lie, past their ends: the states that follow, at their beginnings. */
export const departures = (index: RoadIndex, metric: RoadWeights, points: readonly RoadPoint[]): readonly Seed[] => {
  const seeds: Seed[] = [];
  eachDeparture(index, metric, points, (rank, weight, point, directed) => {
    seeds.push({ rank, weight, point, directed });
  });
  return seeds;
};

/** The same one by one, for those who make no object of each. */
export const eachDeparture = (
  { graph, state_rank }: RoadIndex,
  metric: RoadWeights,
  points: readonly RoadPoint[],
  tell: (rank: number, weight: number, point: RoadPoint, directed: number) => void,
): void => {
  const bit = MODE_BIT[metric.profile.mode];
  for (const point of points) {
    const { edge, share, access_s, access_m } = point;
    const access = weightOf(access_s, access_m);
    for (let directed = 2 * edge; directed <= 2 * edge + 1; directed++) {
      const state = graph.edge_state[directed] as number;
      const whole = metric.edge[directed] as number;
      if (state === -1 || whole === Infinity) continue;
      const rest = access + partOf(whole, 1 - shareAlong(directed, share));
      const end = graph.arc_start[state + 1] as number;
      for (let arc = graph.arc_start[state] as number; arc < end; arc++) {
        if (((graph.arc_modes[arc] as number) & bit) === 0) continue;
        const weight = rest + (metric.turn[graph.arc_turn[arc] as number] as number);
        tell(state_rank[graph.arc_to[arc] as number] as number, weight, point, directed);
      }
    }
  }
};

/** The states of the edges where points lie, from their beginnings. */
export const arrivals = (index: RoadIndex, metric: RoadWeights, points: readonly RoadPoint[]): readonly Seed[] => {
  const { states, state_rank } = index;
  const seeds: Seed[] = [];
  for (const point of points) {
    const { edge, share, access_s, access_m } = point;
    for (const directed of [2 * edge, 2 * edge + 1]) {
      const whole = metric.edge[directed] as number;
      if (whole === Infinity) continue;
      const weight = weightOf(access_s, access_m) + partOf(whole, shareAlong(directed, share));
      for (let at = states.start[directed] as number; at < (states.start[directed + 1] as number); at++) {
        seeds.push({ rank: state_rank[states.item[at] as number] as number, weight, point, directed });
      }
    }
  }
  return seeds;
};

/** From one point forward to another on the same edge, without leaving it. */
export interface DirectWay {
  readonly weight: number;
  readonly directed: number;
  readonly from: RoadPoint;
  readonly to: RoadPoint;
}

/** The shortest way between two positions that share an edge, along it; null where they share none. */
export const directWay = (
  metric: RoadWeights,
  from: readonly RoadPoint[],
  to: readonly RoadPoint[],
): DirectWay | null => {
  let best: DirectWay | null = null;
  for (const start of from) {
    for (const end of to) {
      if (start.edge !== end.edge) continue;
      for (const directed of [2 * start.edge, 2 * start.edge + 1]) {
        const share = shareAlong(directed, end.share) - shareAlong(directed, start.share);
        if (share < 0 || metric.edge[directed] === Infinity) continue;
        const access = weightOf(start.access_s, start.access_m) + weightOf(end.access_s, end.access_m);
        const weight = access + partOf(metric.edge[directed] as number, share);
        if (best === null || weight < best.weight) best = { weight, directed, from: start, to: end };
      }
    }
  }
  return best;
};
