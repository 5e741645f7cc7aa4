import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setupTokenIn } from './setup-token.ts';

test('a set-up link is known by its code, and by nothing else', () => {
  assert.equal(setupTokenIn('#setup=abc-123'), 'abc-123');
  assert.equal(setupTokenIn('#/setup=abc-123'), 'abc-123');
  for (const hash of ['', '#', '#setup=', '#ZS-261122-0007']) assert.equal(setupTokenIn(hash), null);
});
