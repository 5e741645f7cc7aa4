import { instant } from '#core/base/instant.ts';
import type { Conditions } from '../conditions/conditions.ts';
import type { Interval } from '../conditions/intervals.ts';
import { PEOPLE_AND_VEHICLES } from '../lines/layers.ts';
import { prepareLines } from '../lines/network.ts';
import type { LineInput, LineNetwork, Span, Transfer } from '../lines/network.ts';
import type { Line, UsualLine } from '../lines/timetable.ts';
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
  #running: Running | null = null;

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
      yield* this.ground.standings.of(metric).ready();
    }
    for (const vehicle of vehiclesOf(profiles)) yield void this.network(vehicle);
  }
}

/** In whole milliseconds, as lines reckon. */
const inWhole = (open: readonly Interval[] | null): readonly Span[] | null =>
  open?.map(([from, until]) => [instant(Math.ceil(from)), instant(Math.floor(until))] as const) ?? null;

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
  const supposed = supposedLines(ground, closedAreas, span);
  const weeks = new Map(supposed.map((one) => [one.usual, one.weeks]));
  const known = [new Map<UsualLine, readonly Span[] | null>(), new Map<UsualLine, readonly Span[] | null>()] as const;
  return {
    connections: timetable.connections(...span).filter((one) => joins(one) && windows.isOpen(one)),
    isOpen: () => true,
    usual: [...timetable.usual.filter(joins), ...supposed.map((one) => one.usual)],
    openings: (usual, back) => {
      const asked = known[back ? 1 : 0];
      const openings = asked.has(usual)
        ? (asked.get(usual) ?? null)
        : inWhole(bothOpen(windows.openings(usual, back), weeks.get(usual) ?? null));
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
