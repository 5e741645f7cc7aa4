import { TURNS } from './arrays.ts';
import type { RoadData, RoadWays } from './data.ts';
import { MODE_BIT, ROAD_CLASSES } from './data.ts';
import { accessOf } from './graph.ts';
import type { RoadProfile } from './roads.ts';
import { weightOf } from './weight.ts';

const METRES_PER_S = 1 / 3.6;

/**
 * Weight of every directed edge for a profile; Infinity where it may not or cannot go.
 * Time: what is fixed for the edge, or its length by the free-flow speed (on foot: the profile's own) × the pace of the class, at most `max_kmh`.
 */
export const edgeWeights = (data: RoadData, profile: RoadProfile, closed: ReadonlySet<string>): Float64Array => {
  const weights = new Float64Array(2 * data.edge_from.length);
  const weigh = edgeWeigher(data, profile, closed);
  for (let edge = 0; edge < data.edge_from.length; edge++) weigh(edge, weights);
  return weights;
};

/** Puts the weights of one edge, forward and backward, where they belong. */
export const edgeWeigher = (
  data: RoadData,
  profile: RoadProfile,
  closed: ReadonlySet<string>,
): ((edge: number, weights: Float64Array) => void) => {
  const { edge_way, edge_length_m, edge_fixed_s, edge_speed_kmh } = data;
  const paces = ROAD_CLASSES.map((name) => profile.pace[name] ?? 1);
  const bit = MODE_BIT[profile.mode];
  return (edge, weights) => {
    const way = edge_way[edge] as number;
    const pace = paces[data.ways.class[way] as number] as number;
    const fixed_s = edge_fixed_s[edge] as number;
    const length_m = edge_length_m[edge] as number;
    const signed_kmh = profile.mode === 'foot' ? 0 : (edge_speed_kmh[edge] as number);
    const speed_kmh = Math.min((signed_kmh === 0 ? profile.speed_kmh : signed_kmh) * pace, profile.max_kmh);
    const isBarred = speed_kmh <= 0 || isTooLarge(data.ways, profile, way) || closed.has(data.ways.id[way] as string);
    const weight = isBarred
      ? Infinity
      : weightOf(fixed_s > 0 ? fixed_s : length_m / (speed_kmh * METRES_PER_S), length_m);
    for (const directed of [2 * edge, 2 * edge + 1]) {
      weights[directed] = (accessOf(data, directed) & bit) === 0 ? Infinity : weight;
    }
  };
};

/** Whether a way is too low, narrow or weak. */
const isTooLarge = (ways: RoadWays, profile: RoadProfile, way: number): boolean =>
  isOver(ways.max_height_cm[way] as number, profile.height_cm) ||
  isOver(ways.max_width_cm[way] as number, profile.width_cm) ||
  isOver(ways.max_weight_kg[way] as number, profile.weight_kg);

const isOver = (limit: number, needed: number): boolean => limit > 0 && needed > limit;

/** Weight of each kind of turn, by place in `TURNS`. */
export const turnWeights = (profile: RoadProfile): Float64Array =>
  Float64Array.from(TURNS, (turn) => (turn === 'along' ? 0 : weightOf(profile.turn_s[turn], 0)));
