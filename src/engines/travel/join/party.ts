import type { Moving, TravelProfile } from '../profiles.ts';
import { RULES } from '../rules.ts';
import type { FreeBoat, Traveller } from '../spi.ts';
import { flights } from './flights.ts';
import type { Flight } from './flights.ts';
import { lifted, liftTables } from './lifts.ts';
import type { Lift, LiftTable } from './lifts.ts';
import type { Plan } from './plan.ts';
import { ferried, sailings } from './sailings.ts';
import type { Sailing } from './sailings.ts';
import type { Direct, Standing } from './standing.ts';
import { PEOPLE, VEHICLE } from './world.ts';

/** A way found: enough to know when it arrives, and to draw it from. Moments in milliseconds. */
export type Way = { readonly start: number; readonly arrive: number } & (
  | { readonly by: 'straight' }
  /** Only by road. */
  | { readonly by: 'road'; readonly road: string; readonly distance_m: number }
  /** By road to a hub, and on from there as the profiles of the plan say. */
  | {
      readonly by: 'hubs';
      readonly road: string;
      readonly vehicle: string | null;
      readonly hub: number;
      /** To the hub. */
      readonly duration_s: number;
      readonly distance_m: number;
    }
  | Sailing
  | Flight
  | Lift
);

/** What travellers have on one road profile: their keys and times. */
interface OnRoads {
  readonly standing: Standing;
  readonly keys: Int32Array;
  readonly direct: Direct;
  readonly toHubs: Direct;
}

/** Travellers and a place: answers for any of them at any moment of the plan. */
export class Party {
  readonly plan: Plan;
  readonly travellers: readonly Traveller[];
  readonly profiles: readonly TravelProfile[];
  readonly #roads = new Map<string, OnRoads>();
  readonly #boats: readonly FreeBoat[];
  #lifts: readonly LiftTable[] | null = null;

  constructor(plan: Plan, travellers: readonly Traveller[], boats: readonly FreeBoat[]) {
    this.plan = plan;
    this.#boats = boats;
    this.travellers = travellers;
    this.profiles = travellers.map((one) => profileOf(plan, one));
    const users = new Map<string, number[]>();
    for (const [i, profile] of this.profiles.entries())
      for (const move of profile.moves) {
        if (!('road' in move)) continue;
        const known = users.get(move.road);
        if (known === undefined) users.set(move.road, [i]);
        else known.push(i);
      }
    for (const [road, who] of users) this.#roads.set(road, this.#onRoads(road, who));
  }

