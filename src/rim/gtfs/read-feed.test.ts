import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { LineFeed } from '#engines/travel/lines/data.ts';
import { ISLAND_FEED, temporary, writeFeed, zipOf } from '../../../test/harness/gtfs.ts';
import type { FeedFiles } from '../../../test/harness/gtfs.ts';
import { FeedError } from './problems.ts';
import { readGtfs } from './read-feed.ts';
import type { GtfsOptions, GtfsReport } from './read-feed.ts';
import { openGtfs } from './source.ts';

let [dir, remove] = ['', (): void => undefined];
beforeEach(() => {
  ({ dir, remove } = temporary());
});
afterEach(() => remove());

const OPTIONS: GtfsOptions = {
  feed: 'gtfs',
  prefix: '',
  all_routes: false,
  piers: [
    { id: 'pier-main', at: [122.001, 30] },
    { id: 'pier-far', at: [122.11, 30] },
  ],
  within_m: 500,
  vehicles: new Set(),
  carrier: null,
  boarding_s: 180,
  unloading_s: 120,
};

const readFrom = async (
  name: string,
  options: Partial<GtfsOptions> = {},
): Promise<{ readonly feed: LineFeed; readonly report: GtfsReport }> => {
  const source = await openGtfs(name);
  try {
    return await readGtfs(source, { ...OPTIONS, ...options });
  } finally {
    source.close();
  }
};
const read = (files: FeedFiles, options: Partial<GtfsOptions> = {}) => readFrom(writeFeed(dir, files), options);

/** What is wrong, `code file:line` and words. */
const wrong = async (files: FeedFiles, options: Partial<GtfsOptions> = {}): Promise<readonly string[]> => {
  try {
    await read(files, options);
  } catch (error) {
    assert.ok(error instanceof FeedError, String(error));
    assert.match(error.words.zh, /\p{Script=Han}/u);
    return error.problems.map((one) => {
      const { file, line } = (one.extras.values ?? {}) as { readonly file?: string; readonly line?: number };
      return `${one.code} ${file ?? ''}${line === undefined ? '' : `:${line}`} ${one.message}`;
    });
  }
  return assert.fail('it was taken');
};
const change = (file: string, from: string, to: string): FeedFiles => {
  const content = String(ISLAND_FEED[file]);
  assert.ok(content.includes(from), `${file} has no ${from}`);
  return { ...ISLAND_FEED, [file]: content.replace(from, to) };
};
const without = (...files: readonly string[]): FeedFiles =>
  Object.fromEntries(Object.entries(ISLAND_FEED).filter(([name]) => !files.includes(name)));

