import type { Change, Line, LineShape, StopHub, UsualLine } from './timetable.ts';

export type { LineShape } from './timetable.ts';

/** Days a trip runs on. */
export interface Service {
  readonly id: string;
  /** Monday first, seven. */
  readonly weekdays: readonly boolean[];
  /** Local days (`2026-03-29`), both included; null where there is no end. */
  readonly from: string | null;
  readonly until: string | null;
  /** Days it runs on although the week says otherwise, and the other way. A day in both it does not run. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A call of a trip. Seconds from noon minus twelve hours of the service day: midnight but for days the clocks change; above 86,400 after it. */
export interface CallTime {
  readonly hub: string;
  readonly arrive_s: number;
  readonly depart_s: number;
  readonly board: boolean;
  readonly alight: boolean;
  /** Between two times the operator gives, and not one of them. */
  readonly approximate: boolean;
}

/** A trip that leaves its first call every `every_s` in `[from_s, until_s)`. */
export interface Frequency {
  readonly from_s: number;
  readonly until_s: number;
  readonly every_s: number;
  /** Whether it leaves at those very moments; otherwise that is only its rhythm. */
  readonly exact: boolean;
}

export interface Trip {
  readonly id: string;
  readonly line: string;
  readonly service: string;
  /** In order, at least two; times never go back. */
  readonly calls: readonly CallTime[];
  /** When it leaves its first call, where that is several times a day; the calls then give the times between only. */
  readonly departures_s: readonly number[];
  /** The same by a rhythm. With neither, the trip runs once, at the times of its calls. */
  readonly frequencies: readonly Frequency[];
}

/** What one import, or one person by hand, has brought in. Everything it names stands in it, but piers. */
export interface LineFeed {
  readonly id: string;
  /** IANA time zone of the operator; all times are in it. */
  readonly zone: string;
  readonly hubs: readonly StopHub[];
  readonly lines: readonly Line[];
  readonly services: readonly Service[];
  readonly trips: readonly Trip[];
  readonly usual: readonly UsualLine[];
  readonly changes: readonly Change[];
  readonly shapes: readonly LineShape[];
}

/** The lines of a place, as its `lines.json` says. Ids of lines, trips and hubs are unique over all feeds. */
export interface LineData {
  readonly feeds: readonly LineFeed[];
}
