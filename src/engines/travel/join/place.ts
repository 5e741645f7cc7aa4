import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { Ring } from '#world/places/geometry.ts';
import type { Land } from '#world/places/land.ts';
import type { Conditions, Limits } from '../conditions/conditions.ts';
import { takesBoats } from '../hubs.ts';
import type { Hub } from '../hubs.ts';
import type { Keeper } from '../keeper.ts';
import type { Timetable } from '../lines/timetable.ts';
import { BOATS } from '../profiles.ts';
import type { TravelProfile } from '../profiles.ts';
import type { RoadMode } from '../road/data.ts';
import type { Climb, RoadMetric, RoadPoint, RoadProfile, Roads } from '../road/roads.ts';
import { RULES, seconds } from '../rules.ts';
import type { BoatClass, Sea, SeaField, SeaWay } from '../sea/water.ts';
import type { Traveller } from '../spi.ts';
import { Crowd } from './crowd.ts';
import { lineLength_m } from './legs.ts';
import { HubWaters } from './hub-waters.ts';
import { isWithin, ROUNDING_M } from './near.ts';
import { servedIn, servedLand, WEEK_MS } from './served.ts';
import { MANY } from './standing.ts';
import type { Direct } from './standing.ts';
import { Standings } from './standings.ts';
import { Unmapped } from './unmapped.ts';
import { isOverWater, linesOfWays } from './ways.ts';
import type { World } from './world.ts';

/** Ways through the air round areas nobody may fly through; null where none leads there. */
export interface Skies {
  readonly way: (
    from: LonLat,
    to: LonLat,
    closed: ReadonlySet<string>,
  ) => { readonly distance_m: number; readonly line: readonly LonLat[] } | null;
}

/** An area that can be closed to boats or to aircraft. */
export interface ClosableArea {
  readonly id: string;
  readonly name: Text;
  readonly of: 'sea' | 'air';
  /** Closed for good, and not only while a closure names it. */
  readonly always: boolean;
  readonly rings: readonly Ring[];
}

/** Everything travel knows of a place, whatever the day is like. Any part may be empty. */
export interface TravelPlace {
  /** Null where a place has no outline: then nobody walks far off the roads, and nobody is put ashore beside a pier. */
  readonly land: Land | null;
  readonly roads: Roads;
  /** By the names `Moving.road` uses. */
  readonly roadProfiles: Readonly<Record<string, RoadProfile>>;
  /** By `DraughtClass.id`. */
  readonly seas: ReadonlyMap<string, Sea>;
  readonly skies: Skies;
  /** What `seas` and `skies` go round, by name. */
  readonly areas: readonly ClosableArea[];
  readonly timetable: Timetable;
  readonly hubs: readonly Hub[];
  readonly profiles: Readonly<Record<string, TravelProfile>>;
  readonly carriers: Readonly<Record<string, Limits>>;
  /** What bridges and other ways endure, by way id. */
  readonly ways: ReadonlyMap<string, Limits>;
  /** Where what costs time to make is kept from one start to the next. */
  readonly keeper: Keeper;
}

/** Weeks of which it is kept who is served. */
const WEEKS = 12;
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

/** Where somebody was last, and the roads it joins there. */
interface Joined {
  readonly at: LonLat;
  readonly points: readonly RoadPoint[];
}

/** How a line sails between hubs, the first and the last included. */
export interface Crossing {
  readonly line: readonly LonLat[];
  readonly length_m: number;
}
const CROSSINGS = 5000;

/** More than any room has forces. */
const MOST_WATERS = 10_000;
const MOST_JOINED = 20_000;

/** Launches and ferries that are taken to come where no line is known. */
const SUPPOSED_BOATS = [BOATS.launch, BOATS['vehicle-ferry']] as const;

