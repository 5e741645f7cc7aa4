/**
 * Time and length of a way in one number, so that one sum adds and one comparison ranks both: first the shorter time, then the shorter
 * way. Whole deciseconds × 2^27 + whole decimetres. Exact for ways up to 77 days and 13,000 km; Infinity where there is none.
 */
const DECIMETRES = 2 ** 27;

export const weightOf = (duration_s: number, distance_m: number): number =>
  Math.round(10 * duration_s) * DECIMETRES + Math.round(10 * distance_m);

export const secondsOf = (weight: number): number => Math.floor(weight / DECIMETRES) / 10;

export const metresOf = (weight: number): number =>
  weight === Infinity ? Infinity : (weight - Math.floor(weight / DECIMETRES) * DECIMETRES) / 10;

/** The weight of a share of an edge. */
export const partOf = (weight: number, share: number): number =>
  weight === Infinity ? Infinity : weightOf(secondsOf(weight) * share, metresOf(weight) * share);
