import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matching, named } from './matter-number.ts';

const row = (id: string, zh: string) => ({ id, title: { zh, en: zh }, place: '沈家门' });
const ROWS = [
  row('ZS-261122-0009', '落水'),
  row('ZS-261122-0012', '走失'),
  row('ZS-261121-0012', '纠纷'),
  row('ZS-261122-0003', '扒窃'),
];
const read = (typed: string): unknown => named(typed, ROWS, 'ZS-261122-0003');

test('a matter is named as the list shows it, by its bare number, or in full', () => {
  for (const typed of ['#9', '9', '0009', ' zs-261122-0009 ']) {
    assert.deepEqual(read(typed), { type: 'one', id: 'ZS-261122-0009' });
  }
  assert.deepEqual(read('ZS-261101-0001'), { type: 'elsewhere', id: 'ZS-261101-0001' });
});

test('what names no matter, several, or the one that asks is said to', () => {
  assert.deepEqual(read('#77'), { type: 'unclear', number: '77', several: false });
  assert.deepEqual(read('12'), { type: 'unclear', number: '12', several: true });
  assert.deepEqual(read('3'), { type: 'self' });
  assert.deepEqual(read('ZS-261122-0003'), { type: 'self' });
  assert.deepEqual(read('落水'), { type: 'words' });
  assert.deepEqual(read(' '), { type: 'nothing' });
});

test('rows are found by number and by words, never the one that asks', () => {
  const ids = (typed: string): readonly string[] => matching(typed, ROWS, 'ZS-261122-0003').map((one) => one.id);
  assert.deepEqual(ids('#12'), ['ZS-261122-0012', 'ZS-261121-0012']);
  assert.deepEqual(ids('落'), ['ZS-261122-0009']);
  assert.deepEqual(ids('扒窃'), []);
  assert.deepEqual(ids(''), []);
});
