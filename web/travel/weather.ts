import type { Text } from '#core/base/text.ts';
import type { ConditionsView } from '#wire/conditions.ts';
import { type Layer, nameOf, wordOf } from './closable.ts';

export type Reading = ConditionsView['weather'][number]['series'][number];

/** Who may tell the weather, as the server has it. */
const TELLERS: readonly string[] = ['dispatcher', 'commander', 'agency'];
export const mayTellWeather = (roles: readonly string[]): boolean => roles.some((role) => TELLERS.includes(role));

/** What is told for now, and what comes next; null where nothing was told. */
export const readingAt = (
  series: readonly Reading[],
  now_ms: number,
): { readonly now: Reading | null; readonly next: Reading | null } => ({
  now: series.findLast((one) => one.at <= now_ms) ?? null,
  next: series.find((one) => one.at > now_ms) ?? null,
});

/**
 * What to send so that one observation is added and the forecast told for later stays: telling replaces all that was told
 * of that time and later.
 */
export const withReading = (series: readonly Reading[], fresh: Reading): readonly Reading[] => [
  fresh,
  ...series.filter((one) => one.at > fresh.at),
];

/** Upper bounds of Beaufort 0 to 11 as mean wind over ten minutes, m/s (WMO). */
const BEAUFORT_MS = [0.3, 1.6, 3.4, 5.5, 8, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7];
export const beaufort = (wind_ms: number): number => {
  const force = BEAUFORT_MS.findIndex((bound) => wind_ms < bound);
  return force < 0 ? BEAUFORT_MS.length : force;
};

/** An observation older than this says little about now. */
export const WEATHER_OLD_MS = 3 * 3_600_000;
export const isOldWeather = (reading: Reading, now_ms: number): boolean => now_ms - reading.at > WEATHER_OLD_MS;

/** Areas are named so in addresses and in the ledger. */
const AREA_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
export const isAreaId = (id: string): boolean => AREA_ID.test(id);

export interface WeatherArea {
  readonly id: string;
  readonly name: Text;
  readonly series: readonly Reading[];
}

/** Areas the map names, told or not, then those that were told under another name. */
export const areasOf = (told: ConditionsView['weather'], waters: Layer): readonly WeatherArea[] => {
  const named = waters.features.flatMap(({ properties }) => {
    const id = wordOf(properties?.['id']);
    return id !== '' && properties?.['kind'] === 'weather' ? [{ id, name: nameOf(properties['name']) }] : [];
  });
  const known = new Map<string, Text | null>([
    ...named.map(({ id, name }) => [id, name] as const),
    ...told.filter(({ area }) => !named.some((one) => one.id === area)).map(({ area }) => [area, null] as const),
  ]);
  return [...known].map(([id, name]) => ({
    id,
    name: name ?? { zh: id, en: id },
    series: told.find((one) => one.area === id)?.series ?? [],
  }));
};
