import type { RoadData } from './data.ts';
import { MODE_BIT } from './data.ts';
import { degreesEast } from './shape.ts';
import { TURNS } from './arrays.ts';

/** Straight on is within this many degrees either way. */
const STRAIGHT_DEG = 45;

type Turn = (typeof TURNS)[number];
const NUMBER = Object.fromEntries(TURNS.map((turn, number) => [turn, number])) as Readonly<Record<Turn, number>>;

/** The kind of turn (place in `TURNS`) from one directed edge to another that begins where it ends, at `node`. */
export type TurnOf = (from: number, to: number, node: number) => number;

export const turnClassifier = (data: RoadData): TurnOf => turnsBy(turnTables(data));

/** What kinds of turns are told by, once shapes were looked at: 16 bytes per edge, 4 per node. */
export interface TurnTables {
  /** Bearing in which each directed edge leaves its first node. */
  readonly leaving_deg: Float64Array;
  /** Ends of edges that vehicles use at each node. */
  readonly degree: Int32Array;
}

export const turnTables = (data: RoadData): TurnTables => ({
  leaving_deg: leavingBearings(data),
  degree: vehicleDegrees(data),
});

export const turnsBy =
  ({ leaving_deg, degree }: TurnTables): TurnOf =>
  (from, to, node) => {
    if (to === (from ^ 1)) return NUMBER.about;
    if ((degree[node] as number) <= 2) return NUMBER.along;
    const turned = (leaving_deg[to] as number) - (leaving_deg[from ^ 1] as number) + 180;
    const right_deg = ((turned + 540) % 360) - 180;
    if (Math.abs(right_deg) <= STRAIGHT_DEG) return NUMBER.straight;
    return right_deg > 0 ? NUMBER.right : NUMBER.left;
  };

/** Ends of edges that vehicles use at each node: more than two make a junction. */
const vehicleDegrees = (data: RoadData): Int32Array => {
  const degree = new Int32Array(data.node_lon_e7.length);
  for (let edge = 0; edge < data.edge_from.length; edge++) {
    const modes = (data.edge_forward[edge] as number) | (data.edge_backward[edge] as number);
    if ((modes & ~MODE_BIT.foot) === 0) continue;
    for (const node of [data.edge_from[edge] as number, data.edge_to[edge] as number]) {
      degree[node] = (degree[node] as number) + 1;
    }
  }
  return degree;
};

/** Bearing (degrees from north, clockwise) in which each directed edge leaves its first node. */
const leavingBearings = (data: RoadData): Float64Array => {
  const bearings = new Float64Array(2 * data.edge_from.length);
  for (let edge = 0; edge < data.edge_from.length; edge++) {
    const lons = [data.node_lon_e7[data.edge_from[edge] as number] as number];
    const lats = [data.node_lat_e7[data.edge_from[edge] as number] as number];
    for (let at = data.shape_start[edge] as number; at < (data.shape_start[edge + 1] as number); at++) {
      lons.push(data.shape_lon_e7[at] as number);
      lats.push(data.shape_lat_e7[at] as number);
    }
    lons.push(data.node_lon_e7[data.edge_to[edge] as number] as number);
    lats.push(data.node_lat_e7[data.edge_to[edge] as number] as number);
    bearings[2 * edge] = firstBearing(lons, lats);
    bearings[2 * edge + 1] = firstBearing(lons.reverse(), lats.reverse());
  }
  return bearings;
};

/** Towards the first point that differs from where it begins; 0 where none does. */
const firstBearing = (lons: readonly number[], lats: readonly number[]): number => {
  const [lon, lat] = [lons[0] as number, lats[0] as number];
  const next = lons.findIndex((other, place) => other !== lon || lats[place] !== lat);
  if (next < 0) return 0;
  const east = degreesEast(lon / 1e7, (lons[next] as number) / 1e7) * Math.cos((lat * Math.PI) / 180e7);
  const north = ((lats[next] as number) - lat) / 1e7;
  return (Math.atan2(east, north) * 180) / Math.PI;
};
