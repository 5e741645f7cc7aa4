import { text } from '#core/base/text.ts';
import type { LineFeed, Service, Trip } from '#engines/travel/lines/data.ts';
import type { Change, Line } from '#engines/travel/lines/timetable.ts';
import { readCalendar } from './calendar.ts';
import { callsOf } from './calls.ts';
import { WANTED } from './fields.ts';
import { matchStops } from './hubs.ts';
import type { StopMatch } from './hubs.ts';
import type { PierSpot } from '../places/piers.ts';
import { feedError } from './problems.ts';
import { readOptional, reading, unknown } from './reading.ts';
import type { Reading } from './reading.ts';
import { readRoutes } from './routes.ts';
import type { Route } from './routes.ts';
import type { GtfsSource } from './source.ts';
import { readShapes, shapesOf } from './shapes.ts';
import type { ShapedTrip, Shapes } from './shapes.ts';
import { readStopTimes } from './stop-times.ts';
import type { StopTime, StopTimes } from './stop-times.ts';
import { readStops } from './stops.ts';
import type { Stop } from './stops.ts';
import { readTrips } from './trips.ts';
import type { TripHead, Trips } from './trips.ts';

export interface GtfsOptions {
  /** Id of the feed in the place; what is put before all its ids where several feeds share a place. */
  readonly feed: string;
  readonly prefix: string;
  /** Buses, trains and the rest too. */
  readonly all_routes: boolean;
  readonly piers: readonly PierSpot[];
  /** Farthest a stop may be from its pier. */
  readonly within_m: number;
  /** Ids of routes that take vehicles, besides those the feed says do; `all` for all. */
  readonly vehicles: ReadonlySet<string> | 'all';
  /** Carrier class of the ferries, whose limits close them; null for none. */
  readonly carrier: string | null;
  /** Of ferries; lines on land take 1 and 0. */
  readonly boarding_s: number;
  readonly unloading_s: number;
}

export interface GtfsReport {
  /** Publisher and version, as the feed says. */
  readonly source: string | null;
  readonly stops: readonly StopMatch[];
  /** First and last day anything runs on; null where no day is named. */
  readonly from: string | null;
  readonly until: string | null;
  /** Calls where one gets on or off by arrangement; they count as open. */
  readonly by_arrangement: number;
  /** Calls whose times the feed leaves out; they are reckoned by distance. */
  readonly interpolated: number;
  readonly left_out: {
    /** Routes, by type of route. */
    readonly routes: Readonly<Record<string, number>>;
    /** Trips with fewer than two calls, and trips on demand within areas. */
    readonly short_trips: readonly string[];
    readonly flexible_trips: readonly string[];
    /** Rows of transfers.txt that say nothing of the time from hub to hub. */
    readonly transfers: number;
  };
}

/**
 * Reads a GTFS feed (gtfs.org, "GTFS Schedule Reference") into lines of a place. Nothing is read twice; stop times are streamed.
 * @throws FeedError with everything that is wrong, at most twenty
 */
export const readGtfs = async (
  source: GtfsSource,
  options: GtfsOptions,
): Promise<{ readonly feed: LineFeed; readonly report: GtfsReport }> => {
  const at = reading(source);
  const routes = await readRoutes(at, options.all_routes);
  const services = await readCalendar(at);
  const trips = await readTrips(at, routes, services);
  const stops = await readStops(at);
  const times = await readStopTimes(at, trips, stops);
  const sourceName = await readInfo(at);
  at.problems.stop();

  const whole = [...times.of].filter(([id, calls]) => calls.length > 1 && !times.flexible.has(id));
  const used = new Set(whole.flatMap(([, calls]) => calls.map((call) => call.stop)));
  checkPositions(at, used, stops);
  at.problems.stop();
  const { matches, hubs } = matchStops([...used], stops, options.piers, options.within_m, options.prefix);
  const byStop = new Map(matches.map((one) => [one.stop, one]));
  const transfers = await readTransfers(at, byStop, stops);
  const shapes = await readShapes(at, new Set(whole.map(([id]) => trips.kept.get(id)?.shape ?? '')));
  const made = tripsOf(at, trips, whole, byStop, options.prefix);
  at.problems.stop();
  if (made.length === 0) throw feedError('gtfs-no-lines', { feed: source.name });
  const ran = new Set(made.map((trip) => trip.service));
  const kept = [...services.values()].filter((one) => ran.has(`${options.prefix}${one.id}`)).sort(byId);
  const feed: LineFeed = {
    id: options.feed,
    zone: routes.zone,
    hubs,
    lines: linesOf(routes.kept, made, trips, options),
    services: kept.map((one) => ({ ...one, id: `${options.prefix}${one.id}` })),
    trips: made,
    usual: [],
    changes: transfers.changes,
    shapes: shapesOf(shaped(made, trips, whole, byStop, shapes, options.prefix)),
  };
  const report: GtfsReport = {
    source: sourceName,
    stops: matches,
    ...spanOf(kept),
    ...countsOf(whole),
    left_out: { routes: routes.left_out, ...leftOut(trips, times), transfers: transfers.left_out },
  };
  return { feed, report };
};

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** A stop that trips call at must be somewhere. */
const checkPositions = (at: Reading, used: ReadonlySet<string>, stops: ReadonlyMap<string, Stop>): void => {
  for (const id of used) {
    const stop = stops.get(id);
    if (stop === undefined || stop.at !== null || (stops.get(stop.parent)?.at ?? null) !== null) continue;
    const row = { file: 'stops.txt', line: stop.line, get: (): string => '' };
    at.fields.wrong(row, `stop ${id}`, 'stop_lat', WANTED.latitude);
  }
};

