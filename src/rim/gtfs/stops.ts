import type { LonLat } from '#core/base/geo.ts';
import { Ids } from './fields.ts';
import type { Reading } from './reading.ts';
import { unknown } from './reading.ts';
import { readTable } from './table.ts';

export interface Stop {
  readonly id: string;
  readonly line: number;
  readonly name: string;
  /** Null for what is only part of a station and has no position of its own. */
  readonly at: LonLat | null;
  /** Id of the station it belongs to; empty for none. */
  readonly parent: string;
}

/** Places without a position of their own may leave it out: generic nodes and boarding areas. */
const MAY_LACK_POSITION = new Set(['3', '4']);

export const readStops = async (reading: Reading): Promise<ReadonlyMap<string, Stop>> => {
  const { fields } = reading;
  const stops = new Map<string, Stop>();
  const ids = new Ids(reading.problems);
  const parents = new Map<string, number>();
  await readTable(reading.source, 'stops.txt', ['stop_id'], (row) => {
    const id = fields.given(row, 'stop', 'stop_id');
    if (!ids.add(row, 'stop_id', id)) return;
    const object = `stop ${id}`;
    const parent = row.get('parent_station');
    if (parent !== '') parents.set(id, row.line);
    const blank = row.get('stop_lat') === '' && row.get('stop_lon') === '';
    const at: LonLat | null =
      blank && MAY_LACK_POSITION.has(row.get('location_type'))
        ? null
        : [fields.degrees(row, object, 'stop_lon'), fields.degrees(row, object, 'stop_lat')];
    stops.set(id, { id, line: row.line, name: row.get('stop_name') || id, at, parent });
  });
  for (const [id, line] of parents) {
    const parent = stops.get(id)?.parent ?? '';
    if (stops.has(parent)) continue;
    const row = { file: 'stops.txt', line, get: (): string => parent };
    unknown(reading, row, 'parent_station', 'stops.txt');
  }
  return stops;
};
