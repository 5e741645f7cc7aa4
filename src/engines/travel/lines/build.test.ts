import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Instant } from '#core/base/instant.ts';
import { zoneOffset } from '#rim/calendar/zone-offset.ts';
import { createTimetable } from './build.ts';
import type { CallTime, LineFeed, Service, Trip } from './data.ts';
import { dayNumber, dayText, serviceStart } from './days.ts';
import type { Timetable } from './timetable.ts';

const HOUR_S = 3600;
const utc = (moment: string): Instant => Date.parse(`${moment}Z`) as Instant;
const iso = (at: Instant): string => new Date(at).toISOString().slice(0, 16);

const call = (hub: string, arrive_s: number, depart_s = arrive_s, approximate = false): CallTime => ({
  hub,
  arrive_s,
  depart_s,
  board: true,
  alight: true,
  approximate,
});
const daily: Service = {
  id: 'daily',
  weekdays: Array.from({ length: 7 }, () => true),
  from: null,
  until: null,
  added: [],
  removed: [],
};
const trip = (id: string, calls: readonly CallTime[], more: Partial<Trip> = {}): Trip => ({
  id,
  line: 'ferry',
  service: 'daily',
  calls,
  departures_s: [],
  frequencies: [],
  ...more,
});
const feed = (zone: string, trips: readonly Trip[], services: readonly Service[] = [daily]): LineFeed => ({
  id: `feed-${zone}`,
  zone,
  hubs: [],
  services,
  trips,
  usual: [],
  changes: [],
  shapes: [],
  lines: [
    {
      id: 'ferry',
      name: { zh: '轮渡', en: 'Ferry' },
      takes: 'people',
      carrier: null,
      boarding_s: 60,
      unloading_s: 60,
    },
  ],
});
const tableOf = (...feeds: readonly LineFeed[]): Timetable => createTimetable({ feeds }, zoneOffset);
const departures = (table: Timetable, from: string, until: string): readonly string[] =>
  table.connections(utc(from), utc(until)).map((one) => `${one.run}#${one.seq} ${iso(one.depart)}-${iso(one.arrive)}`);

describe('service days', () => {
  test('count from noon minus twelve hours, also when clocks change', () => {
    const amsterdam = zoneOffset('Europe/Amsterdam');
    const start = (day: string): string => iso(serviceStart(dayNumber(day), amsterdam));
    assert.equal(start('2019-03-30'), '2019-03-29T23:00');
    // Clocks went forward on the 31st at 01:00 UTC: noon was at 10:00 UTC.
    assert.equal(start('2019-03-31'), '2019-03-30T22:00');
    assert.equal(start('2019-04-01'), '2019-03-31T22:00');
    assert.equal(start('2019-10-27'), '2019-10-26T23:00');
  });

  test('know the days there are', () => {
    assert.equal(dayText(dayNumber('2028-02-29')), '2028-02-29');
    for (const none of ['2026-02-29', '2026-13-01', '20260101', 'soon']) assert.ok(Number.isNaN(dayNumber(none)), none);
  });
});

