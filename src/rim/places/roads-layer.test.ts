import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { RoadData } from '#engines/travel/road/data.ts';
import { extractBytes, fileOf } from '../../../test/harness/osm-pbf.ts';
import type { MadeNode } from '../../../test/harness/osm-pbf.ts';
import { importOsm } from '../osm/import-osm.ts';
import { roadsLayer } from './roads-layer.ts';

/** Nodes eastwards, 100 m apart, each so many metres north of a line. */
const nodes = (...north_m: readonly number[]): MadeNode[] =>
  north_m.map((metres, i) => ({ id: i + 1, lon: 122 + i * 0.001, lat: 30 + metres / 111_200 }));

const importedOf = (
  t: TestContext,
  all: readonly MadeNode[],
  ways: readonly (readonly [string, readonly number[]])[],
): RoadData => {
  const made = ways.map(([kind, refs], i) => ({
    id: i + 1,
    refs,
    tags: kind === 'ferry' ? { route: 'ferry', duration: '00:20' } : { highway: kind },
  }));
  return importOsm(fileOf(t, extractBytes([{ nodes: all, ways: made }])), () => undefined).data;
};

interface Drawn {
  readonly properties: { readonly id: string; readonly class: string };
  readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] };
}
const drawn = (data: RoadData, mostPoints?: number): readonly Drawn[] => {
  const text = [...roadsLayer(data, mostPoints)].join('');
  return (JSON.parse(text) as { readonly features: readonly Drawn[] }).features;
};

describe('the map layer of built roads', () => {
  test('keeps ends, junctions and bends of more than two metres', (t) => {
    const data = importedOf(t, nodes(0, 1, 30, 0, 0.5, 0), [
      ['residential', [1, 2, 3, 4, 5, 6]],
      ['path', [5, 1]],
    ]);
    const [road, path] = drawn(data);
    assert.deepEqual(road?.geometry.coordinates, [
      [122, 30],
      [122.001, 30.00001],
      [122.002, 30.00027],
      [122.003, 30],
      [122.004, 30],
      [122.005, 30],
    ]);
    assert.equal(path?.geometry.coordinates.length, 2);
    const straight = importedOf(t, nodes(0, 1, 1, 0, 0.5, 0), [['residential', [1, 2, 3, 4, 5, 6]]]);
    assert.deepEqual(drawn(straight)[0]?.geometry.coordinates, [
      [122, 30],
      [122.005, 30],
    ]);
  });

  test('draws the edges of a way as one line, in pieces where something of it was left out', (t) => {
    const data = importedOf(t, nodes(0, 0, 0, 0), [
      ['primary', [1, 2, 3, 4]],
      ['service', [2, 1]],
      ['service', [3, 4]],
    ]);
    assert.deepEqual(
      drawn(data).map(({ properties, geometry }) => [properties.class, geometry.type]),
      [
        ['primary', 'LineString'],
        ['service', 'LineString'],
        ['service', 'LineString'],
      ],
    );
    const gone = Array.from(data.edge_from.keys()).filter((edge) => edge !== 1);
    const cut = {
      ...data,
      ...Object.fromEntries(
        (['edge_from', 'edge_to', 'edge_way'] as const).map((name) => [
          name,
          Int32Array.from(gone, (edge) => data[name][edge] as number),
        ]),
      ),
    };
    assert.equal(drawn({ ...cut, shape_start: new Int32Array(gone.length + 1) })[0]?.geometry.type, 'MultiLineString');
  });

  test('of a large map leaves out the smallest roads, class by class, but no ferry', (t) => {
    const data = importedOf(t, nodes(0, 0, 0, 0), [
      ['footway', [1, 3]],
      ['trunk', [1, 2]],
      ['ferry', [2, 4]],
      ['tertiary', [2, 3]],
    ]);
    const classes = (mostPoints?: number): readonly string[] =>
      drawn(data, mostPoints)
        .map((one) => one.properties.class)
        .toSorted();
    assert.deepEqual(classes(), ['ferry', 'path', 'tertiary', 'trunk']);
    assert.deepEqual(classes(27), ['ferry', 'tertiary', 'trunk']);
    assert.deepEqual(classes(14), ['ferry', 'trunk']);
    assert.deepEqual(classes(7), ['ferry']);
    assert.deepEqual(classes(1), []);
  });
});
