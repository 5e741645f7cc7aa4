import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { travellerAt } from '#engines/travel/traveller.ts';
import { setImmediate as turn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { instant } from '#core/base/instant.ts';
import { buildRoads } from '#engines/travel/road/built.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import { PlaceError, loadPlace } from '#rim/places/load.ts';
import { openPlace } from '#rim/places/open.ts';
import { writeRoads } from '#rim/places/roads.ts';
import { extractBytes, fileOf } from '../harness/osm-pbf.ts';

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
    assert.deepEqual([...served.layers().keys()].toSorted(), ['land', 'lines', 'piers', 'places', 'roads', 'waters']);
    assert.equal(engines.districtOf([122.005, 30.0]), '330902');
    assert.match(served.describe([122.005, 30.0])?.en ?? '', /East/);
  });

  test('is served before it is ready; what had to be made is kept, so that it is ready at once the next time', async () => {
    rmSync(path.join(folder, '.cache'), { recursive: true });
    const first = await opened();
    assert.deepEqual([first.isReady, first.prepared], [true, 1]);
    const kept = readdirSync(path.join(folder, '.cache')).toSorted();
    assert.ok(kept.includes('sea-medium.qkept') && kept.includes('crossings-launch.qkept'), kept.join());
    const again = await opened();
    assert.deepEqual([again.isReady, again.prepared], [true, 0]);
    assert.deepEqual(again.answer, first.answer);
    assert.deepEqual(readdirSync(path.join(folder, '.cache')).toSorted(), kept);
  });

  test('that cannot keep anything is made ready in memory each time', async () => {
    rmSync(path.join(folder, '.cache'), { recursive: true });
    put('.cache', 'no folder');
    const [first, again] = [await opened(), await opened()];
    assert.deepEqual([first.prepared, again.prepared], [1, 1]);
    assert.deepEqual(again.answer, first.answer);
    rmSync(path.join(folder, '.cache'));
  });

  test('that is closed while it is made ready says so, and one that is wrong is refused in words', async () => {
    const place = openPlace(folder);
    const ready = place.makeReady(turn, () => undefined);
    await place.close();
    assert.equal(await ready, false);
    const other = openPlace(folder);
    const closing = (): void => {
      void turn().then(() => other.close());
    };
    assert.equal(await other.makeReady(turn, closing), false);
    const piers = readFileSync(path.join(folder, 'piers.geojson'), 'utf8');
    put('piers.geojson', piers.replaceAll('"coordinates": [122.01, 30.0]', '"coordinates": [122.0, 30.0]'));
    await assert.rejects(opened(), (error) => error instanceof PlaceError && /pier-east/.test(error.words.en));
    put('piers.geojson', piers);
  });

  test('works with roads of an import and no drawing of any, which the map then shows from the import', async (t) => {
    const extract = extractBytes([
      {
        nodes: [121.99, 122, 122.01].map((lon, i) => ({ id: i + 1, lon, lat: 30 })),
        ways: [
          { id: 7, refs: [1, 2], tags: { highway: 'residential', name: 'Quay Road', bridge: 'yes' } },
          { id: 8, refs: [2, 3], tags: { highway: 'tertiary' } },
        ],
      },
    ]);
    writeRoads(folder, buildRoads(importOsm(fileOf(t, extract), () => undefined).data));
    rmSync(path.join(folder, 'roads.geojson'));
    const { layers, credit, isReady, roads, answer } = await opened();
    assert.equal(isReady, true);
    assert.equal(layers.get('roads'), null, 'not drawn yet');
    assert.deepEqual(
      roads.features.map(({ properties, geometry }) => [properties, geometry.coordinates]),
      [
        [
          { id: 'way/7', class: 'residential', name: 'Quay Road', bridge: true },
          [
            [121.99, 30],
            [122, 30],
          ],
        ],
        [
          { id: 'way/8', class: 'tertiary' },
          [
            [122, 30],
            [122.01, 30],
          ],
        ],
      ],
    );
    assert.match(credit?.en ?? '', /OpenStreetMap contributors/);
    assert.ok('legs' in answer && answer.legs.some((leg) => leg.refs.includes('way/8')));
    assert.deepEqual(loadPlace(folder).served.layers().get('roads')?.length, (await opened()).drawn.length);
  });
});

/** What a server meets: layers as they are before the place is ready, whether something had to be made, an answer afterwards. */
const opened = async () => {
  const place = openPlace(folder);
  const layers = place.served.layers();
  let prepared = 0;
  const isReady = await place.makeReady(turn, () => (prepared += 1));
  await place.close();
  const travel = place.engines().travel?.({ closures: [], weather: new Map(), boats: [] });
  assert.ok(travel !== undefined);
  const answer = travel.journey(travellerAt('car', [121.995, 30]), [122.008, 30], {
    leave_at: instant(Date.parse('2026-06-01T08:00:00Z')),
  });
  const drawn = place.served.layers().get('roads');
  assert.ok(drawn !== undefined && drawn !== null);
  const roads = JSON.parse(gunzipSync(drawn).toString()) as {
    readonly features: readonly {
      readonly properties: unknown;
      readonly geometry: { readonly coordinates: unknown };
    }[];
  };
  return { layers, credit: place.served.credit, prepared, isReady, answer, drawn, roads };
};
