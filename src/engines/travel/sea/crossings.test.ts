import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { buildLand } from '#world/places/land.ts';
import {
  crossingsPrint,
  crossingsUnder,
  decodeBerths,
  decodeCrossings,
  encodeBerths,
  encodeCrossings,
  makeCrossings,
} from './crossings.ts';
import type { Berths } from './crossings.ts';
import { createSea } from './sea.ts';
import type { BoatClass, DraughtClass, Sea } from './water.ts';

const DRAUGHT: DraughtClass = { id: 'small', draught_m: 1.5, margin_m: 50 };
const BOAT: BoatClass = { id: 'rib', draught: DRAUGHT, speed_kmh: 36, inshore_kmh: 9 };
const NONE: ReadonlySet<string> = new Set();
const SIDE_M = 9000;

const at = (x: number, y: number): LonLat => [122 + x / metresPerDegreeLon(30), 30 + y / METRES_PER_DEGREE];
const box = (x: number, y: number, wide: number, high: number): Ring => [
  at(x, y),
  at(x + wide, y),
  at(x + wide, y + high),
  at(x, y + high),
  at(x, y),
];
const block = fc
  .tuple(
    fc.integer({ min: 1500, max: 6000 }),
    fc.integer({ min: 1500, max: 6000 }),
    fc.integer({ min: 300, max: 1500 }),
    fc.integer({ min: 300, max: 1500 }),
  )
  .map(([x, y, wide, high]) => box(x, y, wide, high));
const berth = fc
  .tuple(fc.integer({ min: 200, max: SIDE_M - 200 }), fc.integer({ min: 200, max: SIDE_M - 200 }))
  .map(([x, y]) => at(x, y));

const seaOf = (islands: readonly Ring[], ranges: readonly Ring[]): Sea => {
  const [west, south] = at(0, 0);
  const [east, north] = at(SIDE_M, SIDE_M);
  const land = buildLand({
    type: 'FeatureCollection',
    bbox: [west, south, east, north],
    features: islands.map((ring, id) => ({
      type: 'Feature',
      properties: { id, kind: 'island', km2: 1 },
      geometry: { type: 'Polygon', coordinates: [ring] },
    })),
  });
  const closed = ranges.map((ring, i) => ({ id: `range-${i}`, always: false, rings: [ring] }));
  return createSea(land, { shallows: [], closed, speed: [], currents: [] }, DRAUGHT);
};

/** Pair by pair, as a question asks. */
const asked = (sea: Sea, berths: Berths, closed: ReadonlySet<string>): Float64Array =>
  Float64Array.from(
    berths.flatMap((to, i) =>
      berths.flatMap((from, k) => {
        const way = to === null || from === null || i === k ? null : sea.field(to, 'to', BOAT, closed).way(from);
        return [way?.duration_s ?? Infinity, way?.distance_m ?? Infinity];
      }),
    ),
  );

describe('crossings between piers', () => {
  const blocks = fc.array(block, { minLength: 1, maxLength: 4 });
  const ranges = fc.array(block, { minLength: 1, maxLength: 3 });
  const piers = fc.array(fc.option(berth, { freq: 6 }), { minLength: 2, maxLength: 6 });

  test('T7 are those a question finds, whatever is closed, although only what a closed area touches is looked for', () => {
    fc.assert(
      fc.property(blocks, ranges, piers, fc.nat(7), (islands, areas, berths, chosen) => {
        const sea = seaOf(islands, areas);
        const open = makeCrossings(sea, BOAT, berths);
        assert.deepEqual(open.cost, asked(sea, berths, NONE));
        const closed = new Set(areas.flatMap((_, i) => (((chosen >> i) & 1) === 1 ? [`range-${i}`] : [])));
        const under = crossingsUnder(sea, BOAT, berths, open, closed);
        const truth = asked(sea, berths, closed);
        truth.forEach((cost, slot) => assert.ok(cost === under[slot] || Math.abs(cost - (under[slot] ?? 0)) < 1e-6));
        assert.ok(under.every((cost, slot) => slot % 2 === 1 || cost >= (open.cost[slot] as number)));
      }),
      { numRuns: 40 },
    );
  });

  test('are searched again only to piers a closed area lies before', () => {
    const sea = seaOf([box(1500, 1500, 1000, 1000)], [box(4000, 3000, 800, 800)]);
    let fields = 0;
    const counted: Sea = { ...sea, field: (...question) => ((fields += 1), sea.field(...question)) };
    const berths = [at(3000, 3400), at(6000, 3400), at(500, 500), at(500, 8000)];
    const open = makeCrossings(counted, BOAT, berths);
    assert.equal(fields, 4);
    fields = 0;
    const under = crossingsUnder(counted, BOAT, berths, open, new Set(['range-0', 'no-area']));
    // Only the way between the first two leads through it.
    assert.equal(fields, 2);
    assert.ok((under[2] as number) > (open.cost[2] as number));
    fields = 0;
    assert.deepEqual(crossingsUnder(counted, BOAT, berths, open, new Set(['no-area'])), open.cost);
    assert.equal(fields, 0);
  });

  test('are read back as they were written, and not for other boats, piers or waters', () => {
    const [islands, areas] = [[box(1500, 1500, 1000, 1000)], [box(4000, 3000, 800, 800)]];
    const sea = seaOf(islands, areas);
    const berths = [at(3000, 3400), null, at(6000, 3400)];
    const made = makeCrossings(sea, BOAT, berths);
    const print = crossingsPrint(sea, BOAT, berths);
    const bytes = encodeCrossings(made, print);
    assert.deepEqual(decodeCrossings(bytes, print, 3, sea.closable), made);
    for (const other of [
      crossingsPrint(sea, { ...BOAT, speed_kmh: 37 }, berths),
      crossingsPrint(sea, BOAT, [null, ...berths.slice(1)]),
      crossingsPrint(seaOf([box(1500, 1500, 1000, 1001)], areas), BOAT, berths),
    ])
      assert.equal(decodeCrossings(bytes, other, 3, sea.closable), null);
    assert.equal(decodeCrossings(bytes.subarray(0, -1), print, 3, sea.closable), null);
    const kept = encodeBerths(berths, 7);
    assert.deepEqual(decodeBerths(kept, 7, 3), berths);
    assert.equal(decodeBerths(kept, 8, 3), null);
    assert.equal(decodeBerths(kept, 7, 4), null);
  });
});
