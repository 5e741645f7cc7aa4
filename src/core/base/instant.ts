import type { Branded } from './ids.ts';

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export type Instant = Branded<number, 'Instant'>;

/** Hybrid logical time: wall milliseconds and a counter that orders what happened within one, or while the wall stood still. */
export type Stamp = readonly [wall_ms: Instant, counter: number];

/** Latest instant the platform accepts (year 9999); beyond it ISO texts change shape. */
export const LAST_INSTANT = 253_402_300_799_999 as Instant;

export const isInstant = (value: unknown): value is Instant =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LAST_INSTANT;

export const instant = (value: number): Instant => {
  if (!isInstant(value)) throw new RangeError(`not an instant: ${value}`);
  return value;
};

/** ISO 8601 in UTC. */
export const toIso = (at: Instant): string => new Date(at).toISOString();

/** Negative when `a` is before `b`. */
export const compareStamps = (a: Stamp, b: Stamp): number => a[0] - b[0] || a[1] - b[1];

/**
 * The next stamp of a hybrid logical clock (Kulkarni et al. 2014, "Logical Physical Clocks"): later than every stamp seen,
 * as near to the wall as that allows. A wall that steps backwards never makes a stamp that does.
 * @param last the latest stamp issued or received, or null at the very first
 * @param wall what the wall clock says now
 */
export const nextStamp = (last: Stamp | null, wall: Instant): Stamp =>
  last === null || wall > last[0] ? [wall, 0] : [last[0], last[1] + 1];

/**
 * The stamp after both our `last` and a received `remote` one: the other half of the clock. A site alone never receives; it is here
 * because stamps given now must stay in order with those of other sites once their events arrive.
 */
export const receiveStamp = (last: Stamp | null, remote: Stamp, wall: Instant): Stamp =>
  nextStamp(last !== null && compareStamps(last, remote) > 0 ? last : remote, wall);
