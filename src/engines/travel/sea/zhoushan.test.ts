import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import { buildLand } from '#world/places/land.ts';
import type { LandCollection } from '#world/places/land.ts';
import { decodeSeaWays, encodeSeaWays, printOf } from './file.ts';
import { buildSeaWays, createSea } from './sea.ts';
import type { BoatClass, DraughtClass, WaterAreas } from './water.ts';

const DRAUGHT: DraughtClass = { id: 'small', draught_m: 1.5, margin_m: 50 };
const BOAT: BoatClass = { id: 'rib', draught: DRAUGHT, speed_kmh: 36, inshore_kmh: 9 };
const NOTHING: WaterAreas = { shallows: [], closed: [], currents: [], speed: [] };
const NONE: ReadonlySet<string> = new Set();

const legsOf = (line: readonly LonLat[]): readonly (readonly [LonLat, LonLat])[] =>
  line.slice(1).map((end, i) => [line[i] as LonLat, end]);

describe('Zhoushan', () => {
  const file = path.join(import.meta.dirname, '../../../../data/zhoushan/land.geojson');
  const land = buildLand(JSON.parse(readFileSync(file, 'utf8')) as LandCollection);
  const ways = buildSeaWays(land, NOTHING, DRAUGHT);
  const sea = createSea(land, NOTHING, DRAUGHT, ways);

  test('T10 of 3,000 pairs at random no way touches a shore', () => {
    let seed = 20_260_101;
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const atSea = (): LonLat => {
      for (;;) {
        const place: LonLat = [
          land.west + (land.east - land.west) * random(),
          land.south + (land.north - land.south) * random(),
        ];
        if (land.partAt(place) === null && sea.join(place, 0) !== null) return place;
      }
    };
    let found = 0;
    for (let i = 0; i < 60; i += 1) {
      const field = sea.field(atSea(), 'to', BOAT, NONE);
      for (let k = 0; k < 50; k += 1) {
        const way = field.way(atSea());
        if (way === null) continue;
        found += 1;
        for (const [a, b] of legsOf(way.line)) assert.ok(!land.crossesShore(a, b), `${String(a)} ${String(b)}`);
      }
    }
    assert.ok(found > 2700, `${found}`);
  });

  test('its piers all reach each other, over water only', () => {
    const piers = JSON.parse(readFileSync(path.join(path.dirname(file), 'piers.geojson'), 'utf8')) as {
      readonly features: readonly {
        readonly geometry: { readonly coordinates: LonLat };
        readonly properties: { readonly id: string; readonly sea: LonLat | null };
      }[];
    };
    const quays = piers.features.filter(({ properties }) => properties.sea !== null);
    for (const { geometry: to } of quays.slice(0, 12)) {
      const field = sea.field(to.coordinates, 'to', BOAT, NONE);
      for (const { geometry: from, properties } of quays) {
        const way = field.way(from.coordinates);
        assert.ok(way !== null, properties.id);
        // The first and last leg cross the quay; what lies between is water.
        for (const [a, b] of legsOf(way.line.slice(1, -1))) assert.ok(!land.crossesShore(a, b), properties.id);
      }
    }
  });

  test('its ways are read back as they were written, and not for other hulls', () => {
    const bytes = encodeSeaWays(ways, printOf(land, NOTHING, DRAUGHT));
    assert.deepEqual(decodeSeaWays(bytes, printOf(land, NOTHING, DRAUGHT)), ways);
    assert.equal(decodeSeaWays(bytes, printOf(land, NOTHING, { ...DRAUGHT, margin_m: 51 })), null);
    assert.equal(decodeSeaWays(bytes.subarray(0, bytes.length - 1), printOf(land, NOTHING, DRAUGHT)), null);
  });
});
