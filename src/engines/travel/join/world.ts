import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import { instant } from '#core/base/instant.ts';
import type { Closure, Conditions } from '../conditions/conditions.ts';
import { outside } from '../conditions/intervals.ts';
import { openIntervals } from '../conditions/windows.ts';
import type { Passage } from '../conditions/windows.ts';
import { PEOPLE_AND_VEHICLES } from '../lines/layers.ts';
import { prepareLines } from '../lines/network.ts';
import type { LineNetwork, Span, Transfer } from '../lines/network.ts';
import type { Line } from '../lines/timetable.ts';
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
    const { timetable } = ground.place;
    const transfers = roadTransfers(ground, this.hubRoads('foot'), PEOPLE);
    for (const one of timetable.changes) transfers.push({ ...one, from_layer: PEOPLE, to_layer: PEOPLE });
    if (vehicle !== null) transfers.push(...roadTransfers(ground, this.hubRoads(vehicle), VEHICLE), ...parking(ground));
    const made = prepareLines({
      from: this.span[0],
      hubs: ground.hubs.map((hub) => hub.id),
      layers: vehicle === null ? PEOPLE_AND_VEHICLES.slice(0, 1) : PEOPLE_AND_VEHICLES,
      lines: this.lines,
      connections: timetable.connections(...this.span).filter((one) => ground.has(one.from) && ground.has(one.to)),
      usual: [
        ...timetable.usual.filter((one) => ground.has(one.from) && ground.has(one.to)),
        ...supposedLines(ground, this.closedAreas, this.span[0]),
      ],
      transfers,
      isOpen: (connection) => this.windows.isOpen(connection),
      openings: (usual, back) => this.windows.openings(usual, back),
    });
    this.#networks.set(key, made);
    return made;
  }
}

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
    if (openIntervals(wayPassage(ground, way), conditions, [at, at]).length === 0) closed.add(way);
  return closed;
};

/** A way with limits of its own, as weather sees it. */
export const wayPassage = (ground: Ground, id: string): Passage => ({
  ids: [id],
  names: [ground.wayName(id)],
  line: wayLine(ground, id),
  duration_s: 0,
  limits: ground.place.ways.get(id) ?? null,
  start: null,
  end: null,
});

/** Ends of the edges of a way: enough to know the weather along it. */
const wayLine = (ground: Ground, id: string): readonly LonLat[] => {
  const { data } = ground.place.roads;
  const way = data.ways.id.indexOf(id);
  const line: LonLat[] = [];
  data.edge_way.forEach((one, edge) => {
    if (one !== way) return;
    for (const node of [data.edge_from[edge] as number, data.edge_to[edge] as number])
      line.push([(data.node_lon_e7[node] as number) / 1e7, (data.node_lat_e7[node] as number) / 1e7]);
  });
  return line;
};

/** Moments after `at` and within the horizon when a way or area closed now is open again, in order. */
export const reopenings = (ground: Ground, conditions: Conditions, at: number): readonly Instant[] => {
  const moments = new Set<number>();
  const last = at + HORIZON_MS;
  for (const { what, from, until } of conditions.closures)
    if (from <= at && until !== null && until > at && until <= last && !ground.has(what)) moments.add(until);
  for (const way of conditions.areas.length === 0 ? [] : ground.place.ways.keys()) {
    const open = openIntervals(wayPassage(ground, way), conditions, [at, last]);
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
