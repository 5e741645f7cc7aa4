import assert from 'node:assert/strict';
import { test } from 'node:test';
import { release } from './release.ts';

test('arrays given back are empty, and those that share their memory; others are as they were', () => {
  const [gone, kept] = [Int32Array.of(1, 2, 3), Float64Array.of(4)];
  const part = gone.subarray(1);
  release(gone);
  assert.deepEqual([gone.length, part.length, kept.length], [0, 0, 1]);
  release(gone, kept);
  assert.equal(kept.length, 0);
});
