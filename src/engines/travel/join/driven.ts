import type { Moving, TravelProfile } from '../profiles.ts';
import type { Traveller } from '../spi.ts';
import type { Crowd } from './crowd.ts';
import type { Plan } from './plan.ts';
import type { Direct, Standing } from './standing.ts';

/** What travellers have on one road profile: their keys and times. */
export interface OnRoads {
  readonly standing: Standing;
  /** By traveller; -1 for those who do not move on it. */
  readonly keys: Int32Array;
  /** Where each stands in `direct`, by traveller. */
  readonly slots: Int32Array;
  readonly direct: Direct;
  readonly toHubs: Direct;
}

/** For whom nothing is as soon as some way only by road. By traveller. */
export interface Driven {
  /** Which of the moves of its profile that is; -1 where it takes a closer look. */
  readonly move: Int8Array;
  readonly road_s: Float64Array;
}

type OnLand = Extract<Moving, { road: string }>;

/** Sums of moments and spans of time are right to less than this. */
export const ROUNDING_MS = 1;

/**
 * Most who are asked about simply drive: they are found in a few passes over arrays, without an object for each. Whenever they set off, a
 * hub gives nothing as soon for whom the way there and the least that is left from there are longer than the road.
 */
export const drivenBy = (plan: Plan, crowd: Crowd, roads: ReadonlyMap<string, OnRoads>, areLifted: boolean): Driven => {
  const driven = {
    move: new Int8Array(crowd.travellers.length).fill(-1),
    road_s: new Float64Array(crowd.travellers.length).fill(Infinity),
  };
  for (const [profile, who] of crowd.byProfile) {
    const moves = onLand(profile, areLifted);
    if (moves === null) continue;
    for (const [number, move] of moves.entries()) lowerBy(driven, who, number, roads.get(move.road) as OnRoads);
    for (const move of moves) leaveOut(driven, who, plan, crowd, move, roads.get(move.road) as OnRoads);
  }
  return driven;
};

/** The moves of a profile; null where one is not by road, or by other people's boats. */
const onLand = ({ moves }: TravelProfile, areLifted: boolean): readonly OnLand[] | null => {
  const own: OnLand[] = [];
  for (const move of moves) {
    if (!('road' in move) || (move.seats && areLifted)) return null;
    own.push(move);
  }
  return own;
};

/** Those for whom this road is sooner than the ones before. */
const lowerBy = ({ move, road_s }: Driven, who: Int32Array, number: number, { direct, slots }: OnRoads): void => {
  for (const i of who) {
    const own_s = direct.duration_s[slots[i] as number] as number;
    if (own_s >= (road_s[i] as number)) continue;
    road_s[i] = own_s;
    move[i] = number;
  }
};

/** Leaves out those for whom this way of moving might give something as soon that is not only by road. */
const leaveOut = (driven: Driven, who: Int32Array, plan: Plan, crowd: Crowd, move: OnLand, on: OnRoads): void => {
  const isOnFoot = move.by === 'foot';
  const takesLines = !isOnFoot || move.lines;
  const { order, least_ms } = plan.onward(isOnFoot ? null : move.road);
  for (const i of who) {
    if (driven.move[i] === -1) continue;
    const road_s = driven.road_s[i] as number;
    const { at } = crowd.travellers[i] as Traveller;
    const key = on.keys[i] as number;
    const isOut =
      (isOnFoot && plan.ground.mayBeStraight(at, plan.to, road_s)) ||
      (isOnFoot && takesLines && !on.standing.hasPier(key)) ||
      (takesLines && mayByHubs(on.toHubs.duration_s, key * order.length, order, least_ms, road_s));
    if (isOut) driven.move[i] = -1;
  }
};

/** @param order hubs, those first from where least is left */
const mayByHubs = (
  toHubs_s: Float64Array,
  row: number,
  order: Int32Array,
  least_ms: Float64Array,
  road_s: number,
): boolean => {
  const road_ms = road_s * 1000 + ROUNDING_MS;
  for (let n = 0; n < order.length; n += 1) {
    const hub = order[n] as number;
    const onward_ms = least_ms[hub] as number;
    if (onward_ms > road_ms) return false;
    if ((toHubs_s[row + hub] as number) * 1000 + onward_ms <= road_ms) return true;
  }
  return false;
};
