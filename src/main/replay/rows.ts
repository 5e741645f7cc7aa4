import { CsvError as ParserError, parse } from 'csv-parse/sync';
import type { ForceId } from '#core/base/ids.ts';
import { isSlug } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { CsvError, reason } from './reasons.ts';
import type { Reason } from './reasons.ts';

/** The moments of a unit on a call, in the order they should come, and their columns. */
export const MOMENTS = {
  received: 'Received DtTm',
  entry: 'Entry DtTm',
  dispatch: 'Dispatch DtTm',
  response: 'Response DtTm',
  on_scene: 'On Scene DtTm',
  transport: 'Transport DtTm',
  hospital: 'Hospital DtTm',
  available: 'Available DtTm',
} as const;
export type Moment = keyof typeof MOMENTS;
export const MOMENT_NAMES = Object.keys(MOMENTS) as readonly Moment[];

const COLUMNS = {
  ...MOMENTS,
  call: 'Call Number',
  unit: 'Unit ID',
  call_type: 'Call Type',
  priority: 'Priority',
  address: 'Address',
  location: 'Location',
  unit_type: 'Unit Type',
  disposition: 'Call Final Disposition',
} as const;
type Column = keyof typeof COLUMNS;

/** Without these a row cannot be a unit's part in a call. */
const REQUIRED: readonly Column[] = ['call', 'unit', 'call_type', 'received', 'entry', 'dispatch'];
/** What all rows of one call must agree on. */
const OF_CALL: readonly Column[] = ['received', 'entry', 'call_type', 'priority', 'address', 'location'];

/** One unit's part in one call. */
export interface UnitRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** Call number and unit id, as the file writes them. */
  readonly id: string;
  readonly call: string;
  readonly unit: ForceId;
  readonly call_sign: string;
  readonly call_type: string;
  readonly priority: string;
  readonly address: string;
  readonly where: { readonly lon: number; readonly lat: number } | null;
  readonly unit_type: string;
  readonly disposition: string;
  readonly times: Readonly<Partial<Record<Moment, Instant>>> & {
    readonly received: Instant;
    readonly entry: Instant;
    readonly dispatch: Instant;
  };
}

export interface RefusedRow {
  readonly row: number;
  readonly id: string;
  readonly reason: Reason;
}

export interface ReadRows {
  readonly total: number;
  readonly rows: readonly UnitRow[];
  readonly refused: readonly RefusedRow[];
}

/**
 * Reads an extract of the fire service's open data. Columns may stand in any order, others are ignored.
 * Every row comes back, as a unit row or as refused with its reason.
 * @param time reads a local time, null when it is none
 * @throws CsvError when the file as a whole cannot be read
 */
export const readRows = (content: string, time: (text: string) => Instant | null): ReadRows => {
  const [header, ...records] = recordsOf(content);
  if (header === undefined || records.length === 0) throw new CsvError(reason('csv-empty'));
  const places = placesOf(header);
  const reader = new RowReader(time);
  const rows: UnitRow[] = [];
  const refused: RefusedRow[] = [];
  for (const [index, record] of records.entries()) {
    const row = index + 2;
    const value = (column: Column): string => (record[places[column]] ?? '').trim();
    const read =
      record.length === header.length
        ? reader.read(row, value)
        : reason('row-broken', { row, found: record.length, wanted: header.length });
    if ('code' in read) refused.push({ row, id: `${value('call')}-${value('unit')}`, reason: read });
    else rows.push(read);
  }
  return { total: records.length, rows, refused };
};

const recordsOf = (content: string): readonly (readonly string[])[] => {
  try {
    return parse(content, { bom: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof ParserError)) throw error;
    throw new CsvError(reason('csv-unreadable', { detail: error.message }));
  }
};

const named = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

