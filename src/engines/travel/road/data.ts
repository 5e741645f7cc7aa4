import type { Text } from '#core/base/text.ts';

/** Who moves on the network by itself. Each is one bit of an access mask. */
export const ROAD_MODES = ['foot', 'motorcycle', 'car', 'truck', 'emergency'] as const;
export type RoadMode = (typeof ROAD_MODES)[number];
export const MODE_BIT: Readonly<Record<RoadMode, number>> = { foot: 1, motorcycle: 2, car: 4, truck: 8, emergency: 16 };

/** Classes of roads, fastest first; the number of a class is its place here. `ferry` is a line by water that carries its modes. */
export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'street',
  'residential',
  'service',
  'track',
  'path',
  'steps',
  'ferry',
] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** Bits of `RoadWays.flags`. */
export const WAY_FLAG = { bridge: 1, tunnel: 2, roundabout: 4, link: 8, private: 16 } as const;

/** What ways have in common over all their edges. Parallel arrays, one place per way. */
export interface RoadWays {
  /** How people and answers name it: `way/123` of OpenStreetMap, or the id of a feature. Unique. */
  readonly id: readonly string[];
  /** Place in `ROAD_CLASSES`. */
  readonly class: Uint8Array;
  readonly flags: Uint8Array;
  readonly name: readonly (Text | null)[];
  /** 0 where there is no limit. */
  readonly max_height_cm: Uint16Array;
  readonly max_width_cm: Uint16Array;
  readonly max_weight_kg: Uint32Array;
}

/**
 * Roads as importers give them: edges between nodes (junctions, ends, barriers, points with rules), not directed, each a piece of one way.
 * Positions are degrees × 1e7, as OpenStreetMap has them. Plain arrays only: it is written to a file as it is.
 */
export interface RoadData {
  readonly node_lon_e7: Int32Array;
  readonly node_lat_e7: Int32Array;
  /** Modes that may not pass through a node (a bollard, a gate). Starting and ending there is allowed. */
  readonly node_barred: Uint8Array;
  readonly edge_from: Int32Array;
  readonly edge_to: Int32Array;
  readonly edge_way: Int32Array;
  /** Great-circle length along the shape. */
  readonly edge_length_m: Float32Array;
  /** Modes that may use it from `edge_from` to `edge_to`, and the other way. */
  readonly edge_forward: Uint8Array;
  readonly edge_backward: Uint8Array;
  /** Free-flow speed of vehicles, by its sign or its class; 0 on edges no vehicle uses. */
  readonly edge_speed_kmh: Uint8Array;
  /** Time of the whole edge where speed does not give it (a ferry: crossing, boarding and the usual wait); 0 elsewhere. */
  readonly edge_fixed_s: Uint32Array;
  /** Points between the ends: `shape_*[shape_start[e] … shape_start[e + 1]]`. */
  readonly shape_start: Int32Array;
  readonly shape_lon_e7: Int32Array;
  readonly shape_lat_e7: Int32Array;
  readonly ways: RoadWays;
  /** Forbidden manoeuvres; what only some turns are allowed (`only_…`) is already turned into those forbidden. */
  readonly bans: readonly TurnBan[];
}

/** What of the roads their graph and its order are made of, besides the kinds of turns: 10 bytes per edge, 9 per node. */
export type RoadNet = Pick<
  RoadData,
  'node_lon_e7' | 'node_lat_e7' | 'node_barred' | 'edge_from' | 'edge_to' | 'edge_forward' | 'edge_backward' | 'bans'
>;

/** Edges that may not be used one after the other, from the first to the last: two for a turn at a node, more for one over ways. */
export interface TurnBan {
  /** Edge numbers in the order they would be driven; neighbours share a node. */
  readonly edges: readonly number[];
  /** Node shared by the first two, so that the direction is known where two edges meet twice. */
  readonly at: number;
  /** Modes it binds. */
  readonly modes: number;
}
