import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';

/** What a line takes. */
export type LineTakes = 'people' | 'people and vehicles';

export interface Line {
  /** Unique in a place: the `route_id` of GTFS, or what whoever wrote it down chose. */
  readonly id: string;
  readonly name: Text;
  readonly takes: LineTakes;
  /** Carrier class whose limits (wind, wave, visibility) close it; null where the operator's word alone counts. */
  readonly carrier: string | null;
  /** Boarding must be finished this long before departure. At least 1: nobody changes in no time. */
  readonly boarding_s: number;
  /** From the arrival until one is ashore. */
  readonly unloading_s: number;
}

/** A ride between two calls one after the other of a trip, at real moments. */
export interface Connection {
  readonly line: string;
  readonly trip: string;
  /** The trip on one service day: `trip@2026-03-29`, with the seconds of its departure where it runs several times a day. */
  readonly run: string;
  /** Place among the connections of its run, from 0. Who stays aboard goes on with the next. */
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly depart: Instant;
  readonly arrive: Instant;
  /** Whether people may get on at `from`, and off at `to`. */
  readonly board: boolean;
  readonly alight: boolean;
  /** measured: at the times of the timetable. usual: by a headway, or at times between two that are given. */
  readonly confidence: 'measured' | 'usual';
}

/** A line without timetable between two hubs. */
export interface UsualLine {
  readonly line: string;
  readonly from: string;
  readonly to: string;
  /** From being at the pier until it leaves; boarding is within it. */
  readonly wait_s: number;
  readonly crossing_s: number;
  readonly both_ways: boolean;
  readonly confidence: 'usual' | 'assumed';
}

/** A stop that stands on no pier of the place. */
export interface StopHub {
  readonly id: string;
  readonly name: Text;
  readonly at: LonLat;
}

/** How long it takes from hub to hub on foot, as the operator says. */
export interface Change {
  readonly from: string;
  readonly to: string;
  readonly duration_s: number;
}

/** How a line goes from one call to the next, where that is known. The other way round it goes the same, unless that is listed too. */
export interface LineShape {
  readonly line: string;
  readonly from: string;
  readonly to: string;
  /** Between the two hubs, in order. */
  readonly path: readonly LonLat[];
}

/** Lines of a place, at hubs. Lists are in order of ids. */
export interface Timetable {
  readonly lines: readonly Line[];
  /** Hubs that come with the lines; the others are piers of the place. */
  readonly hubs: readonly StopHub[];
  readonly usual: readonly UsualLine[];
  readonly changes: readonly Change[];
  readonly shapes: readonly LineShape[];
  /**
   * Every connection that departs in `[from, until)`, by departure, then run, then place in the run. Service days, time zones,
   * nights of the day before, frequencies are resolved. Days are remembered: asking again costs a copy.
   */
  readonly connections: (from: Instant, until: Instant) => readonly Connection[];
}

/** The order of `Timetable.connections`. */
export const compareConnections = (a: Connection, b: Connection): number =>
  a.depart - b.depart || (a.run < b.run ? -1 : a.run > b.run ? 1 : a.seq - b.seq);
