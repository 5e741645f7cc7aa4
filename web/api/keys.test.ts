import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeKeys } from './keys.ts';

const counting = (): (() => string) => {
  let count = 0;
  return () => `key-${++count}`;
};

test('what is sent again unchanged goes under the same key', () => {
  const keys = makeKeys(counting());
  const first = keys({ narrative: 'a man in the water' });
  assert.equal(keys({ narrative: 'a man in the water' }), first);
});

test('what was edited after a lost answer goes under a new key, and edited back under the old one', () => {
  const keys = makeKeys(counting());
  const first = keys({ narrative: 'a man in the water' });
  const second = keys({ narrative: 'two men in the water' });
  assert.notEqual(second, first);
  assert.equal(keys({ narrative: 'a man in the water' }), first);
});

test('two forms never share a key', () => {
  const make = counting();
  assert.notEqual(makeKeys(make)({}), makeKeys(make)({}));
});