describe('a timetable', () => {
  test('has the ordinary times right on the day clocks go forward; times before the change are an hour early, as GTFS counts', () => {
    const table = tableOf(
      feed('Europe/Amsterdam', [trip('t', [call('a', 1.5 * HOUR_S), call('b', 14 * HOUR_S), call('c', 15 * HOUR_S)])]),
    );
    assert.deepEqual(departures(table, '2019-03-30T21:00', '2019-03-31T20:00'), [
      // 01:30 of the service day counts from 23:00 of the day before.
      't@2019-03-31#0 2019-03-30T23:30-2019-03-31T12:00',
      // 14:00 in summer time is 12:00 UTC.
      't@2019-03-31#1 2019-03-31T12:00-2019-03-31T13:00',
    ]);
  });

  test('runs on past midnight: the boat of 25:10 belongs to the day before', () => {
    const friday: Service = { ...daily, weekdays: [false, false, false, false, true, false, false] };
    const table = tableOf(
      feed('Asia/Shanghai', [trip('night', [call('a', 25 * HOUR_S + 600), call('b', 26 * HOUR_S)])], [friday]),
    );
    // Friday 2026-01-09 → Saturday 01:10 local, 17:10 UTC on Friday.
    assert.deepEqual(departures(table, '2026-01-09T16:00', '2026-01-16T16:00'), [
      'night@2026-01-09#0 2026-01-09T17:10-2026-01-09T18:00',
    ]);
    assert.deepEqual(departures(table, '2026-01-09T17:11', '2026-01-09T23:00'), []);
  });

  test('goes by the calendar: its season, its weekdays, days added and taken away', () => {
    const service: Service = {
      id: 'daily',
      weekdays: [true, true, true, true, true, false, false],
      from: '2026-03-02',
      until: '2026-03-09',
      added: ['2026-03-14'],
      removed: ['2026-03-04'],
    };
    const table = tableOf(feed('UTC', [trip('t', [call('a', 0), call('b', 60)])], [service]));
    assert.deepEqual(
      table.connections(utc('2026-02-20T00:00'), utc('2026-03-20T00:00')).map((one) => iso(one.depart).slice(8, 10)),
      ['02', '03', '05', '06', '09', '14'],
    );
  });

  test('unrolls frequencies: the end does not count, exact ones are measured, the others usual; the first departure is the start', () => {
    const frequencies = [
      { from_s: 8 * HOUR_S, until_s: 9 * HOUR_S, every_s: 1800, exact: true },
      { from_s: 9 * HOUR_S, until_s: 10 * HOUR_S, every_s: 2700, exact: false },
    ];
    const table = tableOf(feed('UTC', [trip('t', [call('a', 1800, 1860), call('b', 3660)], { frequencies })]));
    const all = table.connections(utc('2026-01-01T00:00'), utc('2026-01-02T00:00'));
    assert.deepEqual(
      all.map((one) => [one.run, iso(one.depart).slice(11), (one.arrive - one.depart) / 1000, one.confidence]),
      [
        ['t@2026-01-01/28800', '08:00', 1800, 'measured'],
        ['t@2026-01-01/30600', '08:30', 1800, 'measured'],
        ['t@2026-01-01/32400', '09:00', 1800, 'usual'],
        ['t@2026-01-01/35100', '09:45', 1800, 'usual'],
      ],
    );
  });

  test('unrolls a list of departures; the same one twice is one', () => {
    const departures_s = [9 * HOUR_S, 8 * HOUR_S, 9 * HOUR_S];
    const table = tableOf(
      feed('UTC', [trip('t', [call('a', 0), call('b', 600, 700), call('c', 900)], { departures_s })]),
    );
    assert.deepEqual(departures(table, '2026-01-01T00:00', '2026-01-02T00:00'), [
      't@2026-01-01/28800#0 2026-01-01T08:00-2026-01-01T08:10',
      't@2026-01-01/28800#1 2026-01-01T08:11-2026-01-01T08:15',
      't@2026-01-01/32400#0 2026-01-01T09:00-2026-01-01T09:10',
      't@2026-01-01/32400#1 2026-01-01T09:11-2026-01-01T09:15',
    ]);
  });

  test('with a trip whose service it does not have is a defect', () => {
    assert.throws(
      () => tableOf(feed('UTC', [trip('t', [call('a', 0), call('b', 1)], { service: 'none' })])),
      RangeError,
    );
  });
});

describe('any span of a timetable', () => {
  const zones = ['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai'];
  const anyTrip = fc
    .record({
      first_s: fc.integer({ min: 0, max: 60 * HOUR_S }),
      ride_s: fc.nat(7200),
      every_s: fc.integer({ min: 3600, max: 20_000 }),
    })
    .map(({ first_s, ride_s, every_s }) => ({
      calls: [call('a', first_s), call('b', first_s + ride_s)],
      frequencies: [{ from_s: first_s, until_s: first_s + 8 * HOUR_S, every_s, exact: true }],
    }));

  test('is what a longer one has within it, in the same order, whatever was asked before', () => {
    const start = { min: Date.UTC(2025, 9, 1), max: Date.UTC(2026, 10, 30) };
    const holds = fc.property(
      fc.constantFrom(...zones),
      fc.array(anyTrip, { minLength: 1, maxLength: 4 }),
      fc.integer(start),
      fc.nat(48 * HOUR_S * 1000),
      fc.nat(30),
      (zone, trips, from, length_ms, far_days) => {
        const table = tableOf(
          feed(
            zone,
            trips.map((one, i) => trip(`t${i}`, one.calls, { frequencies: one.frequencies })),
          ),
        );
        const until = from + length_ms;
        const whole = table
          .connections((from - far_days * 86_400_000) as Instant, (until + 86_400_000) as Instant)
          .filter((one) => one.depart >= from && one.depart < until);
        assert.deepEqual(table.connections(from as Instant, until as Instant), whole);
      },
    );
    fc.assert(holds);
  });
});
