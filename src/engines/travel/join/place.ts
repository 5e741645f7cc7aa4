import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import { METRES_PER_DEGREE } from '#world/places/geometry.ts';
import type { Land } from '#world/places/land.ts';
import type { Conditions, Limits } from '../conditions/conditions.ts';
import type { Passage } from '../conditions/windows.ts';
import { takesBoats } from '../hubs.ts';
import type { Hub } from '../hubs.ts';
import type { Keeper } from '../keeper.ts';
import type { Timetable } from '../lines/timetable.ts';
import { BOATS } from '../profiles.ts';
import type { TravelProfile } from '../profiles.ts';
import { ROAD_CLASSES, WAY_FLAG } from '../road/data.ts';
import type { RoadMode } from '../road/data.ts';
import type { Climb, RoadMetric, RoadPoint, RoadProfile, Roads } from '../road/roads.ts';
import { RULES, seconds } from '../rules.ts';
import type { BoatClass, Sea, SeaField } from '../sea/water.ts';
import { HubWaters } from './hub-waters.ts';
import { Standing } from './standing.ts';
import type { Direct } from './standing.ts';
import type { World } from './world.ts';

/** Ways through the air round areas nobody may fly through; null where none leads there. */
export interface Skies {
  readonly way: (
    from: LonLat,
    to: LonLat,
    closed: ReadonlySet<string>,
  ) => { readonly distance_m: number; readonly line: readonly LonLat[] } | null;
}

/** Everything travel knows of a place, whatever the day is like. Any part may be empty. */
export interface TravelPlace {
  /** Null where a place has no outline: then nobody walks off the roads, and nobody is put ashore beside a pier. */
  readonly land: Land | null;
  readonly roads: Roads;
  /** By the names `Moving.road` uses. */
  readonly roadProfiles: Readonly<Record<string, RoadProfile>>;
  /** By `DraughtClass.id`. */
  readonly seas: ReadonlyMap<string, Sea>;
  readonly skies: Skies;
  readonly timetable: Timetable;
  readonly hubs: readonly Hub[];
  readonly profiles: Readonly<Record<string, TravelProfile>>;
  readonly carriers: Readonly<Record<string, Limits>>;
  /** What bridges and other ways endure, by way id. */
  readonly ways: ReadonlyMap<string, Limits>;
  /** Where what costs time to make is kept from one start to the next. */
  readonly keeper: Keeper;
}

const WEEK_MS = 7 * 86_400_000;
const NOTHING: ReadonlySet<string> = new Set();

/** What hubs are to one way of moving on the roads, under one set of closures. */
export interface HubRoads {
  readonly metric: RoadMetric;
  readonly depart: readonly Climb[];
  readonly arrive: readonly Climb[];
  /** Row by row from hub to hub; 0 from each to itself. */
  readonly duration_s: Float64Array;
  readonly distance_m: Float64Array;
}

/** More than any room has forces. */
const MOST_WATERS = 10_000;
const MOST_STANDS = 20_000;

/** Somebody where it was asked about last. */
interface Stand {
  readonly id: string;
  readonly at: LonLat;
  readonly points: readonly RoadPoint[];
}

/** Launches and ferries that are taken to come where no line is known. */
const SUPPOSED_BOATS = [BOATS.launch, BOATS['vehicle-ferry']] as const;