describe('a GTFS feed', () => {
  test('becomes lines, trips and services of the ferries; buses stay away, with what is wrong with them', async () => {
    const { feed, report } = await read(ISLAND_FEED);
    assert.deepEqual(
      feed.lines.map(({ id, name, takes }) => [id, name.en, takes]),
      [
        ['R1', '1 Island, direct', 'people'],
        // 1004 is a local car ferry.
        ['R2', '2 Round the bay', 'people and vehicles'],
      ],
    );
    assert.deepEqual(
      feed.trips.map((trip) => trip.id),
      ['morning', 'night', 'round'],
    );
    assert.deepEqual(feed.services[1], {
      id: 'WEEK',
      weekdays: [true, true, true, true, true, false, false],
      from: '2026-01-05',
      until: '2026-03-31',
      added: ['2026-01-10'],
      removed: ['2026-01-12'],
    });
    assert.deepEqual(feed.trips[1]?.calls[0]?.arrive_s, 25 * 3600 + 600);
    assert.deepEqual(
      feed.trips[0]?.calls.map(({ board, alight }) => [board, alight]),
      [
        [true, false],
        [false, true],
      ],
    );
    assert.deepEqual(report.left_out.routes, { 3: 1 });
    assert.deepEqual(
      [feed.zone, report.source, report.from, report.until],
      ['Asia/Shanghai', 'Example 2026-1', '2026-01-01', '2026-12-31'],
    );
  });

  test('has stops at the nearest pier within reach, and hubs of their own for the others, one for a station', async () => {
    const { feed, report } = await read(ISLAND_FEED);
    assert.deepEqual(
      report.stops.map(({ stop, hub, distance_m, nearest }) => [stop, hub, distance_m !== null, nearest?.pier]),
      [
        ['b', 'stop/bay', false, 'pier-main'],
        ['i', 'stop/i', false, 'pier-far'],
        ['m', 'pier-main', true, 'pier-main'],
      ],
    );
    assert.deepEqual(
      feed.hubs.map(({ id, at }) => [id, at]),
      [
        ['stop/bay', [122.05, 30.0501]],
        ['stop/i', [122.1, 30]],
      ],
    );
    // 0.01 degrees of longitude are 963 m here.
    assert.equal((await read(ISLAND_FEED, { within_m: 1000 })).feed.hubs.length, 1);
    assert.deepEqual(feed.changes, [{ from: 'pier-main', to: 'stop/bay', duration_s: 900 }]);
    assert.equal(report.left_out.transfers, 2);
  });

  test('shows how lines sail where it has shapes, cut at the calls, few points for much line', async () => {
    const trips = String(ISLAND_FEED['trips.txt'])
      .replace('trip_id\n', 'trip_id,shape_id\n')
      .replace('R1,WEEK,morning', 'R1,WEEK,morning,S1')
      .replace('R2,DAILY,round', 'R2,DAILY,round,S2')
      .replace('R1,WEEK,night', 'R1,WEEK,night,lost');
    const shapes =
      'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n' +
      'S1,30.0,122.1,30\nS1,30.0,122.0,10\nS1,29.95,122.05,20\nS1,29.975,122.025,15\n' +
      'S2,30.0,122.0,1\nS2,30.08,122.05,2\nS2,30.0,122.1,3\nunused,1,1,x\n';
    const { feed } = await read({ ...ISLAND_FEED, 'trips.txt': trips, 'shapes.txt': shapes });
    assert.deepEqual(feed.shapes, [
      // The point half-way to the corner says nothing new.
      {
        line: 'R1',
        from: 'pier-main',
        to: 'stop/i',
        path: [
          [122, 30],
          [122.05, 29.95],
          [122.1, 30],
        ],
      },
      // Round the bay it goes too far out for a call there.
    ]);
    const near = shapes.replace('S2,30.08,122.05,2', 'S2,30.052,122.05,2');
    const both = (await read({ ...ISLAND_FEED, 'trips.txt': trips, 'shapes.txt': near })).feed.shapes;
    assert.deepEqual(
      both.slice(1).map(({ from, to, path }) => [from, to, path.length]),
      [
        ['pier-main', 'stop/bay', 2],
        ['stop/bay', 'stop/i', 3],
      ],
    );
    const bad = await wrong({
      ...ISLAND_FEED,
      'trips.txt': trips,
      'shapes.txt': shapes.replace('S1,30.0,122.1,30', 'S1,30.0,222.1,30'),
    });
    assert.match(bad[0] ?? '', /gtfs-value-invalid shapes\.txt:2 .*shape S1.*shape_pt_lon/);
  });

  test('reckons times left out by the distance gone, and says that they are about right', async () => {
    const { feed, report } = await read(ISLAND_FEED);
    const bay = feed.trips[2]?.calls[1];
    // The bay lies midway in distance, within a few metres: an hour's ride, half of it gone.
    assert.deepEqual([bay?.arrive_s, bay?.depart_s, bay?.approximate], [3600, 3600, true]);
    assert.equal(report.interpolated, 1);
    const header = 'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled';
    const rows = 'round,00:30:00,00:30:00,m,1,0\nround,,,b,2,250\nround,01:30:00,,i,3,1000';
    const along = await read({ ...ISLAND_FEED, 'stop_times.txt': `${header}\n${rows}\n` });
    assert.equal(along.feed.trips[0]?.calls[1]?.arrive_s, 1800 + 900);
  });

  test('keeps frequencies with exact times or without', async () => {
    const { feed } = await read(ISLAND_FEED);
    assert.deepEqual(feed.trips[2]?.frequencies, [
      { from_s: 21_600, until_s: 28_800, every_s: 3600, exact: true },
      { from_s: 28_800, until_s: 36_000, every_s: 1800, exact: false },
    ]);
  });

  test('with --all-routes has the bus too, and what is wrong with it', async () => {
    const problems = await wrong(ISLAND_FEED, { all_routes: true });
    assert.match(problems.join(), /^gtfs-value-invalid stop_times.txt:9 .*trip bus.*arrival_time is "25:61:00"/);
    const mended = change('stop_times.txt', '25:61:00', '07:59:00');
    const { feed } = await read(mended, { all_routes: true, vehicles: 'all', carrier: 'ferry', prefix: 'nl:' });
    assert.deepEqual(
      feed.lines.map(({ id, takes, carrier, boarding_s }) => [id, takes, carrier, boarding_s]),
      [
        ['nl:BUS', 'people', null, 1],
        ['nl:R1', 'people and vehicles', 'ferry', 180],
        ['nl:R2', 'people and vehicles', 'ferry', 180],
      ],
    );
    assert.ok(feed.trips.every((trip) => trip.id.startsWith('nl:') && trip.service.startsWith('nl:')));
  });

  test('says by cars_allowed whether vehicles are taken; one trip that takes none is enough for none', async () => {
    const trips = 'route_id,service_id,trip_id,cars_allowed\nR1,WEEK,morning,1\nR1,WEEK,night,1\nR2,DAILY,round,2\n';
    const { feed } = await read({ ...ISLAND_FEED, 'trips.txt': `${trips}BUS,WEEK,bus,\n` });
    assert.deepEqual(
      feed.lines.map((line) => line.takes),
      ['people and vehicles', 'people'],
    );
  });

  test('is the same from a .zip, with a folder around it or without, and with a byte order mark and CRLF', async () => {
    const plain = await read(ISLAND_FEED);
    const file = path.join(dir, 'feed.zip');
    for (const folder of ['', 'feed-main/']) {
      writeFileSync(file, zipOf(ISLAND_FEED, folder));
      assert.deepEqual(await readFrom(file), plain);
    }
    const windows = Object.entries(ISLAND_FEED).map(([name, content]) => [
      name,
      `\uFEFF${String(content).replaceAll('\n', '\r\n')}`,
    ]);
    assert.deepEqual(await read(Object.fromEntries(windows) as FeedFiles), plain);
  });

  test('leaves out trips of one call and trips on demand, and says which', async () => {
    const rows = 'R1,WEEK,lonely\nR1,WEEK,taxi\n';
    const files: FeedFiles = {
      ...ISLAND_FEED,
      'trips.txt': `${String(ISLAND_FEED['trips.txt'])}${rows}`,
      'stop_times.txt': `${String(ISLAND_FEED['stop_times.txt']).replace('drop_off_type', 'drop_off_type,location_id')}lonely,07:00:00,07:00:00,m,1,,\ntaxi,,,,1,2,2,zone\n`,
    };
    const { report } = await read(files);
    assert.deepEqual([report.left_out.short_trips, report.left_out.flexible_trips], [['lonely'], ['taxi']]);
  });
});

