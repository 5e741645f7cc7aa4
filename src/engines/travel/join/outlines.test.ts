import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { insideRing } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { outlines } from './outlines.ts';

const grid = { west: 122, south: 30, cell_lon: 0.01, cell_lat: 0.01, columns: 7, rows: 6 };
const cells = fc.array(fc.boolean(), { minLength: 42, maxLength: 42 });

describe('outlines of cells', () => {
  it('hold the middle of every cell inside, and of no other', () => {
    fc.assert(
      fc.property(cells, (inside) => {
        const areas = outlines(grid, (cell) => inside[cell] === true);
        inside.forEach((expected, cell) => {
          const at = [122 + ((cell % 7) + 0.5) * 0.01, 30 + (Math.floor(cell / 7) + 0.5) * 0.01] as const;
          const holds = areas.filter(
            ([outer, ...holes]) => insideRing(outer as Ring, at) && !holes.some((hole) => insideRing(hole, at)),
          );
          assert.equal(holds.length, expected ? 1 : 0);
        });
      }),
    );
  });

  it('are closed rings, the outer against the clock and holes with it', () => {
    const ring = [1, 2, 3, 8, 10, 15, 16, 17];
    const [area, ...others] = outlines(grid, (cell) => ring.includes(cell));
    assert.equal(others.length, 0);
    assert.equal(area?.length, 2);
    for (const [i, one] of (area ?? []).entries()) {
      assert.deepEqual(one[0], one.at(-1));
      const turned = one.slice(1).reduce((sum, [x, y], k) => {
        const [before_x, before_y] = one[k] as readonly [number, number];
        return sum + before_x * y - x * before_y;
      }, 0);
      assert.equal(Math.sign(turned), i === 0 ? 1 : -1);
    }
  });

  it('are none where nothing is inside', () => {
    assert.deepEqual(
      outlines(grid, () => false),
      [],
    );
  });
});
