import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventView, MatterRow } from '#wire/api.ts';
import { eventKey } from '../stream/patch.ts';
import { freshContended, type HeldNotice, lasts_ms, roomForLate, shownNotices } from './notice-list.ts';

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

test('a desk is told once of a force of an open matter that was also sent elsewhere', () => {
  const now_ms = 3_600_000;
  const contended = (seq: number, matter: string, time_ms = now_ms): EventView => ({
    seq,
    matter,
    kind: 'incident',
    type: 'contended',
    time_ms,
    actor: 'commander',
    words: { zh: '昌国03 同时被派往 PT-261121-0012', en: 'Changguo 03 was also dispatched to PT-261121-0012' },
    facts: {},
    told: false,
  });
  const row = (id: string, open: boolean): MatterRow => ({ id, open }) as Pick<MatterRow, 'id' | 'open'> as MatterRow;
  const rows = [row('PT-261121-0007', true), row('PT-261121-0003', false)];
  const told = (events: readonly EventView[], after: readonly EventView[] = []): readonly number[] =>
    freshContended(events, rows, new Set(after.map(eventKey)), now_ms).map(({ event }) => event.seq);
  assert.deepEqual(told([contended(5, 'PT-261121-0007')]), [5]);
  assert.deepEqual(told([contended(5, 'PT-261121-0007')], [contended(5, 'PT-261121-0007')]), []);
  assert.deepEqual(told([contended(6, 'PT-261121-0003'), contended(7, 'PT-261121-0099')]), []);
  assert.deepEqual(told([contended(8, 'PT-261121-0007', 0)]), []);
  assert.deepEqual(told([{ ...contended(9, 'PT-261121-0007'), type: 'step' }]), []);
});
