import type { Reading } from './reading.ts';
import { unknown } from './reading.ts';
import type { Stop } from './stops.ts';
import { readTable } from './table.ts';
import type { Trips } from './trips.ts';

/** A row of stop_times.txt. */
export interface StopTime {
  readonly line: number;
  readonly seq: number;
  readonly stop: string;
  /** Null where the feed leaves it out. */
  readonly arrive_s: number | null;
  readonly depart_s: number | null;
  /** 0 as a matter of course, 1 not at all, 2 and 3 by arrangement. */
  readonly pickup: number;
  readonly drop_off: number;
  /** Along the shape, in units of the feed; null where it is not given. */
  readonly distance: number | null;
  /** `timepoint` 0: times are about right only. */
  readonly about: boolean;
}

export interface StopTimes {
  /** By trip, in order of the calls. */
  readonly of: ReadonlyMap<string, readonly StopTime[]>;
  /** Trips with calls that are areas and not stops (demand-responsive service): they have no timetable. */
  readonly flexible: ReadonlySet<string>;
}

/** Streams stop_times.txt and keeps what belongs to the trips that are kept. */
export const readStopTimes = async (
  reading: Reading,
  trips: Trips,
  stops: ReadonlyMap<string, Stop>,
): Promise<StopTimes> => {
  const { fields } = reading;
  const of = new Map<string, StopTime[]>();
  const flexible = new Set<string>();
  await readTable(reading.source, 'stop_times.txt', ['trip_id', 'stop_sequence'], (row) => {
    const trip = row.get('trip_id');
    if (!trips.kept.has(trip)) {
      if (!trips.all.has(trip)) unknown(reading, row, 'trip_id', 'trips.txt');
      return;
    }
    if (
      row.get('start_pickup_drop_off_window') !== '' ||
      (row.get('stop_id') === '' && row.get('location_id') !== '')
    ) {
      flexible.add(trip);
      return;
    }
    const object = `trip ${trip}`;
    if (!stops.has(row.get('stop_id'))) unknown(reading, row, 'stop_id', 'stops.txt');
    const distance = row.get('shape_dist_traveled');
    const one: StopTime = {
      line: row.line,
      seq: fields.whole(row, object, 'stop_sequence', 0, null),
      stop: row.get('stop_id'),
      arrive_s: fields.time_s(row, object, 'arrival_time'),
      depart_s: fields.time_s(row, object, 'departure_time'),
      pickup: fields.whole(row, object, 'pickup_type', 0, 0),
      drop_off: fields.whole(row, object, 'drop_off_type', 0, 0),
      distance: distance === '' || !Number.isFinite(Number(distance)) ? null : Number(distance),
      about: row.get('timepoint') === '0',
    };
    const calls = of.get(trip);
    if (calls === undefined) of.set(trip, [one]);
    else calls.push(one);
  });
  for (const [trip, calls] of of) inOrder(reading, trip, calls);
  return { of, flexible };
};

/** Rows of a trip may stand anywhere in the file; their sequence orders them. */
const inOrder = ({ problems }: Reading, trip: string, calls: StopTime[]): void => {
  calls.sort((a, b) => a.seq - b.seq || a.line - b.line);
  for (const [i, call] of calls.entries()) {
    const before = calls[i - 1];
    if (before === undefined || before.seq !== call.seq) continue;
    const value = `${trip} ${call.seq}`;
    const { line } = call;
    problems.add('gtfs-id-duplicate', {
      file: 'stop_times.txt',
      line,
      column: 'trip_id, stop_sequence',
      value,
      before: before.line,
    });
  }
};
