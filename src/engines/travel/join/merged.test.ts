import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import { merged } from './merged.ts';
import type { TimeMap } from './reached.ts';

/** A map of squares of so many degrees from 122° E 30° N on, all reached at one time but for those named. */
const mapOf = (across: number, cell_deg: number, time_s: number, others: Readonly<Record<number, number>>): TimeMap => {
  const grid = { west: 122, south: 30, cell_lon: cell_deg, cell_lat: cell_deg, columns: across, rows: across };
  const times = new Float32Array(across * across).fill(time_s);
  for (const [cell, other_s] of Object.entries(others)) times[Number(cell)] = other_s;
  return { grid, time_s: times };
};
const timeAt_s = (map: TimeMap | null, [lon, lat]: LonLat): number => {
  assert.ok(map !== null);
  const { grid, time_s } = map;
  const [column, row] = [(lon - grid.west) / grid.cell_lon, (lat - grid.south) / grid.cell_lat].map(Math.floor);
  return time_s[(row as number) * grid.columns + (column as number)] as number;
};

describe('several ways of moving on one map', () => {
  const coarse = mapOf(10, 0.01, 600, { 0: Infinity });
  const fine = mapOf(50, 0.001, Infinity, { 0: 60, 49: 900 });

  it('have the earliest time of every place', () => {
    const map = merged(
      [
        { map: coarse, onLand: null },
        { map: fine, onLand: null },
      ],
      null,
    );
    assert.equal(timeAt_s(map, [122.0005, 30.0005]), 60, 'by the finer');
    assert.equal(timeAt_s(map, [122.0495, 30.0005]), 600, 'by the coarser, that is sooner there');
    assert.equal(timeAt_s(map, [122.005, 30.005]), Infinity, 'by neither');
    assert.equal(timeAt_s(map, [122.095, 30.095]), 600, 'where only the coarser is');
  });

  it('count on land, at sea or on both, as each says', () => {
    const isLand = ([lon]: LonLat): boolean => lon < 122.05;
    const map = merged([{ map: coarse, onLand: true }], isLand);
    assert.equal(timeAt_s(map, [122.03, 30.05]), 600);
    assert.equal(timeAt_s(map, [122.075, 30.055]), Infinity);
  });

  it('of a wide map none of the narrow strips of a finer one is lost', () => {
    const wide = mapOf(60, 0.1, Infinity, { 3599: 50 });
    const strips = mapOf(500, 0.0006, Infinity, Object.fromEntries(Array.from({ length: 500 }, (_, i) => [i, 70])));
    const map = merged(
      [
        { map: wide, onLand: null },
        { map: strips, onLand: null },
      ],
      null,
    );
    for (let i = 0; i < 500; i += 1) assert.equal(timeAt_s(map, [122 + (i + 0.5) * 0.0006, 30.0003]), 70);
  });
});