/** A place with what was worked out about it and stays true: ways between hubs, fields of the sea. */
export class Ground {
  readonly place: TravelPlace;
  /** In order of their ids, as networks of lines number them. */
  readonly hubs: readonly Hub[];
  /** Numbers of the hubs where boats take people aboard. */
  readonly landings: readonly number[];
  /** Places in the road data. */
  readonly wayNumbers: ReadonlyMap<string, number>;
  /** Ways that people on foot cannot use either when they are closed: bridges and ferries. */
  readonly #overWater: ReadonlySet<string>;
  readonly hubNumbers: ReadonlyMap<string, number>;
  readonly #seaAreas: ReadonlySet<string>;
  #wayLines: ReadonlyMap<string, readonly LonLat[]> | null = null;
  readonly #sea: HubWaters;
  /** Weights with nothing closed, by road profile: asked for with every question, whatever is closed. */
  readonly #open = new Map<string, RoadMetric>();
  readonly #hubPoints = new Map<RoadMode, readonly (readonly RoadPoint[])[]>();
  readonly #hubRoads = new WeakMap<RoadMetric, HubRoads>();
  readonly #worlds = new WeakMap<Conditions, Map<string, World>>();
  readonly standings = new Standings(this);
  readonly #unmapped = new Unmapped((at) => this.place.roads.snap(at, this.metric('foot', NOTHING)));
  readonly #joined = new Map<RoadMode, Map<string, Joined>>();
  readonly #ends = new WeakMap<RoadMetric, { readonly to: LonLat; readonly foot: RoadMetric; readonly end: Climb }>();
  readonly #crowds = new WeakMap<readonly Traveller[], Crowd>();
  readonly #waters = new Map<string, LonLat | null>();
  readonly #crossings = new Map<string, Crossing>();
  readonly #shapes: ReadonlyMap<string, readonly LonLat[]>;
  readonly #servedLand = new Map<number, ReadonlySet<string>>();

