import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { segmentsMeet } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { airWay, createAir, greatCircle } from './air.ts';
import type { Craft, Ground } from './air.ts';

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

describe('range out and back', () => {
  const base: Ground = { id: 'base', at: [122, 30] };
  const near: Ground = { id: 'islet', at: [122.9, 30] };
  const place: LonLat = [123, 30];
  const length_m = distance_m(base.at, place);
  const craft = (range_m: number | null): Craft => ({ cruise_kmh: 180, setup_s: 300, range_m });
  const ask = (range_m: number | null, grounds: readonly Ground[]) =>
    airWay(createAir([]), base.at, place, craft(range_m), NONE, base, grounds);

  test('leads to its base while range allows, else to the nearest ground, and says which', () => {
    const home = ask(length_m * 2 + 10, [near]);
    assert.ok('back' in home && home.back?.id === 'base');
    assert.ok(Math.abs(home.duration_s - 300 - length_m / 50) < 0.1);
    const short = ask(length_m * 1.2, [near]);
    assert.ok('back' in short && short.back?.id === 'islet');
    const free = ask(null, []);
    assert.ok('back' in free && free.back === null);
  });

  test('is refused with what it would need where nothing is within range', () => {
    const answer = ask(length_m * 1.05, [near]);
    assert.ok('reason' in answer && answer.reason === 'out-of-range');
    assert.ok(Math.abs((answer.needs_m ?? 0) - length_m - distance_m(place, near.at)) < 1);
    const lost = airWay(createAir([]), [NaN, 0], place, craft(null), NONE, base, []);
    assert.deepEqual(lost, { reason: 'position-invalid', needs_m: null });
  });
});