  #onRoads(road: string, who: readonly number[]): OnRoads {
    const { ground, world } = this.plan;
    const standing = ground.standing(world.hubRoads(road).metric);
    const group = who.map((i) => this.travellers[i] as Traveller);
    const keys = new Int32Array(this.travellers.length).fill(-1);
    standing.put(group).forEach((key, i) => {
      keys[who[i] as number] = key;
    });
    const direct = this.plan.fromStanding(road);
    return { standing, keys, direct, toHubs: standing.toHubs(group) };
  }

  /** The soonest way of a traveller that gets its order at a moment; null when there is none. */
  best(i: number, at: number): Way | null {
    let best: Way | null = null;
    for (const way of this.ways(i, at, false)) if (best === null || way.arrive < best.arrive) best = way;
    return best;
  }

  /** The soonest by each way of moving. @param all also those that others of the same way of moving beat */
  ways(i: number, at: number, all: boolean): readonly Way[] {
    const profile = this.profiles[i] as TravelProfile;
    const start = at + (this.travellers[i] as Traveller).turnout_s * 1000;
    return profile.moves.flatMap((move) => [
      ...this.#by(i, profile, move, start, all),
      ...('seats' in move && move.seats ? this.#lift(i, profile, move, at, start) : []),
    ]);
  }

  #lift(
    i: number,
    profile: TravelProfile,
    { by, road }: Extract<Moving, { seats: boolean }>,
    at: number,
    start: number,
  ): readonly Way[] {
    this.#lifts ??= liftTables(this.plan, this.#boats);
    if (this.#lifts.length === 0) return [];
    const park_s = by === 'vehicle' ? RULES.park_s : 0;
    const on = this.#roads.get(road) as OnRoads;
    const row = (on.keys[i] as number) * this.plan.ground.hubs.length;
    const toHub_s = (hub: number): number => (on.toHubs.duration_s[row + hub] as number) + park_s;
    const toHub_m = (hub: number): number => on.toHubs.distance_m[row + hub] as number;
    const rider = { road, seats: profile.seats, at, start, toHub_s, toHub_m };
    const lift = lifted(this.plan, this.#lifts, rider, (this.travellers[i] as Traveller).id);
    return lift === null ? [] : [lift];
  }

  #by(i: number, profile: TravelProfile, move: Moving, start: number, all: boolean): readonly Way[] {
    const traveller = this.travellers[i] as Traveller;
    switch (move.by) {
      case 'foot':
        return this.#overland(i, start, move.road, null, move.lines, all);
      case 'vehicle':
        return this.#overland(i, start, move.road, move.road, true, all);
      case 'boat':
        return sailings(this.plan, traveller.at, profile, move, start + move.set_up_s * 1000);
      case 'air':
        return flights(this.plan, traveller, profile, move.craft, start + move.craft.set_up_s * 1000);
    }
  }

  #overland(
    i: number,
    start: number,
    road: string,
    vehicle: string | null,
    lines: boolean,
    all: boolean,
  ): readonly Way[] {
    const { at } = this.travellers[i] as Traveller;
    const on = this.#roads.get(road) as OnRoads;
    const key = on.keys[i] as number;
    const ways: Way[] = [];
    const road_s = on.direct.duration_s[key] as number;
    if (road_s < Infinity) {
      const distance_m = on.direct.distance_m[key] as number;
      ways.push({ by: 'road', road, start, arrive: start + road_s * 1000, distance_m });
    }
    if (vehicle === null) {
      const straight_s = this.plan.ground.straight_s(at, this.plan.to);
      if (straight_s < Infinity) ways.push({ by: 'straight', start, arrive: start + straight_s * 1000 });
    }
    if (!lines) return ways;
    const byHubs = this.#byHubs(on, key, start, road, vehicle, all ? Infinity : soonest(ways));
    if (byHubs !== null) ways.push(byHubs);
    if (vehicle === null && !this.#hasPier(i, on, road)) ways.push(...ferried(this.plan, at, start));
    return ways;
  }

  #byHubs(on: OnRoads, key: number, start: number, road: string, vehicle: string | null, beat: number): Way | null {
    const count = this.plan.ground.hubs.length;
    const profiles = this.plan.profiles(vehicle);
    const layer = vehicle === null ? PEOPLE : VEHICLE;
    let hub = -1;
    let soonest = beat;
    let most = 0;
    for (let one = 0; one < count; one += 1) {
      const there = start + (on.toHubs.duration_s[key * count + one] as number) * 1000;
      if (there >= soonest) continue;
      const arrive = profiles.arrivalAt(one, layer, Math.ceil(there));
      if (arrive > soonest || (arrive === soonest && hub < 0)) continue;
      // Nobody drives about until the ferry leaves: of first hubs for the same boat the one with most time to spare.
      const spare = profiles.latestFor(one, layer, arrive) - there;
      if (arrive === soonest && spare <= most) continue;
      soonest = arrive;
      hub = one;
      most = spare;
    }
    if (hub < 0) return null;
    const slot = key * count + hub;
    return {
      by: 'hubs',
      road,
      vehicle,
      hub,
      start,
      arrive: soonest,
      duration_s: on.toHubs.duration_s[slot] as number,
      distance_m: on.toHubs.distance_m[slot] as number,
    };
  }

  /** True where roads or open ground lead to a pier that takes boats, whatever is closed: nobody is fetched from there. */
  #hasPier(i: number, on: OnRoads, road: string): boolean {
    const { ground } = this.plan;
    const now = (on.keys[i] as number) * ground.hubs.length;
    if (ground.landings.some((hub) => (on.toHubs.duration_s[now + hub] as number) < Infinity)) return true;
    const traveller = this.travellers[i] as Traveller;
    const standing = ground.standing(ground.hubRoads(ground.metric(road, NOTHING)).metric);
    const [key] = standing.put([traveller]);
    const toHubs = standing.toHubs([traveller]).duration_s;
    const row = (key ?? 0) * ground.hubs.length;
    return ground.landings.some((hub) => (toHubs[row + hub] as number) < Infinity);
  }

  climbOf(i: number, road: string) {
    return this.#roads.get(road)?.standing.climbOf((this.travellers[i] as Traveller).id) ?? null;
  }
}

const NOTHING: ReadonlySet<string> = new Set();
const soonest = (ways: readonly Way[]): number => Math.min(Infinity, ...ways.map((way) => way.arrive));

/** A profile nobody declared. */
export class UnknownProfile extends RangeError {
  override readonly name = 'UnknownProfile';
  readonly code = 'profile-unknown';
  readonly profile: string;
  constructor(profile: string) {
    super(`unknown travel profile ${profile}`);
    this.profile = profile;
  }
}

const profileOf = (plan: Plan, traveller: Traveller): TravelProfile => {
  const profile = plan.ground.place.profiles[traveller.profile];
  if (profile === undefined) throw new UnknownProfile(traveller.profile);
  return profile;
};
