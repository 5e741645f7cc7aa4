import type { LonLat } from '#core/base/geo.ts';
import type { RoadData, RoadMode } from './data.ts';

/** How one moves on roads. Declared in `profiles.ts`. */
export interface RoadProfile {
  readonly id: string;
  readonly mode: RoadMode;
  /** Share of the free-flow speed it keeps, by class name; 1 where not named. Blue light above 1. */
  readonly pace: Readonly<Record<string, number>>;
  /** Speed where the roads say none (foot) and the most it goes anywhere. */
  readonly speed_kmh: number;
  readonly max_kmh: number;
  /** Seconds for a turn by its angle and for crossing a junction; on foot none. */
  readonly turn_s: { readonly left: number; readonly right: number; readonly straight: number; readonly about: number };
  readonly height_cm: number;
  readonly width_cm: number;
  readonly weight_kg: number;
}

/** Where a position joins the roads. */
export interface RoadPoint {
  readonly edge: number;
  /** Along the edge from its `edge_from`, 0 … 1. */
  readonly share: number;
  readonly at: LonLat;
  /** Straight way between the position and `at`. */
  readonly access_m: number;
  readonly access_s: number;
}

/** Time and length of a way; both Infinity where there is none. */
export interface Cost {
  readonly duration_s: number;
  readonly distance_m: number;
}

export interface RoadPath extends Cost {
  readonly line: readonly LonLat[];
  /** Numbers of the edges, in order; the first and last may be used in part. */
  readonly edges: readonly number[];
  /** Ids of the ways, in order, each once in a row. */
  readonly ways: readonly string[];
}

/** Weights of one profile under one set of closures. Opaque. */
export interface RoadMetric {
  readonly profile: RoadProfile;
  readonly closed: ReadonlySet<string>;
}

/** One end of many questions, searched once and kept: where a force stands, a pier, a matter. Opaque. */
export interface Climb {
  readonly points: readonly RoadPoint[];
}

/** Many starts, kept ready for any one place. */
export interface Buckets {
  readonly metric: RoadMetric;
  /** Puts, moves or (null) removes a start. */
  readonly set: (key: number, from: Climb | null) => void;
  /** Cost of each start (by key, 0 … highest key) to the place, written into arrays that are at least that long. */
  readonly to: (place: Climb, duration_s: Float64Array, distance_m: Float64Array) => void;
}

/** Many starts that stay where they are, ready for any one place: quicker to make than buckets, slower to ask. */
export interface Selection {
  readonly metric: RoadMetric;
  /** Cost of each start, in the order they were selected, to the place; as `Buckets.to`. */
  readonly to: (place: Climb, duration_s: Float64Array, distance_m: Float64Array) => void;
}

/** The roads of a place, ready to be asked. */
export interface Roads {
  readonly data: RoadData;
  /** Customised weights; remembered for the sets asked for lately. @param closed ids of ways */
  readonly metric: (profile: RoadProfile, closed: ReadonlySet<string>) => RoadMetric;
  /**
   * Where a position joins the roads of a metric's mode: edges within reach, never across water, nearest first; empty where there are none.
   * Which they are does not depend on closures, so that closing something never makes anything faster.
   */
  readonly snap: (at: LonLat, metric: RoadMetric) => readonly RoadPoint[];
  readonly depart: (metric: RoadMetric, from: readonly RoadPoint[]) => Climb;
  readonly arrive: (metric: RoadMetric, to: readonly RoadPoint[]) => Climb;
  readonly cost: (metric: RoadMetric, from: Climb, to: Climb) => Cost;
  readonly path: (metric: RoadMetric, from: Climb, to: Climb) => RoadPath | null;
  /** Row by row; duration and distance side by side in two arrays. */
  readonly matrix: (
    metric: RoadMetric,
    from: readonly Climb[],
    to: readonly Climb[],
  ) => { readonly duration_s: Float64Array; readonly distance_m: Float64Array };
  readonly buckets: (metric: RoadMetric) => Buckets;
  /** @param starts where each joins the roads; with none it has no way */
  readonly select: (metric: RoadMetric, starts: readonly (readonly RoadPoint[])[]) => Selection;
  /** Seconds from (or to) one climb at both ends of every edge: `[2e]` at `edge_from`, `[2e + 1]` at `edge_to`; Infinity where not reached. */
  readonly sweep: (metric: RoadMetric, climb: Climb, direction: 'from' | 'to') => Float64Array;
}
