import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Limits } from '../conditions/conditions.ts';
import { isSteady, openIntervals } from '../conditions/windows.ts';
import type { Passage } from '../conditions/windows.ts';
import { takesBoats } from '../hubs.ts';
import type { Hub } from '../hubs.ts';
import { BOATS } from '../profiles.ts';
import type { Landing, Moving, TravelProfile } from '../profiles.ts';
import { RULES, seconds, WORDS } from '../rules.ts';
import type { BoatClass, SeaWay } from '../sea/water.ts';
import type { Plan, Water } from './plan.ts';
import { waterNear } from './plan.ts';
import type { World } from './world.ts';

/** By boat to a hub or to the water off the place, and on foot from there. */
export interface Sailing {
  readonly by: 'boat';
  readonly start: number;
  readonly arrive: number;
  /** A boat of its own, or one that comes for somebody. */
  readonly own: boolean;
  readonly boat: BoatClass;
  readonly limits: Limits | null;
  readonly from: Water;
  readonly way: SeaWay;
  /** When it leaves the water it lies in. */
  readonly depart: number;
  /** Number of the hub it lands at; -1 for the water off the place. */
  readonly hub: number;
  readonly passage: Passage;
}

/** A boat whose position lies on land is taken to be moored there when water it can use is within this. */
export const MOORED_M = 600;

interface Voyage {
  readonly own: boolean;
  readonly boat: BoatClass;
  readonly lands: Landing;
  readonly limits: Limits | null;
  readonly from: Water;
  /** When it could leave. */
  readonly ready: number;
  readonly start: number;
}

/** The soonest way of a boat and its crew. */
export const sailings = (
  plan: Plan,
  at: LonLat,
  profile: TravelProfile,
  move: Extract<Moving, { by: 'boat' }>,
  start: number,
): readonly Sailing[] => {
  const from = waterNear(plan.world, at, move.boat);
  if (from === null || from.walk_m > MOORED_M) return [];
  const { boat, lands } = move;
  const ready = start + outTo_s(from) * 1000;
  return soonest(plan, { own: true, boat, lands, limits: profile.limits, from, ready, start });
};

/** Until a boat is in water it can use at speed: on land it is moored by it, at sea it has to come out to it. */
export const outTo_s = ({ shore, walk_s }: Water): number => (shore === null ? walk_s : 0);

/** Fetched by a launch from the shore or from the water, where there is no pier. */
export const ferried = (plan: Plan, at: LonLat, start: number): readonly Sailing[] => {
  const from = waterNear(plan.world, at, BOATS.launch);
  if (from === null) return [];
  const ready = start + (RULES.pick_up_s + from.walk_s) * 1000;
  const limits = plan.ground.place.carriers['launch'] ?? null;
  return soonest(plan, { own: false, boat: BOATS.launch, lands: 'shore', limits, from, ready, start });
};

/** Tries landings in the order of what they could give at best, until none can be sooner. */
const soonest = (plan: Plan, voyage: Voyage): readonly Sailing[] => {
  const foot = plan.fromHubs('foot').duration_s;
  const { hubs } = plan.ground;
  const water = plan.water(voyage.boat);
  const tries =
    water === null ? [] : [{ hub: -1, least_s: leastTo(plan, water.at, voyage) + water.landing_s + water.walk_s }];
  for (const [i, hub] of hubs.entries()) {
    const least_s = leastTo(plan, hub.at, voyage) + hub.unloading_s + (foot[i] as number);
    if (least_s < Infinity && mayLand(hub, voyage.lands)) tries.push({ hub: i, least_s });
  }
  tries.sort((a, b) => a.least_s - b.least_s || a.hub - b.hub);
  let best: Sailing | null = null;
  for (const one of tries) {
    if (best !== null && voyage.ready + one.least_s * 1000 >= best.arrive) break;
    const made = one.hub < 0 ? toShore(plan, voyage) : toHub(plan, voyage, one.hub, foot[one.hub] as number);
    if (made !== null && (best === null || made.arrive < best.arrive)) best = made;
  }
  return best === null ? [] : [best];
};

/** No boat is faster than in a straight line with the strongest current behind it. */
const leastTo = ({ ground }: Plan, to: LonLat, { from, boat }: Voyage): number =>
  seconds(Math.max(0, distance_m(from.at, to) - SLACK_M), ground.fastest_kmh(boat));
const SLACK_M = 1000;

export const mayLand = (hub: Hub, lands: Landing): boolean =>
  takesBoats(hub) || (hub.kind === 'beach' && lands === 'beach');

const toHub = (plan: Plan, voyage: Voyage, hub: number, foot_s: number): Sailing | null => {
  const { world, ground } = plan;
  const field = ground.fieldTo(voyage.boat, hub, world.closedAreas);
  const way = field?.way(voyage.from.at) ?? null;
  const one = ground.hubs[hub] as Hub;
  if (way === null) return null;
  const passage: Passage = {
    ids: [one.id, ...launchIds(voyage)],
    names: [one.name, ...launchIds(voyage).map(() => WORDS.launch)],
    line: way.line,
    duration_s: way.duration_s,
    limits: voyage.limits,
    start: null,
    end: one.limits,
  };
  return sailed(world, voyage, way, passage, hub, one.unloading_s + foot_s);
};

const toShore = (plan: Plan, voyage: Voyage): Sailing | null => {
  const water = plan.water(voyage.boat);
  const way = plan.waterField(voyage.boat)?.way(voyage.from.at) ?? null;
  if (water === null || way === null) return null;
  if (water.landing_s > 0 && voyage.lands === 'piers') return null;
  const passage: Passage = {
    ids: launchIds(voyage),
    names: launchIds(voyage).map(() => WORDS.launch),
    line: way.line,
    duration_s: way.duration_s,
    limits: voyage.limits,
    start: null,
    end: null,
  };
  return sailed(plan.world, voyage, way, passage, -1, water.landing_s + water.walk_s);
};

/** A launch that fetches somebody can be closed like any other. */
const launchIds = ({ own }: Voyage): readonly string[] => (own ? [] : ['supposed-launch']);

const sailed = (
  world: World,
  voyage: Voyage,
  way: SeaWay,
  passage: Passage,
  hub: number,
  after_s: number,
): Sailing | null => {
  const { own, boat, limits, from, start } = voyage;
  const depart = firstOpen(world, passage, voyage.ready);
  if (depart === Infinity) return null;
  const arrive = depart + (way.duration_s + after_s) * 1000;
  return { by: 'boat', own, boat, limits, from, way, depart, start, arrive, hub, passage };
};

/** The first moment from `at` on when a passage can be begun; Infinity when there is none within the span of the world. */
export const firstOpen = (world: World, passage: Passage, at: number): number => {
  if (isSteady(passage, world.conditions)) return at;
  return openIntervals(passage, world.conditions, [at, world.span[1]])[0]?.[0] ?? Infinity;
};
