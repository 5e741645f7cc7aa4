import { createTidePredictor } from '@neaps/tide-predictor';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';

/** A tide gauge or reference port with its harmonic constituents, as the deployer's `tides.json` lists them. */
export interface TideStation {
  readonly id: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Heights above some zero, by name; `MSL` and the chart datum are used. */
  readonly datums: Readonly<Record<string, number>>;
  /** Name in `datums` of the zero of the charts. */
  readonly chart_datum: string;
  /** Amplitude in metres; phase in degrees behind Greenwich. */
  readonly harmonic_constituents: readonly {
    readonly name: string;
    readonly amplitude: number;
    readonly phase: number;
  }[];
}
export interface TidesFile {
  readonly stations: readonly TideStation[];
}

/** A station farther away says nothing of a place. */
const REACH_M = 400_000;
/** Levels are predicted this far apart and read off straight lines between. */
const STEP_MS = 600_000;
const DAY_MS = 86_400_000;
const REMEMBERED = 60;

/**
 * Level of the water above chart datum, by the station nearest to a place (harmonic prediction; surge is not in it).
 * Predicted a day at a time and remembered.
 */
export const createTides = (file: TidesFile): ((at: LonLat, time: Instant) => number | null) => {
  const stations = file.stations.map((station) => ({ station, level: dailyLevels(station) }));
  return (at, time) => {
    let best: (typeof stations)[number] | null = null;
    let best_m = REACH_M;
    for (const one of stations) {
      const away_m = distance_m(at, [one.station.longitude, one.station.latitude]);
      if (away_m >= best_m) continue;
      best_m = away_m;
      best = one;
    }
    return best === null ? null : best.level(time);
  };
};

const dailyLevels = (station: TideStation): ((time: number) => number) => {
  const { datums, chart_datum } = station;
  const offset = (datums['MSL'] ?? 0) - (datums[chart_datum] ?? 0);
  const predictor = createTidePredictor([...station.harmonic_constituents], { offset });
  const days = new Map<number, Float64Array>();
  const dayOf = (day: number): Float64Array => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const points = predictor.getTimelinePrediction({
      start: new Date(day * DAY_MS),
      end: new Date((day + 1) * DAY_MS),
      timeFidelity: STEP_MS / 1000,
    });
    const levels = Float64Array.from(points, (point) => point.level);
    if (days.size >= REMEMBERED) days.delete(days.keys().next().value as number);
    days.set(day, levels);
    return levels;
  };
  return (time) => {
    const day = Math.floor(time / DAY_MS);
    const levels = dayOf(day);
    const place = (time - day * DAY_MS) / STEP_MS;
    const slot = Math.min(Math.floor(place), levels.length - 2);
    const low = levels[slot] as number;
    return low + (place - slot) * ((levels[slot + 1] as number) - low);
  };
};
