import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { segmentsMeet } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { back_m, createAir, greatCircle } from './air.ts';

const NONE: ReadonlySet<string> = new Set();
const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const spot = fc
  .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }))
  .map(([x, y]): LonLat => [122 + x / 1000, 30 + y / 1000]);
const area = fc
  .tuple(spot, fc.integer({ min: 20, max: 200 }), fc.integer({ min: 20, max: 200 }))
  .map(([[west, south], wide, high]) => box(west, south, west + wide / 1000, south + high / 1000));
const inBox = (ring: Ring, [lon, lat]: LonLat): boolean => {
  const [sw, , ne] = ring as unknown as readonly [LonLat, LonLat, LonLat];
  return lon >= sw[0] && lon <= ne[0] && lat >= sw[1] && lat <= ne[1];
};

describe('ways through the air', () => {
  const from: LonLat = [122, 30];
  const to: LonLat = [123, 30.5];

  test('lead along the great circle where nothing is in force', () => {
    const way = createAir([]).way(from, to, NONE);
    assert.ok(Math.abs((way?.distance_m ?? 0) - distance_m(from, to)) < 0.5);
    const circle = greatCircle([0, 60], [90, 60]);
    const middle = circle[Math.floor(circle.length / 2)] as LonLat;
    assert.ok(middle[1] > 67.5 && middle[1] < 68);
  });

  test('lead round an area while it is in force, and through it while it is not', () => {
    const ring = box(122.4, 30, 122.6, 30.6);
    const air = createAir([{ id: 'range', always: false, rings: [ring] }]);
    const open = air.way(from, to, NONE);
    const shut = air.way(from, to, new Set(['range']));
    assert.ok(open !== null && shut !== null && shut.distance_m > open.distance_m + 1000);
    const always = createAir([{ id: 'range', always: true, rings: [ring] }]).way(from, to, NONE);
    assert.deepEqual(always, shut);
  });

  test('end at no place inside an area, but may begin there', () => {
    const ring = box(122.4, 30, 122.6, 30.6);
    const air = createAir([{ id: 'range', always: true, rings: [ring] }]);
    const inside: LonLat = [122.5, 30.3];
    assert.equal(air.way(from, inside, NONE), null);
    assert.ok(Math.abs((air.way(inside, from, NONE)?.distance_m ?? 0) - distance_m(inside, from)) < 0.5);
  });

  test('T7 are no shorter where one more area has a corner to turn at', () => {
    const areas = [
      box(122.08, 30.034, 122.102, 30.093),
      box(122.076, 30.119, 122.096, 30.139),
      box(122, 30, 122.02, 30.02),
    ].map((ring, i) => ({ id: `area-${i}`, always: false, rings: [ring] }));
    const air = createAir(areas);
    const length_m = (...inForce: readonly string[]): number =>
      air.way([122, 30.171], [122.204, 30.002], new Set(inForce))?.distance_m ?? Infinity;
    assert.ok(length_m('area-0') <= length_m('area-0', 'area-1', 'area-2') + 1e-6);
  });

  test('touch no area in force, are never shorter by one more, and do not depend on the order of areas', () => {
    fc.assert(
      fc.property(fc.array(area, { minLength: 1, maxLength: 4 }), spot, spot, (rings, a, b) => {
        fc.pre(rings.every((ring) => !inBox(ring, a) && !inBox(ring, b)));
        const areas = rings.map((ring, i) => ({ id: `area-${i}`, always: false, rings: [ring] }));
        const air = createAir(areas);
        const one = air.way(a, b, new Set(['area-0']));
        const all = air.way(a, b, new Set(areas.map(({ id }) => id)));
        assert.deepEqual(createAir(areas.toReversed()).way(a, b, new Set(['area-0'])), one);
        assert.ok((one?.distance_m ?? Infinity) <= (all?.distance_m ?? Infinity) + 1e-6);
        for (const [i, end] of (all?.line ?? []).entries()) {
          const start = all?.line[i - 1];
          if (start === undefined) continue;
          for (const ring of rings)
            assert.ok(!ring.some((c, k) => k > 0 && segmentsMeet(start, end, ring[k - 1] as LonLat, c)));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the way back', () => {
  const place: LonLat = [122.5, 30.2];
  const base: LonLat = [122, 30.2];
  const islet: LonLat = [122.9, 30.2];
  const wall = { id: 'wall', always: false, rings: [box(122.2, 30, 122.3, 30.6)] };

  test('leads to the nearest ground, round what is in force', () => {
    const air = createAir([wall]);
    assert.ok(Math.abs(back_m(air, place, [base, islet], NONE) - distance_m(place, islet)) < 1e-6);
    assert.equal(back_m(air, place, [base], NONE), air.way(base, place, NONE)?.distance_m);
    const round = back_m(air, place, [base], new Set(['wall']));
    assert.ok(round > distance_m(place, base) + 5000);
    assert.equal(back_m(air, place, [], NONE), Infinity);
  });

  test('leads into an area to a ground that lies in it, as it led out', () => {
    const camp = { id: 'camp', always: true, rings: [box(121.9, 30.1, 122.1, 30.3)] };
    assert.equal(back_m(createAir([camp]), place, [base], NONE), distance_m(base, place));
    assert.equal(back_m(createAir([camp]), base, [place], NONE), Infinity);
  });
});
