import type { LonLat } from '#core/base/geo.ts';
import { EARTH_RADIUS_M } from '#core/base/geo.ts';

/** A closed ring: the last point repeats the first. */
export type Ring = readonly LonLat[];

/** Metres in a degree of latitude on the mean sphere. */
export const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;

/** Metres in a degree of longitude at a latitude. */
export const metresPerDegreeLon = (lat: number): number => METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);

/** True when the point lies inside the ring (even-odd rule). A point exactly on the border may count either way. */
export const insideRing = (ring: Ring, at: LonLat): boolean => {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const a = ring[i - 1] as LonLat;
    const b = ring[i] as LonLat;
    if (a[1] > at[1] === b[1] > at[1]) continue;
    const lon = a[0] + ((at[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0]);
    if (at[0] < lon) inside = !inside;
  }
  return inside;
};

/** Twice the signed area of the triangle a, b, c in square degrees; positive when c lies left of a → b. */
export const turn = (a: LonLat, b: LonLat, c: LonLat): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** True when the two segments have a point in common. */
export const segmentsMeet = (a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean => {
  const abc = turn(a, b, c);
  const abd = turn(a, b, d);
  const cda = turn(c, d, a);
  const cdb = turn(c, d, b);
  if (((abc > 0 && abd < 0) || (abc < 0 && abd > 0)) && ((cda > 0 && cdb < 0) || (cda < 0 && cdb > 0))) return true;
  return (
    (abc === 0 && within(a, b, c)) ||
    (abd === 0 && within(a, b, d)) ||
    (cda === 0 && within(c, d, a)) ||
    (cdb === 0 && within(c, d, b))
  );
};

const within = (a: LonLat, b: LonLat, p: LonLat): boolean =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1]);

/** Nearest point of a segment, on a plane tangent at `p`: right to a few parts in a thousand over 20 km. */
export const nearestOnSegment = (
  p: LonLat,
  a: LonLat,
  b: LonLat,
): { readonly at: LonLat; readonly share: number; readonly distance_m: number } => {
  const kx = metresPerDegreeLon(p[1]);
  const ax = (a[0] - p[0]) * kx;
  const ay = (a[1] - p[1]) * METRES_PER_DEGREE;
  const dx = (b[0] - a[0]) * kx;
  const dy = (b[1] - a[1]) * METRES_PER_DEGREE;
  const length2 = dx * dx + dy * dy;
  const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
  const at: LonLat = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  return { at, share, distance_m: Math.hypot(ax + share * dx, ay + share * dy) };
};

/** The point `share` (0 … 1) of the way from a to b. */
export const between = (a: LonLat, b: LonLat, share: number): LonLat => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
];
