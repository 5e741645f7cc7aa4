import assert from 'node:assert/strict';
import { test } from 'node:test';
import { err, ok } from './result.ts';

test('a result is a value or an error, told apart by ok', () => {
  assert.deepEqual(ok(7), { ok: true, value: 7 });
  assert.deepEqual(err('full'), { ok: false, error: 'full' });
});
