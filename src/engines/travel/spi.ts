import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { ForceKind } from '#world/forces/force.ts';

/** What one leg of a journey is made with. */
export type LegMode = 'foot' | 'motorcycle' | 'car' | 'boat' | 'air' | 'wait';

export interface Leg {
  readonly mode: LegMode;
  readonly duration_s: number;
  readonly distance_m: number;
  /** Path, at least two points; a single repeated point for a wait. */
  readonly line: readonly LonLat[];
  /** What it runs over or where it changes: names of piers, bridges, places. */
  readonly via: readonly Text[];
  /** Ids of the places and lines used. */
  readonly refs: readonly string[];
}

export interface Journey {
  readonly duration_s: number;
  readonly distance_m: number;
  readonly legs: readonly Leg[];
}

/** Someone who may travel: where it stands and what it moves with. */
export interface Traveller {
  readonly id: string;
  readonly kind: ForceKind;
  readonly at: LonLat;
}

/** Why nothing gets there, as a code of the catalogue and in words. */
export interface NoWay {
  readonly code: 'off-network' | 'no-landing' | 'out-of-range' | 'closed' | 'no-connection';
  readonly words: Text;
}

export type Arrival =
  | { readonly id: string; readonly duration_s: number; readonly distance_m: number; readonly reason: null }
  | { readonly id: string; readonly duration_s: null; readonly distance_m: null; readonly reason: NoWay };

/**
 * Who can be there when. Pure and deterministic: the same network, closures and question give the same answer.
 * Never a straight line where a way is needed: roads on land, round the land at sea.
 */
export interface Travel {
  /** Time of each traveller to one place, in the order of the travellers. Includes the turnout of its kind. */
  readonly toPlace: (travellers: readonly Traveller[], to: LonLat) => readonly Arrival[];
  /** The whole way of one traveller, or why there is none. */
  readonly journey: (traveller: Traveller, to: LonLat) => Journey | NoWay;
}
