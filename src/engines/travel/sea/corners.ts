import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';

/** Widest angle one turning point stands for; where a neighbouring shore covers it, the finer ones beside it are tried. */
const COARSE = Math.PI / 3;
const FINE = Math.PI / 12;
/** Turning points stand this much farther off than they must, so that rounding never brings a leg too near. */
const SPARE_M = 0.1;
/** Wedges are widened by this: lines along a shore are tangent to both of its ends. In radians. */
const SLACK = 2e-4;
const NARROW = 1e-7;

/**
 * Points a shortest way may bend at, and round what. The free water is what is left when the octagon that holds the circle of the margin is
 * laid round every piece of shore (a Minkowski sum): its outward corners are shore corners moved by a corner of the
 * octagon, and a taut line bends nowhere else. `low` and `high` are, for a displacement in degrees (lon, lat), the two
 * covectors whose values differ in sign just when a line in that direction grazes the corner (after Rohnert 1986).
 */
export interface Corners {
  readonly lon: number[];
  readonly lat: number[];
  readonly lowX: number[];
  readonly lowY: number[];
  readonly highX: number[];
  readonly highY: number[];
}

export const noCorners = (): Corners => ({ lon: [], lat: [], lowX: [], lowY: [], highX: [], highY: [] });

interface Vertex {
  readonly at: LonLat;
  readonly margin_m: number;
  /** Directions of the pieces that begin here, in radians on the tangent plane. */
  readonly headings: number[];
}

/**
 * Adds the corners of pieces (lon, lat, lon, lat …). On which side water is need not be known: corners on land are left out by the caller.
 * The order of the pieces does not matter.
 */
export const addCorners = (
  corners: Corners,
  pieces: Float64Array,
  margin_m: Float64Array,
  isFree: (at: LonLat) => boolean,
): void => {
  const vertices = new Map<string, Vertex>();
  const put = (at: number, other: number, margin: number): void => {
    const [lon, lat] = [pieces[at] as number, pieces[at + 1] as number];
    const x = ((pieces[other] as number) - lon) * metresPerDegreeLon(lat);
    const y = ((pieces[other + 1] as number) - lat) * METRES_PER_DEGREE;
    if (x === 0 && y === 0) return;
    const key = `${lon},${lat},${margin}`;
    const vertex = vertices.get(key);
    if (vertex === undefined) vertices.set(key, { at: [lon, lat], margin_m: margin, headings: [Math.atan2(y, x)] });
    else vertex.headings.push(Math.atan2(y, x));
  };
  margin_m.forEach((margin, i) => {
    put(i * 4, i * 4 + 2, margin);
    put(i * 4 + 2, i * 4, margin);
  });
  const ordered = [...vertices.values()].toSorted(
    (one, other) => one.at[0] - other.at[0] || one.at[1] - other.at[1] || one.margin_m - other.margin_m,
  );
  for (const vertex of ordered) addRound(corners, vertex, isFree);
};

const addRound = (corners: Corners, { at, margin_m, headings }: Vertex, isFree: (at: LonLat) => boolean): void => {
  const cone = normalCone(headings.toSorted((one, other) => one - other));
  if (cone === null) return;
  const width = cone.high - cone.low;
  for (const most of [COARSE, FINE]) {
    const count = Math.ceil(width / most);
    const points = Array.from({ length: count }, (_, i) => pointOff(at, margin_m, cone.low, width / count, i));
    const free = points.filter((point) => isFree(point.at));
    if (free.length < count && most === COARSE) continue;
    for (const point of free) {
      const kx = metresPerDegreeLon(at[1]);
      corners.lon.push(point.at[0]);
      corners.lat.push(point.at[1]);
      corners.lowX.push(Math.cos(point.low - SLACK) * kx);
      corners.lowY.push(Math.sin(point.low - SLACK) * METRES_PER_DEGREE);
      corners.highX.push(Math.cos(point.high + SLACK) * kx);
      corners.highY.push(Math.sin(point.high + SLACK) * METRES_PER_DEGREE);
    }
    return;
  }
};

/** Corner `i` of the polygon round the circle of the margin, with sides that touch it every `step` radians. */
const pointOff = (
  at: LonLat,
  margin_m: number,
  from: number,
  step: number,
  i: number,
): { readonly at: LonLat; readonly low: number; readonly high: number } => {
  const low = from + i * step;
  const radius_m = (margin_m + SPARE_M) / Math.cos(step / 2);
  const angle = low + step / 2;
  return {
    at: [
      at[0] + (radius_m * Math.cos(angle)) / metresPerDegreeLon(at[1]),
      at[1] + (radius_m * Math.sin(angle)) / METRES_PER_DEGREE,
    ],
    low,
    high: low + step,
  };
};

/** Adds a point where ways may bend to any side: on the border of a speed area. */
export const addFreePoint = (corners: Corners, at: LonLat): void => {
  corners.lon.push(at[0]);
  corners.lat.push(at[1]);
  corners.lowX.push(0);
  corners.lowY.push(0);
  corners.highX.push(0);
  corners.highY.push(0);
};

/** The directions that point away from all pieces that meet at a corner; null where they leave none. */
const normalCone = (headings: readonly number[]): { readonly low: number; readonly high: number } | null => {
  const first = (headings[0] as number) + Math.PI;
  let low = first - Math.PI / 2;
  let high = first + Math.PI / 2;
  for (const heading of headings.slice(1)) {
    const away = nearTo(heading + Math.PI, (low + high) / 2);
    low = Math.max(low, away - Math.PI / 2);
    high = Math.min(high, away + Math.PI / 2);
    if (high - low <= NARROW) return null;
  }
  return { low, high };
};

/** The same angle, less than half a turn from another. */
const nearTo = (angle: number, other: number): number =>
  angle + 2 * Math.PI * Math.round((other - angle) / (2 * Math.PI));
