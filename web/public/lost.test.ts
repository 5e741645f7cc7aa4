import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withLost, withoutLost } from './lost.ts';

const picture = (name: string, lastModified: number): File => new File(['light'], name, { lastModified });

test('a picture that failed stays lost while others arrive, until it arrives itself', () => {
  const [first, second, third] = [picture('image.jpg', 1), picture('image.jpg', 2), picture('boat.jpg', 1)];
  const two = withLost(withLost([], first), second);
  assert.equal(two.length, 2);
  assert.deepEqual(withoutLost(two, third), two);
  assert.equal(withoutLost(two, picture('image.jpg', 1)).length, 1);
  assert.deepEqual(withoutLost(withoutLost(two, first), second), []);
});

test('a picture that fails twice is counted once', () => {
  assert.equal(withLost(withLost([], picture('a.jpg', 1)), picture('a.jpg', 1)).length, 1);
});