const tripsOf = (
  at: Reading,
  trips: Trips,
  whole: readonly (readonly [string, readonly StopTime[]])[],
  byStop: ReadonlyMap<string, StopMatch>,
  prefix: string,
): readonly Trip[] => {
  const made: Trip[] = [];
  for (const [id, rows] of whole) {
    const head = trips.kept.get(id) as TripHead;
    const calls = callsOf(at, id, rows, (stop) => byStop.get(stop) as StopMatch);
    if (calls === null) continue;
    made.push({
      id: `${prefix}${id}`,
      line: `${prefix}${head.route}`,
      service: `${prefix}${head.service}`,
      calls,
      departures_s: [],
      frequencies: head.frequencies,
    });
  }
  return made.sort(byId);
};

/** The trips that have a shape, each with the stops it calls at. */
const shaped = (
  made: readonly Trip[],
  trips: Trips,
  whole: readonly (readonly [string, readonly StopTime[]])[],
  byStop: ReadonlyMap<string, StopMatch>,
  shapes: Shapes,
  prefix: string,
): readonly ShapedTrip[] => {
  const rows = new Map(whole);
  return made.flatMap((trip) => {
    const id = trip.id.slice(prefix.length);
    const shape = shapes.get(trips.kept.get(id)?.shape ?? '');
    const calls = (rows.get(id) ?? []).map((row) => (byStop.get(row.stop) as StopMatch).at);
    return shape === undefined ? [] : [{ trip, shape, calls }];
  });
};

/** A line takes vehicles where its type of route, all its trips that say anything, or whoever imports it says so. */
const linesOf = (
  routes: ReadonlyMap<string, Route>,
  made: readonly Trip[],
  trips: Trips,
  { prefix, vehicles, carrier, boarding_s, unloading_s }: GtfsOptions,
): readonly Line[] => {
  const used = new Set(made.map((trip) => trip.line));
  const said = new Map<string, boolean>();
  for (const { route, cars } of trips.kept.values())
    if (cars !== null) said.set(route, cars && said.get(route) !== false);
  return [...routes.values()]
    .filter((route) => used.has(`${prefix}${route.id}`))
    .map((route): Line => {
      const cars = vehicles === 'all' || vehicles.has(route.id) || (said.get(route.id) ?? route.carries_cars);
      return {
        id: `${prefix}${route.id}`,
        name: text(route.name, route.name),
        takes: cars && route.is_ferry ? 'people and vehicles' : 'people',
        carrier: route.is_ferry ? carrier : null,
        boarding_s: route.is_ferry ? boarding_s : 1,
        unloading_s: route.is_ferry ? unloading_s : 0,
      };
    })
    .sort(byId);
};

/** Times from stop to stop that the operator states (type 2), between different hubs. */
const readTransfers = async (
  at: Reading,
  byStop: ReadonlyMap<string, StopMatch>,
  stops: ReadonlyMap<string, Stop>,
): Promise<{ readonly changes: readonly Change[]; readonly left_out: number }> => {
  const changes = new Map<string, Change>();
  let left_out = 0;
  await readOptional(at, 'transfers.txt', ['from_stop_id', 'to_stop_id', 'transfer_type'], (row) => {
    for (const column of ['from_stop_id', 'to_stop_id'])
      if (row.get(column) !== '' && !stops.has(row.get(column))) unknown(at, row, column, 'stops.txt');
    const from = byStop.get(row.get('from_stop_id'))?.hub;
    const to = byStop.get(row.get('to_stop_id'))?.hub;
    const isTimed = row.get('transfer_type') === '2' && row.get('min_transfer_time') !== '';
    if (from === undefined || to === undefined || from === to || !isTimed) {
      left_out += 1;
      return;
    }
    const duration_s = at.fields.whole(row, `${from} → ${to}`, 'min_transfer_time', 0, null);
    const key = JSON.stringify([from, to]);
    if (duration_s < (changes.get(key)?.duration_s ?? Infinity)) changes.set(key, { from, to, duration_s });
  });
  return { changes: [...changes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one), left_out };
};

const readInfo = async (at: Reading): Promise<string | null> => {
  let found: string | null = null;
  await readOptional(at, 'feed_info.txt', [], (row) => {
    const parts = [row.get('feed_publisher_name'), row.get('feed_version')].filter((part) => part !== '');
    found ??= parts.length === 0 ? null : parts.join(' ');
  });
  return found;
};

const spanOf = (services: readonly Service[]): Pick<GtfsReport, 'from' | 'until'> => {
  const days = services.flatMap((one) => [one.from, one.until, ...one.added]).filter((one) => one !== null);
  days.sort();
  return { from: days[0] ?? null, until: days.at(-1) ?? null };
};

const countsOf = (
  whole: readonly (readonly [string, readonly StopTime[]])[],
): Pick<GtfsReport, 'by_arrangement' | 'interpolated'> => {
  const calls = whole.flatMap(([, rows]) => rows);
  return {
    by_arrangement: calls.filter((call) => call.pickup > 1 || call.drop_off > 1).length,
    interpolated: calls.filter((call) => call.arrive_s === null && call.depart_s === null).length,
  };
};

const leftOut = (trips: Trips, times: StopTimes): Pick<GtfsReport['left_out'], 'short_trips' | 'flexible_trips'> => {
  const short = [...trips.kept.keys()].filter((id) => !times.flexible.has(id) && (times.of.get(id)?.length ?? 0) < 2);
  return { short_trips: short.sort(), flexible_trips: [...times.flexible].sort() };
};
