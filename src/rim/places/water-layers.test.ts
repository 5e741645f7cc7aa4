import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { linesLayer, watersLayer } from './water-layers.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'qundao-layers-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const put = (name: string, value: unknown): void => writeFileSync(path.join(dir, name), JSON.stringify(value));
const pier = (id: string, lon: number) => ({
  type: 'Feature',
  properties: { id },
  geometry: { type: 'Point', coordinates: [lon, 30] },
});

test('a place without lines and waters has empty layers', () => {
  assert.deepEqual(JSON.parse(linesLayer(dir)), { type: 'FeatureCollection', features: [] });
  assert.deepEqual(JSON.parse(watersLayer(dir)), { type: 'FeatureCollection', features: [] });
});

test('a line is drawn from pier to pier, as it sails where that is known, each piece once whichever way it is sailed; one that calls nowhere is not drawn', () => {
  put('piers.geojson', { type: 'FeatureCollection', features: [pier('a', 122), pier('b', 123), pier('c', 124)] });
  const line = (id: string) => ({ id, name: { zh: id, en: id }, takes: 'people' });
  const call = (hub: string, depart: string) => ({ hub, depart });
  put('lines.json', {
    version: 1,
    feeds: [
      {
        id: 'feed',
        zone: 'Asia/Shanghai',
        lines: [line('out-and-back'), line('idle')],
        services: [{ id: 'daily', weekdays: '1111111' }],
        trips: [
          {
            id: 'out',
            line: 'out-and-back',
            service: 'daily',
            calls: [call('a', '07:00'), call('b', '07:30'), call('c', '08:00')],
          },
          { id: 'back', line: 'out-and-back', service: 'daily', calls: [call('b', '09:00'), call('a', '09:30')] },
        ],
        shapes: [{ line: 'out-and-back', from: 'c', to: 'b', path: [[123.5, 29.5]] }],
      },
    ],
  });
  const { features } = JSON.parse(linesLayer(dir)) as {
    readonly features: readonly {
      readonly properties: unknown;
      readonly geometry: { readonly coordinates: unknown };
    }[];
  };
  assert.equal(features.length, 1);
  assert.deepEqual(features[0]?.properties, {
    id: 'out-and-back',
    name: { zh: 'out-and-back', en: 'out-and-back' },
    class: 'ferry',
  });
  assert.deepEqual(features[0]?.geometry.coordinates, [
    [
      [123, 30],
      [122, 30],
    ],
    [
      [123, 30],
      [123.5, 29.5],
      [124, 30],
    ],
  ]);
});

test('waters are sent as they are', () => {
  const waters = { type: 'FeatureCollection', features: [{ properties: { id: 'north', kind: 'weather' } }] };
  put('waters.geojson', waters);
  assert.deepEqual(JSON.parse(watersLayer(dir)), waters);
});
