import type { LonLat } from '#core/base/geo.ts';
import type { Ring } from '#world/places/geometry.ts';

/** What a place knows of its waters besides its land; all optional in the place directory. */
export interface WaterAreas {
  /** Water no deeper than this at chart datum. */
  readonly shallows: readonly { readonly id: string; readonly depth_m: number; readonly rings: readonly Ring[] }[];
  /** Farms, ranges, works. `always`: no way through, ever. The others are closed only while a question names them. */
  readonly closed: readonly { readonly id: string; readonly always: boolean; readonly rings: readonly Ring[] }[];
  /** Water that always moves: straits and rivers with a stream that does not turn. Where such areas lie over each other they add up. */
  readonly currents: readonly (Current & { readonly id: string; readonly rings: readonly Ring[] })[];
  /** Harbours and fairways with a limit. */
  readonly speed: readonly { readonly id: string; readonly max_kmh: number; readonly rings: readonly Ring[] }[];
}

/** Hulls that may go to the same waters share a mesh. */
export interface DraughtClass {
  readonly id: string;
  readonly draught_m: number;
  /** Kept from every shore but at the ends of a way. */
  readonly margin_m: number;
}

export interface BoatClass {
  readonly id: string;
  readonly draught: DraughtClass;
  readonly speed_kmh: number;
  /** In the strip between the open water and the shore, at either end. */
  readonly inshore_kmh: number;
}

/** Set and drift of the water. */
export interface Current {
  readonly east_ms: number;
  readonly north_ms: number;
}

/** An area that is closed only while a question names it. */
export interface ClosableArea {
  readonly id: string;
  /** True when a way has a point in it or on its border. */
  readonly touches: (line: readonly LonLat[]) => boolean;
}

export interface SeaWay {
  readonly duration_s: number;
  readonly distance_m: number;
  readonly line: readonly LonLat[];
}

/** All ways by sea from (or to) one point: asked once, then read for many. */
export interface SeaField {
  /** Null where no water joins the two, or the other is not at a shore or at sea. */
  readonly way: (other: LonLat) => SeaWay | null;
  /** The same for a position asked about with many fields, as piers are: what is in sight of it is remembered. */
  readonly wayOften: (other: LonLat) => SeaWay | null;
}

/** The waters of a place for one draught class. Positions up to `reach_m` inland of the water are taken to its edge. */
export interface Sea {
  readonly draught: DraughtClass;
  /** No current is stronger anywhere. */
  readonly current_ms: number;
  /** What it is made of, in one number: what was worked out about another sea does not belong to it. */
  readonly print: () => number;
  /** Areas a question may close, by id. */
  readonly closable: readonly ClosableArea[];
  /** Finds now what `wayOften` would find of a position when it is first asked about it. */
  readonly look: (at: LonLat) => void;
  /** The nearest navigable point; null when none is within reach. */
  readonly join: (at: LonLat, reach_m: number) => LonLat | null;
  /** @param closed ids of areas closed now besides those always closed */
  readonly field: (point: LonLat, direction: 'from' | 'to', boat: BoatClass, closed: ReadonlySet<string>) => SeaField;
}
