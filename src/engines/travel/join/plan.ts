import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { between } from '#world/places/geometry.ts';
import { isOpen, openIntervals } from '../conditions/windows.ts';
import { takesBoats } from '../hubs.ts';
import { profilesTo } from '../lines/profiles.ts';
import type { HubProfiles } from '../lines/profiles.ts';
import { BOATS } from '../profiles.ts';
import type { Climb, RoadMetric, RoadPoint } from '../road/roads.ts';
import { RULES, seconds } from '../rules.ts';
import type { BoatClass, SeaField, SeaWay } from '../sea/water.ts';
import { parkingPoints } from './parking.ts';
import type { Direct } from './standing.ts';
import { PEOPLE, VEHICLE } from './world.ts';
import type { World } from './world.ts';

/** The water off a place: where a boat lies, and what is left on foot. */
export interface Water {
  readonly at: LonLat;
  /** Where one steps ashore; null for a place at sea. */
  readonly shore: LonLat | null;
  /** Straight from the shore to the place; 0 for a place at sea. */
  readonly walk_m: number;
  readonly walk_s: number;
  /** Putting people ashore; 0 for a place at sea. */
  readonly landing_s: number;
}

/** What the shore by the place has. */
interface Ashore {
  /** Within half an hour's walk. */
  readonly hasPierNear: boolean;
  /** True where one can walk to the place from a pier some line calls at. */
  readonly isServed: boolean;
}

/** By launch from a pier to the water off the place. */
export interface DirectLaunch {
  readonly way: SeaWay;
  /** Until the weather lets it go, from the moment asked for. */
  readonly delay_s: number;
  readonly total_s: number;
}

/** Everything worked out once for a place, whoever goes there. Parts are made when first needed. */
export class Plan {
  readonly world: World;
  readonly to: LonLat;
  /** The moment asked for. */
  readonly at: number;
  readonly #ends = new Map<string, Climb>();
  readonly #fromHubs = new Map<string, Direct>();
  readonly #standing = new Map<string, { readonly direct: Direct; readonly moves: number }>();
  readonly #profiles = new Map<string, HubProfiles>();
  readonly #waters = new Map<string, Water | null>();
  readonly #launches = new Map<number, DirectLaunch | null>();
  #ashore: Ashore | null = null;

  constructor(world: World, to: LonLat, at: number) {
    this.world = world;
    this.to = to;
    this.at = at;
  }

  get ground(): World['ground'] {
    return this.world.ground;
  }

  /** Where roads come nearest to the place; a vehicle is left there, or as near as its roads come, and the rest is walked. */
  roadEnd(road: string): Climb {
    const known = this.#ends.get(road);
    if (known !== undefined) return known;
    const { roads } = this.ground.place;
    const { metric } = this.world.hubRoads(road);
    const points = roads.snap(this.to, metric);
    const end = roads.arrive(metric, metric.profile.mode === 'foot' ? points : this.#leaving(metric, points));
    this.#ends.set(road, end);
    return end;
  }

  #leaving(vehicle: RoadMetric, points: readonly RoadPoint[]): readonly RoadPoint[] {
    if (points.length > 0) return points.map(leftBehind);
    return parkingPoints(this.ground.place.roads, vehicle, this.world.hubRoads('foot').metric, this.roadEnd('foot'));
  }

  /** By road, and on foot straight over open ground, from each hub. */
  fromHubs(road: string): Direct {
    const known = this.#fromHubs.get(road);
    if (known !== undefined) return known;
    const { hubs } = this.ground;
    const roads = this.world.hubRoads(road);
    const direct = this.ground.fromHubs(roads, this.roadEnd(road));
    if (roads.metric.profile.mode === 'foot') {
      hubs.forEach((hub, i) => {
        const way_m = this.ground.straight_m(hub.at, this.to);
        if (seconds(way_m, RULES.cross_country_kmh) >= (direct.duration_s[i] as number)) return;
        direct.duration_s[i] = seconds(way_m, RULES.cross_country_kmh);
        direct.distance_m[i] = way_m;
      });
    }
    this.#fromHubs.set(road, direct);
    return direct;
  }

  /** By road from everyone who stands somewhere; made anew when somebody was put elsewhere since. */
  fromStanding(road: string): Direct {
    const standing = this.ground.standing(this.world.hubRoads(road).metric);
    const { moves } = standing;
    const known = this.#standing.get(road);
    if (known?.moves === moves) return known.direct;
    const direct = standing.direct(this.roadEnd(road));
    this.#standing.set(road, { direct, moves });
    return direct;
  }

