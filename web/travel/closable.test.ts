import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closableName, closablesOf, type Layer, searchClosables } from './closable.ts';

const line = (
  id: string,
  properties: object = {},
  coordinates: [number, number][] = [
    [0, 0],
    [2, 2],
  ],
) => ({
  geometry: { type: 'LineString' as const, coordinates },
  properties: { id, class: 'street', name: null, ...properties },
});
const roads: Layer = {
  features: [
    line('road-2-1'),
    line('bridge-east', { class: 'trunk', bridge: true, name: { zh: '东大桥', en: 'East Bridge' } }),
    line('way/7', { name: 'Main Street' }),
    line('way/7', { name: 'Main Street' }, [
      [2, 2],
      [4, 4],
    ]),
    line('line-3', { class: 'ferry', name: { zh: '东线', en: 'East line' } }),
    { geometry: null, properties: { id: 'nowhere' } },
    { ...line(''), properties: null },
  ],
};
const piers: Layer = {
  features: [
    {
      geometry: { type: 'Point', coordinates: [5, 6] },
      properties: { id: 'pier-east', kind: 'ramp', name: { zh: '东码头', en: 'East pier' } },
    },
  ],
};
const RING: [number, number][] = [
  [0, 0],
  [4, 0],
  [4, 2],
  [0, 0],
];
const waters: Layer = {
  features: [
    { kind: 'closed', always: false },
    { kind: 'no-fly' },
    { kind: 'weather' },
    { kind: 'speed' },
    { kind: 'shallow' },
    { kind: 'current' },
    { kind: 'closed', always: true },
  ].map((properties, index) => ({
    geometry: { type: 'Polygon' as const, coordinates: [RING] },
    properties: { id: `area-${index}`, ...properties },
  })),
};
const all = closablesOf({ roads, piers, waters });

test('what has an id and a shape can be closed; pieces of one id are one; of the waters only what a closure shuts', () => {
  assert.deepEqual(
    [...all.values()].map((one) => [one.id, one.sort, one.shapes.length]),
    [
      ['road-2-1', 'road', 1],
      ['bridge-east', 'bridge', 1],
      ['way/7', 'road', 2],
      ['line-3', 'ferry', 1],
      ['pier-east', 'pier', 1],
      ['area-0', 'area', 1],
      ['area-1', 'area', 1],
    ],
  );
});

test('the map goes to a point on a line and to the middle of an area', () => {
  assert.deepEqual(all.get('bridge-east')?.at, [1, 1]);
  assert.deepEqual(all.get('pier-east')?.at, [5, 6]);
  assert.deepEqual(all.get('area-0')?.at, [2, 1]);
});

test('what has no name is called by what it is and its id', () => {
  const words = (id: string): string => {
    const one = all.get(id);
    return one === undefined ? '' : closableName(one).zh;
  };
  assert.equal(words('road-2-1'), '街道 road-2-1');
  assert.equal(words('bridge-east'), '东大桥');
  assert.equal(words('way/7'), 'Main Street');
});

test('a search finds by name in either language and by id, bridges before lines and piers', () => {
  const found = (words: string): readonly string[] => searchClosables(all.values(), words).map((one) => one.id);
  assert.deepEqual(found('东'), ['bridge-east', 'line-3', 'pier-east']);
  assert.deepEqual(found('east'), ['bridge-east', 'line-3', 'pier-east']);
  assert.deepEqual(found('ROAD-2'), ['road-2-1']);
  assert.deepEqual(found('way/7'), ['way/7']);
  assert.deepEqual(found(' '), []);
});
