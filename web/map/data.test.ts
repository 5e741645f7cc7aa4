import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MatterRow } from '#wire/api.ts';
import { matterFeatures } from './data.ts';

type Pinned = Pick<MatterRow, 'id' | 'open' | 'urgency' | 'raised_ms' | 'position'>;
const row = (id: string, urgency: string | null, raised_ms: number, lon = 122.1): MatterRow => {
  const pinned: Pinned = { id, open: true, urgency, raised_ms, position: { lon, lat: 30.02 } };
  return pinned as MatterRow;
};
const pins = (rows: readonly MatterRow[]): unknown =>
  matterFeatures(rows, null, (one) => one.id).features.map(({ properties: { id, label, shift } }) => [
    id,
    label,
    shift,
  ]);

test('a whistle raised where its incident is stands beside it and does not take its label', () => {
  assert.deepEqual(pins([row('whistle', null, 2), row('incident', '1', 1)]), [
    ['incident', 'incident', [0, 0]],
    ['whistle', '', [18, 0]],
  ]);
  assert.deepEqual(pins([row('whistle', null, 2), row('ungraded', null, 1)]), [
    ['ungraded', 'ungraded', [0, 0]],
    ['whistle', '', [18, 0]],
  ]);
});

test('a matter that stands alone has its label and its spot; one that is closed or has no place has no pin', () => {
  const alone = row('elsewhere', null, 3, 122.2);
  assert.deepEqual(pins([row('incident', '1', 1), alone, { ...row('closed', '1', 0), open: false }]), [
    ['incident', 'incident', [0, 0]],
    ['elsewhere', 'elsewhere', [0, 0]],
  ]);
  assert.deepEqual(pins([{ ...row('nowhere', '2', 0), position: null }]), []);
});
