import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HeldNotice, lasts_ms, roomForLate, shownNotices } from './notice-list.ts';

const notice = (id: number, tone: HeldNotice['tone'] = 'failed'): HeldNotice => ({ id, tone, title: `${id}` });

test('at most three notices are shown, the newest; older ones come back when those are closed', () => {
  const held = [1, 2, 3, 4, 5].map((id) => notice(id));
  const ids = (list: readonly HeldNotice[]): readonly number[] => list.map((one) => one.id);
  assert.deepEqual(ids(shownNotices(held)), [3, 4, 5]);
  assert.deepEqual(ids(shownNotices(held.filter((one) => one.id !== 4))), [2, 3, 5]);
});

test('what went wrong stays until it is read, what went well goes by itself, later where it offers something', () => {
  assert.equal(lasts_ms(notice(1)), null);
  assert.equal(lasts_ms(notice(1, 'warning')), null);
  const plain = lasts_ms(notice(1, 'done'));
  const offering = lasts_ms({ ...notice(1, 'done'), action: { words: 'open', go: () => undefined } });
  assert.ok(plain !== null && offering !== null && offering > plain);
});

test('unread notices leave room for fewer late deadlines, but always for one', () => {
  assert.deepEqual([0, 1, 2, 3].map(roomForLate), [3, 2, 1, 1]);
});
