import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import { CALM, limits } from './conditions.ts';
import type { Conditions, Weather } from './conditions.ts';
import { isDaylight } from './daylight.ts';
import { inBoth, outside, toBegin, whileTrue } from './intervals.ts';
import type { Interval } from './intervals.ts';
import { createTides } from './tide.ts';
import { isOpen, openIntervals, whyShut } from './windows.ts';
import type { Passage } from './windows.ts';
import { seaState } from './words.ts';

const HOUR_MS = 3_600_000;
const at = (hours: number) => instant(Date.parse('2026-06-01T00:00:00Z') + hours * HOUR_MS);
const LINE: readonly LonLat[] = [
  [122, 30],
  [122.1, 30],
];
const passage = (some: Partial<Passage>): Passage => ({
  ids: ['line'],
  names: [{ zh: '航线', en: 'the line' }],
  line: LINE,
  duration_s: 3600,
  limits: null,
  start: null,
  end: null,
  ...some,
});
const weather = (hours: number, some: Partial<Weather>): Weather => ({
  at: at(hours),
  wind_ms: null,
  gust_ms: null,
  wave_m: null,
  visibility_m: null,
  ...some,
});
const square = (west: number, east: number): LonLat[] => [
  [west, 29],
  [east, 29],
  [east, 31],
  [west, 31],
  [west, 29],
];
const area = (west: number, east: number, ...series: Weather[]): Conditions => ({
  ...CALM,
  areas: [{ id: 'a', name: { zh: '海', en: 'the sea' }, rings: [square(west, east)], series }],
});
/** The place at a share of the length of a line, by the plane: lines are short here. */
const alongOf = (line: readonly LonLat[], share: number): LonLat => {
  const lengths = line.slice(1).map((end, i) => distance_m(line[i] as LonLat, end));
  let left = share * lengths.reduce((sum, one) => sum + one, 0);
  for (const [i, length] of lengths.entries()) {
    const [a, b] = [line[i] as LonLat, line[i + 1] as LonLat];
    if (left <= length && length > 0)
      return [a[0] + ((b[0] - a[0]) * left) / length, a[1] + ((b[1] - a[1]) * left) / length];
    left -= length;
  }
  return line.at(-1) as LonLat;
};
const hoursOf = (open: readonly Interval[]): readonly (readonly [number, number])[] =>
  open.map(([from, until]) => [Math.round((from - at(0)) / HOUR_MS), Math.round((until - at(0)) / HOUR_MS)]);

const moments = fc.array(fc.tuple(fc.nat(60), fc.nat(12)), { maxLength: 6 });
const listOf = (pairs: readonly (readonly [number, number])[]): readonly Interval[] =>
  outside(
    outside(
      pairs.map(([from, long]) => [from, from + long] as const),
      [0, 80],
    ),
    [0, 80],
  );
const holds = (list: readonly Interval[], moment: number): boolean =>
  list.some(([from, until]) => moment >= from && moment <= until);

describe('intervals', () => {
  it('outside, in both, and time to begin agree with looking at every moment', () => {
    fc.assert(
      fc.property(moments, moments, fc.nat(10), (some, others, takes) => {
        const [one, other] = [listOf(some), listOf(others)];
        const begin = toBegin(one, takes);
        for (let moment = 0; moment <= 80; moment += 1) {
          assert.equal(
            holds(one, moment),
            some.some(([from, long]) => moment >= from && moment <= from + long),
          );
          assert.equal(holds(inBoth(one, other), moment), holds(one, moment) && holds(other, moment));
          const whole = one.some(([from, until]) => moment >= from && moment + takes <= until);
          assert.equal(holds(begin, moment), whole);
        }
      }),
    );
  });

  it('a test that turns is found to the second', () => {
    const found = whileTrue((moment) => moment >= 1_234_567 && moment < 4_000_000, [0, 10_000_000], 300_000);
    assert.equal(found.length, 1);
    assert.ok(Math.abs((found[0]?.[0] ?? 0) - 1_234_567) <= 1000);
    assert.ok(Math.abs((found[0]?.[1] ?? 0) - 4_000_000) <= 1000);
  });
});

