import type { LonLat } from '#core/base/geo.ts';
import type { LineShape, Trip } from '#engines/travel/lines/data.ts';
import { nearestOnSegment } from '#world/places/geometry.ts';
import { simplify } from '#world/places/simplify.ts';
import type { Reading } from './reading.ts';
import { readOptional } from './reading.ts';

/** Points of each shape that is kept, in their order. */
export type Shapes = ReadonlyMap<string, readonly LonLat[]>;

/** Farthest a call lies from the shape of its trip; one that lies farther off has none there. */
const OFF_M = 1000;
/** Of stretches that come as near to a call as this, the first counts: a trip may come by twice. */
const AS_NEAR_M = 50;
/** Points nearer to the line without them are dropped. */
const TOLERANCE_M = 15;

/** Reads `shapes.txt`, those of the trips that are kept. @param wanted ids of shapes */
export const readShapes = async (reading: Reading, wanted: ReadonlySet<string>): Promise<Shapes> => {
  const { fields } = reading;
  const points = new Map<string, { readonly sequence: number; readonly at: LonLat }[]>();
  const columns = ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'];
  await readOptional(reading, 'shapes.txt', columns, (row) => {
    const id = row.get('shape_id');
    if (!wanted.has(id)) return;
    const object = `shape ${id}`;
    const at: LonLat = [fields.degrees(row, object, 'shape_pt_lon'), fields.degrees(row, object, 'shape_pt_lat')];
    const one = { sequence: fields.whole(row, object, 'shape_pt_sequence', 0, null), at };
    const known = points.get(id);
    if (known === undefined) points.set(id, [one]);
    else known.push(one);
  });
  return new Map(
    [...points].map(([id, list]) => [id, list.toSorted((a, b) => a.sequence - b.sequence).map((one) => one.at)]),
  );
};

/** A trip as it is made, its shape, and where it calls. */
export interface ShapedTrip {
  readonly trip: Trip;
  readonly shape: readonly LonLat[];
  readonly calls: readonly LonLat[];
}

/** How lines sail from one call to the next, by the first trip that shows it; in order of line and ends. */
export const shapesOf = (trips: readonly ShapedTrip[]): readonly LineShape[] => {
  const found = new Map<string, LineShape>();
  for (const { trip, shape, calls } of trips) {
    const places = placesOn(shape, calls);
    places.forEach((end, i) => {
      const start = places[i - 1] ?? null;
      const [from, to] = [trip.calls[i - 1]?.hub, trip.calls[i]?.hub];
      if (start === null || end === null || from === undefined || to === undefined || from === to) return;
      const key = JSON.stringify([trip.line, from, to]);
      if (found.has(key)) return;
      const line = [start.at, ...shape.slice(start.piece + 1, end.piece + 1), end.at];
      found.set(key, { line: trip.line, from, to, path: simplify(line, TOLERANCE_M).map(rounded) });
    });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
};

/** Tenth parts of a metre are enough. */
const rounded = ([lon, lat]: LonLat): LonLat => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];

interface OnShape {
  /** Straight piece it lies on, by its first point. */
  readonly piece: number;
  readonly at: LonLat;
}

/** Where on a shape each call is, never before the call before it; null where it is too far off. */
const placesOn = (shape: readonly LonLat[], calls: readonly LonLat[]): readonly (OnShape | null)[] => {
  let first = 0;
  return calls.map((call) => {
    const near = shape.slice(first, -1).map((point, i) => {
      const { at, distance_m } = nearestOnSegment(call, point, shape[first + i + 1] as LonLat);
      return { piece: first + i, at, distance_m };
    });
    const least_m = near.reduce((least, one) => Math.min(least, one.distance_m), Infinity);
    const found = near.find((one) => one.distance_m <= least_m + AS_NEAR_M);
    if (found === undefined || least_m > OFF_M) return null;
    first = found.piece;
    return found;
  });
};
