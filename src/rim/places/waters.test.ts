import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import { CodedError } from '#wire/errors.ts';
import { buildLand } from '#world/places/land.ts';
import { keeperOf } from './kept.ts';
import { loadWaters, seaOf, WATERS_FILE } from './waters.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'waters-'));
after(() => {
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  rmSync(path.join(dir, WATERS_FILE), { force: true });
});

const RING = [
  [122, 30],
  [122.01, 30],
  [122.01, 30.01],
  [122, 30.01],
  [122, 30],
];
const put = (...features: readonly unknown[]): void => {
  writeFileSync(path.join(dir, WATERS_FILE), JSON.stringify({ type: 'FeatureCollection', features }));
};
const area = (properties: object, rings: unknown = [RING], type = 'Polygon') => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates: rings },
});
const refusal = (): CodedError => {
  try {
    loadWaters(dir);
  } catch (error) {
    assert.ok(error instanceof CodedError);
    return error;
  }
  return assert.fail('it was taken');
};

describe('waters.geojson', () => {
  test('may be missing', () => {
    assert.deepEqual(loadWaters(dir), {
      areas: { shallows: [], closed: [], currents: [], speed: [] },
      closable: [],
      noFly: [],
    });
  });

  test('has areas of every kind, each with its rings; those of the weather are passed over', () => {
    put(
      area({ id: 'north', kind: 'weather', name: { zh: '北', en: 'North' } }),
      area({ id: 'bank', kind: 'shallow', depth_m: 1.5 }),
      area({ id: 'farm', kind: 'closed', always: true }),
      area({ id: 'range', kind: 'closed', name: { zh: '靶场', en: 'Range' } }),
      area({ id: 'race', kind: 'current', set_deg: 90, rate_ms: 2 }),
      area({ id: 'harbour', kind: 'speed', max_kmh: 14.8 }, [[RING]], 'MultiPolygon'),
      area({ id: 'airport', kind: 'no-fly' }),
    );
    const { areas, closable, noFly } = loadWaters(dir);
    assert.deepEqual(
      closable.map((one) => [one.id, one.of, one.always, one.name.en]),
      [
        ['farm', 'sea', true, 'farm'],
        ['range', 'sea', false, 'Range'],
        ['airport', 'air', false, 'airport'],
      ],
    );
    assert.deepEqual(areas.shallows, [{ id: 'bank', depth_m: 1.5, rings: [RING] }]);
    assert.deepEqual(
      areas.closed.map(({ id, always }) => [id, always]),
      [
        ['farm', true],
        ['range', false],
      ],
    );
    const [race] = areas.currents;
    assert.deepEqual([race?.id, race?.east_ms, Math.round(race?.north_ms ?? 1)], ['race', 2, 0]);
    assert.deepEqual(areas.speed, [{ id: 'harbour', max_kmh: 14.8, rings: [RING] }]);
    assert.deepEqual(noFly, [{ id: 'airport', always: false, rings: [RING] }]);
  });

  test('that is no JSON or no collection is refused with its name', () => {
    writeFileSync(path.join(dir, WATERS_FILE), '{');
    assert.equal(refusal().code, 'place-file-malformed');
    writeFileSync(path.join(dir, WATERS_FILE), '{"type":"Feature"}');
    assert.match(refusal().message, /waters\.geojson/);
  });

  test('with a wrong area is refused with the area and what is wrong', () => {
    const wrong: readonly (readonly [object, RegExp])[] = [
      [area({ id: 'bank', kind: 'shallow' }), /bank.*depth_m/s],
      [area({ id: 'reef', kind: 'reef' }), /reef/],
      [area({ kind: 'closed' }), /#0/],
      [area({ id: 'slow', kind: 'speed', max_kmh: 0 }), /slow.*max_kmh/s],
      [area({ id: 'race', kind: 'current', set_deg: 90 }), /race.*rate_ms/s],
      [area({ id: 'race', kind: 'current', set_deg: -1, rate_ms: 1 }), /race.*set_deg/s],
      [area({ id: 'race', kind: 'current', set_deg: 90, rate_ms: 120 }), /race.*rate_ms/s],
      [area({ id: 'open', kind: 'closed' }, [[...RING.slice(0, 4), [122, 30.001]]]), /open.*begins/s],
      [area({ id: 'far', kind: 'closed' }, [RING.map(([lon]) => [lon, 130])]), /far.*earth/s],
      [area({ id: 'tie', kind: 'closed' }, [[RING[0], RING[2], RING[1], RING[3], RING[0]]]), /tie.*crosses itself/s],
    ];
    for (const [one, words] of wrong) {
      put(one);
      const error = refusal();
      assert.equal(error.code, 'water-feature-invalid');
      assert.match(error.message, words);
    }
    put(area({ id: 'one', kind: 'closed' }), area({ id: 'one', kind: 'closed' }));
    assert.match(refusal().message, /one.*twice/s);
  });
});

describe('the sea of a place', () => {
  const land = buildLand({
    type: 'FeatureCollection',
    bbox: [121.9, 29.9, 122.1, 30.1],
    features: [
      {
        type: 'Feature',
        properties: { id: 1, kind: 'island', km2: 1 },
        geometry: { type: 'Polygon', coordinates: [RING as [number, number][]] },
      },
    ],
  });
  const draught = { id: 'rib', draught_m: 1, margin_m: 30 };
  const boat = { id: 'rib', draught, speed_kmh: 36, inshore_kmh: 9 };
  const ask = (areas = loadWaters(dir).areas) =>
    seaOf(land, areas, draught, keeperOf(dir)).field([121.95, 30.005], 'to', boat, new Set()).way([122.05, 30.005]);
  const kept = path.join(dir, '.cache', 'sea-rib.qkept');

  test('moves where the place says so: with the current a boat is faster than against it', () => {
    const west: LonLat = [121.95, 29.95];
    const east: LonLat = [122.05, 29.95];
    put(
      area({ id: 'stream', kind: 'current', set_deg: 90, rate_ms: 2 }, [
        [
          [121.9, 29.9],
          [122.1, 29.9],
          [122.1, 29.98],
          [121.9, 29.98],
          [121.9, 29.9],
        ],
      ]),
    );
    const sea = seaOf(land, loadWaters(dir).areas, draught, keeperOf(dir));
    assert.ok(Math.abs(sea.current_ms - 2) < 1e-9);
    const sailed = (from: LonLat, to: LonLat) => sea.field(to, 'to', boat, new Set()).way(from);
    const [along, against] = [sailed(west, east), sailed(east, west)];
    assert.ok(along !== null && against !== null);
    assert.ok(Math.abs(along.duration_s - along.distance_m / 12) < 1);
    assert.ok(Math.abs(against.duration_s - against.distance_m / 8) < 1);
  });

  test('is made of ways kept beside the place, and made anew when damaged or of something else', () => {
    const first = ask();
    assert.ok(first !== null && first.line.length > 2);
    const bytes = readFileSync(kept);
    assert.deepEqual(ask(), first);
    assert.deepEqual(readFileSync(kept), bytes);
    const damaged = Buffer.from(bytes);
    damaged[bytes.length - 9] = (damaged[bytes.length - 9] as number) ^ 1;
    writeFileSync(kept, damaged);
    assert.deepEqual(ask(), first);
    assert.deepEqual(readFileSync(kept), bytes);
    writeFileSync(kept, bytes.subarray(0, 100));
    assert.deepEqual(ask(), first);
    put(
      area({ id: 'farm', kind: 'closed', always: true }, [
        RING.map(([lon, lat]) => [lon as number, (lat as number) + 0.005]),
      ]),
    );
    const round = ask();
    assert.ok(round !== null && round.distance_m > 0);
    assert.notDeepEqual(readFileSync(kept), bytes);
    assert.deepEqual(readdirSync(path.dirname(kept)), ['sea-rib.qkept']);
  });
});
