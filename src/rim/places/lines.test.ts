import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Instant } from '#core/base/instant.ts';
import type { LineFeed } from '#engines/travel/lines/data.ts';
import { CodedError } from '#wire/errors.ts';
import { temporary } from '../../../test/harness/gtfs.ts';
import type { FeedText } from './line-file.ts';
import { LINES_FILE, loadTimetable, putFeed } from './lines.ts';

let [dir, remove] = ['', (): void => undefined];
beforeEach(() => {
  ({ dir, remove } = temporary());
  const pier = (id: string, kind: string, lon: number) => ({
    type: 'Feature',
    properties: { id, kind },
    geometry: { type: 'Point', coordinates: [lon, 30] },
  });
  const features = [pier('west', 'passenger', 122), pier('east', 'ramp', 122.1), pier('sky', 'helipad', 122.2)];
  writeFileSync(path.join(dir, 'piers.geojson'), JSON.stringify({ type: 'FeatureCollection', features }));
});
afterEach(() => remove());

const own: FeedText = {
  id: 'own',
  zone: 'Asia/Shanghai',
  lines: [{ id: 'ferry', name: { zh: '轮渡', en: 'Ferry' }, takes: 'people' }],
  services: [{ id: 'daily', weekdays: '1111111' }],
  trips: [
    {
      id: 'day',
      line: 'ferry',
      service: 'daily',
      calls: [
        { hub: 'west', depart: '00:00' },
        { hub: 'east', arrive: '00:40:30' },
      ],
      departures: ['07:35', '25:10'],
    },
  ],
  usual: [{ line: 'ferry', from: 'west', to: 'east', wait_s: 900, crossing_s: 1800 }],
};
const write = (feeds: readonly unknown[]): void =>
  writeFileSync(path.join(dir, LINES_FILE), JSON.stringify({ version: 1, feeds }));
const fileText = (): string => readFileSync(path.join(dir, LINES_FILE), 'utf8');
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof CodedError, String(error));
    return `${error.code} ${error.message}`;
  }
  return assert.fail('it was taken');
};
const utc = (moment: string): Instant => Date.parse(`${moment}Z`) as Instant;

const imported = (id: string, line: string, hub = 'stop/quay'): LineFeed => ({
  id,
  zone: 'UTC',
  hubs: [{ id: hub, name: { zh: '栈桥', en: 'Quay' }, at: [122.05, 30] }],
  lines: [
    {
      id: line,
      name: { zh: line, en: line },
      takes: 'people and vehicles',
      carrier: 'ferry',
      boarding_s: 60,
      unloading_s: 0,
    },
  ],
  services: [
    {
      id: 'winter',
      weekdays: [true, false, false, false, false, false, true],
      from: '2026-01-01',
      until: null,
      added: ['2026-01-06'],
      removed: [],
    },
  ],
  trips: [
    {
      id: `${line}-1`,
      line,
      service: 'winter',
      calls: [
        { hub: 'east', arrive_s: 3600, depart_s: 3660, board: true, alight: false, approximate: false },
        { hub, arrive_s: 4000, depart_s: 4000, board: true, alight: true, approximate: true },
      ],
      departures_s: [],
      frequencies: [{ from_s: 0, until_s: 90_000, every_s: 1800, exact: false }],
    },
  ],
  usual: [],
  changes: [{ from: 'east', to: hub, duration_s: 300 }],
  shapes: [
    {
      line,
      from: 'east',
      to: hub,
      path: [
        [122.09, 30.01],
        [122.06, 30.02],
      ],
    },
  ],
});