/** Feeds with one thing wrong, and what is told first. */
const WRONG: readonly (readonly [name: string, files: () => FeedFiles, problem: RegExp])[] = [
  ['a missing file', () => without('stop_times.txt'), /^gtfs-file-missing stop_times.txt /],
  [
    'no calendar of either sort',
    () => without('calendar.txt', 'calendar_dates.txt'),
    /^gtfs-file-missing calendar.txt /,
  ],
  ['an empty file', () => ({ ...ISLAND_FEED, 'routes.txt': '' }), /^gtfs-file-empty routes.txt /],
  ['no column', () => change('stops.txt', 'stop_id', 'id'), /^gtfs-column-missing stops.txt .*stop_id/],
  [
    'a time that is none',
    () => change('stop_times.txt', '25:50:00', '25:61:00'),
    /^gtfs-value-invalid stop_times.txt:5 .*"25:61:00"/,
  ],
  [
    'an unknown stop',
    () => change('stop_times.txt', ',i,2', ',nowhere,2'),
    /^gtfs-reference-unknown stop_times.txt:3 .*"nowhere"/,
  ],
  [
    'an unknown trip',
    () => change('stop_times.txt', 'night,25:10', 'nights,25:10'),
    /^gtfs-reference-unknown stop_times.txt:4 .*"nights"/,
  ],
  [
    'an unknown service',
    () => change('trips.txt', 'WEEK,night', 'NONE,night'),
    /^gtfs-reference-unknown trips.txt:3 .*"NONE"/,
  ],
  ['an unknown route', () => change('trips.txt', 'R2,', 'R9,'), /^gtfs-reference-unknown trips.txt:4 .*"R9"/],
  ['an unknown agency', () => change('routes.txt', 'R1,A', 'R1,B'), /^gtfs-reference-unknown routes.txt:2 .*"B"/],
  ['an unknown station', () => change('stops.txt', ',0,bay', ',0,hut'), /^gtfs-reference-unknown stops.txt:4 .*"hut"/],
  [
    'times that go back',
    () => change('stop_times.txt', '08:15:00,08:15:00', '07:15:00,07:15:00'),
    /^gtfs-times-backward stop_times.txt:3 .*morning.*07:35.*07:15/,
  ],
  [
    'a departure before the arrival',
    () => change('stop_times.txt', '01:30:00,01:40:00', '01:30:00,01:20:00'),
    /^gtfs-times-backward stop_times.txt:8 /,
  ],
  [
    'no time at the last call',
    () => change('stop_times.txt', '25:50:00,25:50:00', ','),
    /^gtfs-value-invalid stop_times.txt:5 .*night/,
  ],
  ['a trip twice', () => change('trips.txt', 'night', 'morning'), /^gtfs-id-duplicate trips.txt:3 .*"morning".*line 2/],
  ['a stop twice', () => change('stops.txt', 'x,Bus', 'm,Bus'), /^gtfs-id-duplicate stops.txt:6 .*"m".*line 2/],
  [
    'a call twice',
    () => change('stop_times.txt', ',i,2,1', ',i,1,1'),
    /^gtfs-id-duplicate stop_times.txt:3 .*"morning 1".*line 2/,
  ],
  [
    'a day twice',
    () => change('calendar_dates.txt', '20260112', '20260110'),
    /^gtfs-id-duplicate calendar_dates.txt:3 /,
  ],
  [
    'a day that is none',
    () => change('calendar.txt', '20260331', '20260231'),
    /^gtfs-value-invalid calendar.txt:2 .*"20260231"/,
  ],
  [
    'a position that is none',
    () => change('stops.txt', '30.0,122.1', '300,122.1'),
    /^gtfs-value-invalid stops.txt:3 .*stop i.*"300"/,
  ],
  [
    'a zone that is none',
    () => change('agency.txt', 'Asia/Shanghai', 'Atlantis/Capital'),
    /^gtfs-value-invalid agency.txt:2 .*"Atlantis\/Capital"/,
  ],
  [
    'a headway of nothing',
    () => change('frequencies.txt', ',3600,', ',0,'),
    /^gtfs-value-invalid frequencies.txt:2 .*"0"/,
  ],
  [
    'a frequency that ends before it begins',
    () => change('frequencies.txt', '06:00:00,08:00:00', '09:00:00,08:00:00'),
    /^gtfs-value-invalid frequencies.txt:2 /,
  ],
  ['quotes that do not close', () => change('routes.txt', 'direct"', 'direct'), /^gtfs-malformed routes.txt:/],
  [
    'another encoding',
    () => ({
      ...ISLAND_FEED,
      'stops.txt': Buffer.from(String(ISLAND_FEED['stops.txt']).replace('Island', 'Île'), 'latin1'),
    }),
    /^gtfs-encoding stops.txt:3 /,
  ],
  [
    'nothing but a bus',
    () => ({
      ...ISLAND_FEED,
      'routes.txt': String(ISLAND_FEED['routes.txt']).replace(',4\n', ',3\n').replace(',1004\n', ',3\n'),
    }),
    /^gtfs-no-lines /,
  ],
];

