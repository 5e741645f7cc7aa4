import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { metresOf, partOf, secondsOf, weightOf } from './weight.ts';

const SECONDS = fc.nat(20_000_000).map((tenths) => tenths / 10);
const METRES = fc.nat(50_000_000).map((tenths) => tenths / 10);

test('time and length come out of a weight as they were put in, to a tenth', () => {
  fc.assert(
    fc.property(SECONDS, METRES, (duration_s, distance_m) => {
      const weight = weightOf(duration_s, distance_m);
      assert.equal(secondsOf(weight), duration_s);
      assert.equal(metresOf(weight), distance_m);
    }),
  );
});

test('weights add up, and rank by time first, then by length', () => {
  fc.assert(
    fc.property(SECONDS, METRES, SECONDS, METRES, (one_s, one_m, two_s, two_m) => {
      const [one, two] = [weightOf(one_s, one_m), weightOf(two_s, two_m)];
      assert.equal(Math.round(10 * secondsOf(one + two)), Math.round(10 * one_s) + Math.round(10 * two_s));
      assert.equal(Math.round(10 * metresOf(one + two)), Math.round(10 * one_m) + Math.round(10 * two_m));
      assert.equal(Math.sign(one - two), Math.sign(one_s - two_s) || Math.sign(one_m - two_m));
    }),
  );
});

test('no way is Infinity in time and length', () => {
  const none = weightOf(Infinity, 5) + weightOf(3, 4);
  assert.deepEqual([secondsOf(none), metresOf(none), partOf(none, 0)], [Infinity, Infinity, Infinity]);
  assert.equal(partOf(weightOf(10, 100), 0.25), weightOf(2.5, 25));
});
