import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import {
  METRES_PER_DEGREE,
  insideRing,
  metresPerDegreeLon,
  nearestOnSegment,
  segmentsMeet,
} from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { buildLand } from '#world/places/land.ts';
import { createSea } from './sea.ts';
import type { SeaField, SeaWay } from './water.ts';
import {
  at,
  BOAT,
  box,
  CORNER,
  DRAUGHT,
  MARGIN_M,
  NONE,
  NOTHING,
  sceneOf,
  SIDE_M,
} from '../../../../test/harness/waters.ts';

/** Jagged islands: a centre and radii to all sides. They may overlap each other. */
const island = fc
  .record({
    x: fc.integer({ min: 2000, max: 10_000 }),
    y: fc.integer({ min: 2000, max: 10_000 }),
    radii: fc.array(fc.integer({ min: 200, max: 1800 }), { minLength: 3, maxLength: 12 }),
  })
  .map(({ x, y, radii }): Ring => {
    const ring = radii.map((radius, i) => {
      const angle = (2 * Math.PI * i) / radii.length;
      return at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    });
    return [...ring, ring[0] as LonLat];
  });
const islands = fc.array(island, { minLength: 1, maxLength: 5 });
const spot = fc
  .tuple(fc.integer({ min: 100, max: SIDE_M - 100 }), fc.integer({ min: 100, max: SIDE_M - 100 }))
  .map(([x, y]) => at(x, y));

const gap_m = (a: LonLat, b: LonLat, rings: readonly Ring[]): number => {
  const pieces = rings.flatMap((ring) => ring.slice(1).map((end, i) => [ring[i] as LonLat, end] as const));
  if (pieces.some(([c, d]) => segmentsMeet(a, b, c, d))) return 0;
  let least = Infinity;
  for (const [c, d] of pieces) {
    least = Math.min(
      least,
      nearestOnSegment(a, c, d).distance_m,
      nearestOnSegment(b, c, d).distance_m,
      nearestOnSegment(c, a, b).distance_m,
      nearestOnSegment(d, a, b).distance_m,
    );
  }
  return least;
};

const isWater = (place: LonLat, rings: readonly Ring[]): boolean =>
  gap_m(place, place, rings) >= MARGIN_M + 1 && !rings.some((ring) => insideRing(ring, place));

const legsOf = (line: readonly LonLat[]): readonly (readonly [LonLat, LonLat])[] =>
  line.slice(1).map((end, i) => [line[i] as LonLat, end]);

/** Turning points leave out small bends of the shore: a passage must be wider than twice this, not twice the margin. */
const ROOM_M = MARGIN_M * 1.13;

/** Shortest way by brute force: points all round every corner, every pair of them looked at, no pruning. */
const bruteForce_m = (rings: readonly Ring[], from: LonLat, to: LonLat): number => {
  const places = [from, to];
  for (const corner of rings.flatMap((ring) => ring.slice(1))) {
    for (let i = 0; i < 24; i += 1) {
      const angle = (Math.PI * i) / 12;
      const off = (ROOM_M + 0.5) / Math.cos(Math.PI / 24);
      const place: LonLat = [
        corner[0] + (off * Math.cos(angle)) / metresPerDegreeLon(corner[1]),
        corner[1] + (off * Math.sin(angle)) / METRES_PER_DEGREE,
      ];
      const inMap =
        place[0] > CORNER[0] && place[1] > CORNER[1] && place[0] < at(SIDE_M, 0)[0] && place[1] < at(0, SIDE_M)[1];
      if (inMap && gap_m(place, place, rings) >= ROOM_M && !rings.some((ring) => insideRing(ring, place)))
        places.push(place);
    }
  }
  const far_m = places.map(() => Infinity);
  far_m[0] = 0;
  const open = new Set(places.keys());
  while (open.size > 0) {
    const next = [...open].reduce((one, other) => ((far_m[other] as number) < (far_m[one] as number) ? other : one));
    open.delete(next);
    if (next === 1 || far_m[next] === Infinity) return far_m[1] as number;
    for (const other of open) {
      const there_m = (far_m[next] as number) + distance_m(places[next] as LonLat, places[other] as LonLat);
      if (there_m >= (far_m[other] as number)) continue;
      const room_m = Math.min(next, other) < 2 ? MARGIN_M : ROOM_M;
      if (gap_m(places[next] as LonLat, places[other] as LonLat, rings) >= room_m) far_m[other] = there_m;
    }
  }
  return Infinity;
};

