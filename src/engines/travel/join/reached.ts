import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import { earliestFrom } from '../lines/earliest.ts';
import { edgeWeights } from '../road/pace.ts';
import type { RoadPoint } from '../road/roads.ts';
import { latAt, lonAt } from '../road/shape.ts';
import { secondsOf } from '../road/weight.ts';
import { RULES, seconds } from '../rules.ts';
import type { CellGrid } from './outlines.ts';
import type { World } from './world.ts';
import { PEOPLE, VEHICLE } from './world.ts';

/** When one is at each hub, at the earliest: seconds since the order; Infinity where not. */
export interface AtHubs {
  readonly people: Float64Array;
  readonly vehicle: Float64Array | null;
}

/** By roads to the hubs and by lines on from there. @param start_s when it sets off, since the order */
export const hubsReached = (
  world: World,
  at: LonLat,
  road: string,
  vehicle: string | null,
  start_s: number,
  order: number,
): AtHubs => {
  const { ground } = world;
  const network = world.network(vehicle);
  const layer = vehicle === null ? PEOPLE : VEHICLE;
  const { metric, arrive } = world.hubRoads(road);
  const climb = ground.place.roads.depart(metric, ground.place.roads.snap(at, metric));
  const { duration_s } = ground.place.roads.matrix(metric, [climb], arrive);
  const starts = ground.hubs.flatMap((hub, i) => {
    const walk_s = vehicle === null ? ground.straight_s(at, hub.at) : Infinity;
    const there_s = start_s + Math.min(duration_s[i] as number, walk_s);
    return there_s < Infinity ? [{ hub: i, layer, at: instant(order + Math.ceil(there_s * 1000)) }] : [];
  });
  const earliest = earliestFrom(network, starts);
  const of = (one: number): Float64Array =>
    Float64Array.from(ground.hubs, (_, hub) => (earliest.arrivalAt(hub, one) - order) / 1000);
  return { people: of(PEOPLE), vehicle: vehicle === null ? null : of(VEHICLE) };
};

/** Seconds since the order at both ends of every edge, from a position and from hubs reached before. */
export const edgesReached = (
  world: World,
  road: string,
  at: LonLat | null,
  start_s: number,
  hubs: Float64Array,
): Float64Array => {
  const { roads } = world.ground.place;
  const { metric, depart } = world.hubRoads(road);
  const later = (points: readonly RoadPoint[], by_s: number): readonly RoadPoint[] =>
    points.map((point) => ({ ...point, access_s: point.access_s + by_s }));
  const points = at === null ? [] : [...later(roads.snap(at, metric), start_s)];
  depart.forEach((climb, hub) => {
    if ((hubs[hub] as number) < Infinity) points.push(...later(climb.points, hubs[hub] as number));
  });
  return roads.sweep(metric, roads.depart(metric, points), 'from');
};

/** A map of the earliest moment in each cell, in seconds since the order. */
export interface TimeMap {
  readonly grid: CellGrid;
  readonly time_s: Float32Array;
}

/** Finest cell, and most of them in a row or column. */
const CELL_M = 60;
const ACROSS = 500;

/** A grid over places, with some room around. */
export const gridOver = (
  west: number,
  south: number,
  east: number,
  north: number,
  least_m: number,
  across: number,
): CellGrid => {
  const per_lon = metresPerDegreeLon((south + north) / 2);
  const wide_m = Math.max((east - west) * per_lon, (north - south) * METRES_PER_DEGREE);
  const cell_m = Math.max(least_m, wide_m / across);
  const cell_lon = cell_m / per_lon;
  const cell_lat = cell_m / METRES_PER_DEGREE;
  return {
    west: west - 4 * cell_lon,
    south: south - 4 * cell_lat,
    cell_lon,
    cell_lat,
    columns: Math.ceil((east - west) / cell_lon) + 8,
    rows: Math.ceil((north - south) / cell_lat) + 8,
  };
};

