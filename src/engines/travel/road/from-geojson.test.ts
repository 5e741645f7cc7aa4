import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dataMisfit } from './check.ts';
import { MODE_BIT, ROAD_CLASSES, WAY_FLAG } from './data.ts';
import { roadsFromGeoJson } from './from-geojson.ts';

const road = (id: string, coordinates: readonly (readonly [number, number])[], more: object = {}) => ({
  type: 'Feature',
  properties: { id, class: 'street', speed_kmh: 30, foot: true, bridge: false, name: null, ...more },
  geometry: { type: 'LineString', coordinates },
});
const collection = (...features: readonly unknown[]) => ({ type: 'FeatureCollection', features });
const dataOf = (...features: readonly unknown[]) => {
  const read = roadsFromGeoJson(collection(...features));
  assert.ok(read.ok);
  return read.value;
};

test('lines are cut where they meet, in the middle too, and keep the points between', () => {
  const data = dataOf(
    road('a', [
      [122, 30],
      [122.001, 30],
      [122.002, 30],
      [122.003, 30],
    ]),
    road('b', [
      [122.002, 30],
      [122.002, 30.001],
    ]),
  );
  assert.deepEqual(
    [...data.edge_way].map((way) => data.ways.id[way]),
    ['a', 'a', 'b'],
  );
  assert.equal(data.edge_to[0], data.edge_from[1]);
  assert.equal(data.edge_to[0], data.edge_from[2]);
  assert.deepEqual([...data.shape_start], [0, 1, 1, 1]);
  assert.deepEqual([...data.shape_lon_e7], [1_220_010_000]);
  assert.ok(Math.abs((data.edge_length_m[2] as number) - 111.2) < 0.1);
});

test('a path is for people on foot, an expressway bridge for everybody else', () => {
  const data = dataOf(
    road(
      'bridge',
      [
        [122, 30],
        [122.01, 30],
      ],
      { class: 'trunk', bridge: true, foot: false, speed_kmh: 80 },
    ),
    road(
      'path',
      [
        [122, 30],
        [122, 30.01],
      ],
      { class: 'path', speed_kmh: 5 },
    ),
  );
  const vehicles = MODE_BIT.car | MODE_BIT.truck | MODE_BIT.motorcycle | MODE_BIT.emergency;
  assert.deepEqual([...data.edge_forward], [vehicles, MODE_BIT.foot]);
  assert.deepEqual([...data.edge_backward], [vehicles, MODE_BIT.foot]);
  assert.deepEqual([...data.edge_speed_kmh], [80, 0]);
  assert.deepEqual([...data.ways.flags], [WAY_FLAG.bridge, 0]);
  assert.deepEqual([...data.ways.class], [ROAD_CLASSES.indexOf('trunk'), ROAD_CLASSES.indexOf('path')]);
});

test('features in any order give the same roads', () => {
  const features = [
    road('a', [
      [122, 30],
      [122.01, 30],
      [122.02, 30.01],
    ]),
    road('b', [
      [122.01, 30],
      [122.01, 30.02],
    ]),
    road('c', [
      [122.02, 30.01],
      [122.01, 30.02],
      [122, 30],
    ]),
  ];
  const wanted = dataOf(...features);
  fc.assert(
    fc.property(fc.shuffledSubarray(features, { minLength: 3 }), (shuffled) =>
      assert.deepEqual(dataOf(...shuffled), wanted),
    ),
  );
});

/** A straight road that is right but for what is said. */
const straight = (id: string, more: object = {}) =>
  road(
    id,
    [
      [122, 30],
      [122.01, 30],
    ],
    more,
  );
const wrong: readonly (readonly [feature: unknown, named: string, words: RegExp])[] = [
  [straight(''), '#2', /no id/],
  [straight('a'), 'a', /twice/],
  [straight('b', { class: 'alley' }), 'b', /class/],
  [straight('c', { speed_kmh: 0 }), 'c', /speed_kmh/],
  [straight('d', { speed_kmh: '30' }), 'd', /speed_kmh/],
  [straight('e', { foot: 'yes' }), 'e', /foot/],
  [straight('f', { name: 'Road' }), 'f', /name/],
  [road('g', [[122, 30]]), 'g', /LineString/],
  [
    road(
      'h',
      Array.from({ length: 2 }, () => [122, 30] as const),
    ),
    'h',
    /LineString/,
  ],
  [
    road(
      'i',
      Array.from({ length: 2 }, (_, i) => [122, 30 + i * 100] as const),
    ),
    'i',
    /LineString/,
  ],
  [
    road(
      'j',
      Array.from({ length: 2 }, (_, i) => [122, i === 0 ? 30 : Number.NaN] as const),
    ),
    'j',
    /LineString/,
  ],
  [{ ...straight('k'), geometry: { type: 'Point', coordinates: [122, 30] } }, 'k', /LineString/],
  [null, '#2', /no id/],
];

test('what is wrong with a feature is said by its id, or its number where it has none', () => {
  for (const [feature, named, words] of wrong) {
    const read = roadsFromGeoJson(collection(straight('a'), feature));
    assert.ok(!read.ok);
    assert.equal(read.error.feature, named);
    assert.match(read.error.what.en, words);
  }
});

test('a file of another shape is refused, whatever it holds', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => !roadsFromGeoJson(value).ok));
  fc.assert(fc.property(fc.jsonValue(), (value) => !roadsFromGeoJson(collection(value)).ok));
});

test('the roads of the demonstration city are read whole', () => {
  const file = new URL('../../../../data/zhoushan/roads.geojson', import.meta.url);
  const json = JSON.parse(readFileSync(file, 'utf8')) as { features: unknown[] };
  const read = roadsFromGeoJson(json);
  assert.ok(read.ok);
  assert.equal(dataMisfit(read.value), null);
  assert.equal(read.value.ways.id.length, json.features.length);
});
