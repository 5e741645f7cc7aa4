import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { placeOf } from '../../../../test/harness/town.ts';
import type { Spot } from '../../../../test/harness/town.ts';
import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import { between } from '#world/places/geometry.ts';
import { buildLand } from '#world/places/land.ts';
import type { LandCollection } from '#world/places/land.ts';
import { groundOf } from './ground.ts';

const ring = (west: number, south: number, east: number, north: number): LonLat[] =>
  (
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ] as Spot[]
  ).map((spot) => placeOf(spot));

/** Islands of 200 m by 200 m on a grid of 300 m; the one in the middle has a pond. */
const landOf = (cells: readonly (readonly [column: number, row: number])[]): LandCollection => ({
  type: 'FeatureCollection',
  features: cells.map(([column, row], i) => {
    const outer = ring(column * 300, row * 300, column * 300 + 200, row * 300 + 200);
    const pond = ring(60, 60, 140, 140);
    return {
      type: 'Feature',
      properties: { id: i, kind: 'island', km2: 0.04 },
      geometry: { type: 'Polygon', coordinates: column === 0 && row === 0 ? [outer, pond] : [outer] },
    };
  }),
});

const cells = fc.uniqueArray(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })), {
  minLength: 1,
  selector: String,
});
const spot = fc.tuple(fc.integer({ min: -700, max: 900 }), fc.integer({ min: -700, max: 900 }));

test('land is where the land index says it is', () => {
  fc.assert(
    fc.property(cells, spot, (some, at) => {
      const land = buildLand(landOf(some));
      assert.equal(groundOf(land).isLand(placeOf(at)), land.partAt(placeOf(at)) !== null);
    }),
    { numRuns: 300 },
  );
});

test('the widest water of a line is what looking every half metre finds, to a metre or two', () => {
  fc.assert(
    fc.property(cells, spot, spot, (some, from, to) => {
      const [a, b] = [placeOf(from), placeOf(to)];
      const ground = groundOf(buildLand(landOf(some)));
      const steps = Math.ceil(distance_m(a, b) * 2);
      let [widest, run] = [0, 0];
      for (let i = 0; i <= steps; i += 1) {
        run = ground.isLand(between(a, b, steps === 0 ? 0 : i / steps)) ? 0 : run + 0.5;
        widest = Math.max(widest, run);
      }
      const found_m = ground.widestWater_m(a, b);
      assert.ok(Math.abs(found_m - widest) <= 2, `${found_m} m, but ${widest} m by looking`);
    }),
  );
});

test('a position in the water is put on the nearest land within reach, and nowhere else', () => {
  const ground = groundOf(buildLand(landOf([[0, 0]])));
  const put = ground.ashore(placeOf([-30, 100]), 40);
  assert.ok(put !== null && ground.isLand(put));
  assert.ok(distance_m(put, placeOf([0, 100])) < 1.1);
  assert.equal(ground.ashore(placeOf([-50, 100]), 40), null);
});

test('on the coast of the demonstration city it says the same as the land index', () => {
  const file = new URL('../../../../data/zhoushan/land.geojson', import.meta.url);
  const land = buildLand(JSON.parse(readFileSync(file, 'utf8')) as LandCollection);
  const ground = groundOf(land);
  let dry = 0;
  for (let i = 0; i < 3000; i += 1) {
    const at: LonLat = [
      land.west + ((i * 0.618_033_988_7) % 1) * (land.east - land.west),
      land.south + ((i * 0.754_877_666_2) % 1) * (land.north - land.south),
    ];
    const isLand = land.partAt(at) !== null;
    assert.equal(ground.isLand(at), isLand);
    dry += isLand ? 1 : 0;
  }
  assert.ok(dry > 100);
});