describe('a feed that is wrong is refused, by code, file and line', () => {
  for (const [name, files, problem] of WRONG)
    test(name, async () => {
      assert.match((await wrong(files()))[0] ?? '', problem);
    });

  test('what is wrong is told together, but not for ever', async () => {
    const times = change('stop_times.txt', '25:50:00', '25:61:00');
    const both = {
      ...change('trips.txt', 'WEEK,night', 'NONE,night'),
      'stop_times.txt': String(times['stop_times.txt']),
    };
    assert.deepEqual(
      (await wrong(both)).map((one) => one.split(' ')[0]),
      ['gtfs-reference-unknown', 'gtfs-value-invalid'],
    );
    const many = Array.from({ length: 50 }, (_, i) => `ghost-${i},08:00:00,08:00:00,m,1,,`).join('\n');
    assert.equal(
      (await wrong({ ...ISLAND_FEED, 'stop_times.txt': `${String(ISLAND_FEED['stop_times.txt'])}${many}\n` })).length,
      20,
    );
  });

  test('a source that is not there, or no archive, or one cut off', async () => {
    const codeOf = async (name: string): Promise<string> => {
      const error: unknown = await readFrom(name).catch((one: unknown) => one);
      return error instanceof FeedError ? error.code : String(error);
    };
    assert.equal(await codeOf(path.join(dir, 'nothing')), 'gtfs-unreadable');
    const file = path.join(dir, 'feed.zip');
    const whole = zipOf(ISLAND_FEED);
    for (const bytes of [whole.subarray(0, 900), Buffer.from('no archive'), Buffer.alloc(0)]) {
      writeFileSync(file, bytes);
      assert.equal(await codeOf(file), 'gtfs-unreadable');
    }
    // A byte of a file in it has changed: its checksum no longer holds.
    const bent = Buffer.from(whole);
    bent.write('X', bent.indexOf('Example Ferries'));
    writeFileSync(file, bent);
    assert.equal(await codeOf(file), 'gtfs-unreadable');
  });
});
