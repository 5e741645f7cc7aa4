import { TURNS } from './arrays.ts';
import type { RoadData } from './data.ts';
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
  const isBarred = barredWays(data, profile, closed);
  const paces = ROAD_CLASSES.map((name) => profile.pace[name] ?? 1);
  const bit = MODE_BIT[profile.mode];
  const weights = new Float64Array(2 * data.edge_from.length).fill(Infinity);
  for (let edge = 0; edge < data.edge_from.length; edge++) {
    const way = data.edge_way[edge] as number;
    const pace = paces[data.ways.class[way] as number] as number;
    if (isBarred[way] === 1 || pace <= 0) continue;
    const length_m = data.edge_length_m[edge] as number;
    const fixed_s = data.edge_fixed_s[edge] as number;
    const signed_kmh = profile.mode === 'foot' ? 0 : (data.edge_speed_kmh[edge] as number);
    const speed_kmh = Math.min((signed_kmh === 0 ? profile.speed_kmh : signed_kmh) * pace, profile.max_kmh);
    const weight = weightOf(fixed_s > 0 ? fixed_s : length_m / (speed_kmh * METRES_PER_S), length_m);
    for (const directed of [2 * edge, 2 * edge + 1]) {
      if ((accessOf(data, directed) & bit) !== 0) weights[directed] = weight;
    }
  }
  return weights;
};

/** Ways that are closed, or too low, narrow or weak for the profile. */
const barredWays = (data: RoadData, profile: RoadProfile, closed: ReadonlySet<string>): Uint8Array => {
  const { id, max_height_cm, max_width_cm, max_weight_kg } = data.ways;
  const isOver = (limit: number, needed: number): boolean => limit > 0 && needed > limit;
  return Uint8Array.from(id, (name, way) => {
    const isTooLarge =
      isOver(max_height_cm[way] as number, profile.height_cm) ||
      isOver(max_width_cm[way] as number, profile.width_cm) ||
      isOver(max_weight_kg[way] as number, profile.weight_kg);
    return isTooLarge || closed.has(name) ? 1 : 0;
  });
};

/** Weight of each kind of turn, by place in `TURNS`. */
export const turnWeights = (profile: RoadProfile): Float64Array =>
  Float64Array.from(TURNS, (turn) => (turn === 'along' ? 0 : weightOf(profile.turn_s[turn], 0)));
