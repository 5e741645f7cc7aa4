import type { LonLat } from '#core/base/geo.ts';
import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import { RoadBuckets } from './buckets.ts';
import type { RoadClimb } from './climb.ts';
import { Climber } from './climb.ts';
import type { RoadWeights } from './customise.ts';
import { customise, metricKey } from './customise.ts';
import type { RoadData } from './data.ts';
import { roadIndex } from './index.ts';
import type { RoadIndex } from './index.ts';
import { matrices } from './matrix.ts';
import { findPath, meetingWeight } from './path.ts';
import type { Buckets, Climb, RoadMetric, RoadPoint, RoadProfile, Roads, Selection } from './roads.ts';
import { RoadSelection } from './selection.ts';
import { sweepEdges } from './sweep.ts';
import { metresOf, secondsOf } from './weight.ts';

/** The roads of a place, ready to be asked. @param snap where positions join the roads */
export const createRoads = (
  data: RoadData,
  graph: GraphArrays,
  hierarchy: HierarchyArrays,
  snap: (at: LonLat, metric: RoadMetric) => readonly RoadPoint[],
): Roads => {
  const index = roadIndex(data, graph, hierarchy);
  const climber = new Climber(index);
  const matrix = matrices(index.state_rank.length);
  return {
    data,
    metric: metricCache(index),
    snap,
    depart: (metric, from) => climber.climb(weightsOf(metric), from, 'from'),
    arrive: (metric, to) => climber.climb(weightsOf(metric), to, 'to'),
    cost: (metric, from, to) => {
      const weights = weightsOf(metric);
      const weight = meetingWeight(climbOf(weights, from, 'from'), climbOf(weights, to, 'to'));
      return { duration_s: secondsOf(weight), distance_m: metresOf(weight) };
    },
    path: (metric, from, to) => {
      const weights = weightsOf(metric);
      return findPath(index, climber, climbOf(weights, from, 'from'), climbOf(weights, to, 'to'));
    },
    matrix: (metric, from, to) => {
      const weights = weightsOf(metric);
      const climbs = (list: readonly Climb[], direction: 'from' | 'to'): readonly RoadClimb[] =>
        list.map((climb) => climbOf(weights, climb, direction));
      return matrix(weights, climbs(from, 'from'), climbs(to, 'to'));
    },
    buckets: (metric) => bucketsOf(new RoadBuckets(weightsOf(metric), index.state_rank.length)),
    select: (metric, starts) => selectionOf(new RoadSelection(index, weightsOf(metric), starts)),
    sweep: (metric, climb, direction) => sweepEdges(index, climbOf(weightsOf(metric), climb, direction)),
  };
};

const bucketsOf = (buckets: RoadBuckets): Buckets => ({
  metric: buckets.metric,
  set: (key, from) => buckets.set(key, from === null ? null : climbOf(buckets.metric, from, 'from')),
  to: (place, duration_s, distance_m) => buckets.to(climbOf(buckets.metric, place, 'to'), duration_s, distance_m),
});

const selectionOf = (selection: RoadSelection): Selection => ({
  metric: selection.metric,
  to: (place, duration_s, distance_m) => selection.to(climbOf(selection.metric, place, 'to'), duration_s, distance_m),
});

/** A climb as it was made. Programs that mix climbs of different weights or directions would get wrong times: they are stopped. */
const climbOf = (metric: RoadWeights, climb: Climb, direction: 'from' | 'to'): RoadClimb => {
  const own = climb as Partial<RoadClimb>;
  if (own.metric?.key !== metric.key || own.direction !== direction) {
    throw new TypeError(`a climb ${direction} positions, made with the same metric, is needed here`);
  }
  return own as RoadClimb;
};

/** What `metric` of some roads gave. */
const weightsOf = (metric: RoadMetric): RoadWeights => {
  if (!('key' in metric)) throw new TypeError('a metric that `metric` gave is needed here');
  return metric as RoadWeights;
};

/** Weights are kept for the sets asked for lately: of a large map fewer, but always the last few. Others keep more by them: climbs of hubs and forces. */
const KEPT_BYTES = 256 * 2 ** 20;
const FEWEST = 4;
const MOST = 16;

const NOTHING: ReadonlySet<string> = new Set();

const bytesOf = ({ edge, up, down }: RoadWeights): number => edge.byteLength + up.byteLength + down.byteLength;

/** Finds weights among those asked for lately, or puts them in, beginning with those of the same profile that were asked for last. */
const metricCache = (index: RoadIndex): ((profile: RoadProfile, closed: ReadonlySet<string>) => RoadWeights) => {
  /** The one asked for last at the end. */
  const kept = new Map<string, RoadWeights>();
  return (profile, closed) => {
    const key = metricKey(profile, closed);
    const alike = (): RoadWeights | null =>
      [...kept.values()].findLast((other) => metricKey(other.profile, NOTHING) === metricKey(profile, NOTHING)) ?? null;
    const found = kept.get(key) ?? customise(index, profile, new Set(closed), alike());
    kept.delete(key);
    kept.set(key, found);
    const room = Math.min(MOST, Math.max(FEWEST, Math.floor(KEPT_BYTES / bytesOf(found))));
    if (kept.size > room) kept.delete(kept.keys().next().value as string);
    return found;
  };
};
