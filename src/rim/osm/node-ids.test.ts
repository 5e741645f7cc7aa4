import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createNodeIds } from './node-ids.ts';
import { createWayRefs } from './refs.ts';

/** Ids as they are: near each other, far apart, beyond 32 bits, negative, several times. */
const id = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.integer({ min: 4_294_967_200, max: 4_294_967_400 }),
  fc.integer({ min: 1, max: 14_000_000_000 }),
  fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
);

describe('ids of nodes', () => {
  it('finds every id at its place in order, no other, and tells which are used more than once', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 200 }), fc.array(id, { maxLength: 50 }), (used, asked) => {
        const shared = new Set<number>();
        const ids = createNodeIds(
          (tell) => used.forEach(tell),
          (place) => shared.add(place),
        );
        const order = [...new Set(used)].sort((a, b) => a - b);
        assert.equal(ids.count, order.length);
        for (const one of [...used, ...asked]) assert.equal(ids.placeOf(one), order.indexOf(one));
        for (const [place, one] of order.entries()) {
          assert.equal(shared.has(place), used.filter((other) => other === one).length > 1);
        }
      }),
    );
  });
});

describe('nodes of ways', () => {
  it('come back as they were kept, in any order of asking', () => {
    fc.assert(
      fc.property(fc.array(fc.array(id, { maxLength: 40 }), { maxLength: 30 }), (ways) => {
        const refs = createWayRefs();
        const starts = ways.map((way) => refs.append(Float64Array.from(way), way.length));
        assert.equal(refs.total(), ways.flat().length);
        for (const [i, way] of [...ways.entries()].reverse()) {
          const into = new Float64Array(way.length);
          refs.read(starts[i] as number, way.length, into);
          assert.deepEqual([...into], way);
        }
      }),
    );
  });

  it('go on over the end of a chunk', () => {
    const refs = createWayRefs();
    const far = Float64Array.from({ length: 200_000 }, (_, i) => (i % 2) * 10_000_000_000 + i);
    const starts = [refs.append(far, far.length), refs.append(far, far.length)];
    const into = new Float64Array(far.length);
    for (const start of starts) {
      refs.read(start, far.length, into);
      assert.deepEqual(into, far);
    }
  });
});
