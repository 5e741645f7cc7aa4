import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';
import type { Ring } from '#world/places/geometry.ts';

/** A pier, bridge, line, way or area that cannot be used for a while. */
export interface Closure {
  /** Id of what is closed: a way, pier, line, trip, sea area or landing ground. */
  readonly what: string;
  readonly from: Instant;
  /** Null until somebody opens it. */
  readonly until: Instant | null;
  readonly why: Text | null;
}

/** Observed or forecast for a sea area (or, for bridges, the area they lie in) from `at` until the next one. */
export interface Weather {
  readonly at: Instant;
  readonly wind_ms: number | null;
  readonly gust_ms: number | null;
  /** Significant wave height. */
  readonly wave_m: number | null;
  readonly visibility_m: number | null;
}

export interface WeatherArea {
  readonly id: string;
  readonly name: Text;
  readonly rings: readonly Ring[];
  /** By time. */
  readonly series: readonly Weather[];
}

/** What a carrier, a bridge or a landing place endures; null where it does not matter. */
export interface Limits {
  readonly wind_ms: number | null;
  readonly wave_m: number | null;
  readonly visibility_m: number | null;
  readonly daylight: boolean;
  /** Least and greatest level of the water above chart datum. */
  readonly tide_min_m: number | null;
  readonly tide_max_m: number | null;
}

/** The live inputs of travel. The next question respects them. */
export interface Conditions {
  readonly closures: readonly Closure[];
  readonly areas: readonly WeatherArea[];
  /** Level above chart datum at the station nearest to a place; null where nothing is known. */
  readonly tide_m: (at: LonLat, time: Instant) => number | null;
  readonly isDaylight: (at: LonLat, time: Instant) => boolean;
}

/** Nothing matters but what is said. */
export const limits = (some: Partial<Limits>): Limits => ({
  wind_ms: null,
  wave_m: null,
  visibility_m: null,
  daylight: false,
  tide_min_m: null,
  tide_max_m: null,
  ...some,
});

/** Fair weather, everything open, no tides known. */
export const CALM: Conditions = { closures: [], areas: [], tide_m: () => null, isDaylight: () => true };
