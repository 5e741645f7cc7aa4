import type { Instant } from '#core/base/instant.ts';
import type { Envelope } from '#core/ledger/envelope.ts';

/** Register name of weather events in the ledger. */
export const WEATHER_REGISTER = 'weather';

/** What was observed or is forecast for a sea area from `at` until the next one; null where nobody said. */
export interface WeatherTold {
  readonly at: Instant;
  readonly wind_ms: number | null;
  readonly gust_ms: number | null;
  readonly wave_m: number | null;
  readonly visibility_m: number | null;
}

/** What went by longer ago than this is let go; the latest before now stays. */
const KEPT_MS = 86_400_000;

/** What is known of the weather, area by area, in order of time. What is told later of a time takes the place of what was told before. */
export class WeatherBook {
  readonly #areas = new Map<string, readonly WeatherTold[]>();
  #revision = 0;

  /** Folds an event `told`: an area and its series. */
  fold(event: Envelope): void {
    const { area, series } = event.body as { readonly area?: string; readonly series?: readonly WeatherTold[] };
    if (event.type !== 'told' || area === undefined || series === undefined) return;
    const first = series[0];
    if (first === undefined) return;
    const before = (this.#areas.get(area) ?? []).filter((one) => one.at < first.at);
    this.put(area, recent([...before, ...series], event.time[0]));
  }

  put(area: string, series: readonly WeatherTold[]): void {
    this.#areas.set(area, series);
    this.#revision += 1;
  }

  /** Rises with every change. */
  get revision(): number {
    return this.#revision;
  }

  areas(): IterableIterator<[string, readonly WeatherTold[]]> {
    return this.#areas.entries();
  }
}

const recent = (series: readonly WeatherTold[], now: Instant): readonly WeatherTold[] => {
  const current = series.findLastIndex((one) => one.at <= now);
  return series.filter((one, index) => index >= current || one.at > now - KEPT_MS);
};
