import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Walls } from './walls.ts';
import { cellsOf } from './cells.ts';
import type { Corners } from './corners.ts';
import type { Sight } from './sight.ts';
import { SECTORS } from './sight.ts';

/**
 * The straight legs between turning points that a shortest way may be made of: a tangent visibility graph. Undirected legs,
 * seen from both ends: legs of node i are `leg[starts[i] … starts[i + 1]]`, to the nodes `to[…]`.
 */
export interface SeaWays {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Metres in a degree of longitude at each node. */
  readonly kx: Float64Array;
  /** Unit covectors of the wedge of each turning point (corners.ts); all 0 where ways may bend to any side. */
  readonly wedge: Float32Array;
  /** How far each turning point sees at most, in each of its sectors (sight.ts), in metres on the plane of the mesh. */
  readonly horizon_m: Float32Array;
  readonly starts: Int32Array;
  readonly to: Int32Array;
  readonly leg: Int32Array;
  /** Per leg. */
  readonly leg_m: Float64Array;
  /** 1 for turning points on waters large enough to be called sea, 0 in ponds and pockets. */
  readonly main: Uint8Array;
}

/** Waters that reach less far than this count as ponds, unless they are the largest there is. */
const POND_M = 3000;

/** Turning points as they stand in the arrays: position and wedge. */
export type TurningPoints = Pick<SeaWays, 'lon' | 'lat' | 'wedge'>;

/** Numbered cell by cell: what lies near each other in the water lies near each other in memory. */
export const turningPointsOf = (corners: Corners): TurningPoints => {
  const order = cellsOf(Float64Array.from(corners.lon), Float64Array.from(corners.lat)).nodes;
  const lon = Float64Array.from(order, (from) => corners.lon[from] as number);
  const lat = Float64Array.from(order, (from) => corners.lat[from] as number);
  const wedge = new Float32Array(lon.length * 4);
  const taken = new Set<string>();
  order.forEach((from, i) => {
    // No two stand on one spot, each is a corner of the mesh: a hand's breadth beside each other they may.
    while (taken.has(`${lon[i] as number},${lat[i] as number}`)) lon[i] = (lon[i] as number) + 1e-7;
    taken.add(`${lon[i] as number},${lat[i] as number}`);
    const low = Math.hypot(corners.lowX[from] as number, corners.lowY[from] as number) || 1;
    const high = Math.hypot(corners.highX[from] as number, corners.highY[from] as number) || 1;
    wedge[i * 4] = (corners.lowX[from] as number) / low;
    wedge[i * 4 + 1] = (corners.lowY[from] as number) / low;
    wedge[i * 4 + 2] = (corners.highX[from] as number) / high;
    wedge[i * 4 + 3] = (corners.highY[from] as number) / high;
  });
  return { lon, lat, wedge };
};

/** Joins the turning points that graze each other's corners, see each other and keep clear of every wall. */
export const buildWays = ({ lon, lat, wedge }: TurningPoints, walls: Walls, sight: Sight): SeaWays => {
  const ends: number[] = [];
  const horizon_m = new Float32Array(lon.length * SECTORS);
  for (let i = 0; i < lon.length; i += 1) {
    const at: LonLat = [lon[i] as number, lat[i] as number];
    const others = sight.fromNode(i, horizon_m).toSorted();
    let last = -1;
    for (const j of others) {
      if (j <= i || j === last) continue;
      last = j;
      const [dx, dy] = [(lon[j] as number) - at[0], (lat[j] as number) - at[1]];
      if (!grazes(wedge, i, dx, dy) || !grazes(wedge, j, dx, dy)) continue;
      if (walls.clear(at, [lon[j] as number, lat[j] as number])) ends.push(i, j);
    }
  }
  return joinLegs(lon, lat, wedge, horizon_m, ends);
};

/** True when a line in this direction (degrees) may be part of a taut way that bends at the node. */
export const grazes = (wedge: Float32Array, node: number, dx: number, dy: number): boolean => {
  const at = node * 4;
  const low = (wedge[at] as number) * dx + (wedge[at + 1] as number) * dy;
  const high = (wedge[at + 2] as number) * dx + (wedge[at + 3] as number) * dy;
  return low * high <= 0;
};

/** @param ends node, node of each leg */
export const joinLegs = (
  lon: Float64Array,
  lat: Float64Array,
  wedge: Float32Array,
  horizon_m: Float32Array,
  ends: ArrayLike<number>,
): SeaWays => {
  const n = lon.length;
  const starts = new Int32Array(n + 1);
  for (let i = 0; i < ends.length; i += 1) {
    const node = ends[i] as number;
    starts[node + 1] = (starts[node + 1] as number) + 1;
  }
  for (let i = 1; i <= n; i += 1) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  const to = new Int32Array(ends.length);
  const leg = new Int32Array(ends.length);
  const leg_m = new Float64Array(ends.length / 2);
  const next = starts.slice();
  for (let i = 0; i < ends.length; i += 1) {
    const [node, other] = [ends[i] as number, ends[i ^ 1] as number];
    const slot = next[node] as number;
    to[slot] = other;
    leg[slot] = i >> 1;
    next[node] = slot + 1;
    if (i % 2 === 0)
      leg_m[i >> 1] = distance_m(
        [lon[node] as number, lat[node] as number],
        [lon[other] as number, lat[other] as number],
      );
  }
  return {
    lon,
    lat,
    kx: lat.map(metresPerDegreeLon),
    wedge,
    horizon_m,
    starts,
    to,
    leg,
    leg_m,
    main: mainWaters(lon, lat, starts, to),
  };
};

const mainWaters = (lon: Float64Array, lat: Float64Array, starts: Int32Array, to: Int32Array): Uint8Array => {
  const water = new Int32Array(lon.length).fill(-1);
  const reaches_m: number[] = [];
  for (let first = 0; first < lon.length; first += 1) {
    if (water[first] !== -1) continue;
    const stack = [first];
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    water[first] = reaches_m.length;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      west = Math.min(west, lon[node] as number);
      east = Math.max(east, lon[node] as number);
      south = Math.min(south, lat[node] as number);
      north = Math.max(north, lat[node] as number);
      for (let slot = starts[node] as number; slot < (starts[node + 1] as number); slot += 1) {
        const other = to[slot] as number;
        if (water[other] !== -1) continue;
        water[other] = reaches_m.length;
        stack.push(other);
      }
    }
    reaches_m.push(distance_m([west, south], [east, north]));
  }
  const largest = reaches_m.reduce((most, reach) => Math.max(most, reach), 0);
  return Uint8Array.from(water, (number) => {
    const reach = reaches_m[number] as number;
    return reach >= POND_M || reach === largest ? 1 : 0;
  });
};
