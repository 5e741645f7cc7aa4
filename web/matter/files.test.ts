import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesOf, withFile, withoutFile } from './files.ts';

test('a picture that arrives joins those held by then, whichever was chosen first', () => {
  const [a, b] = [withFile('a'), withFile('b')];
  assert.deepEqual(b(a(undefined)), ['a', 'b']);
  assert.deepEqual(a(b(undefined)), ['b', 'a']);
});

test('a picture taken away stays away when a later one arrives, and the same one is held once', () => {
  assert.deepEqual(withFile('b')(withoutFile('a')(['a'])), ['b']);
  assert.deepEqual(withFile('a')(['a', 'b']), ['b', 'a']);
  assert.deepEqual(withoutFile('c')(['a']), ['a']);
});

test('a fact holds a list of files, one file, or none', () => {
  assert.deepEqual(filesOf(['a', 'b']), ['a', 'b']);
  assert.deepEqual(filesOf('a'), ['a']);
  assert.deepEqual(filesOf(undefined), []);
});
