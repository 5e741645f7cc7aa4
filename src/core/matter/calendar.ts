import type { Instant } from '#core/base/instant.ts';

/** Whole minutes the local time of a zone is ahead of UTC at an instant. Pure: the same answer for the same instant. */
export type ZoneOffset = (at: Instant) => number;

/** Working time of a site: weekly hours, holidays, and days on which people work although the week says otherwise. */
export interface WorkingCalendar {
  /** It may change with daylight saving, at most once in two days. */
  readonly offset_min: ZoneOffset;
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

/** Local wall time of an instant, in the milliseconds UTC would need to show the same. */
const wallOf = (at: Instant, offset_min: ZoneOffset): number => at + offset_min(at) * MINUTE_MS;

/** Local day of an instant as `YYYY-MM-DD`. */
export const localDay = (at: Instant, offset_min: ZoneOffset): string =>
  new Date(wallOf(at, offset_min)).toISOString().slice(0, 10);

/** The instant a wall time stands for: the first of two where clocks were set back, their jump where they leave it out. */
const instantOf = (wall_ms: number, offset_min: ZoneOffset): Instant => {
  const before = offset_min((wall_ms - DAY_MS) as Instant);
  const after = offset_min((wall_ms + DAY_MS) as Instant);
  const earlier = (wall_ms - before * MINUTE_MS) as Instant;
  if (before === after || offset_min(earlier) === before) return earlier;
  const later = (wall_ms - after * MINUTE_MS) as Instant;
  return offset_min(later) === after ? later : jumpBetween(later, earlier, offset_min);
};

/** The first instant with another offset than `low` has. */
const jumpBetween = (low: Instant, high: Instant, offset_min: ZoneOffset): Instant => {
  const before = offset_min(low);
  let [last, first] = [low, high];
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2) as Instant;
    if (offset_min(middle) === before) last = middle;
    else first = middle;
  }
  return first;
};

/** Midnight of the local day of an instant, as wall time. */
const midnightOf = (at: Instant, offset_min: ZoneOffset): number =>
  Math.floor(wallOf(at, offset_min) / DAY_MS) * DAY_MS;

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
  const { offset_min } = calendar;
  let left_ms = Math.round(seconds * 1000);
  let midnight = midnightOf(from, offset_min);
  for (let day = 0; day < SEARCH_DAYS; day += 1, midnight += DAY_MS) {
    if (!isWorkday(calendar, midnight)) continue;
    for (const [start, end] of calendar.hours_min) {
      const begin = Math.max(from, instantOf(midnight + start * MINUTE_MS, offset_min));
      const span = instantOf(midnight + end * MINUTE_MS, offset_min) - begin;
      if (span < 0) continue;
      if (span >= left_ms) return (begin + left_ms) as Instant;
      left_ms -= span;
    }
  }
  throw new RangeError('the working calendar has no working time');
};

/** Working seconds between two instants; 0 when `to` is not after `from`. */
export const workingBetween_s = (calendar: WorkingCalendar, from: Instant, to: Instant): number => {
  const { offset_min } = calendar;
  const last = midnightOf(to, offset_min);
  let sum_ms = 0;
  for (let midnight = midnightOf(from, offset_min); midnight <= last; midnight += DAY_MS) {
    if (!isWorkday(calendar, midnight)) continue;
    for (const [start, end] of calendar.hours_min) {
      const begin = Math.max(from, instantOf(midnight + start * MINUTE_MS, offset_min));
      const finish = Math.min(to, instantOf(midnight + end * MINUTE_MS, offset_min));
      if (finish > begin) sum_ms += finish - begin;
    }
  }
  return sum_ms / 1000;
};

/** Working days as usual in China: Monday to Friday 8:30–12:00 and 13:30–17:30, no holidays known; UTC+8. */
export const PLAIN_CALENDAR: WorkingCalendar = {
  offset_min: () => 480,
  hours_min: [
    [510, 720],
    [810, 1050],
  ],
  weekdays: [1, 2, 3, 4, 5],
  holidays: new Set(),
  workdays: new Set(),
};
