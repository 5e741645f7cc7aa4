import type { Instant } from '#core/base/instant.ts';
import type { ZoneOffset } from '#core/matter/calendar.ts';

/** A time between two changes of a zone's clocks: `from` is in it, `until` is not. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly offset_min: number;
}

/**
 * Offsets of a zone, daylight saving included, from the time zone data of this Node. It is asked for every number given and several
 * times for every working deadline: the spans between changes are kept, the one asked last first.
 * @param zone IANA name, e.g. `America/New_York`
 * @throws RangeError when there is no such zone
 */
export const zoneOffset = (zone: string): ZoneOffset => {
  const spans: Span[] = [];
  let last = spanAt(zone, 0 as Instant);
  return (at) => {
    if (!holds(last, at)) {
      const known = spans.find((span) => holds(span, at));
      last = known ?? spanAt(zone, at);
      if (known === undefined) spans.push(last);
    }
    return last.offset_min;
  };
};

const holds = (span: Span, at: Instant): boolean => at >= span.from && at < span.until;

const spanAt = (zone: string, at: Instant): Span => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // The change before the next millisecond: one that happens at this very instant counts.
  const previous = local.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const next = local.getTimeZoneTransition('next');
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset_min: Math.round(local.offsetNanoseconds / 60e9),
  };
};
