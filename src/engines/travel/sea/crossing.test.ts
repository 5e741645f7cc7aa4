import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { segmentsMeet } from '#world/places/geometry.ts';
import { selfCrossing } from './crossing.ts';

test('a square is simple, a bow tie crosses itself, a spike folds back on itself', () => {
  assert.equal(
    selfCrossing([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ]),
    null,
  );
  assert.equal(
    selfCrossing([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ]),
    null,
  );
  assert.notEqual(
    selfCrossing([
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ]),
    null,
  );
  assert.notEqual(
    selfCrossing([
      [0, 0],
      [2, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ]),
    null,
  );
  assert.notEqual(
    selfCrossing([
      [0, 0],
      [1, 0],
      [0, 0],
    ]),
    null,
  );
});

test('what is found agrees with comparing every pair', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.uniqueArray(point, { minLength: 4, maxLength: 8, selector: String }), (points) => {
      const ring: LonLat[] = [...points, points[0] as LonLat];
      const n = points.length;
      let meets = false;
      for (let i = 0; i < n; i += 1)
        for (let k = i + 2; k < n; k += 1)
          if (!(i === 0 && k === n - 1))
            meets ||= segmentsMeet(ring[i] as LonLat, ring[i + 1] as LonLat, ring[k] as LonLat, ring[k + 1] as LonLat);
      if (meets) assert.notEqual(selfCrossing(ring), null);
    }),
    { numRuns: 500 },
  );
});
