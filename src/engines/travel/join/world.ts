import { instant } from '#core/base/instant.ts';
import type { Conditions } from '../conditions/conditions.ts';
import type { Interval } from '../conditions/intervals.ts';
import { PEOPLE_AND_VEHICLES } from '../lines/layers.ts';
import { prepareLines } from '../lines/network.ts';
import type { LineNetwork, Span, Transfer } from '../lines/network.ts';
import type { Line } from '../lines/timetable.ts';
import { RULES } from '../rules.ts';
import type { Crossing, Ground, HubRoads } from './place.ts';
import { bothOpen, LineWindows, SUPPOSED_LINES, supposedLines } from './supposed.ts';

/** How far ahead a wait is looked for: at first, and where nothing sooner is certain. Weekly boats have called by then. */
export const NEAR_MS = 2 * 86_400_000;
export const FAR_MS = 8 * 86_400_000;
const HOUR_MS = 3_600_000;

const NOTHING: ReadonlySet<string> = new Set();

/** The layers of every network: on foot; with the vehicle, where there is one. */
export const PEOPLE = 0;
export const VEHICLE = 1;

/**
 * The place as it is for the questions of one hour under given conditions: what is closed, which lines run, ways between hubs.
 * Whatever leaves later than its span ends is not in it: what arrives before that is certain to be the soonest.
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
   * @param ahead_ms how far beyond the hour it reaches
   */
  constructor(ground: Ground, conditions: Conditions, from: number, closed: ReadonlySet<string>, ahead_ms: number) {
    const base = hourOf(from);
    this.ground = ground;
    this.conditions = conditions;
    this.span = [instant(base), instant(base + HOUR_MS + ahead_ms)];
    this.closed = closed;
    this.closedWays = ground.closedWays(this.closed);
    this.closedAreas = ground.closedAreas(this.closed);
    this.lines = [...ground.place.timetable.lines, ...SUPPOSED_LINES];
    this.windows = new LineWindows(ground, this.lines, conditions, this.span, (line, from, to) =>
      from === to ? [] : this.crossing(line, [from, to]).line,
    );
  }

  /** How a line sails from hub to hub. A launch goes round what is closed; what has a timetable sails as ever, or not at all. */
  crossing(line: string, calls: readonly string[]): Crossing {
    const { hubNumbers } = this.ground;
    const isSupposed = SUPPOSED_LINES.some((one) => one.id === line);
    const numbers = calls.map((hub) => hubNumbers.get(hub) ?? 0);
    return this.ground.crossing(line, numbers, isSupposed ? this.closedAreas : NOTHING);
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
    const supposed = supposedLines(ground, this.closedAreas, this.span);
    const weeks = new Map(supposed.map((one) => [one.usual, one.weeks]));
    if (vehicle !== null) transfers.push(...roadTransfers(ground, this.hubRoads(vehicle), VEHICLE), ...parking(ground));
    const made = prepareLines({
      from: this.span[0],
      hubs: ground.hubs.map((hub) => hub.id),
      layers: vehicle === null ? PEOPLE_AND_VEHICLES.slice(0, 1) : PEOPLE_AND_VEHICLES,
      lines: this.lines,
      connections: timetable.connections(...this.span).filter((one) => ground.has(one.from) && ground.has(one.to)),
      usual: [
        ...timetable.usual.filter((one) => ground.has(one.from) && ground.has(one.to)),
        ...supposed.map((one) => one.usual),
      ],
      transfers,
      isOpen: (connection) => this.windows.isOpen(connection),
      openings: (usual, back) => inWhole(bothOpen(this.windows.openings(usual, back), weeks.get(usual) ?? null)),
    });
    this.#networks.set(key, made);
    return made;
  }
}

/** In whole milliseconds, as lines reckon. */
const inWhole = (open: readonly Interval[] | null): readonly Span[] | null =>
  open?.map(([from, until]) => [instant(Math.ceil(from)), instant(Math.floor(until))] as const) ?? null;

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
