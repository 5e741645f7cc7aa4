import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMON_STEPS } from '#core/matter/common.ts';
import { loadKinds } from './kinds-loader.ts';

test('every file with a declaration is a kind, completed with what all kinds have; helpers are none', async () => {
  const kinds = await loadKinds();
  for (const id of ['incident', 'non-police-matter', 'support-request']) assert.ok(kinds.has(id), id);
  assert.ok(!kinds.has('engagement'));
  for (const [id, kind] of kinds) {
    assert.equal(kind.id, id);
    for (const step of COMMON_STEPS) assert.ok(kind.steps[step] !== undefined, `${id} ${step}`);
  }
});
