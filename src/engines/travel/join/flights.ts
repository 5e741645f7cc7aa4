import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { back_m } from '../air/air.ts';
import type { Passage } from '../conditions/windows.ts';
import type { AirCraft, TravelProfile } from '../profiles.ts';
import { seconds } from '../rules.ts';
import type { Traveller } from '../spi.ts';
import type { Plan } from './plan.ts';
import { firstOpen } from './sailings.ts';
import type { World } from './world.ts';

/** Through the air to the place, or to a landing ground and on foot from there. */
export interface Flight {
  readonly by: 'air';
  readonly start: number;
  readonly arrive: number;
  readonly craft: AirCraft;
  readonly depart: number;
  readonly flight_s: number;
  readonly distance_m: number;
  readonly line: readonly LonLat[];
  /** Number of the ground it sets down on; -1 for the place itself. */
  readonly hub: number;
  readonly passage: Passage;
}

/** The soonest within range: over the place (a drone, or by winch), or a ground nearby. */
export const flights = (
  plan: Plan,
  traveller: Traveller,
  profile: TravelProfile,
  craft: AirCraft,
  start: number,
): readonly Flight[] => {
  const range = rangeOf(plan.world, traveller, profile, craft);
  const to = (target: LonLat, hub: number, after_s: number): Flight | null => {
    const way = plan.ground.place.skies.way(traveller.at, target, plan.world.closed);
    if (way === null || after_s === Infinity || !range.allows(target, way.distance_m)) return null;
    const flight_s = seconds(way.distance_m, craft.speed_kmh);
    const ground = plan.ground.hubs[hub];
    const passage: Passage = {
      ids: ground === undefined ? [] : [ground.id],
      names: ground === undefined ? [] : [ground.name],
      line: way.line,
      duration_s: flight_s,
      limits: profile.limits,
      start: null,
      end: ground?.limits ?? null,
    };
    const depart = firstOpen(plan.world, passage, start);
    if (depart === Infinity) return null;
    const arrive = depart + (flight_s + after_s) * 1000;
    return { by: 'air', start, arrive, craft, depart, flight_s, ...way, hub, passage };
  };
  const found = targetsOf(plan, craft).map(({ at, hub, after_s }) => to(at, hub, after_s));
  let best: Flight | null = null;
  for (const one of found) if (one !== null && (best === null || one.arrive < best.arrive)) best = one;
  return best === null ? [] : [best];
};

/** Where it may fly to: over the place (-1), or a ground from which one walks there; and what follows then. */
const targetsOf = (plan: Plan, craft: AirCraft): readonly Target[] => {
  if (!craft.carries_people) return [{ at: plan.to, hub: -1, after_s: 0 }];
  const foot = plan.fromHubs('foot').duration_s;
  const grounds = plan.ground.hubs.flatMap((ground, hub) =>
    ground.kind === 'helipad' ? [{ at: ground.at, hub, after_s: craft.set_down_s + (foot[hub] as number) }] : [],
  );
  return craft.winch_s === null ? grounds : [{ at: plan.to, hub: -1, after_s: craft.winch_s }, ...grounds];
};
interface Target {
  readonly at: LonLat;
  readonly hub: number;
  readonly after_s: number;
}

/** The least it takes out and back, where all that leads there is out of range; null where something is not, or nothing leads there. */
export const tooFar = (
  plan: Plan,
  traveller: Traveller,
  profile: TravelProfile,
  craft: AirCraft,
): { readonly needs_m: number; readonly range_m: number } | null => {
  const range = rangeOf(plan.world, traveller, profile, craft);
  let needs_m = Infinity;
  for (const { at, after_s } of targetsOf(plan, craft)) {
    const way = after_s === Infinity ? null : plan.ground.place.skies.way(traveller.at, at, plan.world.closed);
    if (way !== null) needs_m = Math.min(needs_m, range.needs_m(at, way.distance_m));
  }
  return needs_m > range.range_m && needs_m < Infinity ? { needs_m, range_m: range.range_m } : null;
};

/** How far an aircraft may go: out, and back to where it returns to or to the nearest fuel. */
export interface Range {
  readonly range_m: number;
  /** No target farther out than this is within range. */
  readonly farthest_m: number;
  /** Least metres out and back by a target that lies so far out; Infinity where no way leads back. */
  readonly needs_m: (target: LonLat, out_m: number) => number;
  readonly allows: (target: LonLat, out_m: number) => boolean;
}

export const rangeOf = (world: World, traveller: Traveller, profile: TravelProfile, craft: AirCraft): Range => {
  const { skies } = world.ground.place;
  const range_m = Math.min(traveller.range_m ?? Infinity, profile.range_m ?? Infinity);
  const home = traveller.home ?? traveller.at;
  const fuel = world.ground.hubs.filter((hub) => craft.carries_people && hub.fuel && !world.closed.has(hub.id));
  const grounds = [home, ...fuel.map((hub) => hub.at)];
  // Back the way it came, and home from where it started, is never shorter than the way back.
  const start_m = skies.way(home, traveller.at, world.closed)?.distance_m ?? Infinity;
  const needs_m = (target: LonLat, out_m: number): number => out_m + back_m(skies, target, grounds, world.closed);
  return {
    range_m,
    farthest_m: fuel.length > 0 ? range_m : (range_m + distance_m(home, traveller.at)) / 2,
    needs_m,
    allows: (target, out_m) => 2 * out_m + start_m <= range_m || needs_m(target, out_m) <= range_m,
  };
};
