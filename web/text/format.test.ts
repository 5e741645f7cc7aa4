import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inZone, setZone } from './format.ts';

test('moments written in words are read in the zone of the site, with their day where it is another one', () => {
  setZone('Asia/Shanghai');
  const now_ms = Date.UTC(2026, 10, 22, 1);
  assert.equal(inZone('等候2026-11-22 08:00Z的班次', now_ms), '等候16:00的班次');
  assert.equal(
    inZone('closed until 2026-11-22 18:30Z, then 2026-11-23 02:00Z', now_ms),
    'closed until 11-23 02:30, then 11-23 10:00',
  );
  assert.equal(inZone('no moment in it', now_ms), 'no moment in it');
});
