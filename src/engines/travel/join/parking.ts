import type { LonLat } from '#core/base/geo.ts';
import { MODE_BIT } from '../road/data.ts';
import type { RoadData, RoadMode } from '../road/data.ts';
import { openEdges } from '../road/pockets.ts';
import type { Climb, RoadMetric, RoadPoint, Roads } from '../road/roads.ts';
import { RULES } from '../rules.ts';

/** So many places to leave a vehicle are looked at, and so many of one way: the nearest on foot need not be the soonest by car. */
const POINTS = 48;
const POINTS_OF_WAY = 2;

const OPEN = new WeakMap<RoadData, Map<RoadMode, Uint8Array>>();

/** `openEdges`, once for a map and mode. */
const openFor = (data: RoadData, mode: RoadMode): Uint8Array => {
  const known = OPEN.get(data) ?? new Map<RoadMode, Uint8Array>();
  OPEN.set(data, known);
  const open = known.get(mode) ?? openEdges(data, mode);
  known.set(mode, open);
  return open;
};

interface Stop {
  readonly edge: number;
  readonly share: 0 | 1;
  readonly walk_s: number;
}

/**
 * Where a vehicle is left for a place its own roads do not come near: ends of its edges, by the time on foot from there to the place, which is
 * part of their access. Empty where nobody gets to the place on foot. One sweep over the map (2–4 ms for 40,000 states).
 * @param end the place, joined on foot
 */
export const parkingPoints = (
  roads: Roads,
  vehicle: RoadMetric,
  foot: RoadMetric,
  end: Climb,
): readonly RoadPoint[] => {
  if (end.points.length === 0) return [];
  const { data } = roads;
  const { mode } = vehicle.profile;
  const walk_s = roads.sweep(foot, end, 'to');
  const open = openFor(data, mode);
  const stops: Stop[] = [];
  for (let edge = 0; edge < open.length; edge += 1) {
    if (open[edge] !== 1) continue;
    const forward = ((data.edge_forward[edge] as number) & MODE_BIT[mode]) !== 0;
    // Left at an end it may drive to.
    const share = forward ? 1 : 0;
    const takes_s = walk_s[2 * edge + share] as number;
    if (takes_s < Infinity) stops.push({ edge, share, walk_s: takes_s });
  }
  stops.sort((a, b) => a.walk_s - b.walk_s || a.edge - b.edge);
  const kept = nearest(data, stops).map((stop) => pointOf(data, stop));
  const starts = kept.map((point) => roads.depart(foot, [{ ...point, access_m: 0, access_s: 0 }]));
  // The sweep knows times only; the metres are those of the ways that are walked.
  const { distance_m } = roads.matrix(foot, starts, [end]);
  return kept.map((point, i) => ({ ...point, access_m: distance_m[i] as number }));
};

const nearest = (data: RoadData, stops: readonly Stop[]): readonly Stop[] => {
  const ofWay = new Map<number, number>();
  const kept: Stop[] = [];
  for (const stop of stops) {
    const way = data.edge_way[stop.edge] as number;
    const count = ofWay.get(way) ?? 0;
    if (count >= POINTS_OF_WAY) continue;
    ofWay.set(way, count + 1);
    kept.push(stop);
    if (kept.length === POINTS) break;
  }
  return kept;
};

/** The end of an edge; how far it is on foot from there is not known yet. */
const pointOf = (data: RoadData, { edge, share, walk_s }: Stop): RoadPoint => {
  const node = (share === 0 ? data.edge_from[edge] : data.edge_to[edge]) as number;
  const at: LonLat = [(data.node_lon_e7[node] as number) / 1e7, (data.node_lat_e7[node] as number) / 1e7];
  return { edge, share, at, access_m: Infinity, access_s: RULES.park_s + walk_s };
};

/** True for a point of the road the place lies at: a vehicle is driven up to it. */
export const isDoor = (point: RoadPoint): boolean => point.access_m <= RULES.door_m;

/** Where on the roads somebody on foot stands who has left a vehicle at the end of a path: the point of the path's last edge it ended at. */
export const onFootFrom = (at: LonLat, points: readonly RoadPoint[]): readonly RoadPoint[] =>
  endedAt(at, points).map((point) => ({ ...point, access_m: 0, access_s: 0 }));

/** The point a path ended at; none where it is not among these. */
export const endedAt = (at: LonLat, points: readonly RoadPoint[]): readonly RoadPoint[] =>
  points.filter((point) => Math.abs(point.at[0] - at[0]) < 1e-6 && Math.abs(point.at[1] - at[1]) < 1e-6).slice(0, 1);