  constructor(place: TravelPlace) {
    this.place = place;
    this.hubs = place.hubs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.landings = this.hubs.flatMap((hub, i) => (takesBoats(hub) ? [i] : []));
    const { ways } = place.roads.data;
    this.wayNumbers = new Map(ways.id.map((id, way) => [id, way]));
    this.#seaAreas = new Set(place.areas.filter((area) => area.of === 'sea').map((area) => area.id));
    this.#overWater = new Set(ways.id.filter((_, way) => isOverWater(place.roads.data, way)));
    this.#shapes = new Map(place.timetable.shapes.map((one) => [`${one.line}|${one.from}|${one.to}`, one.path]));
    this.hubNumbers = new Map(this.hubs.map((hub, i) => [hub.id, i]));
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

  /** Over ground, with the strongest current there is behind it. */
  fastest_kmh(boat: BoatClass): number {
    return boat.speed_kmh + (this.place.seas.get(boat.draught.id)?.current_ms ?? 0) * 3.6;
  }

  /** Closed ids that bear on people on foot: along a road closed to vehicles one can still walk. */
  closedOnFoot(closed: ReadonlySet<string>): ReadonlySet<string> {
    return new Set([...closed].filter((id) => this.#overWater.has(id)));
  }

  closedWays(closed: Iterable<string>): ReadonlySet<string> {
    return new Set([...closed].filter((id) => this.wayNumbers.has(id)));
  }

  /** Areas of the sea among closed ids. */
  closedAreas(closed: Iterable<string>): ReadonlySet<string> {
    return new Set([...closed].filter((id) => this.#seaAreas.has(id)));
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

  /** Ways by sea from where a boat lies. */
  fieldFrom(boat: BoatClass, at: LonLat, closedAreas: ReadonlySet<string>): SeaField | null {
    return this.#sea.fieldFrom(boat, at, closedAreas);
  }

  /** Seconds and metres by sea from every pier to one, side by side: `[2 × from]`. Infinity where there is no way. */
  seaTo(boat: BoatClass, to: number, closedAreas: ReadonlySet<string>): Float64Array {
    return this.#sea.crossingsTo(boat, to, closedAreas);
  }

  /**
   * How a line goes from hub to hub to hub: as it is known to; else round the land where the waters are known, straight where they are not.
   * @param closedAreas what it goes round besides
   */
  crossing(line: string, calls: readonly number[], closedAreas: ReadonlySet<string>): Crossing {
    const key = `${line}|${calls.join(' ')}|${[...closedAreas].toSorted().join(',')}`;
    const known = this.#crossings.get(key);
    if (known !== undefined) return known;
    const at = (hub: number | undefined): readonly LonLat[] =>
      this.hubs.slice(hub, (hub ?? 0) + 1).map((one) => one.at);
    const between = calls.slice(1).map((to, i) => {
      const from = calls[i] as number;
      return this.#shape(line, from, to) ?? this.#sailed(from, to, closedAreas)?.line ?? [...at(from), ...at(to)];
    });
    const whole = [...at(calls[0]), ...between.flat(), ...at(calls.at(-1))];
    const made = { line: whole, length_m: lineLength_m(whole) };
    if (this.#crossings.size >= CROSSINGS) this.#crossings.clear();
    this.#crossings.set(key, made);
    return made;
  }

  #shape(line: string, from: number, to: number): readonly LonLat[] | null {
    const [start, end] = [this.hubs[from]?.id, this.hubs[to]?.id];
    const there = this.#shapes.get(`${line}|${start}|${end}`);
    return there ?? this.#shapes.get(`${line}|${end}|${start}`)?.toReversed() ?? null;
  }

  /** By the hull of a launch; by a smaller one where that cannot come. */
  #sailed(from: number, to: number, closedAreas: ReadonlySet<string>): SeaWay | null {
    for (const boat of [BOATS.launch, BOATS.rib]) {
      const start = this.seaPoint(boat, from);
      const way = start === null ? null : (this.fieldTo(boat, to, closedAreas)?.way(start) ?? null);
      if (way !== null) return way;
    }
    return null;
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

  wayName(id: string): Text {
    const { ways } = this.place.roads.data;
    return ways.name[this.wayNumbers.get(id) ?? -1] ?? { zh: id, en: id };
  }

  /** Ends of the edges of a way with limits: enough to know the weather along it. */
  wayLine(id: string): readonly LonLat[] {
    this.#wayLines ??= linesOfWays(this.place.roads.data, [...this.place.ways.keys()], this.wayNumbers);
    return this.#wayLines.get(id) ?? [];
  }

  /** Hubs on land where some line calls: one can walk to such a pier, whether it is closed or not. */
  onServedLand(at: number): ReadonlySet<string> {
    const week = Math.floor(at / WEEK_MS);
    const known = this.#servedLand.get(week);
    if (known !== undefined) return known;
    const { duration_s } = this.hubRoads(this.metric('foot', NOTHING));
    const hubs = servedLand(this.hubs, duration_s, servedIn(this.place.timetable, week));
    if (this.#servedLand.size >= WEEKS) this.#servedLand.clear();
    this.#servedLand.set(week, hubs);
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
    if (!isWithin(from, to, RULES.straight_walk_m)) return Infinity;
    if (land === null) return this.#unmapped.straight_m(from, to);
    if (land.partAt(from) === null || land.partAt(to) === null || land.crossesShore(from, to)) return Infinity;
    return distance_m(from, to);
  }

  /** Straight between two hubs. */
  apart_m(from: number, to: number): number {
    return distance_m((this.hubs[from] as Hub).at, (this.hubs[to] as Hub).at);
  }

  straight_s(from: LonLat, to: LonLat): number {
    return seconds(this.straight_m(from, to), RULES.cross_country_kmh);
  }

  /** False where `straight_s` is more than that, whatever lies between. */
  mayBeStraight(from: LonLat, to: LonLat, within_s: number): boolean {
    const within_m = (within_s * RULES.cross_country_kmh) / 3.6 + ROUNDING_M;
    return isWithin(from, to, Math.min(within_m, RULES.straight_walk_m));
  }

  /**
   * Where the roads of a metric come nearest to a place, going on by foot: made, unless this was the last place asked about. Who does not
   * get there is asked about again right after, in another world.
   */
  lastEnd(to: LonLat, metric: RoadMetric, foot: RoadMetric, make: () => Climb): Climb {
    const last = this.#ends.get(metric);
    if (last?.to[0] === to[0] && last.to[1] === to[1] && last.foot === foot) return last.end;
    const end = make();
    this.#ends.set(metric, { to, foot, end });
    return end;
  }

  /**
   * Where somebody joins the roads a metric's mode may use. What is closed makes no difference, so it is found once for all sets of closures
   * until it moves.
   */
  joins(id: string, at: LonLat, metric: RoadMetric): readonly RoadPoint[] {
    const { mode } = metric.profile;
    const joined = this.#joined.get(mode) ?? new Map<string, Joined>();
    this.#joined.set(mode, joined);
    const known = joined.get(id);
    if (known?.at[0] === at[0] && known.at[1] === at[1]) return known.points;
    const points = this.place.roads.snap(at, metric);
    if (joined.size >= MOST_JOINED) joined.clear();
    joined.set(id, { at, points });
    return points;
  }

  /** The same list of many gives the same crowd. @throws UnknownProfile */
  crowd(travellers: readonly Traveller[]): Crowd {
    const known = this.#crowds.get(travellers);
    if (known !== undefined) return known;
    const made = new Crowd(this.place.profiles, travellers);
    if (travellers.length >= MANY) this.#crowds.set(travellers, made);
    return made;
  }

  /** Who was asked about by this way of moving, and where. */
  known(metric: RoadMetric): readonly { readonly id: string; readonly at: LonLat }[] {
    return [...(this.#joined.get(metric.profile.mode) ?? [])].map(([id, { at }]) => ({ id, at }));
  }
}
