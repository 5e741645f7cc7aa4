import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextRadio, tabStop } from './radios.ts';

test('arrows go round the group, Home and End jump to its ends', () => {
  assert.equal(nextRadio('ArrowRight', 0, 4), 1);
  assert.equal(nextRadio('ArrowDown', 3, 4), 0);
  assert.equal(nextRadio('ArrowLeft', 0, 4), 3);
  assert.equal(nextRadio('ArrowUp', 2, 4), 1);
  assert.equal(nextRadio('Home', 2, 4), 0);
  assert.equal(nextRadio('End', 0, 4), 3);
});

test('other keys lead nowhere', () => {
  for (const key of ['Tab', 'Enter', ' ', 'd', '1']) assert.equal(nextRadio(key, 1, 4), null);
});

test('a group is one Tab stop: the chosen radio, or the first', () => {
  const stops = (chosen: number): readonly number[] => [0, 1, 2].map((index) => tabStop(index, chosen));
  assert.deepEqual(stops(-1), [0, -1, -1]);
  assert.deepEqual(stops(2), [-1, -1, 0]);
});
