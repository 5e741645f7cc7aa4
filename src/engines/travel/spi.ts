import type { LonLat } from '#core/base/geo.ts';
import { instant, LAST_INSTANT } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';

/** What one leg of a journey is made with. */
export type LegMode = 'foot' | 'motorcycle' | 'car' | 'truck' | 'ferry' | 'boat' | 'air' | 'wait';

export interface Leg {
  readonly mode: LegMode;
  readonly start: Instant;
  readonly arrive: Instant;
  readonly duration_s: number;
  readonly distance_m: number;
  readonly from: LonLat;
  readonly to: LonLat;
  /** Path, at least two points; a single repeated point for a wait. */
  readonly line: readonly LonLat[];
  /** What it runs over, where it changes, what is waited for. */
  readonly via: readonly Text[];
  /** Ids of the ways, lines, trips, piers and places used, in order. */
  readonly refs: readonly string[];
  /** measured: by timetable or survey. usual: by free-flow speeds. assumed: a stated default stands for something not known. */
  readonly confidence: 'measured' | 'usual' | 'assumed';
}

export interface Journey {
  readonly start: Instant;
  readonly arrive: Instant;
  readonly duration_s: number;
  readonly distance_m: number;
  readonly legs: readonly Leg[];
}

/** Someone who may travel: where it stands and what it moves with. */
export interface Traveller {
  readonly id: string;
  /** Name of a declared profile (profiles.ts). */
  readonly profile: string;
  readonly at: LonLat;
  /** From the order until it is ready to go, as its kind says; 0 for a plain question. A boat's or aircraft's set-up comes on top. */
  readonly turnout_s: number;
  /** Where an aircraft returns to; null for where it starts. */
  readonly home: LonLat | null;
  /** Farthest it goes, out and back together, where less than its profile says; null for the profile's own. */
  readonly range_m: number | null;
}

/** A boat with free seats that may take others along: by name on screens, by profile its hull and limits. */
export interface FreeBoat {
  readonly id: string;
  readonly name: Text;
  readonly profile: string;
  readonly at: LonLat;
  /** As of a traveller: it is sent for at the same moment. */
  readonly turnout_s: number;
  readonly seats: number;
}

/** Why nothing gets there, as a code of the catalogue and in words. */
export interface NoWay {
  readonly code:
    | 'off-network'
    | 'no-landing'
    | 'out-of-range'
    | 'closed'
    | 'no-connection'
    | 'sea-state'
    | 'tide'
    | 'weather'
    | 'daylight'
    | 'no-departure'
    | 'position-invalid';
  readonly words: Text;
}

export type Arrival =
  | { readonly id: string; readonly duration_s: number; readonly distance_m: number; readonly reason: null }
  | { readonly id: string; readonly duration_s: null; readonly distance_m: null; readonly reason: NoWay };

/** When one asks for: leaving at a moment, or being there by one. */
export type When = { readonly leave_at: Instant } | { readonly arrive_by: Instant };

/** The last moment asked about. Travel looks weeks ahead of it: a year is left until the last instant there is. */
export const LAST_ASKED: Instant = instant(LAST_INSTANT - 366 * 86_400_000);

/** "What if": ids closed besides those that are, or open although they are closed. */
export interface WhatIf {
  readonly close: readonly string[];
  readonly open: readonly string[];
}

/** Where one can be within each limit: areas over land, sea or both. */
export interface Isochrone {
  readonly limit_s: number;
  /** Polygons with holes, GeoJSON ring order, one list per separate area. */
  readonly polygons: readonly (readonly (readonly LonLat[])[])[];
}

/**
 * Who can be there when. Pure and deterministic: the same network, conditions and question give the same answer.
 * Never a straight line where a way is needed: roads on land, round the land at sea. Durations include the turnout of the traveller.
 */
export interface Travel {
  /** Time of each traveller to one place, in the order of the travellers. */
  readonly toPlace: (travellers: readonly Traveller[], to: LonLat, when: When, whatIf?: WhatIf) => readonly Arrival[];
  /** Rows by traveller, columns by place. */
  readonly matrix: (
    travellers: readonly Traveller[],
    places: readonly LonLat[],
    when: When,
    whatIf?: WhatIf,
  ) => readonly (readonly Arrival[])[];
  /** The whole way of one traveller, or why there is none. */
  readonly journey: (traveller: Traveller, to: LonLat, when: When, whatIf?: WhatIf) => Journey | NoWay;
  /** Ways that differ in kind (by ferry, by patrol boat …), soonest first; empty where there is none. */
  readonly alternatives: (traveller: Traveller, to: LonLat, when: When, whatIf?: WhatIf) => readonly Journey[];
  /** What a traveller can reach from where it is, for each limit, smallest first. */
  readonly isochrone: (
    traveller: Traveller,
    limits_s: readonly number[],
    when: When,
    whatIf?: WhatIf,
  ) => readonly Isochrone[];
  /**
   * Makes, a piece at a turn, what questions of the hour of `at` would otherwise make themselves: none of them has to wait for it then, and whoever
   * goes on between the turns keeps nobody waiting.
   */
  readonly ready: (at: Instant) => Iterable<void>;
  /** True for the id of something that can be closed: a way, pier, line, trip or area. @param at about when its trips run */
  readonly has: (id: string, at: Instant) => boolean;
}
