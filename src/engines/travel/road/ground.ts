import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { between } from '#world/places/geometry.ts';
import type { Land } from '#world/places/land.ts';

/** What joining positions to roads has to know of land and water. */
export interface Ground {
  readonly isLand: (at: LonLat) => boolean;
  /** Longest stretch of water on the straight line between two places; 0 when it stays on land. */
  readonly widestWater_m: (a: LonLat, b: LonLat) => number;
  /** From a position in the water, the nearest land within reach, a step behind the shore; null where there is none. */
  readonly ashore: (at: LonLat, reach_m: number) => LonLat | null;
}

/** The step: far enough to be on land whatever the rounding. */
const STEP_M = 1;

/**
 * Ground of a place's land. `isLand` says the same as `land.partAt(at) !== null`, but looks only at the shore in a narrow band of latitude:
 * about a microsecond however long the coast is.
 */
export const groundOf = (land: Land): Ground => {
  const isLand = bandedInside(land);
  return {
    isLand,
    widestWater_m: (a, b) => {
      if (!land.crossesShore(a, b)) return isLand(a) ? 0 : distance_m(a, b);
      const shares = [0, ...land.shoreCrossings(a, b), 1];
      let widest = 0;
      let stretch = 0;
      for (let i = 1; i < shares.length; i += 1) {
        const from = shares[i - 1] as number;
        const to = shares[i] as number;
        if (to <= from) continue;
        stretch = isLand(between(a, b, (from + to) / 2)) ? 0 : stretch + to - from;
        widest = Math.max(widest, stretch);
      }
      return widest * distance_m(a, b);
    },
    ashore: (at, reach_m) => {
      const shore = land.nearestShore(at, reach_m);
      if (shore === null || shore.distance_m === 0) return null;
      const behind = between(at, shore.at, 1 + STEP_M / shore.distance_m);
      return isLand(behind) ? behind : null;
    },
  };
};

const BAND_DEG = 0.002;

/** Sides of polygons by the bands of latitude they pass; those of one polygon follow each other in a band. */
interface Bands {
  readonly south: number;
  readonly count: number;
  /** Slots of band b: `starts[b] … starts[b + 1]`. */
  readonly starts: Uint32Array;
  readonly polygon: Uint32Array;
  /** lon, lat, lon, lat of a slot's side. */
  readonly sides: Float64Array;
}

const bandedInside = (land: Land): Ground['isLand'] => {
  const bands = bandsOf(land);
  return (at) => {
    const band = Math.floor((at[1] - bands.south) / BAND_DEG);
    if (!(band >= 0 && band < bands.count)) return false;
    const end = bands.starts[band + 1] as number;
    let inside = false;
    for (let slot = bands.starts[band] as number; slot < end; slot += 1) {
      if (inside && bands.polygon[slot] !== bands.polygon[slot - 1]) return true;
      if (crossesRay(bands.sides, slot * 4, at)) inside = !inside;
    }
    return inside;
  };
};

/** Even-odd rule, one side: does the ray to the east of a point cross it? */
const crossesRay = (sides: Float64Array, at: number, [lon, lat]: LonLat): boolean => {
  const south = sides[at + 1] as number;
  const north = sides[at + 3] as number;
  if (south > lat === north > lat) return false;
  const west = sides[at] as number;
  return lon < west + ((lat - south) / (north - south)) * ((sides[at + 2] as number) - west);
};

const bandsOf = (land: Land): Bands => {
  const rings = land.parts
    .flatMap((part) => part.polygons)
    .flatMap((polygon, number) => polygon.map((ring) => ({ ring, number })));
  const lats = land.parts.flatMap((part) => [part.south, part.north]);
  const south = lats.reduce((least, lat) => Math.min(least, lat), 90);
  const north = lats.reduce((most, lat) => Math.max(most, lat), -90);
  const count = Math.max(0, Math.floor((north - south) / BAND_DEG) + 1);
  const starts = new Uint32Array(count + 1);
  const bandOf = (lat: number): number => Math.floor((lat - south) / BAND_DEG);
  const each = (visit: (band: number, polygon: number, a: LonLat, b: LonLat) => void): void => {
    for (const { ring, number } of rings)
      for (let i = 1; i < ring.length; i += 1) {
        const a = ring[i - 1] as LonLat;
        const b = ring[i] as LonLat;
        const last = bandOf(Math.max(a[1], b[1]));
        for (let band = bandOf(Math.min(a[1], b[1])); band <= last; band += 1) visit(band, number, a, b);
      }
  };
  each((band) => (starts[band + 1] = (starts[band + 1] as number) + 1));
  for (let band = 1; band <= count; band += 1) starts[band] = (starts[band] as number) + (starts[band - 1] as number);
  const slots = starts[count] as number;
  const polygon = new Uint32Array(slots);
  const sides = new Float64Array(slots * 4);
  const next = starts.slice();
  each((band, number, a, b) => {
    const slot = next[band] as number;
    next[band] = slot + 1;
    polygon[slot] = number;
    sides.set([a[0], a[1], b[0], b[1]], slot * 4);
  });
  return { south, count, starts, polygon, sides };
};
