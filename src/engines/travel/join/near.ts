import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { METRES_PER_DEGREE } from '#world/places/geometry.ts';

/** More than sums of distances are wrong by. */
export const ROUNDING_M = 0.01;

/** Whether two positions are no farther apart: those are quickly told whose latitudes are. */
export const isWithin = (from: LonLat, to: LonLat, most_m: number): boolean =>
  Math.abs(from[1] - to[1]) * METRES_PER_DEGREE <= most_m && distance_m(from, to) <= most_m;
