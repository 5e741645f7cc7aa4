import type { LonLat } from '#core/base/geo.ts';
import type { Passage } from '../conditions/windows.ts';
import type { AirCraft, TravelProfile } from '../profiles.ts';
import { seconds } from '../rules.ts';
import type { Traveller } from '../spi.ts';
import type { Plan } from './plan.ts';
import { firstOpen } from './sailings.ts';

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
  const range_m = Math.min(traveller.range_m ?? Infinity, profile.range_m ?? Infinity);
  const to = (target: LonLat, hub: number, after_s: number): Flight | null => {
    const way = plan.ground.place.skies.way(traveller.at, target, plan.world.closed);
    if (way === null || way.distance_m * 2 > range_m || after_s === Infinity) return null;
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
  const found: (Flight | null)[] = [];
  if (!craft.carries_people) found.push(to(plan.to, -1, 0));
  else if (craft.winch_s !== null) found.push(to(plan.to, -1, craft.winch_s));
  if (craft.carries_people) {
    const foot = plan.fromHubs('foot').duration_s;
    for (const [i, hub] of plan.ground.hubs.entries()) {
      if (hub.kind === 'helipad') found.push(to(hub.at, i, craft.set_down_s + (foot[i] as number)));
    }
  }
  let best: Flight | null = null;
  for (const one of found) if (one !== null && (best === null || one.arrive < best.arrive)) best = one;
  return best === null ? [] : [best];
};
