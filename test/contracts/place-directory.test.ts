import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { PlaceError, loadPlace } from '#rim/places/load.ts';

const GUIDE = readFileSync(path.join(import.meta.dirname, '../../docs/operating/place-directory.md'), 'utf8');
/** The files the guide shows whole. */
const EXAMPLES = [...GUIDE.matchAll(/^### `([\w.]+)`[\s\S]*?^```json\n([\s\S]*?)^```/gm)].map(
  ([, name = '', content = '']) => ({ name, content }),
);

const folder = mkdtempSync(path.join(tmpdir(), 'qundao-place-'));
after(() => rmSync(folder, { recursive: true }));
const put = (name: string, content: string): void => writeFileSync(path.join(folder, name), content);
const refusal = (): string => {
  try {
    loadPlace(folder);
  } catch (error) {
    assert.ok(error instanceof PlaceError, String(error));
    assert.match(error.words.zh, /\p{Script=Han}/u);
    return error.words.en;
  }
  return assert.fail('it was loaded');
};

describe('a place directory as the guide describes it', () => {
  test('is told apart from one with a file missing, not JSON, or with a pier off the roads or off the water', () => {
    assert.match(refusal(), /land\.geojson/);
    for (const { name, content } of EXAMPLES) put(name, content);
    const piers = readFileSync(path.join(folder, 'piers.geojson'), 'utf8');
    const moved = (to: string): void =>
      put('piers.geojson', piers.replaceAll('"coordinates": [122.01, 30.0]', `"coordinates": ${to}`));
    moved('[122.0, 30.0]');
    assert.match(refusal(), /no water a boat can use is near the pier pier-east/);
    moved('[122.04, 30.0]');
    assert.match(refusal(), /no road is near the pier pier-east/);
    put('piers.geojson', '{"type":');
    assert.match(refusal(), /piers\.geojson/);
    put('piers.geojson', piers);
  });

  test('opens with its layers, its districts and its names', () => {
    const { engines, served } = loadPlace(folder);
    assert.deepEqual([...served.layers.keys()].toSorted(), ['land', 'lines', 'piers', 'places', 'roads', 'waters']);
    assert.equal(engines.districtOf([122.005, 30.0]), '330902');
    assert.match(served.describe([122.005, 30.0])?.en ?? '', /East/);
  });
});
