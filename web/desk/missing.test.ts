import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingIn } from './missing.ts';

const BUILT_IN = ['system', 'citizen', 'receipt'];

test('a new site lacks people and forces until there are some beside its administrator', () => {
  assert.deepEqual(missingIn([...BUILT_IN, 'admin'], 0, 'admin'), { accounts: true, forces: true });
  assert.deepEqual(missingIn([...BUILT_IN, 'admin', 'wang'], 0, 'admin'), { accounts: false, forces: true });
  assert.deepEqual(missingIn([...BUILT_IN, 'admin'], 3, 'admin'), { accounts: true, forces: false });
  assert.deepEqual(missingIn([...BUILT_IN, 'admin', 'wang'], 3, 'admin'), { accounts: false, forces: false });
});