  /** From every hub by lines and roads, on foot (null) or with a vehicle, as functions of time. */
  profiles(vehicle: string | null): HubProfiles {
    const key = vehicle ?? '';
    const known = this.#profiles.get(key);
    if (known !== undefined) return known;
    const network = this.world.network(vehicle);
    const layers = network.layers.length;
    const foot = this.fromHubs('foot').duration_s;
    const driving = vehicle === null ? null : this.fromHubs(vehicle).duration_s;
    const place_s = new Float64Array(this.ground.hubs.length * layers);
    for (let hub = 0; hub < this.ground.hubs.length; hub += 1) {
      place_s[hub * layers + PEOPLE] = Math.min(foot[hub] as number, this.launchFrom(hub)?.total_s ?? Infinity);
      if (driving !== null) place_s[hub * layers + VEHICLE] = driving[hub] as number;
    }
    const made = profilesTo(network, place_s);
    this.#profiles.set(key, made);
    return made;
  }

  /** The water off the place for a class of hulls; null where none can come near. */
  water(boat: BoatClass): Water | null {
    const known = this.#waters.get(boat.draught.id);
    if (known !== undefined) return known;
    const made = waterNear(this.world, this.to, boat);
    this.#waters.set(boat.draught.id, made);
    return made;
  }

  /** Ways by sea to the water off the place. */
  waterField(boat: BoatClass): SeaField | null {
    const water = this.water(boat);
    return water === null ? null : this.ground.fieldAt(boat, water.at, this.world.closedAreas);
  }

  /**
   * Straight from a pier to the water off the place by launch: for places at sea; and where no pier is within half an hour's walk, whether
   * that is closed or not, unless lines call at the land of both.
   */
  launchFrom(hub: number): DirectLaunch | null {
    const known = this.#launches.get(hub);
    if (known !== undefined) return known;
    this.#ashore ??= this.#findAshore();
    const made = this.#ashore.hasPierNear ? null : this.#launch(hub, this.#ashore);
    this.#launches.set(hub, made);
    return made;
  }

  #findAshore(): Ashore {
    const open = this.ground.hubRoads(this.ground.metric('foot', NOTHING));
    const { hubs } = this.ground;
    const { roads } = this.ground.place;
    const { duration_s } = this.ground.fromHubs(open, roads.arrive(open.metric, roads.snap(this.to, open.metric)));
    const served = this.ground.onServedLand(this.at);
    const hasPierNear = hubs.some((hub, i) => {
      const walk_s = Math.min(duration_s[i] as number, this.ground.straight_s(hub.at, this.to));
      return takesBoats(hub) && walk_s < RULES.pier_near_s;
    });
    return { hasPierNear, isServed: hubs.some((hub, i) => served.has(hub.id) && (duration_s[i] as number) < Infinity) };
  }

  #launch(hub: number, { isServed }: Ashore): DirectLaunch | null {
    const one = this.ground.hubs[hub];
    const start = this.ground.seaPoint(BOATS.launch, hub);
    const water = this.water(BOATS.launch);
    if (one === undefined || !takesBoats(one) || start === null || water === null) return null;
    if (water.landing_s > 0 && isServed && this.ground.onServedLand(this.at).has(one.id)) return null;
    const way = this.waterField(BOATS.launch)?.wayOften(start) ?? null;
    if (way === null) return null;
    const { windows, conditions, span } = this.world;
    const passage = {
      ...windows.passage('supposed-launch', one.id, one.id, [], way.duration_s),
      line: way.line,
      end: null,
    };
    const at = Math.max(this.at, span[0]);
    const first = isOpen(passage, conditions, at) ? at : openIntervals(passage, conditions, [at, span[1]])[0]?.[0];
    if (first === undefined) return null;
    const delay_s = (first - at) / 1000;
    const total_s = delay_s + RULES.launch_wait_s + one.boarding_s + way.duration_s + water.landing_s + water.walk_s;
    return { way, delay_s, total_s };
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** A vehicle is parked and the rest is walked. */
const leftBehind = (point: RoadPoint): RoadPoint => ({
  ...point,
  access_s: RULES.park_s + seconds(point.access_m, RULES.cross_country_kmh),
});

/** Where a boat can lie off a position, with not more than one shore between. */
export const waterNear = (world: World, at: LonLat, boat: BoatClass): Water | null => {
  const { land } = world.ground.place;
  const point = world.ground.waterOff(boat.draught.id, at);
  if (point === null) return null;
  const dry = land !== null && land.partAt(at) !== null;
  if (!dry)
    return {
      at: point,
      shore: null,
      walk_m: 0,
      walk_s: seconds(distance_m(at, point), boat.inshore_kmh),
      landing_s: 0,
    };
  const crossings = land.shoreCrossings(at, point);
  if (crossings.length > 1) return null;
  const shore = between(at, point, crossings[0] ?? 0);
  const walk_m = distance_m(at, shore);
  const walk_s = seconds(walk_m, RULES.cross_country_kmh) + seconds(distance_m(shore, point), boat.inshore_kmh);
  return { at: point, shore, walk_m, walk_s, landing_s: RULES.shore_landing_s };
};
