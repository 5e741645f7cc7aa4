import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { Heap } from './heap.ts';

it('gives pairs back by cost, then by item, however many and in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.nat(3000)), { maxLength: 3000 }), (pairs) => {
      const heap = new Heap();
      for (const [cost, item] of pairs) heap.push(cost, item);
      const out = pairs.map(() => [heap.topCost, heap.pop()]);
      assert.deepEqual(
        out,
        pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]),
      );
      assert.equal(heap.pop(), -1);
    }),
    { numRuns: 60 },
  );
});