/** A place with what was worked out about it and stays true: ways between hubs, fields of the sea. */
export class Ground {
  readonly place: TravelPlace;
  /** In order of their ids, as networks of lines number them. */
  readonly hubs: readonly Hub[];
  /** Numbers of the hubs where boats take people aboard. */
  readonly landings: readonly number[];
  readonly wayIds: ReadonlySet<string>;
  /** Ways that people on foot cannot use either when they are closed: bridges and ferries. */
  readonly #overWater: ReadonlySet<string>;
  readonly hubNumbers: ReadonlyMap<string, number>;
  readonly #closable: ReadonlySet<string>;
  readonly #sea: HubWaters;
  /** Weights with nothing closed, by road profile: asked for with every question, whatever is closed. */
  readonly #open = new Map<string, RoadMetric>();
  readonly #hubPoints = new Map<RoadMode, readonly (readonly RoadPoint[])[]>();
  readonly #hubRoads = new WeakMap<RoadMetric, HubRoads>();
  readonly #worlds = new WeakMap<Conditions, Map<string, World>>();
  readonly #passages = new Map<string, Passage>();
  readonly #standing = new WeakMap<RoadMetric, Standing>();
  readonly #stands = new Map<RoadMode, Map<string, Stand>>();
  readonly #waters = new Map<string, LonLat | null>();
  #served: { readonly week: number; readonly hubs: ReadonlySet<string> } | null = null;
  #servedLand: { readonly by: ReadonlySet<string>; readonly hubs: ReadonlySet<string> } | null = null;

  constructor(place: TravelPlace) {
    this.place = place;
    this.hubs = place.hubs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.landings = this.hubs.flatMap((hub, i) => (takesBoats(hub) ? [i] : []));
    const { ways } = place.roads.data;
    this.wayIds = new Set(ways.id);
    this.#overWater = new Set(ways.id.filter((_, way) => isOverWater(place.roads.data, way)));
    this.hubNumbers = new Map(this.hubs.map((hub, i) => [hub.id, i]));
    this.#closable = new Set([...place.seas.values()].flatMap((sea) => sea.closable.map(({ id }) => id)));
    this.#sea = new HubWaters(this.hubs, place.seas, place.keeper);
  }

  /**
   * Makes, a piece at a turn, all that the first questions would otherwise make: whatever does not depend on the day, on closures or the weather.
   * What costs much is with the keeper already where the place was opened before.
   */
  *ready(): Generator<void> {
    const { profiles, roadProfiles } = this.place;
    const moves = Object.values(profiles).flatMap((profile) => profile.moves);
    const boats = moves.flatMap((move) => (move.by === 'boat' ? [move.boat] : []));
    yield* this.#sea.ready(new Set([...SUPPOSED_BOATS, ...boats]));
    for (const road of Object.keys(roadProfiles)) yield void this.hubRoads(this.metric(road, NOTHING));
  }

