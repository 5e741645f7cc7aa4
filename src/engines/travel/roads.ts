import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { FeatureCollection, LineGeometry } from '#world/places/geojson.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE, nearestOnSegment } from '#world/places/geometry.ts';
import { RULES, seconds } from './rules.ts';

export interface RoadProperties {
  readonly id: string;
  /** trunk, primary, secondary, street, track; `path` is for people on foot only. */
  readonly class: string;
  readonly speed_kmh: number;
  /** False where nobody may walk (an expressway bridge). */
  readonly foot: boolean;
  readonly bridge: boolean;
  readonly name: Text | null;
}
export type RoadCollection = FeatureCollection<LineGeometry, RoadProperties>;
export type RoadMode = 'foot' | 'motorcycle' | 'car';

/** Roads as a graph: a node at every point of a line, a segment between neighbours, used both ways. */
export interface RoadGraph {
  readonly roads: readonly RoadProperties[];
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Ends, length and road of each segment. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly length_m: Float64Array;
  readonly road: Int32Array;
  /** Segments at node n: `segments[starts[n] … starts[n + 1]]`. */
  readonly starts: Int32Array;
  readonly segments: Int32Array;
  readonly nodeAt: (at: LonLat) => number;
  /** Segments with a point within `reach_m` of a place, and where. */
  readonly near: (at: LonLat, reach_m: number) => readonly NearSegment[];
}
export interface NearSegment {
  readonly segment: number;
  readonly share: number;
  readonly at: LonLat;
  readonly distance_m: number;
}

const BUCKET_DEG = 0.01;

export const buildRoads = (collection: RoadCollection): RoadGraph => {
  const numbers = new Map<string, number>();
  const points: LonLat[] = [];
  const ends: number[] = [];
  const roadOf: number[] = [];
  const number = (at: LonLat): number => {
    const key = `${at[0]},${at[1]}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, points.length);
    points.push(at);
    return points.length - 1;
  };
  collection.features.forEach(({ geometry }, road) => {
    geometry.coordinates.forEach((at, i) => {
      const before = geometry.coordinates[i - 1];
      if (before === undefined) return;
      ends.push(number(before), number(at));
      roadOf.push(road);
    });
  });
  const from = Int32Array.from(roadOf, (_, i) => ends[i * 2] as number);
  const to = Int32Array.from(roadOf, (_, i) => ends[i * 2 + 1] as number);
  const point = (node: number): LonLat => points[node] as LonLat;
  return {
    roads: collection.features.map((feature) => feature.properties),
    lon: Float64Array.from(points, (at) => at[0]),
    lat: Float64Array.from(points, (at) => at[1]),
    from,
    to,
    length_m: Float64Array.from(roadOf, (_, i) => distance_m(point(from[i] as number), point(to[i] as number))),
    road: Int32Array.from(roadOf),
    ...adjacency(points.length, from, to),
    nodeAt: (at) => numbers.get(`${at[0]},${at[1]}`) ?? -1,
    near: nearness(points, from, to),
  };
};

const adjacency = (nodes: number, from: Int32Array, to: Int32Array): Pick<RoadGraph, 'starts' | 'segments'> => {
  const starts = new Int32Array(nodes + 1);
  const count = (node: number): void => {
    starts[node + 1] = (starts[node + 1] as number) + 1;
  };
  from.forEach(count);
  to.forEach(count);
  for (let i = 1; i <= nodes; i += 1) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  const segments = new Int32Array(from.length * 2);
  const next = starts.slice();
  for (let i = 0; i < from.length; i += 1) {
    for (const node of [from[i] as number, to[i] as number]) {
      segments[next[node] as number] = i;
      next[node] = (next[node] as number) + 1;
    }
  }
  return { starts, segments };
};

const nearness = (points: readonly LonLat[], from: Int32Array, to: Int32Array): RoadGraph['near'] => {
  const buckets = new Map<number, number[]>();
  const key = (column: number, row: number): number => row * 100_000 + column;
  const cell = (degrees: number): number => Math.floor((degrees + 180) / BUCKET_DEG);
  for (let i = 0; i < from.length; i += 1) {
    const a = points[from[i] as number] as LonLat;
    const b = points[to[i] as number] as LonLat;
    const east = cell(Math.max(a[0], b[0]));
    const north = cell(Math.max(a[1], b[1]));
    for (let row = cell(Math.min(a[1], b[1])); row <= north; row += 1) {
      for (let column = cell(Math.min(a[0], b[0])); column <= east; column += 1) {
        const list = buckets.get(key(column, row)) ?? [];
        list.push(i);
        buckets.set(key(column, row), list);
      }
    }
  }
  return (at, reach_m) => {
    const dx = reach_m / metresPerDegreeLon(at[1]);
    const dy = reach_m / METRES_PER_DEGREE;
    const seen = new Set<number>();
    for (let row = cell(at[1] - dy); row <= cell(at[1] + dy); row += 1) {
      for (let column = cell(at[0] - dx); column <= cell(at[0] + dx); column += 1) {
        for (const segment of buckets.get(key(column, row)) ?? []) seen.add(segment);
      }
    }
    const found: NearSegment[] = [];
    for (const segment of seen) {
      const near = nearestOnSegment(
        at,
        points[from[segment] as number] as LonLat,
        points[to[segment] as number] as LonLat,
      );
      if (near.distance_m <= reach_m) found.push({ segment, ...near });
    }
    return found.toSorted((one, other) => one.distance_m - other.distance_m || one.segment - other.segment);
  };
};

/** True when the mode may use the road at all. */
export const mayUse = (road: RoadProperties, mode: RoadMode): boolean =>
  mode === 'foot' ? road.foot : road.class !== 'path';

/**
 * Seconds over each segment; Infinity where the mode may not go or the road is closed.
 * A closed road is closed to vehicles; people on foot still get along it, unless it is a bridge.
 */
export const segmentTimes = (graph: RoadGraph, mode: RoadMode, closed: ReadonlySet<string>): Float64Array =>
  Float64Array.from(graph.length_m, (length_m, segment) => {
    const road = graph.roads[graph.road[segment] as number] as RoadProperties;
    if (!mayUse(road, mode)) return Infinity;
    if (closed.has(road.id) && (mode !== 'foot' || road.bridge)) return Infinity;
    if (mode === 'foot') return seconds(length_m, RULES.walk_kmh);
    return seconds(length_m, mode === 'motorcycle' ? motorcycleSpeed(road) : road.speed_kmh);
  });

/** Motorcycles do not race on trunk roads and get along tracks better than cars. */
const motorcycleSpeed = (road: RoadProperties): number =>
  road.class === 'track' ? Math.max(road.speed_kmh, 25) : Math.min(road.speed_kmh, 60);
