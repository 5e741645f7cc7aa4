import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, ended, type Sent, underWayTo } from './under-way.ts';

const sent = (matter: string, force: string): Sent => ({ matter, force });

test('a second force goes while the first is under way; the same one to the same matter goes once', () => {
  const one = begun([], sent('PT-261121-0012', 'ptu-3'));
  assert.ok(one !== null);
  assert.equal(begun(one, sent('PT-261121-0012', 'ptu-3')), null);
  const two = begun(one, sent('PT-261121-0012', 'ptu-4'));
  assert.ok(two !== null);
  const three = begun(two, sent('PT-261121-0007', 'ptu-3'));
  assert.ok(three !== null);
  assert.deepEqual(underWayTo(three, 'PT-261121-0012'), ['ptu-3', 'ptu-4']);
  assert.deepEqual(underWayTo(three, 'PT-261121-0007'), ['ptu-3']);
  assert.deepEqual(underWayTo(three, null), []);
  const answered = ended(three, sent('PT-261121-0012', 'ptu-3'));
  assert.deepEqual(underWayTo(answered, 'PT-261121-0012'), ['ptu-4']);
  assert.deepEqual(underWayTo(answered, 'PT-261121-0007'), ['ptu-3']);
  assert.notEqual(begun(answered, sent('PT-261121-0012', 'ptu-3')), null);
});