  /** Water a boat of a draught class lies in off a position; null where there is none near. Who stands far from every pier asks with every place. */
  waterOff(draught: string, at: LonLat): LonLat | null {
    const key = `${draught} ${at[0]},${at[1]}`;
    const known = this.#waters.get(key);
    if (known !== undefined) return known;
    const water = this.place.seas.get(draught)?.join(at, RULES.straight_walk_m) ?? null;
    if (this.#waters.size >= MOST_WATERS) this.#waters.clear();
    this.#waters.set(key, water);
    return water;
  }

  /** Closed ids that bear on people on foot: along a road closed to vehicles one can still walk. */
  closedOnFoot(closed: ReadonlySet<string>): ReadonlySet<string> {
    return new Set([...closed].filter((id) => this.#overWater.has(id)));
  }

  closedWays(closed: Iterable<string>): ReadonlySet<string> {
    return new Set([...closed].filter((id) => this.wayIds.has(id)));
  }

  /** Those ids that are areas of the sea. */
  closedAreas(closed: Iterable<string>): ReadonlySet<string> {
    return new Set([...closed].filter((id) => this.#closable.has(id)));
  }

  metric(road: string, closedWays: ReadonlySet<string>): RoadMetric {
    const profile = this.place.roadProfiles[road];
    if (profile === undefined) throw new RangeError(`no road profile ${road}`);
    const closed = profile.mode === 'foot' ? this.closedOnFoot(closedWays) : closedWays;
    if (closed.size > 0) return this.place.roads.metric(profile, closed);
    const open = this.#open.get(road) ?? this.place.roads.metric(profile, NOTHING);
    this.#open.set(road, open);
    return open;
  }

  /** Where hubs join the roads, which does not depend on what is closed. */
  #hubPointsFor(metric: RoadMetric): readonly (readonly RoadPoint[])[] {
    const { mode } = metric.profile;
    const points = this.#hubPoints.get(mode) ?? this.hubs.map((hub) => this.place.roads.snap(hub.at, metric));
    this.#hubPoints.set(mode, points);
    return points;
  }

  hubRoads(metric: RoadMetric): HubRoads {
    const known = this.#hubRoads.get(metric);
    if (known !== undefined) return known;
    const { roads } = this.place;
    const points = this.#hubPointsFor(metric);
    const depart = points.map((one) => roads.depart(metric, one));
    const arrive = points.map((one) => roads.arrive(metric, one));
    const between = roads.matrix(metric, depart, arrive);
    for (let hub = 0; hub < this.hubs.length; hub += 1) {
      between.duration_s[hub * this.hubs.length + hub] = 0;
      between.distance_m[hub * this.hubs.length + hub] = 0;
    }
    const made = { metric, depart, arrive, ...between };
    this.#hubRoads.set(metric, made);
    return made;
  }

  /** By road from every hub to a place. @param end where the place joins the roads */
  fromHubs({ metric, depart }: HubRoads, end: Climb): Direct {
    return this.place.roads.matrix(metric, depart, [end]);
  }

  /** Where a class of hulls lies off a hub; null where it cannot come. */
  seaPoint(boat: BoatClass, hub: number): LonLat | null {
    return this.#sea.berth(boat, hub);
  }

  /** Ways by sea to a hub; null where the boat cannot come there. */
  fieldTo(boat: BoatClass, hub: number, closedAreas: ReadonlySet<string>): SeaField | null {
    return this.#sea.fieldTo(boat, hub, closedAreas);
  }

  /** Ways by sea to a place in the water. */
  fieldAt(boat: BoatClass, at: LonLat, closedAreas: ReadonlySet<string>): SeaField | null {
    return this.#sea.fieldAt(boat, at, closedAreas);
  }

  /** Seconds and metres by sea from every pier to one, side by side: `[2 × from]`. Infinity where there is no way. */
  seaTo(boat: BoatClass, to: number, closedAreas: ReadonlySet<string>): Float64Array {
    return this.#sea.crossingsTo(boat, to, closedAreas);
  }

  /** Worlds made under the same conditions, by what else makes them. */
  worlds(conditions: Conditions): Map<string, World> {
    const known = this.#worlds.get(conditions) ?? new Map<string, World>();
    this.#worlds.set(conditions, known);
    return known;
  }

  /** True for the id of a hub. */
  has(id: string): boolean {
    return this.hubNumbers.has(id);
  }

  /** A way with limits of its own, as weather sees it. */
  wayPassage(id: string): Passage {
    const known = this.#passages.get(id) ?? passageOf(this.place, id);
    if (this.place.ways.has(id)) this.#passages.set(id, known);
    return known;
  }

  /** Hubs where some line calls within the week around a moment. */
  served(at: number): ReadonlySet<string> {
    const week = Math.floor(at / WEEK_MS);
    if (this.#served?.week === week) return this.#served.hubs;
    const { usual, connections } = this.place.timetable;
    const hubs = new Set(usual.flatMap((one) => [one.from, one.to]));
    const from = instant(week * WEEK_MS);
    for (const one of connections(from, instant(from + 2 * WEEK_MS))) hubs.add(one.from).add(one.to);
    this.#served = { week, hubs };
    return hubs;
  }

  /** Hubs on land where some line calls: one can walk to such a pier, whether it is closed or not. */
  onServedLand(at: number): ReadonlySet<string> {
    const by = this.served(at);
    if (this.#servedLand?.by === by) return this.#servedLand.hubs;
    const { duration_s } = this.hubRoads(this.metric('foot', NOTHING));
    const count = this.hubs.length;
    const isServed = this.hubs.map((hub) => by.has(hub.id));
    const walks = (from: number): boolean =>
      isServed.some((served, to) => served && (duration_s[from * count + to] as number) < Infinity);
    const hubs = new Set(this.hubs.filter((hub, i) => by.has(hub.id) || walks(i)).map((hub) => hub.id));
    this.#servedLand = { by, hubs };
    return hubs;
  }

  /** True for a position known to be on land. */
  isDry(at: LonLat): boolean {
    const { land } = this.place;
    return land !== null && land.partAt(at) !== null;
  }

  /** Metres straight over open ground, where it is not far and no shore lies between; Infinity elsewhere. */
  straight_m(from: LonLat, to: LonLat): number {
    const { land } = this.place;
    if (land === null || Math.abs(from[1] - to[1]) * METRES_PER_DEGREE > RULES.straight_walk_m) return Infinity;
    const way_m = distance_m(from, to);
    if (way_m > RULES.straight_walk_m) return Infinity;
    if (land.partAt(from) === null || land.partAt(to) === null || land.crossesShore(from, to)) return Infinity;
    return way_m;
  }

  /** Straight between two hubs. */
  apart_m(from: number, to: number): number {
    return distance_m((this.hubs[from] as Hub).at, (this.hubs[to] as Hub).at);
  }

  straight_s(from: LonLat, to: LonLat): number {
    return seconds(this.straight_m(from, to), RULES.cross_country_kmh);
  }

  /** Where somebody joins the roads, which does not depend on what is closed. Remembered until it moves. */
  stand(id: string, at: LonLat, metric: RoadMetric): readonly RoadPoint[] {
    const { mode } = metric.profile;
    const stands = this.#stands.get(mode) ?? new Map<string, Stand>();
    this.#stands.set(mode, stands);
    const known = stands.get(id);
    if (known !== undefined && known.at[0] === at[0] && known.at[1] === at[1]) return known.points;
    const points = this.place.roads.snap(at, metric);
    if (stands.size >= MOST_STANDS) stands.clear();
    stands.set(id, { id, at, points });
    return points;
  }

  /** Who was asked about by this way of moving, and where. */
  known(metric: RoadMetric): readonly Pick<Stand, 'id' | 'at'>[] {
    return [...(this.#stands.get(metric.profile.mode)?.values() ?? [])];
  }

  standing(metric: RoadMetric): Standing {
    const known = this.#standing.get(metric);
    if (known !== undefined) return known;
    const made = new Standing(this, metric);
    this.#standing.set(metric, made);
    return made;
  }
}

const FERRY_CLASS = ROAD_CLASSES.indexOf('ferry');
const isOverWater = (data: Roads['data'], way: number): boolean =>
  ((data.ways.flags[way] as number) & WAY_FLAG.bridge) !== 0 || data.ways.class[way] === FERRY_CLASS;

const passageOf = ({ roads: { data }, ways }: TravelPlace, id: string): Passage => {
  const way = data.ways.id.indexOf(id);
  return {
    ids: [id],
    names: [data.ways.name[way] ?? { zh: id, en: id }],
    line: wayLine(data, way),
    duration_s: 0,
    limits: ways.get(id) ?? null,
    start: null,
    end: null,
  };
};

/** Ends of the edges of a way: enough to know the weather along it. */
const wayLine = (data: Roads['data'], way: number): readonly LonLat[] => {
  const line: LonLat[] = [];
  data.edge_way.forEach((one, edge) => {
    if (one !== way) return;
    for (const node of [data.edge_from[edge] as number, data.edge_to[edge] as number])
      line.push([(data.node_lon_e7[node] as number) / 1e7, (data.node_lat_e7[node] as number) / 1e7]);
  });
  return line;
};
