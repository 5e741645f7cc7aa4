import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { EARTH_RADIUS_M, NAUTICAL_MILE_M, distance_m, isLonLat } from './geo.ts';
import type { LonLat } from './geo.ts';

const POINT = fc
  .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }))
  .map((point): LonLat => point);
const HALF_ROUND_M = Math.PI * EARTH_RADIUS_M;
/** Rounding of the haversine near antipodes. */
const TOLERANCE_M = 0.5;

describe('distances', () => {
  test('a degree of a great circle is the earth’s girth by 360', () => {
    const degree_m = HALF_ROUND_M / 180;
    assert.ok(Math.abs(distance_m([122, 30], [122, 31]) - degree_m) < 0.001);
    assert.ok(Math.abs(distance_m([0, 0], [1, 0]) - degree_m) < 0.001);
    assert.ok(Math.abs(degree_m / 60 - NAUTICAL_MILE_M) < 2, 'a minute of arc is about a nautical mile');
  });

  test('it goes the short way over the date line, and half round between poles and antipodes', () => {
    assert.ok(Math.abs(distance_m([179.5, 0], [-179.5, 0]) - HALF_ROUND_M / 180) < 0.001);
    assert.ok(Math.abs(distance_m([0, 90], [77, -90]) - HALF_ROUND_M) < TOLERANCE_M);
    assert.ok(Math.abs(distance_m([10, 20], [-170, -20]) - HALF_ROUND_M) < TOLERANCE_M);
  });

  test('it is nought for one place, the same both ways, never beyond half round, and no way over a third place is shorter', () => {
    const metric = fc.property(POINT, POINT, POINT, (a, b, c) => {
      assert.equal(distance_m(a, a), 0);
      assert.ok(Math.abs(distance_m(a, b) - distance_m(b, a)) < 1e-6);
      assert.ok(distance_m(a, b) >= 0 && distance_m(a, b) <= HALF_ROUND_M + TOLERANCE_M);
      assert.ok(distance_m(a, b) <= distance_m(a, c) + distance_m(c, b) + TOLERANCE_M);
    });
    fc.assert(metric);
  });

  test('a position outside the earth is none', () => {
    for (const good of [
      [0, 0],
      [180, 90],
      [-180, -90],
      [122.2, 29.98],
    ] as const)
      assert.ok(isLonLat(good));
    for (const bad of [
      [180.1, 0],
      [0, -90.1],
      [NaN, 0],
      [0, Infinity],
      [30, 122],
    ] as const)
      assert.ok(!isLonLat(bad));
  });
});
