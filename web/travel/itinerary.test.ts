import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import {
  choicesOf,
  confidenceOf,
  type Itinerary,
  itineraryOf,
  placeNameAt,
  promised_s,
  rowsOf,
  stopsOf,
} from './itinerary.ts';

const PIER: LonLat = [122.3, 29.95];
const HALL: LonLat = [122.1, 30];
const ISLE: LonLat = [122.4, 29.9];
const leg = (mode: string, duration_s: number, line: LonLat[], more: object = {}) => ({
  mode,
  duration_s,
  distance_m: 1000,
  line,
  via: [],
  refs: [],
  ...more,
});
const way = (legs: ReturnType<typeof leg>[]) => {
  const made = itineraryOf(
    { duration_s: legs.reduce((sum, one) => sum + one.duration_s, 0), distance_m: 3000, legs },
    1_000_000,
  );
  assert.ok(made !== null);
  return made;
};
const byFerry = way([
  leg('wait', 60, [HALL, HALL]),
  leg('car', 600, [HALL, PIER]),
  leg('wait', 30, [PIER, PIER]),
  leg('wait', 300, [PIER, PIER]),
  leg('ferry', 1200, [PIER, ISLE]),
]);

test('legs without times of day are counted on from now; told times are kept', () => {
  assert.deepEqual(
    byFerry.legs.map((one) => one.start_ms),
    [1_000_000, 1_060_000, 1_660_000, 1_690_000, 1_990_000],
  );
  assert.equal(byFerry.arrive_ms, 3_190_000);
  const told = way([leg('car', 600, [HALL, PIER], { start_ms: 5000, arrive_ms: 605_000, confidence: 'usual' })]);
  assert.equal(told.start_ms, 5000);
  assert.equal(told.arrive_ms, 605_000);
  assert.equal(confidenceOf(told), 'usual');
});

test('a way that does not exist is none', () => {
  assert.equal(itineraryOf({ duration_s: null, distance_m: null, legs: [] }, 0), null);
});

test('the kind of a way is its modes in order, waits left out', () => {
  assert.equal(byFerry.key, 'car-ferry');
  assert.equal(way([leg('car', 10, [HALL, PIER]), leg('car', 10, [PIER, ISLE])]).key, 'car');
});

test('short waits are no rows and no stops; a long one is one stop with its minutes', () => {
  assert.deepEqual(
    rowsOf(byFerry).map((one) => one.mode),
    ['wait', 'car', 'wait', 'ferry'],
  );
  assert.deepEqual(stopsOf(byFerry), [
    { at: PIER, arrive_ms: 1_690_000, wait_s: 300, sort: 'wait' },
    { at: ISLE, arrive_ms: 3_190_000, wait_s: 0, sort: 'end' },
  ]);
});

test('getting off is part of the leg before it: list and map end when the way does', () => {
  const parked = way([leg('car', 600, [HALL, PIER]), leg('wait', 20, [PIER, PIER])]);
  assert.deepEqual(
    rowsOf(parked).map(({ mode, duration_s, arrive_ms }) => [mode, duration_s, arrive_ms]),
    [['car', 620, parked.arrive_ms]],
  );
  assert.deepEqual(stopsOf(parked), [{ at: PIER, arrive_ms: parked.arrive_ms, wait_s: 0, sort: 'end' }]);
});

test('others are offered once per kind, soonest first, after the one that was ranked', () => {
  const other = (key: string, arrive_ms: number): Itinerary => ({ ...byFerry, key, arrive_ms });
  assert.deepEqual(
    choicesOf(byFerry, [other('boat', 9), other('car-ferry', 1), other('air', 3), other('boat', 5)]).map((one) => [
      one.key,
      one.arrive_ms,
    ]),
    [
      ['car-ferry', 3_190_000],
      ['air', 3],
      ['boat', 5],
    ],
  );
  assert.deepEqual(choicesOf(null, []), []);
});

test('what is assumed anywhere makes the whole assumed; where nobody says, nothing is said', () => {
  const mixed = way([
    leg('car', 10, [HALL, PIER], { confidence: 'measured' }),
    leg('ferry', 10, [PIER, ISLE], { confidence: 'assumed' }),
  ]);
  assert.equal(confidenceOf(mixed), 'assumed');
  assert.equal(confidenceOf(byFerry), null);
});

test('a stop has the name of the landing place it is at, and none far from all', () => {
  const places = [
    { name: { zh: '甲码头', en: 'Pier A' }, lon: 122.3005, lat: 29.95 },
    { name: { zh: '乙码头', en: 'Pier B' }, lon: 122.3001, lat: 29.95 },
  ];
  assert.equal(placeNameAt(PIER, places)?.en, 'Pier B');
  assert.equal(placeNameAt(HALL, places), null);
  assert.equal(placeNameAt(undefined, places), null);
});

test('an arrival is told in whole minutes, never too early', () => {
  assert.deepEqual([20, 60, 984, 996].map(promised_s), [60, 60, 1020, 1020]);
});
