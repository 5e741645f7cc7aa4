import { zoneOffset } from '../calendar/zone-offset.ts';
import { Ids, WANTED } from './fields.ts';
import type { Reading } from './reading.ts';
import { unknown } from './reading.ts';
import { readTable } from './table.ts';
import type { Row } from './table.ts';

/** A route as far as a line needs it. */
export interface Route {
  readonly id: string;
  readonly name: string;
  readonly is_ferry: boolean;
  /** By its type of route alone, a car ferry. */
  readonly carries_cars: boolean;
}

export interface Routes {
  readonly zone: string;
  readonly kept: ReadonlyMap<string, Route>;
  /** Ids of all routes, kept or not. */
  readonly all: Ids;
  /** Routes left out, by their type. */
  readonly left_out: Readonly<Record<string, number>>;
}

/** Ferries and other boats: the basic type, and the extended ones of water transport and ferry service. */
const isFerry = (type: number): boolean => type === 4 || (type >= 1000 && type < 1100) || (type >= 1200 && type < 1300);

/** International to local car ferries, road links, fast car ferries (extended route types). */
const CAR_FERRIES = new Set([1001, 1002, 1003, 1004, 1011, 1013]);

/** @param all_routes whether lines on land are taken too */
export const readRoutes = async (reading: Reading, all_routes: boolean): Promise<Routes> => {
  const agencies = new Ids(reading.problems);
  let zone = '';
  let agency_rows = 0;
  await readTable(reading.source, 'agency.txt', ['agency_timezone'], (row) => {
    agency_rows += 1;
    const id = row.get('agency_id');
    agencies.add(row, 'agency_id', id);
    const its = zoneOf(reading, row, `agency ${id}`);
    if (zone === '') zone = its;
    else if (its !== zone) reading.fields.wrong(row, `agency ${id}`, 'agency_timezone', WANTED.oneZone);
  });
  const kept = new Map<string, Route>();
  const all = new Ids(reading.problems);
  const left_out: Record<string, number> = {};
  await readTable(reading.source, 'routes.txt', ['route_id', 'route_type'], (row) => {
    const id = reading.fields.given(row, 'route', 'route_id');
    if (!all.add(row, 'route_id', id)) return;
    const agency = row.get('agency_id');
    // It may be left out where there is one agency only.
    if (agency !== '' ? !agencies.has(agency) : agency_rows > 1) unknown(reading, row, 'agency_id', 'agency.txt');
    const type = reading.fields.whole(row, `route ${id}`, 'route_type', 0, null);
    const is_ferry = isFerry(type);
    if (!is_ferry && !all_routes) left_out[type] = (left_out[type] ?? 0) + 1;
    else kept.set(id, { id, name: nameOf(row, id), is_ferry, carries_cars: CAR_FERRIES.has(type) });
  });
  return { zone, kept, all, left_out };
};

const zoneOf = (reading: Reading, row: Row, object: string): string => {
  const zone = row.get('agency_timezone');
  try {
    zoneOffset(zone);
  } catch {
    reading.fields.wrong(row, object, 'agency_timezone', WANTED.zone);
  }
  return zone;
};

const nameOf = (row: Row, id: string): string => {
  const names = [row.get('route_short_name'), row.get('route_long_name')].filter((name) => name !== '');
  return names.length === 0 ? id : [...new Set(names)].join(' ');
};
