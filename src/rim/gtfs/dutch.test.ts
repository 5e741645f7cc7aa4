import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { distance_m } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import { lineLength_m } from '#engines/travel/join/legs.ts';
import { createTimetable } from '#engines/travel/lines/build.ts';
import type { LineFeed } from '#engines/travel/lines/data.ts';
import { earliestFrom } from '#engines/travel/lines/earliest.ts';
import { PEOPLE_AND_VEHICLES } from '#engines/travel/lines/layers.ts';
import { prepareLines } from '#engines/travel/lines/network.ts';
import { profilesTo } from '#engines/travel/lines/profiles.ts';
import type { Connection, Timetable } from '#engines/travel/lines/timetable.ts';
import { zoneOffset } from '#rim/calendar/zone-offset.ts';
import { sharedFile } from '../../../test/harness/shared.ts';
import { readGtfs } from './read-feed.ts';
import type { GtfsReport } from './read-feed.ts';
import { openGtfs } from './source.ts';

const { file: dir, skip } = sharedFile('gtfs/dutch_ferries');
const utc = (moment: string): Instant => Date.parse(`${moment}Z`) as Instant;
const clockOf = (at: Instant): string => new Date(at).toISOString().slice(11, 19);

let feed: LineFeed;
let report: GtfsReport;
let table: Timetable;

