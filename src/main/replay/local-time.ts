import type { Instant } from '#core/base/instant.ts';

/** Forms the open data of the service has had over the years. */
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M$/;
const YEAR_FIRST = /^(\d{4})\/(\d{1,2})\/(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,3})?$/;

interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Hour of the day from a twelve-hour clock; NaN when there is no such hour. */
const hour24 = (hour: number, half: string | undefined): number =>
  hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half === 'P' ? 12 : 0);

const wallOf = (text: string): Wall | null => {
  const american = AMERICAN.exec(text);
  if (american !== null) {
    const [, month, day, year, hour, minute, second] = american.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { year, month, day, hour: hour24(hour, american[7]), minute, second };
  }
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year, month, day, hour, minute, second] = yearFirst.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { year, month, day, hour: hour24(hour, yearFirst[7]), minute, second };
  }
  const iso = ISO.exec(text);
  if (iso === null) return null;
  const [, year, month, day, hour, minute, second] = iso.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { year, month, day, hour, minute, second };
};

/**
 * A reader of local wall times of a zone, as instants. It answers null for a text that is no time, for a date that does not
 * exist, and for the hour that the clocks leave out in spring. Of the hour they repeat in autumn the first is taken.
 * @param zone IANA name, e.g. `America/Los_Angeles`
 * @throws RangeError when there is no such zone
 */
export const localTimes = (zone: string): ((text: string) => Instant | null) => {
  Temporal.PlainDateTime.from('2017-01-01T00:00:00').toZonedDateTime(zone);
  const known = new Map<string, Instant | null>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const read = read_ms(text, zone);
    known.set(text, read);
    return read;
  };
};

const read_ms = (text: string, zone: string): Instant | null => {
  const wall = wallOf(text);
  if (wall === null) return null;
  try {
    const plain = Temporal.PlainDateTime.from({ ...wall }, { overflow: 'reject' });
    const zoned = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
    return zoned.toPlainDateTime().equals(plain) && zoned.epochMilliseconds >= 0
      ? (zoned.epochMilliseconds as Instant)
      : null;
  } catch {
    return null;
  }
};

/** Minutes the zone's local time is ahead of UTC at that instant. */
export const offsetOf_min = (zone: string, at: Instant): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
