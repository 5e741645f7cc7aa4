import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { between } from '#world/places/geometry.ts';
import type { Interval } from '../conditions/intervals.ts';
import { isSteady, openIntervals } from '../conditions/windows.ts';
import type { Passage } from '../conditions/windows.ts';
import { takesBoats } from '../hubs.ts';
import type { LastLeg } from '../lines/ashore.ts';
import { profilesTo } from '../lines/profiles.ts';
import type { HubProfiles } from '../lines/profiles.ts';
import { BOATS } from '../profiles.ts';
import type { Climb, RoadMetric, RoadPoint } from '../road/roads.ts';
import { RULES, seconds } from '../rules.ts';
import type { BoatClass, SeaField, SeaWay } from '../sea/water.ts';
import { isDoor, parkingPoints } from './parking.ts';
import type { Direct } from './standing.ts';
import { bothOpen, weeksWithout } from './supposed.ts';
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
  /** Hubs from which one can walk to the place, whatever is closed. */
  readonly walkable: ReadonlySet<string>;
}

/** What is left to go from hubs at least, whenever one is there. */
export interface Onward {
  /** By number of the hub; Infinity where no way leads on. */
  readonly least_ms: Float64Array;
  /** Numbers of the hubs, those with the least first. */
  readonly order: Int32Array;
}

/** By launch from a pier to the water off the place. */
export interface DirectLaunch {
  readonly way: SeaWay;
  /** When it may leave its pier; null for always. */
  readonly open: readonly Interval[] | null;
  /** Until it leaves when it may, and from then on until one is at the place. */
  readonly wait_s: number;
  readonly onward_s: number;
  readonly passage: Passage;
}

/** Everything worked out once for a place, whoever goes there. Parts are made when first needed. */
export class Plan {
  readonly world: World;
  readonly to: LonLat;
  readonly #ends = new Map<string, Climb>();
  readonly #fromHubs = new Map<string, Direct>();
  readonly #standing = new Map<string, { readonly direct: Direct; readonly moves: number }>();
  readonly #profiles = new Map<string, HubProfiles>();
  readonly #onward = new Map<string, Onward>();
  readonly #waters = new Map<string, Water | null>();
  readonly #launches = new Map<number, DirectLaunch | null>();
  #ashore: Ashore | null = null;

  constructor(world: World, to: LonLat) {
    this.world = world;
    this.to = to;
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
    const foot = this.world.hubRoads('foot').metric;
    const end = this.ground.lastEnd(this.to, metric, foot, () => {
      const points = roads.snap(this.to, metric);
      return roads.arrive(metric, metric.profile.mode === 'foot' ? points : this.#leaving(metric, points));
    });
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
    const standing = this.ground.standings.of(this.world.hubRoads(road).metric);
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
    const last: LastLeg[] = [];
    for (let hub = 0; hub < this.ground.hubs.length; hub += 1) {
      const launch = this.launchFrom(hub);
      const always_s = launch === null || launch.open !== null ? Infinity : launch.wait_s + launch.onward_s;
      place_s[hub * layers + PEOPLE] = Math.min(foot[hub] as number, always_s);
      if (driving !== null) place_s[hub * layers + VEHICLE] = driving[hub] as number;
      if (launch !== null) last.push(...lastLegs(launch, hub * layers + PEOPLE));
    }
    const made = profilesTo(network, place_s, last);
    this.#profiles.set(key, made);
    return made;
  }

  /** What is left at least from every hub, on foot (null) or with a vehicle. */
  onward(vehicle: string | null): Onward {
    const key = vehicle ?? '';
    const known = this.#onward.get(key);
    if (known !== undefined) return known;
    const profiles = this.profiles(vehicle);
    const layer = vehicle === null ? PEOPLE : VEHICLE;
    const least_ms = Float64Array.from(this.ground.hubs, (_, hub) => profiles.least_ms(hub, layer));
    const order = Int32Array.from(least_ms.keys()).sort((a, b) => (least_ms[a] as number) - (least_ms[b] as number));
    const made = { least_ms, order };
    this.#onward.set(key, made);
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
    const isOpen = this.world.hubRoads('foot').metric === open.metric;
    const end = isOpen ? this.roadEnd('foot') : roads.arrive(open.metric, roads.snap(this.to, open.metric));
    const { duration_s } = this.ground.fromHubs(open, end);
    const hasPierNear = hubs.some((hub, i) => {
      const walk_s = Math.min(duration_s[i] as number, this.ground.straight_s(hub.at, this.to));
      return takesBoats(hub) && walk_s < RULES.pier_near_s;
    });
    const walkable = new Set(hubs.filter((_, i) => (duration_s[i] as number) < Infinity).map((hub) => hub.id));
    return { hasPierNear, walkable };
  }

  #launch(hub: number, { walkable }: Ashore): DirectLaunch | null {
    const one = this.ground.hubs[hub];
    const start = this.ground.seaPoint(BOATS.launch, hub);
    const water = this.water(BOATS.launch);
    if (one === undefined || !takesBoats(one) || start === null || water === null) return null;
    const areJoined = (served: ReadonlySet<string>): boolean =>
      water.landing_s > 0 && served.has(one.id) && walkable.values().some((id) => served.has(id));
    const weeks = weeksWithout(this.ground, this.world.span, areJoined);
    if (weeks?.length === 0) return null;
    const way = this.waterField(BOATS.launch)?.wayOften(start) ?? null;
    if (way === null) return null;
    const { windows, conditions, span } = this.world;
    const passage = {
      ...windows.passage('supposed-launch', one.id, one.id, [], way.duration_s),
      line: way.line,
      end: null,
    };
    return {
      way,
      open: bothOpen(isSteady(passage, conditions) ? null : openIntervals(passage, conditions, span), weeks),
      wait_s: RULES.launch_wait_s + one.boarding_s,
      onward_s: way.duration_s + water.landing_s + water.walk_s,
      passage,
    };
  }

  /** The launch from a hub to the water off the place, where whoever takes so long from there goes by it and not by road. */
  launchTaken(hub: number, road: string, takes_ms: number): DirectLaunch | null {
    if (takes_ms >= (this.fromHubs(road).duration_s[hub] as number) * 1000 - 1) return null;
    return this.launchFrom(hub);
  }
}

/** A launch that may leave at times only, as `profilesTo` takes it. */
const lastLegs = ({ open, wait_s, onward_s }: DirectLaunch, node: number): readonly LastLeg[] =>
  (open ?? []).map(([from, until]) => ({
    node,
    from: Math.ceil(from - wait_s * 1000),
    until: Math.floor(until - wait_s * 1000),
    cost_ms: Math.round((wait_s + onward_s) * 1000),
  }));

const NOTHING: ReadonlySet<string> = new Set();

/** A vehicle is parked and the rest is walked, but for a place it is driven up to. */
const leftBehind = (point: RoadPoint): RoadPoint =>
  isDoor(point) ? point : { ...point, access_s: RULES.park_s + seconds(point.access_m, RULES.cross_country_kmh) };

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