describe('the ferries of the Netherlands', { skip }, () => {
  before(async () => {
    const source = await openGtfs(dir);
    ({ feed, report } = await readGtfs(source, {
      feed: 'gtfs',
      prefix: '',
      all_routes: false,
      piers: [],
      within_m: 500,
      vehicles: new Set(['Gr04']),
      carrier: null,
      boarding_s: 180,
      unloading_s: 120,
    }));
    source.close();
    table = createTimetable({ feeds: [feed] }, zoneOffset);
  });

  test('come in whole: 550 of 551 trips, one has a single call', () => {
    assert.equal(feed.trips.length, 550);
    assert.deepEqual(report.left_out.short_trips, ['b5d5af40-4137-42b4-8a9c-cd91c2ef74b6_trip']);
    assert.equal(report.stops.length, 567);
    assert.deepEqual([report.from, report.until], ['2018-01-01', '2020-12-31']);
    assert.equal(feed.lines.find((line) => line.id === 'Gr04')?.takes, 'people and vehicles');
  });

  test('show how they sail: nearly every crossing has a shape, never shorter than straight', () => {
    const pairs = new Set(
      feed.trips.flatMap(({ line, calls }) => calls.slice(1).map((call, i) => `${line} ${calls[i]?.hub} ${call.hub}`)),
    );
    assert.ok(feed.shapes.length > 0.9 * pairs.size, `${feed.shapes.length} of ${pairs.size}`);
    const hubs = new Map(feed.hubs.map((hub) => [hub.id, hub.at]));
    for (const { from, to, path: points } of feed.shapes) {
      const [a, b] = [hubs.get(from), hubs.get(to)];
      assert.ok(a !== undefined && b !== undefined);
      assert.ok(lineLength_m([a, ...points, b]) >= distance_m(a, b) - 1, `${from} → ${to}`);
    }
  });

  /** Rows of a file that hold a word, as they are written. */
  const rows = (file: string, word: string): readonly (readonly string[])[] =>
    readFileSync(path.join(dir, file), 'utf8')
      .split(/\r?\n/)
      .filter((row) => row.includes(word))
      .map((row) => row.split(','));
  const TRIP = '001817a9-673a-4bdf-8c99-8385877f6fad_trip';
  const ofTrip = (from: string, until: string): readonly Connection[] =>
    table.connections(utc(from), utc(until)).filter((one) => one.trip === TRIP);

  test('leave when the raw rows say: every hour from midnight, half an hour less a minute later they are there', () => {
    // Departure 00:31, arrival 01:00; every 3,600 s from 00:00:00 to 24:00:39, exact_times 0.
    assert.deepEqual(
      rows('stop_times.txt', TRIP).map((row) => row.slice(1, 4)),
      [
        ['00:30:00', '00:31:00', 'STOP_089540cc-b87e-4ab9-a52e-f122ff4a6155'],
        ['01:00:00', '01:01:00', 'VV:154:1'],
      ],
    );
    assert.deepEqual(rows('frequencies.txt', TRIP)[0]?.slice(1), ['00:00:00', '24:00:39', '3600', '0']);
    // A summer day in Amsterdam, two hours ahead of UTC.
    const day = ofTrip('2019-07-02T22:00', '2019-07-03T22:00');
    const today = day.filter((one) => one.run.includes('2019-07-03'));
    assert.deepEqual(
      today.map((one) => clockOf(one.depart)),
      Array.from({ length: 24 }, (_, hour) => `${String((hour + 22) % 24).padStart(2, '0')}:00:00`),
    );
    for (const one of today)
      assert.deepEqual(
        [one.from, one.to, (one.arrive - one.depart) / 60_000, one.confidence],
        ['stop/STOP_089540cc-b87e-4ab9-a52e-f122ff4a6155', 'stop/VV:154:1', 29, 'usual'],
      );
    // The boat of 24:00:00 belongs to the day before, and leaves when that day has ended.
    const night = day.filter((one) => one.run.includes('2019-07-02'));
    assert.deepEqual(
      night.map((one) => [one.run.slice(-5), clockOf(one.depart)]),
      [['86400', '22:00:00']],
    );
  });

  test('on the days clocks change leave at the same times after noon as ever', () => {
    for (const [day, noon_utc] of [
      ['2019-03-31', '10:00:00'],
      ['2019-10-27', '11:00:00'],
    ] as const) {
      const at_noon = ofTrip(`${day}T00:00`, `${day}T23:00`).filter((one) => one.run.endsWith(`${day}/43200`));
      assert.deepEqual(
        at_noon.map((one) => clockOf(one.depart)),
        [noon_utc],
      );
    }
  });

  test('do not run in a year the calendar does not have', () => {
    assert.equal(table.connections(utc('2021-01-03T00:00'), utc('2021-01-05T00:00')).length, 0);
  });

  test('take one where they go, backwards and forwards at the same time', () => {
    const from = utc('2019-07-03T05:00');
    const hubs = table.hubs.map((hub) => hub.id);
    const network = prepareLines({
      from,
      hubs,
      layers: PEOPLE_AND_VEHICLES,
      lines: table.lines,
      connections: table.connections(from, utc('2019-07-04T05:00')),
      usual: [],
      transfers: [],
      isOpen: () => true,
      openings: () => null,
    });
    const [start, end] = ['stop/STOP_089540cc-b87e-4ab9-a52e-f122ff4a6155', 'stop/VV:154:1'].map((id) =>
      network.hubNumber(id),
    ) as [number, number];
    const place_s = Array.from({ length: hubs.length * 2 }, (_, node) => (node === end * 2 ? 60 : Infinity));
    const profiles = profilesTo(network, place_s);
    // At the pier at 05:57:01 it is too late for 06:00 (boarding closes three minutes before): 07:00, 07:29, ashore 07:31, there 07:32.
    assert.equal(clockOf(profiles.arrivalAt(start, 0, utc('2019-07-03T05:57:00')) as Instant), '06:32:00');
    assert.equal(clockOf(profiles.arrivalAt(start, 0, utc('2019-07-03T05:57:01')) as Instant), '07:32:00');
    const earliest = earliestFrom(network, [{ hub: start, layer: 0, at: utc('2019-07-03T05:57:01') }]);
    assert.equal(clockOf(earliest.arrivalAt(end, 0) as Instant), '07:31:00');
    assert.equal(profiles.arrivalAt(start, 1, from), Infinity);
  });
});