const placesOf = (header: readonly string[]): Readonly<Record<Column, number>> => {
  const names = header.map(named);
  const wanted = Object.entries(COLUMNS);
  const missing = wanted.filter(([, name]) => !names.includes(named(name))).map(([, name]) => name);
  if (missing.length > 0) throw new CsvError(reason('csv-column-missing', { columns: missing.join(', ') }));
  const twice = wanted
    .filter(([, name]) => names.indexOf(named(name)) !== names.lastIndexOf(named(name)))
    .map(([, name]) => name);
  if (twice.length > 0) throw new CsvError(reason('csv-column-twice', { columns: twice.join(', ') }));
  return Object.fromEntries(wanted.map(([column, name]) => [column, names.indexOf(named(name))])) as Record<
    Column,
    number
  >;
};

/** Reads one row after the other and remembers what those before it said. */
class RowReader {
  readonly #time: (text: string) => Instant | null;
  readonly #seen = new Map<string, number>();
  readonly #calls = new Map<string, { readonly row: number; readonly values: readonly string[] }>();
  readonly #units = new Map<string, string>();

  constructor(time: (text: string) => Instant | null) {
    this.#time = time;
  }

  read(row: number, value: (column: Column) => string): UnitRow | Reason {
    const lacking = REQUIRED.find((column) => value(column) === '');
    if (lacking !== undefined) return reason('value-missing', { row, column: COLUMNS[lacking] });
    const times: Partial<Record<Moment, Instant>> = {};
    for (const moment of MOMENT_NAMES) {
      const text = value(moment);
      if (text === '') continue;
      const at = this.#time(text);
      if (at === null) return reason('time-invalid', { row, column: MOMENTS[moment], value: text });
      times[moment] = at;
    }
    const where = positionOf(value('location'));
    if (where === undefined) return reason('position-invalid', { row, value: value('location') });
    const unit = this.#unit(value('unit'));
    if (unit === null) return reason('unit-invalid', { row, value: value('unit') });
    const clash = this.#clash(row, value);
    if (clash !== null) return clash;
    return {
      row,
      id: `${value('call')}-${value('unit')}`,
      call: value('call'),
      unit,
      call_sign: value('unit'),
      call_type: value('call_type'),
      priority: value('priority'),
      address: value('address'),
      where,
      unit_type: value('unit_type'),
      disposition: value('disposition'),
      times: times as UnitRow['times'],
    };
  }

  /** A row said before, or one that says something else of its call than the first row did. */
  #clash(row: number, value: (column: Column) => string): Reason | null {
    const id = `${value('call')}\n${value('unit')}`;
    const first = this.#seen.get(id);
    if (first !== undefined) return reason('row-duplicate', { row, first });
    const values = OF_CALL.map(value);
    const call = this.#calls.get(value('call'));
    const differing = call === undefined ? -1 : values.findIndex((one, index) => one !== call.values[index]);
    const column = OF_CALL[differing];
    if (call !== undefined && column !== undefined)
      return reason('call-contradiction', { row, first: call.row, column: COLUMNS[column] });
    if (call === undefined) this.#calls.set(value('call'), { row, values });
    this.#seen.set(id, row);
    return null;
  }

  /** The unit's id as a force's; null when it cannot be one, or when another unit's reads the same. */
  #unit(name: string): ForceId | null {
    const slug = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    const known = this.#units.get(slug);
    if (!isSlug(slug) || (known !== undefined && known !== name)) return null;
    this.#units.set(slug, name);
    return slug as ForceId;
  }
}

const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;
const LAT_LON = new RegExp(String.raw`^\(${NUMBER},\s*${NUMBER}\)$`);
const POINT = new RegExp(String.raw`^POINT\s*\(${NUMBER}\s+${NUMBER}\)$`, 'i');

/** `(lat, lon)`, or WKT `POINT (lon lat)` as later exports have it; null for none; undefined for anything else. */
const positionOf = (text: string): UnitRow['where'] | undefined => {
  if (text === '') return null;
  const pair = LAT_LON.exec(text);
  const point = pair === null ? POINT.exec(text) : null;
  const lat = Number(pair?.[1] ?? point?.[2]);
  const lon = Number(pair?.[2] ?? point?.[1]);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : undefined;
};
