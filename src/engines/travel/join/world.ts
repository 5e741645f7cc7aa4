import type { Instant } from '#core/base/instant.ts';
import { instant } from '#core/base/instant.ts';
import type { Closure, Conditions } from '../conditions/conditions.ts';
import { outside } from '../conditions/intervals.ts';
import { openIntervals } from '../conditions/windows.ts';
import { PEOPLE_AND_VEHICLES } from '../lines/layers.ts';
import { prepareLines } from '../lines/network.ts';
import type { LineInput, LineNetwork, Span, Transfer } from '../lines/network.ts';
import type { Line, UsualLine } from '../lines/timetable.ts';
import { RULES } from '../rules.ts';
import type { WhatIf } from '../spi.ts';
import type { Ground, HubRoads } from './place.ts';
import { LineWindows, SUPPOSED_LINES, supposedLines } from './supposed.ts';

/** How far ahead a wait is looked for. */
export const HORIZON_MS = 2 * 86_400_000;
const HOUR_MS = 3_600_000;

/** The layers of every network: on foot; with the vehicle, where there is one. */
export const PEOPLE = 0;
export const VEHICLE = 1;

/**
 * The place as it is for the questions of one hour under given conditions: what is closed, which lines run, ways between hubs.
 * It reaches two days beyond the hour: outer islands have a boat a day, and a change on the way.
 */
export class World {
  readonly ground: Ground;
  readonly conditions: Conditions;
  readonly span: Span;
  readonly closed: ReadonlySet<string>;
  readonly closedWays: ReadonlySet<string>;
  readonly closedAreas: ReadonlySet<string>;
  readonly lines: readonly Line[];
  readonly windows: LineWindows;
  readonly #networks = new Map<string, LineNetwork>();
  readonly #hubRoads = new Map<string, HubRoads>();
  #running: Running | null = null;

  /**
   * @param from the first moment asked about
   * @param closed what is closed of ways and areas (`closedAt`)
   */
  constructor(ground: Ground, conditions: Conditions, from: number, closed: ReadonlySet<string>) {
    const base = hourOf(from);
    this.ground = ground;
    this.conditions = conditions;
    this.span = [instant(base), instant(base + HOUR_MS + HORIZON_MS)];
    this.closed = closed;
    this.closedWays = ground.closedWays(this.closed);
    this.closedAreas = ground.closedAreas(this.closed);
    this.lines = [...ground.place.timetable.lines, ...SUPPOSED_LINES];
    this.windows = new LineWindows(ground, this.lines, conditions, this.span);
  }

  hubRoads(road: string): HubRoads {
    const known = this.#hubRoads.get(road);
    if (known !== undefined) return known;
    const made = this.ground.hubRoads(this.ground.metric(road, this.closedWays));
    this.#hubRoads.set(road, made);
    return made;
  }