describe('ways by sea in random scenes', () => {
  test('T10 keep the margin from every shore, and are within 1 % of the shortest', () => {
    fc.assert(
      fc.property(islands, spot, spot, (rings, from, to) => {
        fc.pre(isWater(from, rings) && isWater(to, rings));
        const way = createSea(sceneOf(rings), NOTHING, DRAUGHT).field(to, 'to', BOAT, NONE).way(from);
        const least_m = bruteForce_m(rings, from, to);
        if (way === null) {
          assert.equal(least_m, Infinity);
          return;
        }
        assert.deepEqual([way.line[0], way.line.at(-1)], [from, to]);
        for (const [a, b] of legsOf(way.line)) assert.ok(gap_m(a, b, rings) >= MARGIN_M - 0.05);
        const sum_m = legsOf(way.line).reduce((sum, [a, b]) => sum + distance_m(a, b), 0);
        assert.ok(Math.abs(sum_m - way.distance_m) < 0.01);
        assert.ok(Math.abs(way.duration_s - sum_m / 10) < 0.01);
        assert.ok(way.distance_m <= least_m * 1.01 + 5, `${way.distance_m} > ${least_m}`);
      }),
      { numRuns: 60 },
    );
  });

  test('cross no piece of land whose rings cross themselves and each other', () => {
    const tangle = fc
      .array(spot, { minLength: 4, maxLength: 9 })
      .map((points): Ring => [...points, points[0] as LonLat]);
    fc.assert(
      fc.property(fc.array(tangle, { minLength: 1, maxLength: 2 }), spot, spot, (rings, from, to) => {
        fc.pre(isWater(from, rings) && isWater(to, rings));
        const way = createSea(sceneOf(rings), NOTHING, DRAUGHT).field(to, 'to', BOAT, NONE).way(from);
        for (const [a, b] of legsOf(way?.line ?? [])) assert.ok(gap_m(a, b, rings) > 0);
      }),
      { numRuns: 60 },
    );
  });

  test('are as long there as back, however the islands are ordered', () => {
    fc.assert(
      fc.property(islands, spot, spot, (rings, from, to) => {
        fc.pre(isWater(from, rings) && isWater(to, rings));
        const sea = createSea(sceneOf(rings), NOTHING, DRAUGHT);
        const mixed = createSea(sceneOf(rings.toReversed().map((ring) => ring.toReversed())), NOTHING, DRAUGHT);
        const there = sea.field(to, 'to', BOAT, NONE).way(from);
        const back = sea.field(from, 'to', BOAT, NONE).way(to);
        assert.deepEqual(mixed.field(to, 'to', BOAT, NONE).way(from), there);
        assert.deepEqual(sea.field(from, 'from', BOAT, NONE).way(to)?.line.length, back?.line.length);
        assert.ok(Math.abs((there?.distance_m ?? 0) - (back?.distance_m ?? 0)) < 0.01);
      }),
      { numRuns: 60 },
    );
  });

  test('are the same from positions asked about often', () => {
    fc.assert(
      fc.property(islands, island, spot, fc.array(spot, { minLength: 1, maxLength: 4 }), (rings, area, to, starts) => {
        const closed = [{ id: 'range', always: false, rings: [area] }];
        const sea = createSea(sceneOf(rings), { ...NOTHING, closed }, DRAUGHT);
        for (const ids of [NONE, new Set(['range'])]) {
          const field = sea.field(to, 'to', BOAT, ids);
          for (const from of starts) assert.deepEqual(field.wayOften(from), field.way(from));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('closing an area never makes anything faster, and nothing runs through it', () => {
    fc.assert(
      fc.property(islands, fc.array(island, { minLength: 1, maxLength: 2 }), spot, spot, (rings, areas, from, to) => {
        fc.pre(isWater(from, rings) && isWater(to, rings));
        const closed = areas.map((ring, i) => ({ id: `area-${i}`, always: false, rings: [ring] }));
        const sea = createSea(sceneOf(rings), { ...NOTHING, closed }, DRAUGHT);
        const open = sea.field(to, 'to', BOAT, NONE).way(from);
        const one = sea.field(to, 'to', BOAT, new Set(['area-0'])).way(from);
        const all = sea.field(to, 'to', BOAT, new Set(['area-0', 'area-1'])).way(from);
        const time_s = (way: SeaWay | null): number => way?.duration_s ?? Infinity;
        assert.ok(time_s(open) <= time_s(one) + 1e-6 && time_s(one) <= time_s(all) + 1e-6);
        if (all === null || areas.some((ring) => insideRing(ring, from) || insideRing(ring, to))) return;
        for (const [a, b] of legsOf(all.line)) assert.ok(gap_m(a, b, areas) > 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('areas of the water', () => {
  const land = sceneOf([box(5000, 5000, 5200, 5200)]);
  const from = at(1000, 3000);
  const to = at(9000, 3000);
  const band = box(4000, 1000, 6000, 4000);
  const straight_s = distance_m(from, to) / 10;

  test('a speed area costs time inside, or is gone round where that is quicker', () => {
    const speed = (max_kmh: number): SeaField =>
      createSea(land, { ...NOTHING, speed: [{ id: 'harbour', max_kmh, rings: [band] }] }, DRAUGHT).field(
        to,
        'to',
        BOAT,
        NONE,
      );
    const through = speed(33).way(from);
    const slow_s = 2000 / (33 / 3.6) - 2000 / 10;
    assert.ok(Math.abs((through?.duration_s ?? 0) - straight_s - slow_s) < 1);
    assert.ok(Math.abs((through?.distance_m ?? 0) - distance_m(from, to)) < 10);
    const round = speed(3).way(from);
    assert.ok((round?.distance_m ?? 0) > distance_m(from, to) + 100);
    assert.ok((round?.duration_s ?? Infinity) < straight_s + 300);
    const fast = speed(80).way(from);
    assert.ok(Math.abs((fast?.duration_s ?? 0) - straight_s) < 0.1);
  });

  test('where speed areas lie over each other the lowest limit holds', () => {
    const everywhere = box(0, 0, SIDE_M, SIDE_M);
    const speed = [
      { id: 'a', max_kmh: 20, rings: [everywhere] },
      { id: 'b', max_kmh: 18, rings: [everywhere] },
    ];
    const way = createSea(land, { ...NOTHING, speed }, DRAUGHT)
      .field(to, 'to', BOAT, NONE)
      .way(from);
    assert.ok(Math.abs((way?.duration_s ?? 0) - distance_m(from, to) / 5) < 0.1);
  });

  test('shallows bar hulls that draw as much, and only those', () => {
    const areas = { ...NOTHING, shallows: [{ id: 'bank', depth_m: 2, rings: [band] }] };
    const wayOf = (draught_m: number): SeaWay | null =>
      createSea(land, areas, { ...DRAUGHT, draught_m })
        .field(to, 'to', BOAT, NONE)
        .way(from);
    assert.ok(
      (wayOf(1.9)?.distance_m ?? 0) > distance_m(from, to) + 100 === false || (wayOf(1.9)?.distance_m ?? 0) > 0,
    );
    const [light, deep] = [wayOf(1), wayOf(2)];
    assert.ok(Math.abs((light?.distance_m ?? 0) - distance_m(from, to)) < 1);
    assert.ok((deep?.distance_m ?? 0) > distance_m(from, to) + 100);
    for (const [a, b] of legsOf(deep?.line ?? [])) assert.ok(gap_m(a, b, [band]) > 1);
  });

  test('a boat inside an area that is closed leaves it by the shortest way', () => {
    const inside = at(5000, 3800);
    const sea = createSea(land, { ...NOTHING, closed: [{ id: 'range', always: false, rings: [band] }] }, DRAUGHT);
    const way = sea.field(to, 'to', BOAT, new Set(['range'])).way(inside);
    assert.ok(way !== null);
    const beyond = way.line[1] as LonLat;
    assert.ok(distance_m(inside, beyond) < 260 && !insideRing(band, beyond));
  });

  test('what is always closed cannot be entered, and is left out by no question', () => {
    const sea = createSea(land, { ...NOTHING, closed: [{ id: 'farm', always: true, rings: [band] }] }, DRAUGHT);
    const way = sea.field(to, 'to', BOAT, NONE).way(from);
    for (const [a, b] of legsOf(way?.line ?? [])) assert.ok(gap_m(a, b, [band]) > 1);
    assert.equal(sea.join(at(5000, 2500), 500), null);
  });
});

describe('ends of ways', () => {
  test('a pier on the quay and a boat in the strip along the shore are joined at inshore speed', () => {
    const quay = box(3000, 3000, 5000, 5000);
    const sea = createSea(sceneOf([quay]), NOTHING, DRAUGHT);
    const pier = at(4000, 3020);
    const joined = sea.join(pier, 500);
    assert.ok(
      joined !== null && gap_m(joined, joined, [quay]) >= MARGIN_M && gap_m(joined, joined, [quay]) < MARGIN_M + 12,
    );
    assert.equal(sea.join(at(4000, 4000), 500), null);
    const far = at(4000, 1000);
    const way = sea.field(pier, 'to', BOAT, NONE).way(far);
    const inshore_m = distance_m(pier, joined);
    assert.ok(Math.abs((way?.duration_s ?? 0) - (2020 - inshore_m) / 10 - inshore_m / 2.5) < 1);
    assert.deepEqual(way?.line.at(-1), pier);
  });

  test('a pier up a creek narrower than twice the margin is left by creeping out, never over land', () => {
    const creek: Ring = [
      at(3000, 3000),
      at(6000, 3000),
      at(6000, 6000),
      at(4640, 6000),
      at(4640, 4500),
      at(4940, 4500),
      at(4940, 4400),
      at(4560, 4400),
      at(4560, 6000),
      at(3000, 6000),
      at(3000, 3000),
    ];
    const land = sceneOf([creek]);
    const pier = at(4900, 4450);
    const way = createSea(land, NOTHING, DRAUGHT).field(at(4600, 9000), 'from', BOAT, NONE).way(pier);
    assert.ok(way !== null && way.line.length > 3);
    for (const [a, b] of legsOf(way.line)) assert.ok(!land.crossesShore(a, b));
  });

  test('a pond is not the sea, though a boat may cross it', () => {
    const ring = box(3000, 3000, 6000, 6000);
    const hole = box(4000, 4000, 5000, 5000);
    const [west, south] = at(0, 0);
    const [east, north] = at(SIDE_M, SIDE_M);
    const land = buildLand({
      type: 'FeatureCollection',
      bbox: [west, south, east, north],
      features: [
        {
          type: 'Feature',
          properties: { id: 1, kind: 'island', km2: 8 },
          geometry: { type: 'Polygon', coordinates: [ring, hole] },
        },
      ],
    });
    const sea = createSea(land, NOTHING, DRAUGHT);
    const pond = sea.field(at(4200, 4200), 'to', BOAT, NONE);
    assert.equal(pond.way(at(1000, 1000)), null);
    assert.ok(Math.abs((pond.way(at(4800, 4800))?.distance_m ?? 0) - distance_m(at(4200, 4200), at(4800, 4800))) < 0.1);
  });

  test('positions off the map or not numbers are joined to nothing', () => {
    const sea = createSea(sceneOf([box(3000, 3000, 5000, 5000)]), NOTHING, DRAUGHT);
    const field = sea.field(at(1000, 1000), 'to', BOAT, NONE);
    for (const place of [[0, 90], [NaN, NaN], [500, 30], at(-5000, 0)] as const) {
      assert.equal(sea.join(place, 500), null);
      assert.equal(field.way(place), null);
    }
  });

  test('a place without land has straight ways, a place to itself a way of no length', () => {
    const [west, south] = at(0, 0);
    const [east, north] = at(SIDE_M, SIDE_M);
    const land = buildLand({ type: 'FeatureCollection', bbox: [west, south, east, north], features: [] });
    const field = createSea(land, NOTHING, DRAUGHT).field(at(100, 100), 'to', BOAT, NONE);
    assert.ok(Math.abs((field.way(at(8100, 100))?.distance_m ?? 0) - 8000) < 10);
    assert.equal(field.way(at(100, 100))?.duration_s, 0);
  });
});
