import type { Instant } from '#core/base/instant.ts';
import type { Service } from './data.ts';

/** Whole minutes the local time of a zone is ahead of UTC at an instant. Pure: the same answer for the same instant. */
export type ZoneOffset = (at: Instant) => number;

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Days since 1970-01-01 of a local day `2026-03-29`; NaN where there is no such day. */
export const dayNumber = (day: string): number => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.NaN;
  const at_ms = Date.parse(`${day}T00:00:00Z`);
  // February 30 is read as March 2 by some; it is no day here.
  return Number.isNaN(at_ms) || dayText(at_ms / DAY_MS) !== day ? Number.NaN : at_ms / DAY_MS;
};

export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Local day of an instant. */
export const localDayNumber = (at: Instant, offset_min: ZoneOffset): number =>
  Math.floor((at + offset_min(at) * MINUTE_MS) / DAY_MS);

/**
 * The moment the times of a service day count from: noon minus twelve hours (GTFS reference, "Time"). On the day clocks go forward
 * it is 23:00 of the day before, so that noon is 12:00:00 on every day.
 */
export const serviceStart = (day: number, offset_min: ZoneOffset): Instant => {
  const noon_ms = day * DAY_MS + DAY_MS / 2;
  const near = (noon_ms - offset_min(noon_ms as Instant) * MINUTE_MS) as Instant;
  return (noon_ms - offset_min(near) * MINUTE_MS - DAY_MS / 2) as Instant;
};

/** A service with its days as numbers. */
export interface RunningDays {
  readonly weekdays: readonly boolean[];
  readonly from: number;
  readonly until: number;
  readonly added: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
}

export const runningDays = (service: Service): RunningDays => ({
  weekdays: service.weekdays,
  from: service.from === null ? -Infinity : dayNumber(service.from),
  until: service.until === null ? Infinity : dayNumber(service.until),
  added: new Set(service.added.map(dayNumber)),
  removed: new Set(service.removed.map(dayNumber)),
});

export const runsOn = (service: RunningDays, day: number): boolean => {
  if (service.removed.has(day)) return false;
  if (service.added.has(day)) return true;
  // 1970-01-01 was a Thursday; Monday is 0 here.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return day >= service.from && day <= service.until && service.weekdays[weekday] === true;
};
