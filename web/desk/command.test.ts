import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { find, parseCommand } from './command.ts';

const row = (id: string, zh: string, open = true): MatterRow =>
  ({ id, open, title: { zh, en: zh }, place: null }) as MatterRow;
const force = (id: string, call_sign: string): ForceView =>
  ({ id, call_sign, name: { zh: call_sign, en: call_sign } }) as ForceView;

const rows = [row('PT-261121-0012', '落水'), row('PT-261121-0007', '走失'), row('PT-261120-0007', '纠纷', false)];
const forces = [force('ptu-3', 'PTU3'), force('ptu-31', 'PTU31'), force('boat-7', '艇 07')];

test('d <number> <call sign> dispatches, whatever case or dashes', () => {
  assert.deepEqual(parseCommand('d 12 ptu3', rows, forces), {
    type: 'dispatch',
    matter: 'PT-261121-0012',
    force: 'ptu-3',
  });
  assert.deepEqual(parseCommand('D pt-261121-0007 艇07', rows, forces), {
    type: 'dispatch',
    matter: 'PT-261121-0007',
    force: 'boat-7',
  });
});

test('a short number means the open matter only', () => {
  assert.deepEqual(parseCommand('d 7 ptu3', rows, forces), {
    type: 'dispatch',
    matter: 'PT-261121-0007',
    force: 'ptu-3',
  });
});

test('an unknown number or an ambiguous sign is said, never guessed', () => {
  assert.deepEqual(parseCommand('d 99 ptu3', rows, forces), { type: 'no-matter', number: '99' });
  assert.deepEqual(parseCommand('d 12 pt', rows, forces), { type: 'no-force', sign: 'pt' });
});

test('everything else searches matters, forces and places', () => {
  assert.deepEqual(parseCommand('落水', rows, forces), { type: 'search', words: '落水' });
  const found = find('ptu3', rows, forces, [
    { id: 'x', name: { zh: '六横镇', en: 'Liuheng' }, sort: 'township', lon: 122, lat: 29 },
  ]);
  assert.deepEqual(
    found.map((one) => one.type),
    ['force', 'force'],
  );
});
