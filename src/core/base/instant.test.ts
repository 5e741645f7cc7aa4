import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LAST_INSTANT, compareStamps, instant, isInstant, nextStamp, receiveStamp, toIso } from './instant.ts';
import type { Instant, Stamp } from './instant.ts';

const WALL = fc.integer({ min: 0, max: LAST_INSTANT }).map((wall) => wall as Instant);
const STAMP = fc.tuple(WALL, fc.nat()).map((stamp): Stamp => stamp);

describe('instants', () => {
  test('an instant is a whole number of milliseconds from 1970 to the end of 9999', () => {
    for (const good of [0, 1, LAST_INSTANT]) assert.equal(instant(good), good);
    for (const bad of [-1, 0.5, NaN, Infinity, LAST_INSTANT + 1]) assert.throws(() => instant(bad), RangeError);
    for (const bad of ['0', null, undefined, {}, 1n, new Date(0)]) assert.ok(!isInstant(bad));
    assert.equal(toIso(LAST_INSTANT), '9999-12-31T23:59:59.999Z');
    assert.equal(toIso(instant(0)), '1970-01-01T00:00:00.000Z');
  });
});

describe('hybrid logical clock', () => {
  test('the first stamp is the wall; a wall that stands or steps back counts on', () => {
    const first = nextStamp(null, instant(1000));
    assert.deepEqual(first, [1000, 0]);
    const second = nextStamp(first, instant(1000));
    assert.deepEqual(second, [1000, 1]);
    const third = nextStamp(second, instant(400));
    assert.deepEqual(third, [1000, 2]);
    assert.deepEqual(nextStamp(third, instant(1001)), [1001, 0]);
  });

  test('L8 a received stamp is passed, whichever of the two is ahead', () => {
    assert.deepEqual(receiveStamp(null, [5000 as Instant, 3], instant(10)), [5000, 4]);
    assert.deepEqual(receiveStamp([9000 as Instant, 7], [5000 as Instant, 3], instant(10)), [9000, 8]);
    assert.deepEqual(receiveStamp([5000 as Instant, 1], [5000 as Instant, 9], instant(10)), [5000, 10]);
    assert.deepEqual(receiveStamp([9000 as Instant, 7], [5000 as Instant, 3], instant(9500)), [9500, 0]);
  });

  test('L8 however the wall jumps, stamps only ever grow, and never run ahead of the furthest wall seen', () => {
    const grows = fc.property(fc.array(fc.tuple(WALL, fc.option(STAMP)), { minLength: 1 }), (ticks) => {
      let last: Stamp | null = null;
      let furthest = 0;
      for (const [wall, remote] of ticks) {
        const next: Stamp = remote === null ? nextStamp(last, wall) : receiveStamp(last, remote, wall);
        furthest = Math.max(furthest, wall, remote?.[0] ?? 0);
        if (last !== null) assert.ok(compareStamps(last, next) < 0);
        if (remote !== null) assert.ok(compareStamps(remote, next) < 0);
        assert.ok(next[0] <= furthest);
        last = next;
      }
    });
    fc.assert(grows);
  });

  test('stamps are ordered by wall, then by counter, and the order is total', () => {
    const ordered = fc.property(STAMP, STAMP, (a, b) => {
      assert.equal(Math.sign(compareStamps(a, b)), -Math.sign(compareStamps(b, a)) + 0);
      assert.equal(compareStamps(a, b) === 0, a[0] === b[0] && a[1] === b[1]);
    });
    fc.assert(ordered);
    assert.ok(compareStamps([1 as Instant, 99], [2 as Instant, 0]) < 0);
    assert.ok(compareStamps([2 as Instant, 1], [2 as Instant, 0]) > 0);
  });
});
