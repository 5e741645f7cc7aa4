import type { Instant } from '#core/base/instant.ts';

/** Forms the open data of the service has had over the years. */
const FORMS = [
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4}) (?<hour>\d{1,2}):(?<minute>\d{2}):(?<second>\d{2}) (?<half>[AP])M$/,
  /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2}) (?<hour>\d{1,2}):(?<minute>\d{2}):(?<second>\d{2}) (?<half>[AP])M$/,
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})T(?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})(?:\.\d{1,3})?$/,
];

/** Hour of the day from a twelve-hour clock; NaN when there is no such hour. */
const hour24 = (hour: number, half: string): number =>
  hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half === 'P' ? 12 : 0);

/** What a clock on the wall shows; null for a text in none of the forms. */
const wallOf = (text: string): Temporal.PlainDateTimeLike | null => {
  const form = FORMS.find((one) => one.test(text));
  const read = form?.exec(text)?.groups;
  if (read === undefined) return null;
  const part = (name: string): number => Number(read[name]);
  const hour = read['half'] === undefined ? part('hour') : hour24(part('hour'), read['half']);
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour,
    minute: part('minute'),
    second: part('second'),
  };
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
    const plain = Temporal.PlainDateTime.from(wall, { overflow: 'reject' });
    const zoned = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
    return zoned.toPlainDateTime().equals(plain) && zoned.epochMilliseconds >= 0
      ? (zoned.epochMilliseconds as Instant)
      : null;
  } catch {
    return null;
  }
};