describe('lines.json of a place', () => {
  test('is right as the guide shows it', () => {
    const guide = readFileSync(path.join(import.meta.dirname, '../../../docs/operating/place-directory.md'), 'utf8');
    const shown = (name: string): string =>
      new RegExp(`^### \`${name}\`[\\s\\S]*?^\`\`\`json\\n([\\s\\S]*?)^\`\`\``, 'm').exec(guide)?.[1] ?? '';
    for (const name of ['piers.geojson', LINES_FILE]) writeFileSync(path.join(dir, name), shown(name));
    const day = loadTimetable(dir).connections(utc('2026-09-29T16:00'), utc('2026-10-01T16:00'));
    const boats = new Map(['there', 'back'].map((trip) => [trip, day.filter((one) => one.trip === trip).length]));
    // 30 September and the holiday after it: two boats of 25:10, each of the day before, and the ordinary ones of the 30th.
    assert.deepEqual(
      [...boats],
      [
        ['there', 4],
        ['back', 10],
      ],
    );
  });

  test('may be missing: then there are no lines', () => {
    const table = loadTimetable(dir);
    assert.deepEqual(
      [table.lines, table.usual, table.connections(utc('2026-01-01T00:00'), utc('2026-01-02T00:00'))],
      [[], [], []],
    );
  });

  test('is read as somebody writes it by hand, what is left out filled in', () => {
    write([own]);
    const table = loadTimetable(dir);
    assert.deepEqual(
      [table.lines[0]?.boarding_s, table.lines[0]?.unloading_s, table.lines[0]?.carrier],
      [180, 120, null],
    );
    assert.equal(table.usual[0]?.both_ways, true);
    const day = table.connections(utc('2026-05-01T16:00'), utc('2026-05-02T16:00'));
    assert.deepEqual(
      day.map((one) => [one.run, new Date(one.depart).toISOString().slice(11, 16), (one.arrive - one.depart) / 1000]),
      [
        ['day@2026-05-01/90600', '17:10', 2430],
        ['day@2026-05-02/27300', '23:35', 2430],
      ],
    );
  });

  test('comes back as it was put there; another import leaves what was written by hand', () => {
    write([own]);
    putFeed(dir, imported('north', 'n1', 'stop/north'), { source: null, stops: [] });
    const feed = imported('south', 's1');
    putFeed(dir, feed, {
      source: 'Example 1',
      stops: [{ id: 'quay', name: 'Quay', hub: 'stop/quay', distance_m: null }],
    });
    const before = fileText();
    putFeed(dir, feed, {
      source: 'Example 1',
      stops: [{ id: 'quay', name: 'Quay', hub: 'stop/quay', distance_m: null }],
    });
    assert.equal(fileText(), before);
    const { feeds } = JSON.parse(before) as { readonly feeds: readonly FeedText[] };
    assert.deepEqual(feeds[0], own);
    assert.deepEqual(
      feeds.map((one) => one.id),
      ['own', 'north', 'south'],
    );
    const table = loadTimetable(dir);
    assert.deepEqual(
      table.lines.filter((line) => line.id !== 'ferry'),
      [imported('north', 'n1').lines[0], feed.lines[0]],
    );
    assert.deepEqual(table.changes.length, 2);
    assert.deepEqual(table.shapes, [...imported('north', 'n1', 'stop/north').shapes, ...feed.shapes]);
    const monday = table.connections(utc('2026-01-05T00:00'), utc('2026-01-05T01:00'));
    assert.deepEqual(
      monday.filter((one) => one.line === 's1').map((one) => [one.run, one.board, one.alight, one.confidence]),
      [
        ['s1-1@2026-01-04/86400', true, true, 'usual'],
        ['s1-1@2026-01-05/0', true, true, 'usual'],
        ['s1-1@2026-01-04/88200', true, true, 'usual'],
        ['s1-1@2026-01-05/1800', true, true, 'usual'],
      ],
    );
  });

  test('is as it was when an import cannot be put there', () => {
    write([own]);
    const before = fileText();
    assert.match(
      refusal(() => putFeed(dir, imported('gtfs', 'ferry'), { source: null, stops: [] })),
      /^line-id-taken .*line ferry.*own/,
    );
    const lost = { ...imported('gtfs', 'g1'), hubs: [] };
    assert.match(
      refusal(() => putFeed(dir, lost, { source: null, stops: [] })),
      /^lines-file-invalid .*trip g1-1.*stop\/quay/,
    );
    assert.equal(fileText(), before);
    assert.deepEqual(readdirSync(dir).sort(), ['lines.json', 'piers.geojson']);
  });

  test('that cannot be read is not written over', () => {
    writeFileSync(path.join(dir, LINES_FILE), '{"version": 1,');
    assert.match(
      refusal(() => putFeed(dir, imported('gtfs', 'g1'), { source: null, stops: [] })),
      /^place-file-malformed /,
    );
    assert.equal(fileText(), '{"version": 1,');
  });

  test('cannot be put where no file can be', () => {
    mkdirSync(path.join(dir, LINES_FILE));
    assert.match(
      refusal(() => putFeed(dir, imported('gtfs', 'g1'), { source: null, stops: [] })),
      /^place-file-unreadable /,
    );
    assert.match(
      refusal(() =>
        putFeed(
          path.join(dir, 'none'),
          { ...imported('g', 'g1', 'east'), changes: [], shapes: [] },
          { source: null, stops: [] },
        ),
      ),
      /^place-write-failed /,
    );
    assert.ok(!existsSync(path.join(dir, 'none')));
  });

  const wrong: readonly (readonly [name: string, feeds: readonly unknown[], says: RegExp])[] = [
    [
      'a time that is none',
      [{ ...own, trips: [{ ...own.trips?.[0], departures: ['25:61'] }] }],
      /trips\.0 \(day\)\.departures\.0.*07:35/,
    ],
    [
      'a trip of one call',
      [{ ...own, trips: [{ ...own.trips?.[0], calls: [{ hub: 'west', depart: '08:00' }] }] }],
      /trips\.0 \(day\)\.calls/,
    ],
    ['a pier there is not', [{ ...own, usual: [{ ...own.usual?.[0], to: 'moon' }] }], /usual ferry.*hub "moon"/],
    ['a landing ground for a pier', [{ ...own, usual: [{ ...own.usual?.[0], to: 'sky' }] }], /hub "sky"/],
    ['a service there is not', [{ ...own, services: [] }], /trip day.*service "daily"/],
    ['a line there is not', [{ ...own, lines: [], usual: [] }], /trip day.*line "ferry"/],
    ['a zone there is not', [{ ...own, zone: 'Mars/Base' }], /feeds\.0 \(own\)\.zone/],
    [
      'a shape to nowhere',
      [{ ...own, shapes: [{ line: 'ferry', from: 'west', to: 'moon', path: [[122.05, 30]] }] }],
      /shape ferry.*hub "moon"/,
    ],
    [
      'a shape off the earth',
      [{ ...own, shapes: [{ line: 'ferry', from: 'west', to: 'east', path: [[122.05, 95]] }] }],
      /shapes\.0\.path\.0\.1/,
    ],
    ['a feed twice', [own, own], /feed own.*twice/],
    ['a word it does not know', [{ ...own, speed: 3 }], /feeds\.0 \(own\).*speed/],
    [
      'times that go back',
      [
        {
          ...own,
          trips: [
            {
              ...own.trips?.[0],
              calls: [
                { hub: 'west', depart: '08:00' },
                { hub: 'east', arrive: '07:00' },
              ],
            },
          ],
        },
      ],
      /trip day.*go back at east/,
    ],
  ];
  for (const [name, feeds, says] of wrong)
    test(`with ${name} is refused, naming the object`, () => {
      write(feeds);
      assert.match(
        refusal(() => loadTimetable(dir)),
        new RegExp(`^lines-file-invalid .*lines\\.json.*${says.source}`),
      );
    });

  test('of another version is refused', () => {
    writeFileSync(path.join(dir, LINES_FILE), JSON.stringify({ version: 2, feeds: [] }));
    assert.match(
      refusal(() => loadTimetable(dir)),
      /^lines-file-invalid .*version/,
    );
  });
});