  /**
   * Hubs joined by roads and lines for who goes on foot (null), or has a vehicle and may leave it at a hub.
   * Hubs of the network are in order of their ids; `PEOPLE` and `VEHICLE` are its layers.
   */
  network(vehicle: string | null): LineNetwork {
    const key = vehicle ?? '';
    const known = this.#networks.get(key);
    if (known !== undefined) return known;
    const { ground } = this;
    const running = (this.#running ??= runningIn(this));
    const transfers = roadTransfers(ground, this.hubRoads('foot'), PEOPLE);
    for (const one of ground.place.timetable.changes) transfers.push({ ...one, from_layer: PEOPLE, to_layer: PEOPLE });
    if (vehicle !== null) transfers.push(...roadTransfers(ground, this.hubRoads(vehicle), VEHICLE), ...parking(ground));
    const made = prepareLines({
      from: this.span[0],
      hubs: ground.hubs.map((hub) => hub.id),
      layers: vehicle === null ? PEOPLE_AND_VEHICLES.slice(0, 1) : PEOPLE_AND_VEHICLES,
      lines: this.lines,
      ...running,
      transfers,
    });
    this.#networks.set(key, made);
    return made;
  }

  /** Makes, a piece at a turn, what questions of any traveller would otherwise make. */
  *ready(): Generator<void> {
    const { roadProfiles, profiles } = this.ground.place;
    for (const road of Object.keys(roadProfiles)) {
      const { metric } = this.hubRoads(road);
      yield;
      yield* this.ground.standing(metric).ready();
    }
    for (const vehicle of vehiclesOf(profiles)) yield void this.network(vehicle);
  }
}

/** What networks are made for: on foot (null), and each sort of vehicle. */
const vehiclesOf = (profiles: Ground['place']['profiles']): ReadonlySet<string | null> => {
  const moves = Object.values(profiles).flatMap((profile) => profile.moves);
  return new Set([null, ...moves.flatMap((move) => (move.by === 'vehicle' ? [move.road] : []))]);
};

/** Lines as they run under the conditions, whoever takes them. */
type Running = Pick<LineInput, 'connections' | 'usual' | 'isOpen' | 'openings'>;

const runningIn = ({ ground, windows, span, closedAreas }: World): Running => {
  const { timetable } = ground.place;
  const joins = (one: { readonly from: string; readonly to: string }): boolean =>
    ground.has(one.from) && ground.has(one.to);
  const known = [new Map<UsualLine, readonly Span[] | null>(), new Map<UsualLine, readonly Span[] | null>()] as const;
  return {
    connections: timetable.connections(...span).filter((one) => joins(one) && windows.isOpen(one)),
    isOpen: () => true,
    usual: [...timetable.usual.filter(joins), ...supposedLines(ground, closedAreas, span[0])],
    openings: (usual, back) => {
      const asked = known[back ? 1 : 0];
      const openings = asked.has(usual) ? (asked.get(usual) ?? null) : windows.openings(usual, back);
      asked.set(usual, openings);
      return openings;
    },
  };
};

const roadTransfers = (ground: Ground, roads: HubRoads, layer: number): Transfer[] => {
  const { hubs } = ground;
  const transfers: Transfer[] = [];
  hubs.forEach((from, i) => {
    hubs.forEach((to, j) => {
      const duration_s = roads.duration_s[i * hubs.length + j] as number;
      if (i !== j && duration_s < Infinity)
        transfers.push({ from: from.id, from_layer: layer, to: to.id, to_layer: layer, duration_s });
    });
  });
  return transfers;
};

/** A vehicle may be left at any hub. */
const parking = (ground: Ground): readonly Transfer[] =>
  ground.hubs.map((hub) => ({
    from: hub.id,
    from_layer: VEHICLE,
    to: hub.id,
    to_layer: PEOPLE,
    duration_s: RULES.park_s,
  }));

/** The beginning of the hour a moment lies in. */
export const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;

/** Ids closed at a moment, by somebody or by what they endure. */
export const closedAt = (ground: Ground, conditions: Conditions, at: number): ReadonlySet<string> => {
  const closed = new Set(
    conditions.closures
      .filter((one) => one.from <= at && (one.until === null || one.until > at))
      .map((one) => one.what),
  );
  if (conditions.areas.length === 0) return closed;
  for (const way of ground.place.ways.keys())
    if (openIntervals(ground.wayPassage(way), conditions, [at, at]).length === 0) closed.add(way);
  return closed;
};

/** Moments after `at` and within the horizon when a way or area closed now is open again, in order. */
export const reopenings = (ground: Ground, conditions: Conditions, at: number): readonly Instant[] => {
  const moments = new Set<number>();
  const last = at + HORIZON_MS;
  for (const { what, from, until } of conditions.closures)
    if (from <= at && until !== null && until > at && until <= last && !ground.has(what)) moments.add(until);
  for (const way of conditions.areas.length === 0 ? [] : ground.place.ways.keys()) {
    const open = openIntervals(ground.wayPassage(way), conditions, [at, last]);
    for (const [, until] of outside(open, [at, last])) if (until < last) moments.add(until + 1);
  }
  return [...moments].toSorted((a, b) => a - b).map((one) => instant(Math.ceil(one)));
};

/** What is closed besides, or opened, for a question. */
export const supposing = (conditions: Conditions, whatIf: WhatIf | undefined): Conditions => {
  if (whatIf === undefined || whatIf.close.length + whatIf.open.length === 0) return conditions;
  const added = whatIf.close.map((what): Closure => ({ what, from: instant(0), until: null, why: null }));
  return {
    ...conditions,
    closures: [...conditions.closures.filter((one) => !whatIf.open.includes(one.what)), ...added],
  };
};
