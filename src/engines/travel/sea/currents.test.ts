import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { distance_m } from '#core/base/geo.ts';
import { createSea } from './sea.ts';
import type { Sea, WaterAreas } from './water.ts';
import { at, BOAT, box, DRAUGHT, NONE, NOTHING, sceneOf } from '../../../../test/harness/waters.ts';

describe('currents', () => {
  const land = sceneOf([box(100, 11_000, 300, 11_200)]);
  const from = at(1000, 3000);
  const to = at(9000, 3000);
  const length_m = distance_m(from, to);
  const everywhere = box(-20_000, -20_000, 30_000, 30_000);
  const seaWith = (...currents: WaterAreas['currents']): Sea => createSea(land, { ...NOTHING, currents }, DRAUGHT);
  const stream = (east_ms: number, north_ms: number, ring = everywhere, id = 'stream') => ({
    id,
    east_ms,
    north_ms,
    rings: [ring],
  });
  const eastward_s = (...currents: WaterAreas['currents']): number =>
    seaWith(...currents)
      .field(to, 'to', BOAT, NONE)
      .way(from)?.duration_s ?? Infinity;

  test('a boat is carried along, held back, or heads up to keep its course', () => {
    assert.ok(Math.abs(eastward_s(stream(2, 0)) - length_m / 12) < 0.5);
    assert.ok(Math.abs(eastward_s(stream(-2, 0)) - length_m / 8) < 0.5);
    assert.ok(Math.abs(eastward_s(stream(0, 6)) - length_m / 8) < 0.5);
    const outward = seaWith(stream(2, 0)).field(from, 'from', BOAT, NONE);
    assert.ok(Math.abs((outward.way(to)?.duration_s ?? 0) - length_m / 12) < 0.5);
  });

  test('counts where it runs, to the metre, and where areas lie over each other they add up', () => {
    const race = box(4000, -20_000, 4500, 30_000);
    const over_m = (500 / 8000) * length_m;
    const still_m = length_m - over_m;
    assert.ok(Math.abs(eastward_s(stream(-5, 0, race)) - still_m / 10 - over_m / 5) < 1);
    const both = [stream(-2, 0, race), stream(-3, 0, race, 'swell')];
    assert.ok(Math.abs(eastward_s(...both) - still_m / 10 - over_m / 5) < 1);
  });

  test('is gone round where that is quicker', () => {
    const race = box(4000, 2000, 6000, 3400);
    const way = seaWith(stream(-8, 0, race))
      .field(to, 'to', BOAT, NONE)
      .way(from);
    assert.ok(way !== null && way.distance_m > length_m + 20 && way.duration_s < length_m / 10 + 100);
    const with_s = eastward_s(stream(8, 0, race));
    assert.ok(with_s < length_m / 10 - 80);
  });

  test('against a current stronger than the boat there is no way', () => {
    assert.equal(eastward_s(stream(-11, 0)), Infinity);
    assert.equal(eastward_s(stream(0, 11)), Infinity);
  });

  test('the same is found both ways round, from either end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -6, max: 6 }),
        fc.integer({ min: -6, max: 6 }),
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 0, max: 9000 }),
        (east, north, x, y) => {
          const race = box(2000, 2000, 7000, 7000);
          const island = sceneOf([box(4000, 4000, 5000, 5000)]);
          const sea = createSea(island, { ...NOTHING, currents: [stream(east, north, race)] }, DRAUGHT);
          const [a, b] = [at(x, y), at(9000 - x, 9000 - y / 2)];
          const there = sea.field(b, 'to', BOAT, NONE).way(a);
          const same = sea.field(a, 'from', BOAT, NONE).way(b);
          if (there === null || same === null) return;
          assert.ok(Math.abs(there.duration_s - same.duration_s) < 1, `${there.duration_s} ≠ ${same.duration_s}`);
        },
      ),
      { numRuns: 40, seed: 9 },
    );
  });
});
