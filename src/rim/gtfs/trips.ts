import type { Frequency, Service } from '#engines/travel/lines/data.ts';
import { Ids, WANTED } from './fields.ts';
import type { Reading } from './reading.ts';
import { readOptional, unknown } from './reading.ts';
import type { Routes } from './routes.ts';
import { readTable } from './table.ts';

export interface TripHead {
  readonly id: string;
  readonly route: string;
  readonly service: string;
  /** `cars_allowed`: whether it takes vehicles; null where the feed does not say. */
  readonly cars: boolean | null;
  /** Id of its shape; empty for none. */
  readonly shape: string;
  readonly frequencies: Frequency[];
}

export interface Trips {
  readonly kept: ReadonlyMap<string, TripHead>;
  readonly all: Ids;
}

/** Trips of the routes that are kept, with their frequencies. */
export const readTrips = async (
  reading: Reading,
  routes: Routes,
  services: ReadonlyMap<string, Service>,
): Promise<Trips> => {
  const { fields } = reading;
  const kept = new Map<string, TripHead>();
  const all = new Ids(reading.problems);
  await readTable(reading.source, 'trips.txt', ['route_id', 'service_id', 'trip_id'], (row) => {
    const id = fields.given(row, 'trip', 'trip_id');
    if (!all.add(row, 'trip_id', id)) return;
    const [route, service, cars] = [row.get('route_id'), row.get('service_id'), row.get('cars_allowed')];
    if (!routes.all.has(route)) unknown(reading, row, 'route_id', 'routes.txt');
    if (!routes.kept.has(route)) return;
    if (!services.has(service)) unknown(reading, row, 'service_id', 'calendar.txt, calendar_dates.txt');
    const takes = cars === '1' ? true : cars === '2' ? false : null;
    kept.set(id, { id, route, service, cars: takes, shape: row.get('shape_id'), frequencies: [] });
  });
  await readFrequencies(reading, kept, all);
  return { kept, all };
};

const readFrequencies = async (reading: Reading, kept: ReadonlyMap<string, TripHead>, all: Ids): Promise<void> => {
  const { fields } = reading;
  const columns = ['trip_id', 'start_time', 'end_time', 'headway_secs'];
  await readOptional(reading, 'frequencies.txt', columns, (row) => {
    const id = row.get('trip_id');
    if (!all.has(id)) unknown(reading, row, 'trip_id', 'trips.txt');
    const trip = kept.get(id);
    if (trip === undefined) return;
    const object = `trip ${id}`;
    fields.given(row, object, 'start_time');
    fields.given(row, object, 'end_time');
    const from_s = fields.time_s(row, object, 'start_time') ?? 0;
    const until_s = fields.time_s(row, object, 'end_time') ?? from_s + 1;
    if (until_s <= from_s) fields.wrong(row, object, 'end_time', WANTED.laterEnd);
    const every_s = fields.whole(row, object, 'headway_secs', 1, null);
    const exact = fields.whole(row, object, 'exact_times', 0, 0) === 1;
    trip.frequencies.push({ from_s, until_s, every_s, exact });
  });
};
