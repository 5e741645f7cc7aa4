import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import type { CallTime } from '#engines/travel/lines/data.ts';
import { clockText } from '../places/line-file.ts';
import { WANTED } from './fields.ts';
import type { Reading } from './reading.ts';
import type { StopTime } from './stop-times.ts';

/** Where the stop of a call is, and the hub it was matched to. */
export interface CallPlace {
  readonly hub: string;
  readonly at: LonLat;
}

const NOT_AT_ALL = 1;

/**
 * The calls of a trip: times that go on, blank ones between two given ones by the distance gone, as the GTFS reference says
 * (`arrival_time`). Null, and problems told, where the times do not hold together.
 */
export const callsOf = (
  reading: Reading,
  trip: string,
  rows: readonly StopTime[],
  placeOf: (stop: string) => CallPlace,
): readonly CallTime[] | null => {
  const places = rows.map((row) => placeOf(row.stop));
  // Either time stands for the other where only one is given.
  const times = rows.map(({ arrive_s, depart_s }) => ({
    arrive_s: arrive_s ?? depart_s,
    depart_s: depart_s ?? arrive_s,
  }));
  if (!haveEnds(reading, trip, rows, times) || !goOn(reading, trip, rows, times)) return null;
  const along = distances(rows, places);
  return rows.map((row, i): CallTime => {
    const { arrive_s, depart_s } = times[i] ?? { arrive_s: null, depart_s: null };
    const between = arrive_s === null || depart_s === null ? interpolated(times, along, i) : null;
    return {
      hub: places[i]?.hub ?? '',
      arrive_s: between ?? arrive_s ?? 0,
      depart_s: between ?? depart_s ?? 0,
      board: row.pickup !== NOT_AT_ALL,
      alight: row.drop_off !== NOT_AT_ALL,
      approximate: between !== null || row.about,
    };
  });
};

interface Times {
  readonly arrive_s: number | null;
  readonly depart_s: number | null;
}

const FILE = 'stop_times.txt';

/** The first and last call must have a time. */
const haveEnds = ({ problems }: Reading, trip: string, rows: readonly StopTime[], times: readonly Times[]): boolean => {
  const ends = [0, rows.length - 1].filter((i) => times[i]?.arrive_s === null);
  for (const i of ends) {
    const [line, column] = [rows[i]?.line ?? 0, 'arrival_time'];
    problems.add('gtfs-value-invalid', {
      file: FILE,
      line,
      object: `trip ${trip}`,
      column,
      value: '',
      wanted: WANTED.given,
    });
  }
  return ends.length === 0;
};

const goOn = ({ problems }: Reading, trip: string, rows: readonly StopTime[], times: readonly Times[]): boolean => {
  let [before_s, fine] = [0, true];
  for (const [i, one] of times.entries())
    for (const time_s of [one.arrive_s, one.depart_s]) {
      if (time_s === null) continue;
      if (time_s < before_s && fine) {
        fine = false;
        const [line, before, value] = [rows[i]?.line ?? 0, clockText(before_s), clockText(time_s)];
        problems.add('gtfs-times-backward', { file: FILE, line, trip, before, value });
      }
      before_s = Math.max(before_s, time_s);
    }
  return fine;
};

/** How far each call is along the way: as the feed says, if it says so for all and never goes back; otherwise from stop to stop. */
const distances = (rows: readonly StopTime[], places: readonly CallPlace[]): readonly number[] => {
  const given = rows.map((row) => row.distance ?? Number.NaN);
  if (given.every((one, i) => one >= (given[i - 1] ?? 0))) return given;
  let sum_m = 0;
  return places.map((place, i) => {
    const before = places[i - 1];
    if (before !== undefined) sum_m += distance_m(before.at, place.at);
    return sum_m;
  });
};

/** The time at call `i` if the boat went at one speed between the calls around it that have times. */
const interpolated = (times: readonly Times[], along: readonly number[], i: number): number => {
  let [a, b] = [i - 1, i + 1];
  while ((times[a]?.depart_s ?? null) === null) a -= 1;
  while ((times[b]?.arrive_s ?? null) === null) b += 1;
  const [from_s, to_s] = [times[a]?.depart_s ?? 0, times[b]?.arrive_s ?? 0];
  const [start, here, end] = [along[a] ?? 0, along[i] ?? 0, along[b] ?? 0];
  const share = end > start ? (here - start) / (end - start) : (i - a) / (b - a);
  return Math.round(from_s + (to_s - from_s) * share);
};
