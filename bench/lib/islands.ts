import type { LonLat } from '#core/base/geo.ts';
import type { Random } from '#core/base/random.ts';
import { between } from '#core/base/random.ts';
import { buildRoads, readyRoads } from '#engines/travel/road/built.ts';
import type { BuiltRoads } from '#engines/travel/road/built.ts';
import type { RoadWeights } from '#engines/travel/road/customise.ts';
import { MODE_BIT, ROAD_CLASSES } from '#engines/travel/road/data.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { plainSearch } from '#engines/travel/road/dijkstra.ts';
import { roadIndex } from '#engines/travel/road/index.ts';
import { ROAD_PROFILES } from '#engines/travel/road/profiles.ts';
import type { Climb, RoadPoint, Roads } from '#engines/travel/road/roads.ts';

type Joins = readonly RoadPoint[];

/** A map ready to be asked by car, and the plain search on the same graph. */
export interface Ready {
  readonly built: BuiltRoads;
  readonly roads: Roads;
  readonly metric: RoadWeights;
  readonly snap: (at: LonLat) => Joins;
  readonly depart: (at: LonLat) => Climb;
  readonly arrive: (at: LonLat) => Climb;
  /** Weights (weight.ts) from each to one place, by Dijkstra's algorithm without any preparation. */
  readonly plain: (from: readonly Joins[], to: Joins) => Float64Array;
}

export const ready = (built: BuiltRoads): Ready => {
  const roads = readyRoads(built, null);
  const metric = roads.metric(ROAD_PROFILES.car, new Set()) as RoadWeights;
  const search = plainSearch(roadIndex(built.data, built.graph, built.hierarchy));
  const snap = (at: LonLat): Joins => roads.snap(at, metric);
  return {
    built,
    roads,
    metric,
    snap,
    depart: (at) => roads.depart(metric, snap(at)),
    arrive: (at) => roads.arrive(metric, snap(at)),
    plain: (from, to) => search.toPlace(metric, from, to),
  };
};

export const built = (data: RoadData): Ready => ready(buildRoads(data));

const E7 = 1e7;
/** Farthest from the road, in degrees: some 60 m. */
const OFF_ROAD_DEG = 0.0006;

/** Positions beside roads a car uses, anywhere on the map. */
export const besideRoads = (data: RoadData, count: number, random: Random): readonly LonLat[] => {
  const open: number[] = [];
  const ferry = ROAD_CLASSES.indexOf('ferry');
  for (let edge = 0; edge < data.edge_from.length; edge += 1) {
    const isFerry = data.ways.class[data.edge_way[edge] ?? 0] === ferry;
    if (!isFerry && ((data.edge_forward[edge] ?? 0) & MODE_BIT.car) !== 0) open.push(edge);
  }
  const off = (): number => (random() - 0.5) * 2 * OFF_ROAD_DEG;
  return Array.from({ length: count }, (): LonLat => {
    const node = data.edge_from[open[between(random, 0, open.length - 1)] ?? 0] ?? 0;
    return [(data.node_lon_e7[node] ?? 0) / E7 + off(), (data.node_lat_e7[node] ?? 0) / E7 + off()];
  });
};