/** Paints edges reached within a limit and the ground beside them, as far as one walks from the road in the time left. */
export const paintEdges = (world: World, road: string, ends_s: Float64Array, limit_s: number): TimeMap | null => {
  const { data } = world.ground.place.roads;
  const { metric } = world.hubRoads(road);
  const weights = edgeWeights(data, metric.profile, metric.closed);
  const reached: number[] = [];
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let edge = 0; edge < data.edge_from.length; edge += 1) {
    if (Math.min(ends_s[2 * edge] as number, ends_s[2 * edge + 1] as number) > limit_s) continue;
    if ((data.edge_fixed_s[edge] as number) > 0) continue;
    reached.push(edge);
    for (const i of [0, lastPoint(data, edge)]) {
      west = Math.min(west, lonAt(data, edge, i));
      east = Math.max(east, lonAt(data, edge, i));
      south = Math.min(south, latAt(data, edge, i));
      north = Math.max(north, latAt(data, edge, i));
    }
  }
  if (reached.length === 0) return null;
  const grid = gridOver(west, south, east, north, CELL_M, ACROSS);
  const map: TimeMap = { grid, time_s: new Float32Array(grid.columns * grid.rows).fill(Infinity) };
  const brush = brushOf(grid);
  for (const edge of reached) {
    const weight = Math.min(weights[2 * edge] as number, weights[2 * edge + 1] as number);
    const whole_s = weight === Infinity ? Infinity : secondsOf(weight);
    paintEdge(map, brush, world, edge, whole_s, ends_s);
  }
  return map;
};

const lastPoint = (data: World['ground']['place']['roads']['data'], edge: number): number =>
  (data.shape_start[edge + 1] as number) - (data.shape_start[edge] as number) + 1;

/** How far beside a road counts as reached. */
const BESIDE_M = 150;

interface Brush {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  readonly walk_s: Float64Array;
}

const brushOf = (grid: CellGrid): Brush => {
  const cell_m = grid.cell_lat * METRES_PER_DEGREE;
  const reach = Math.max(1, Math.floor(BESIDE_M / cell_m));
  const columns: number[] = [];
  const rows: number[] = [];
  const walk_s: number[] = [];
  for (let row = -reach; row <= reach; row += 1) {
    for (let column = -reach; column <= reach; column += 1) {
      const away_m = Math.hypot(row, column) * cell_m;
      if (away_m > Math.max(BESIDE_M, cell_m)) continue;
      columns.push(column);
      rows.push(row);
      walk_s.push(seconds(away_m, RULES.cross_country_kmh));
    }
  }
  return { columns: Int32Array.from(columns), rows: Int32Array.from(rows), walk_s: Float64Array.from(walk_s) };
};

/** Along the line of an edge, a dab per cell it runs through. */
const paintEdge = (
  map: TimeMap,
  brush: Brush,
  world: World,
  edge: number,
  whole_s: number,
  ends_s: Float64Array,
): void => {
  const { data } = world.ground.place.roads;
  const length_m = Math.max(1, data.edge_length_m[edge] as number);
  const step_m = map.grid.cell_lat * METRES_PER_DEGREE;
  const [from_s, to_s] = [ends_s[2 * edge] as number, ends_s[2 * edge + 1] as number];
  let gone_m = 0;
  for (let i = 1; i <= lastPoint(data, edge); i += 1) {
    const a: LonLat = [lonAt(data, edge, i - 1), latAt(data, edge, i - 1)];
    const b: LonLat = [lonAt(data, edge, i), latAt(data, edge, i)];
    const part_m = distance_m(a, b);
    const steps = Math.max(1, Math.ceil(part_m / step_m));
    for (let step = 0; step <= steps; step += 1) {
      const share = Math.min(1, (gone_m + (part_m * step) / steps) / length_m);
      const onward_s = whole_s === Infinity ? 0 : whole_s;
      const time_s = Math.min(from_s + share * onward_s, to_s + (1 - share) * onward_s);
      dab(map, brush, a[0] + ((b[0] - a[0]) * step) / steps, a[1] + ((b[1] - a[1]) * step) / steps, time_s);
    }
    gone_m += part_m;
  }
};

const dab = ({ grid, time_s }: TimeMap, brush: Brush, lon: number, lat: number, at_s: number): void => {
  const column = Math.floor((lon - grid.west) / grid.cell_lon);
  const row = Math.floor((lat - grid.south) / grid.cell_lat);
  for (let i = 0; i < brush.columns.length; i += 1) {
    const x = column + (brush.columns[i] as number);
    const y = row + (brush.rows[i] as number);
    if (x < 0 || y < 0 || x >= grid.columns || y >= grid.rows) continue;
    const cell = y * grid.columns + x;
    const there_s = at_s + (brush.walk_s[i] as number);
    if (there_s < (time_s[cell] as number)) time_s[cell] = there_s;
  }
};