describe('when a leg is open', () => {
  const span: Interval = [at(0), at(24)];

  it('always in fair weather', () => {
    assert.deepEqual(hoursOf(openIntervals(passage({ limits: limits({ wind_ms: 10 }) }), CALM, span)), [[0, 24]]);
  });

  it('not while it, or a pier of it, is closed; nor when it would be closed before it ends', () => {
    const closures = [{ what: 'line', from: at(6), until: at(9), why: null }];
    assert.deepEqual(hoursOf(openIntervals(passage({}), { ...CALM, closures }, span)), [
      [0, 5],
      [9, 24],
    ]);
    const shut = whyShut(passage({}), { ...CALM, closures }, at(5.5));
    assert.equal(shut?.code, 'closed');
    assert.match(shut?.words.en ?? '', /the line is closed until 2026-06-01 09:00Z/);
  });

  it('by the weather of the areas it runs through, as forecast', () => {
    const rough = [weather(0, { wave_m: 1 }), weather(8, { wave_m: 3 }), weather(12, { wave_m: 1 })];
    const bound = passage({ limits: limits({ wave_m: 2 }) });
    assert.deepEqual(hoursOf(openIntervals(bound, area(121, 123, ...rough), span)), [
      [0, 7],
      [12, 24],
    ]);
    assert.deepEqual(hoursOf(openIntervals(bound, area(125, 126, ...rough), span)), [[0, 24]]);
    assert.equal(whyShut(bound, area(121, 123, ...rough), at(9))?.code, 'sea-state');
    assert.ok(isOpen(bound, area(121, 123, ...rough), at(13)));
  });

  it('each area counts for the time it is crossed, and no other', () => {
    const rough = [weather(0, { wave_m: 1 }), weather(8, { wave_m: 3 }), weather(12, { wave_m: 1 })];
    // In the last quarter of four hours: from the third hour on.
    const bound = passage({ limits: limits({ wave_m: 2 }), duration_s: 4 * 3600 });
    const far = area(122.075, 123, ...rough);
    assert.deepEqual(hoursOf(openIntervals(bound, far, span)), [
      [0, 4],
      [9, 24],
    ]);
    assert.equal(whyShut(bound, far, at(3)), null);
    assert.equal(whyShut(bound, far, at(4.5))?.code, 'sea-state');
    assert.equal(whyShut(bound, far, at(9.5)), null);
  });

  it('agrees with looking at every place of the way at its time', () => {
    const series = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 6 })
      .map((list) =>
        [...new Map(list)].toSorted(([a], [b]) => a - b).map(([hour, wave_m]) => weather(hour, { wave_m })),
      );
    const bends = fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 2, maxLength: 5 });
    const band = fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 60 }));
    const begins = fc.integer({ min: 0, max: 24 * 60 });
    fc.assert(
      fc.property(series, bends, band, begins, (told, points, [from, wide], minutes) => {
        const line = points.map(([x, y]): LonLat => [122 + x / 1000, 30 + y / 1000]);
        const conditions = area(122 + (from + 0.5) / 1000, 122 + (from + wide + 0.5) / 1000, ...told);
        const bound = passage({ limits: limits({ wave_m: 2 }), line, duration_s: 6 * 3600 });
        const begin = at(minutes / 60);
        const open = openIntervals(bound, conditions, [begin, begin]).length > 0;
        assert.equal(open, whyShut(bound, conditions, begin) === null);
        const isRough = (share: number): boolean => {
          const [lon] = alongOf(line, share);
          const time = begin + share * 6 * HOUR_MS;
          const now = told.findLast((one) => one.at <= time);
          const inside = lon > 122 + (from + 0.5) / 1000 && lon < 122 + (from + wide + 0.5) / 1000;
          return inside && (now?.wave_m ?? 0) > 2;
        };
        const looked = Array.from({ length: 1001 }, (_, i) => i / 1000);
        if (looked.some(isRough)) assert.ok(!open, 'rough somewhere, and open');
        // A shade earlier and later and beside is smooth too: then it is open.
        const near = (share: number): boolean =>
          [-0.002, 0, 0.002].some((by) => isRough(Math.min(1, Math.max(0, share + by))));
        if (!looked.some(near)) assert.ok(open, 'smooth all the way, and shut');
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('wind, gusts and fog have limits of their own', () => {
    const bound = passage({ limits: limits({ wind_ms: 10, visibility_m: 500 }) });
    for (const [some, shut] of [
      [{ wind_ms: 11 }, true],
      [{ wind_ms: 9, gust_ms: 13 }, false],
      [{ gust_ms: 15 }, true],
      [{ visibility_m: 400 }, true],
      [{ visibility_m: 600 }, false],
    ] as const)
      assert.equal(whyShut(bound, area(121, 123, weather(0, some)), at(1))?.code, shut ? 'weather' : undefined);
  });

  it('by the tide when it ends, where a pier needs it', () => {
    const conditions = { ...CALM, tide_m: (_: LonLat, time: number) => (time >= at(6) && time < at(10) ? 3 : 1) };
    const bound = passage({ end: limits({ tide_min_m: 2 }) });
    assert.deepEqual(hoursOf(openIntervals(bound, conditions, span)), [[5, 9]]);
    assert.equal(whyShut(bound, conditions, at(0))?.code, 'tide');
  });

  it('by daylight', () => {
    const [day] = openIntervals(passage({ limits: limits({ daylight: true }) }), { ...CALM, isDaylight }, [
      at(12),
      at(36),
    ]);
    // Declination 22.1°: the sun is up 6 h 58.5 min either side of 11:49.7 local time (sunrise equation, by hand).
    assert.ok(Math.abs((day?.[0] ?? 0) - at(20.853)) < 0.03 * HOUR_MS, new Date(day?.[0] ?? 0).toISOString());
    assert.ok(Math.abs((day?.[1] ?? 0) - at(33.803)) < 0.03 * HOUR_MS, new Date(day?.[1] ?? 0).toISOString());
  });
});

describe('tide and sea', () => {
  const station = {
    id: 's',
    latitude: 30,
    longitude: 122,
    datums: { MSL: 2.5, LAT: 0.5 },
    chart_datum: 'LAT',
    harmonic_constituents: [{ name: 'S2', amplitude: 1.5, phase: 90 }],
  };

  it('a single solar tide rises and falls twice a day about the mean level above chart datum', () => {
    const tide_m = createTides({ stations: [station] });
    const levels = Array.from({ length: 49 }, (_, half) => tide_m([122, 30], at(half / 2)) ?? Number.NaN);
    assert.ok(Math.abs(Math.max(...levels) - 3.5) < 0.02 && Math.abs(Math.min(...levels) - 0.5) < 0.02);
    assert.ok(levels.slice(24).every((level, i) => Math.abs(level - (levels[i] ?? 0)) < 0.05));
  });

  it('nobody knows the tide far from every station', () => {
    assert.equal(createTides({ stations: [station] })([0, 0], at(0)), null);
    assert.equal(createTides({ stations: [] })([122, 30], at(0)), null);
  });

  it('states of the sea are those of the Douglas scale', () => {
    assert.deepEqual([0, 0.05, 0.3, 1, 2, 3, 5, 8, 12, 20].map(seaState), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
