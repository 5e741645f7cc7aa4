import type { Instant } from '#core/base/instant.ts';

/**
 * Working time of a site: weekly hours, holidays, and days on which people work although the week says otherwise.
 * The zone has a fixed offset (China has no daylight saving time).
 */
export interface WorkingCalendar {
  /** Offset of local time from UTC. */
  readonly offset_min: number;
  /** Working spans of a normal working day, local minutes from midnight, in order, not overlapping. */
  readonly hours_min: readonly (readonly [start: number, end: number])[];
  /** Days of the week people work on; 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** Local days (`2026-10-01`) without work. */
  readonly holidays: ReadonlySet<string>;
  /** Local days with work although the weekday has none. */
  readonly workdays: ReadonlySet<string>;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** No deadline lies further ahead than this many days without a working hour. */
const SEARCH_DAYS = 3660;

/** Local day of an instant as `YYYY-MM-DD`. */
export const localDay = (at: Instant, offset_min: number): string =>
  new Date(at + offset_min * MINUTE_MS).toISOString().slice(0, 10);

const isWorkday = (calendar: WorkingCalendar, midnight_ms: number): boolean => {
  const day = new Date(midnight_ms).toISOString().slice(0, 10);
  if (calendar.workdays.has(day)) return true;
  return !calendar.holidays.has(day) && calendar.weekdays.includes(new Date(midnight_ms).getUTCDay());
};

/**
 * The instant at which `seconds` of working time have passed since `from`.
 * @throws RangeError when the calendar has no such working time within ten years
 */
export const addWorking = (calendar: WorkingCalendar, from: Instant, seconds: number): Instant => {
  let left_ms = Math.round(seconds * 1000);
  const local = from + calendar.offset_min * MINUTE_MS;
  let midnight = Math.floor(local / DAY_MS) * DAY_MS;
  for (let day = 0; day < SEARCH_DAYS; day += 1, midnight += DAY_MS) {
    if (!isWorkday(calendar, midnight)) continue;
    for (const [start, end] of calendar.hours_min) {
      const begin = Math.max(local, midnight + start * MINUTE_MS);
      const span = midnight + end * MINUTE_MS - begin;
      if (span < 0) continue;
      if (span >= left_ms) return (begin + left_ms - calendar.offset_min * MINUTE_MS) as Instant;
      left_ms -= span;
    }
  }
  throw new RangeError('the working calendar has no working time');
};

/** Working seconds between two instants; 0 when `to` is not after `from`. */
export const workingBetween_s = (calendar: WorkingCalendar, from: Instant, to: Instant): number => {
  const first = from + calendar.offset_min * MINUTE_MS;
  const last = to + calendar.offset_min * MINUTE_MS;
  let sum_ms = 0;
  for (let midnight = Math.floor(first / DAY_MS) * DAY_MS; midnight < last; midnight += DAY_MS) {
    if (!isWorkday(calendar, midnight)) continue;
    for (const [start, end] of calendar.hours_min) {
      const begin = Math.max(first, midnight + start * MINUTE_MS);
      const finish = Math.min(last, midnight + end * MINUTE_MS);
      if (finish > begin) sum_ms += finish - begin;
    }
  }
  return sum_ms / 1000;
};

/** Working days as usual in China: Monday to Friday 8:30–12:00 and 13:30–17:30, no holidays known. */
export const PLAIN_CALENDAR: WorkingCalendar = {
  offset_min: 480,
  hours_min: [
    [510, 720],
    [810, 1050],
  ],
  weekdays: [1, 2, 3, 4, 5],
  holidays: new Set(),
  workdays: new Set(),
};
