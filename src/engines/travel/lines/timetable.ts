import type { Instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';

/** What a line takes. */
export type LineTakes = 'people' | 'people and vehicles';

/** One trip of a line on one day: calls at hubs in order. */
export interface Call {
  /** Id of the hub (pier). */
  readonly hub: string;
  readonly arrive: Instant;
  readonly depart: Instant;
}

/** A connection between two calls one after the other of a trip, at real moments. */
export interface Connection {
  readonly line: string;
  readonly trip: string;
  readonly from: string;
  readonly to: string;
  readonly depart: Instant;
  readonly arrive: Instant;
}

export interface Line {
  readonly id: string;
  readonly name: Text;
  readonly takes: LineTakes;
  /** Carrier class whose limits (wind, wave, visibility) close it; null where the operator's word alone counts. */
  readonly carrier: string | null;
  /** Boarding must be finished this long before departure. */
  readonly boarding_s: number;
  readonly unloading_s: number;
}

/** Lines of a place, at hubs. */
export interface Timetable {
  readonly lines: readonly Line[];
  /** Every connection that departs within the span, by departure then trip; days, time zones, frequencies and nights are resolved. */
  readonly connections: (from: Instant, until: Instant) => readonly Connection[];
  /** Lines without timetable: usual wait and crossing between two hubs, both ways unless said otherwise. */
  readonly usual: readonly {
    readonly line: string;
    readonly from: string;
    readonly to: string;
    readonly wait_s: number;
    readonly crossing_s: number;
    readonly both_ways: boolean;
    readonly confidence: 'usual' | 'assumed';
  }[];
}
