import type { Instant } from '#core/base/instant.ts';
import type { LineData, LineFeed, Trip } from './data.ts';
import { DAY_MS, dayText, localDayNumber, runningDays, runsOn, serviceStart } from './days.ts';
import type { RunningDays, ZoneOffset } from './days.ts';
import { compareConnections } from './timetable.ts';
import type { Connection, Timetable } from './timetable.ts';

/** Service days whose connections are remembered, per feed. */
const DAYS_KEPT = 8;

/** When a trip leaves on a day: seconds its calls are later than written, and whether that is its rhythm only. */
interface Start {
  readonly shift_s: number;
  readonly exact: boolean;
  /** What tells this run of the day from the others of the trip. */
  readonly suffix: string;
}

interface FeedTrip {
  readonly trip: Trip;
  readonly days: RunningDays;
  readonly starts: readonly Start[];
}

interface Feed {
  readonly offset_min: ZoneOffset;
  readonly trips: readonly FeedTrip[];
  /** No departure of a service day is earlier or later than this after its start. */
  readonly first_s: number;
  readonly last_s: number;
  readonly known: Map<number, readonly Connection[]>;
}

/**
 * The timetable of a place.
 * @param zone gives the clock of an IANA zone; it may throw for one there is not
 */
export const createTimetable = (data: LineData, zone: (name: string) => ZoneOffset): Timetable => {
  const feeds = data.feeds.map((feed) => feedOf(feed, zone(feed.zone)));
  const byId = <T extends { readonly id: string }>(a: T, b: T): number => compare(a.id, b.id);
  const byEnds = (a: Ends, b: Ends): number => compare(a.from, b.from) || compare(a.to, b.to);
  return {
    lines: data.feeds.flatMap((feed) => feed.lines).sort(byId),
    hubs: data.feeds.flatMap((feed) => feed.hubs).sort(byId),
    usual: data.feeds
      .flatMap((feed) => feed.usual)
      .sort((a, b) => compare(a.line, b.line) || byEnds(a, b) || a.wait_s - b.wait_s || a.crossing_s - b.crossing_s),
    changes: data.feeds.flatMap((feed) => feed.changes).sort((a, b) => byEnds(a, b) || a.duration_s - b.duration_s),
    shapes: data.feeds.flatMap((feed) => feed.shapes).sort((a, b) => compare(a.line, b.line) || byEnds(a, b)),
    connections: (from, until) => feeds.flatMap((feed) => connectionsOf(feed, from, until)).sort(compareConnections),
  };
};

interface Ends {
  readonly from: string;
  readonly to: string;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const feedOf = (feed: LineFeed, offset_min: ZoneOffset): Feed => {
  const services = new Map(feed.services.map((service) => [service.id, runningDays(service)]));
  const trips: FeedTrip[] = [];
  let [first_s, last_s] = [Infinity, -Infinity];
  for (const trip of feed.trips) {
    const days = services.get(trip.service);
    if (days === undefined) throw new RangeError(`trip ${trip.id} has no service ${trip.service}`);
    const starts = startsOf(trip);
    trips.push({ trip, days, starts });
    const [head, tail] = [trip.calls[0]?.depart_s ?? 0, trip.calls.at(-1)?.arrive_s ?? 0];
    for (const { shift_s } of starts) {
      first_s = Math.min(first_s, head + shift_s);
      last_s = Math.max(last_s, tail + shift_s);
    }
  }
  return { offset_min, trips, first_s, last_s, known: new Map() };
};

/** The runs of one trip on a day it runs, in order. */
const startsOf = (trip: Trip): readonly Start[] => {
  if (trip.departures_s.length === 0 && trip.frequencies.length === 0) return [{ shift_s: 0, exact: true, suffix: '' }];
  const head_s = trip.calls[0]?.depart_s ?? 0;
  const starts = new Map<number, Start>();
  const add = (depart_s: number, exact: boolean): void => {
    // The same departure twice is one; one at an exact time is the better known.
    if (starts.get(depart_s)?.exact !== true)
      starts.set(depart_s, { shift_s: depart_s - head_s, exact, suffix: `/${depart_s}` });
  };
  for (const depart_s of trip.departures_s) add(depart_s, true);
  for (const { from_s, until_s, every_s, exact } of trip.frequencies)
    for (let depart_s = from_s; depart_s < until_s; depart_s += every_s) add(depart_s, exact);
  return [...starts.values()].sort((a, b) => a.shift_s - b.shift_s);
};

const connectionsOf = (feed: Feed, from: Instant, until: Instant): readonly Connection[] => {
  if (feed.trips.length === 0 || until <= from) return [];
  const found: Connection[] = [];
  // One day more on either side, for the hours local days are ahead of or behind the service day.
  const first = localDayNumber(from, feed.offset_min) - Math.ceil((feed.last_s * 1000) / DAY_MS) - 1;
  const last = localDayNumber(until, feed.offset_min) - Math.floor((feed.first_s * 1000) / DAY_MS) + 1;
  for (let day = first; day <= last; day += 1) {
    const start = serviceStart(day, feed.offset_min);
    if (start + feed.last_s * 1000 < from || start + feed.first_s * 1000 >= until) continue;
    const all = dayConnections(feed, day);
    const end = firstAt(all, until);
    for (let i = firstAt(all, from); i < end; i += 1) found.push(all[i] as Connection);
  }
  return found;
};

/** Place of the first connection that departs at `at` or later. */
const firstAt = (sorted: readonly Connection[], at: Instant): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Connection).depart < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

const dayConnections = (feed: Feed, day: number): readonly Connection[] => {
  const known = feed.known.get(day);
  if (known !== undefined) return known;
  const found: Connection[] = [];
  const start = serviceStart(day, feed.offset_min);
  const name = dayText(day);
  for (const { trip, days, starts } of feed.trips) {
    if (!runsOn(days, day)) continue;
    for (const one of starts) addRun(found, trip, one, start, `${trip.id}@${name}${one.suffix}`);
  }
  found.sort(compareConnections);
  // Oldest out first: a Map keeps the order of its keys.
  for (const old of feed.known.keys()) {
    if (feed.known.size < DAYS_KEPT) break;
    feed.known.delete(old);
  }
  feed.known.set(day, found);
  return found;
};

const addRun = (into: Connection[], trip: Trip, start: Start, day_start: Instant, run: string): void => {
  for (let seq = 0; seq + 1 < trip.calls.length; seq += 1) {
    const [from, to] = [trip.calls[seq], trip.calls[seq + 1]];
    if (from === undefined || to === undefined) return;
    const base_ms = day_start + start.shift_s * 1000;
    into.push({
      line: trip.line,
      trip: trip.id,
      run,
      seq,
      from: from.hub,
      to: to.hub,
      depart: (base_ms + from.depart_s * 1000) as Instant,
      arrive: (base_ms + to.arrive_s * 1000) as Instant,
      board: from.board,
      alight: to.alight,
      confidence: start.exact && !from.approximate && !to.approximate ? 'measured' : 'usual',
    });
  }
};
