import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { between, insideRing, nearestOnSegment, segmentsMeet, turn } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import type { Current } from './water.ts';

/** Kept from the border of a closed or shallow area, so that no leg runs along the line itself. */
export const AREA_MARGIN_M = 5;

/** Rings ready for being asked about lines. */
export interface Area {
  readonly id: string;
  readonly rings: readonly Ring[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface SpeedArea extends Area {
  readonly max_kmh: number;
}

export interface CurrentArea extends Area, Current {}

/** A bound on how strong the current is anywhere: of areas that may lie over each other, all together. */
export const strongest_ms = (areas: readonly CurrentArea[]): number =>
  areas.reduce(
    (most, area) =>
      Math.max(
        most,
        areas
          .filter((other) => !apart(other, [area.west, area.south], [area.east, area.north]))
          .reduce((sum, { east_ms, north_ms }) => sum + Math.hypot(east_ms, north_ms), 0),
      ),
    0,
  );

export const toArea = (id: string, rings: readonly Ring[]): Area => {
  const points = rings.flat();
  return {
    id,
    rings,
    west: points.reduce((least, [lon]) => Math.min(least, lon), Infinity),
    south: points.reduce((least, [, lat]) => Math.min(least, lat), Infinity),
    east: points.reduce((most, [lon]) => Math.max(most, lon), -Infinity),
    north: points.reduce((most, [, lat]) => Math.max(most, lat), -Infinity),
  };
};

/** Straight pieces of the border as lon, lat, lon, lat, one after the other. */
export const borderOf = (area: Area): Float64Array =>
  Float64Array.from(
    area.rings.flatMap((ring) => ring.slice(1).flatMap((at, i) => [...(ring[i] as LonLat), at[0], at[1]])),
  );

/** True when the point lies in the area: within an odd number of its rings. */
export const holds = (area: Area, at: LonLat): boolean =>
  at[0] >= area.west &&
  at[0] <= area.east &&
  at[1] >= area.south &&
  at[1] <= area.north &&
  area.rings.filter((ring) => insideRing(ring, at)).length % 2 === 1;

const apart = (area: Area, a: LonLat, b: LonLat): boolean =>
  Math.max(a[0], b[0]) < area.west ||
  Math.min(a[0], b[0]) > area.east ||
  Math.max(a[1], b[1]) < area.south ||
  Math.min(a[1], b[1]) > area.north;

/** True when the straight line has a point in the area or on its border. */
export const touches = (area: Area, a: LonLat, b: LonLat): boolean => {
  if (apart(area, a, b)) return false;
  if (holds(area, a) || holds(area, b)) return true;
  return area.rings.some((ring) => ring.some((at, i) => i > 0 && segmentsMeet(a, b, ring[i - 1] as LonLat, at)));
};

/** A stretch of a leg with a limit of speed. */
export interface Slow {
  readonly length_m: number;
  readonly max_kmh: number;
}

/** The stretches of a straight leg inside speed areas; where several lie over each other the lowest limit holds. */
export const slowStretches = (areas: readonly SpeedArea[], a: LonLat, b: LonLat): readonly Slow[] => {
  const near = areas.filter((area) => touches(area, a, b));
  if (near.length === 0) return [];
  const length_m = distance_m(a, b);
  return piecesOf(near, a, b).flatMap(({ share, at }) => {
    const max_kmh = limitAt(near, at);
    return max_kmh < Infinity ? [{ length_m: length_m * share, max_kmh }] : [];
  });
};

/** A straight leg cut wherever it crosses a border: where each piece begins and how long it is, as shares of the length, and its middle. */
export const piecesOf = (
  areas: readonly Area[],
  a: LonLat,
  b: LonLat,
): readonly { readonly from: number; readonly share: number; readonly at: LonLat }[] => {
  const shares = [0, ...areas.flatMap((area) => cuts(area, a, b)), 1].toSorted((one, other) => one - other);
  return shares.slice(1).flatMap((to, i) => {
    const from = shares[i] as number;
    return to > from ? [{ from, share: to - from, at: between(a, b, (from + to) / 2) }] : [];
  });
};

/** The lowest limit that holds at a point; Infinity where none does. */
export const limitAt = (areas: readonly SpeedArea[], at: LonLat): number =>
  areas.reduce((least, area) => (area.max_kmh < least && holds(area, at) ? area.max_kmh : least), Infinity);

/** Where a straight line crosses the border, as shares (0 … 1) of its length. */
const cuts = (area: Area, a: LonLat, b: LonLat): number[] => {
  const shares: number[] = [];
  for (const ring of area.rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [c, d] = [ring[i - 1] as LonLat, ring[i] as LonLat];
      const sideC = turn(a, b, c);
      const sideD = turn(a, b, d);
      if (sideC > 0 === sideD > 0) continue;
      const at = between(c, d, sideC / (sideC - sideD));
      const span = Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]) ? 0 : 1;
      const share = (at[span] - a[span]) / (b[span] - a[span]);
      if (share > 0 && share < 1) shares.push(share);
    }
  }
  return shares;
};

/** Points of the border, nearest first: each the nearest one of a straight piece. */
export const borderPoints = (area: Area, at: LonLat): readonly LonLat[] =>
  area.rings
    .flatMap((ring) => ring.slice(1).map((end, i) => nearestOnSegment(at, ring[i] as LonLat, end)))
    .toSorted((one, other) => one.distance_m - other.distance_m || one.at[0] - other.at[0] || one.at[1] - other.at[1])
    .map((point) => point.at);
