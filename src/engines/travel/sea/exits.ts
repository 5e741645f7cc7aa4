import type { LonLat } from '#core/base/geo.ts';
import { distance_m, isLonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, between, metresPerDegreeLon, nearestOnSegment } from '#world/places/geometry.ts';
import { AREA_MARGIN_M, borderPoints, holds } from './areas.ts';
import { creepOut } from './creep.ts';
import type { Waters } from './waters.ts';
import type { SeaWays } from './ways.ts';

/** How a position joins the navigable water. */
export interface Exit {
  /** From the position to the navigable point, both included; the point alone where they are the same. */
  readonly line: readonly LonLat[];
  readonly at: LonLat;
  /** True when the line had to leave an area that may be closed: it is gone whether the area is closed or not. */
  readonly outOfArea: boolean;
  /** True when all of it is navigable: it only stands off the turning points. */
  readonly inFree: boolean;
}

export interface Exits {
  /** Navigable water from a position; none where it is out of reach. `reach_m` inland or into barred water at most. */
  readonly from: (at: LonLat, reach_m: number) => readonly Exit[];
  /** For a position on a pond or in a pocket: how it gets to the open water. */
  readonly toMain: (at: LonLat, reach_m: number) => readonly Exit[];
}

/** Rings looked at one after the other for the nearest navigable point. */
const RINGS_M = [150, 500, 1500, 3000];
/** Points off the pieces stand this much farther than they must. */
const SPARE_M = 0.2;
/** The leg over land ends this far beyond the shore: the next one touches no land. */
const BEYOND_M = 0.5;
/** A position this near to a shore counts as on it. */
const ON_SHORE_M = 1;

/** @param inSight turning points a taut way from a navigable point may lead to first */
export const exitsOf = (waters: Waters, ways: SeaWays, inSight: (at: LonLat) => Int32Array): Exits => {
  const isMain = (at: LonLat): boolean => ways.lon.length === 0 || inSight(at).some((node) => ways.main[node] === 1);
  const outward = (at: LonLat, reach_m: number): readonly Exit[] => {
    const line =
      stepOff(waters, at, reach_m, (point) => waters.isRoomy(point) && isMain(point)) ??
      creepOut(waters, at, reach_m, isMain);
    return line === null ? [] : withAreas(waters, line);
  };
  return {
    from: (at, reach_m) => {
      if (!isLonLat(at)) return [];
      if (waters.isRoomy(at)) return withAreas(waters, [at]);
      const off = outward(at, reach_m);
      return waters.isFree(at) ? [...withAreas(waters, [at]), ...off] : off;
    },
    toMain: outward,
  };
};

/** The exit, and where it lies in closable areas a second one beyond all of these. */
const withAreas = (waters: Waters, line: readonly LonLat[]): readonly Exit[] => {
  const at = line[line.length - 1] as LonLat;
  const inFree = line.length < 3 && waters.walls.clear(line[0] as LonLat, at) && waters.isFree(line[0] as LonLat);
  const exit = { line, at, outOfArea: false, inFree };
  const around = waters.closable.filter((area) => holds(area, at));
  if (around.length === 0) return [exit];
  for (const point of around.flatMap((area) => borderPoints(area, at))) {
    for (const beyond of offBorder(at, point)) {
      if (!waters.isFree(beyond) || waters.closable.some((area) => holds(area, beyond))) continue;
      if (!waters.walls.clear(at, beyond)) continue;
      const out = [...line, beyond];
      return [exit, { line: out, at: beyond, outOfArea: true, inFree }];
    }
  }
  return [exit];
};

/** A point beyond a border, and for positions on the border itself points to all sides. */
const offBorder = (at: LonLat, point: LonLat): readonly LonLat[] => {
  const kx = metresPerDegreeLon(point[1]);
  const x = (point[0] - at[0]) * kx;
  const y = (point[1] - at[1]) * METRES_PER_DEGREE;
  const far = Math.hypot(x, y);
  const off = AREA_MARGIN_M + SPARE_M;
  const ahead = far < 0.01 ? 0 : Math.atan2(y, x);
  return [0, 0.5, -0.5, 1, -1, 1.5, -1.5, 2].map((turned): LonLat => {
    const angle = ahead + turned * (Math.PI / 2);
    return [point[0] + (off * Math.cos(angle)) / kx, point[1] + (off * Math.sin(angle)) / METRES_PER_DEGREE];
  });
};

/** The nearest navigable point that a straight line over the strip along the shore reaches. */
const stepOff = (
  waters: Waters,
  at: LonLat,
  reach_m: number,
  isGoal: (at: LonLat) => boolean,
): readonly LonLat[] | null => {
  for (const ring_m of RINGS_M) {
    const points = pointsOff(waters, at, ring_m);
    for (const { point } of points) {
      const line = straightOff(waters, at, point, reach_m);
      if (line !== null && isGoal(point)) return line;
    }
    if (points.length === 0 && waters.land.partAt(at) !== null && ring_m > reach_m) return null;
  }
  return null;
};

/** Points a margin off each piece near a position, on both of its sides, nearest first. */
const pointsOff = (
  waters: Waters,
  at: LonLat,
  reach_m: number,
): readonly { readonly point: LonLat; readonly far_m: number }[] => {
  const walls = waters.wide;
  const found: { point: LonLat; far_m: number }[] = [];
  for (const piece of walls.around(at, reach_m)) {
    const [aLon, aLat, bLon, bLat] = walls.pieces.subarray(piece * 4, piece * 4 + 4) as unknown as number[];
    const a: LonLat = [aLon as number, aLat as number];
    const b: LonLat = [bLon as number, bLat as number];
    const near = nearestOnSegment(at, a, b);
    if (near.distance_m > reach_m) continue;
    const kx = metresPerDegreeLon(near.at[1]);
    const along = Math.atan2((b[1] - a[1]) * METRES_PER_DEGREE, (b[0] - a[0]) * kx);
    const away = Math.atan2((at[1] - near.at[1]) * METRES_PER_DEGREE, (at[0] - near.at[0]) * kx);
    const off = (walls.margin_m[piece] as number) + SPARE_M;
    for (const angle of [along + Math.PI / 2, along - Math.PI / 2, away, away + Math.PI]) {
      const point: LonLat = [
        near.at[0] + (off * Math.cos(angle)) / kx,
        near.at[1] + (off * Math.sin(angle)) / METRES_PER_DEGREE,
      ];
      found.push({ point, far_m: distance_m(at, point) });
    }
  }
  return found.toSorted(
    (one, other) => one.far_m - other.far_m || one.point[0] - other.point[0] || one.point[1] - other.point[1],
  );
};

/** The straight line, by way of the shore for a position inland; null where it crosses more land or barred water than may be. */
export const straightOff = (waters: Waters, at: LonLat, to: LonLat, reach_m: number): readonly LonLat[] | null => {
  const length_m = distance_m(at, to);
  const shores = waters.land.shoreCrossings(at, to).filter((share) => share * length_m > ON_SHORE_M);
  const inland = waters.land.partAt(at) !== null;
  if (shores.length > (inland ? 1 : 0)) return null;
  if (waters.barred.some((area) => holds(area, at)) && length_m > reach_m) return null;
  const share = shores[0];
  if (share === undefined) return [at, to];
  if (share * length_m > reach_m) return null;
  return [at, between(at, to, Math.min(1, share + BEYOND_M / length_m)), to];
};

export const lineLength = (line: readonly LonLat[]): number =>
  line.reduce((sum, at, i) => (i === 0 ? 0 : sum + distance_m(line[i - 1] as LonLat, at)), 0);
