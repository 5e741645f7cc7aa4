import type { Moving, TravelProfile } from '../profiles.ts';
import { RULES } from '../rules.ts';
import type { FreeBoat, Traveller } from '../spi.ts';
import { flights } from './flights.ts';
import type { Flight } from './flights.ts';
import { lifted, liftTables } from './lifts.ts';
import type { Lift, LiftTable } from './lifts.ts';
import type { Crowd, Users } from './crowd.ts';
import { drivenBy, ROUNDING_MS } from './driven.ts';
import type { Driven, OnRoads } from './driven.ts';
import type { Plan } from './plan.ts';
import { ferried, sailings } from './sailings.ts';
import type { Sailing } from './sailings.ts';
import { MANY } from './standing.ts';
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

/** Travellers and a place: answers for any of them at any moment of the plan. */
export class Party {
  readonly plan: Plan;
  readonly travellers: readonly Traveller[];
  readonly profiles: readonly TravelProfile[];
  readonly #names: readonly string[];
  readonly #roads = new Map<string, OnRoads>();
  readonly #driven: Driven;
  readonly #boats: readonly FreeBoat[];
  #lifts: readonly LiftTable[] | null = null;

  constructor(plan: Plan, crowd: Crowd, boats: readonly FreeBoat[]) {
    this.plan = plan;
    this.#boats = boats;
    this.travellers = crowd.travellers;
    this.profiles = crowd.profiles;
    this.#names = crowd.names;
    for (const [road, users] of crowd.users) this.#roads.set(road, this.#onRoads(road, users));
    this.#driven = drivenBy(plan, crowd, this.#roads, boats.length > 0);
  }

  #onRoads(road: string, { who, stood }: Users): OnRoads {
    const { ground, world } = this.plan;
    const standing = ground.standings.of(world.hubRoads(road).metric);
    const own = standing.put(stood);
    const { toHubs } = standing;
    const keys = new Int32Array(this.travellers.length).fill(-1);
    for (let n = 0; n < own.length; n += 1) keys[who[n] as number] = own[n] as number;
    if (own.length >= MANY) return { standing, keys, slots: keys, direct: this.plan.fromStanding(road), toHubs };
    const slots = new Int32Array(keys.length).fill(-1);
    for (let n = 0; n < own.length; n += 1) slots[who[n] as number] = n;
    return { standing, keys, slots, direct: standing.directOf(own, this.plan.roadEnd(road)), toHubs };
  }

  /** True for who gets there soonest only by road, whenever it sets off: `best` need not look at anything else. */
  isDriven(i: number): boolean {
    return this.#driven.move[i] !== -1;
  }

  /** When such a one is there that gets its order at a moment. */
  drivenArrival(i: number, at: number): number {
    return at + ((this.travellers[i] as Traveller).turnout_s + (this.#driven.road_s[i] as number)) * 1000;
  }

  drivenLength_m(i: number): number {
    const { direct, slots } = this.#roads.get(this.#drivenRoad(i)) as OnRoads;
    return direct.distance_m[slots[i] as number] as number;
  }

  #drivenRoad(i: number): string {
    const move = (this.profiles[i] as TravelProfile).moves[this.#driven.move[i] as number];
    return (move as Extract<Moving, { road: string }>).road;
  }

  /** The soonest way of a traveller that gets its order at a moment; null when there is none. */
  best(i: number, at: number): Way | null {
    if (this.isDriven(i)) {
      const start = at + (this.travellers[i] as Traveller).turnout_s * 1000;
      const [road, arrive] = [this.#drivenRoad(i), this.drivenArrival(i, at)];
      return { by: 'road', road, start, arrive, distance_m: this.drivenLength_m(i) };
    }
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
    const slot = on.slots[i] as number;
    const ways: Way[] = [];
    const road_s = on.direct.duration_s[slot] as number;
    if (road_s < Infinity) {
      const distance_m = on.direct.distance_m[slot] as number;
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
    const { least_ms } = this.plan.onward(vehicle);
    const layer = vehicle === null ? PEOPLE : VEHICLE;
    let hub = -1;
    let soonest = beat;
    let most = 0;
    for (let one = 0; one < count; one += 1) {
      const there = start + (on.toHubs.duration_s[key * count + one] as number) * 1000;
      if (there >= soonest || there + (least_ms[one] as number) > soonest + ROUNDING_MS) continue;
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
    if (on.standing.hasPier(on.keys[i] as number)) return true;
    const { ground } = this.plan;
    const standing = ground.standings.of(ground.hubRoads(ground.metric(road, NOTHING)).metric);
    const { at } = this.travellers[i] as Traveller;
    const [key] = standing.put([{ id: this.#names[i] as string, at }]);
    return standing.hasPier(key as number);
  }

  climbOf(i: number, road: string) {
    return this.#roads.get(road)?.standing.climbOf(this.#names[i] as string) ?? null;
  }
}

const NOTHING: ReadonlySet<string> = new Set();
const soonest = (ways: readonly Way[]): number => Math.min(Infinity, ...ways.map((way) => way.arrive));
