import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { find, hints, type HintSources, matterOf, parseCommand, type Ranked } from './command.ts';

const row = (id: string, zh: string, open = true): MatterRow =>
  ({ id, open, title: { zh, en: zh }, place: null }) as MatterRow;
const force = (id: string, call_sign: string): ForceView =>
  ({ id, call_sign, on_duty: true, name: { zh: call_sign, en: `${id} team` } }) as ForceView;

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

test('matters the server found stand behind those at hand, each once', () => {
  const shown = (words: string, also: readonly MatterRow[]): readonly string[] =>
    find(words, rows, [], [], also).map((one) => (one.type === 'matter' ? one.row.id : one.type));
  const [known] = rows;
  assert.ok(known !== undefined);
  const closed = { ...known, id: 'PT-261120-0003', open: false };
  assert.deepEqual(shown(known.id, [closed, known]), [known.id, closed.id]);
  assert.deepEqual(shown('old words', [closed]), [closed.id]);
});

const ranked: readonly Ranked[] = [
  { force: 'boat-7', rank: 1, eta_s: 240 },
  { force: 'ptu-31', rank: 2, eta_s: 600 },
];
const from: HintSources = { rows, takesForces: (one) => one.open, forces, ranked, sign: (one) => one.call_sign };
const lines = (line: string, sources = from): readonly string[] => hints(line, sources).map((one) => one.line);

test('after d come the open matters that forces can be sent to, by number or words', () => {
  assert.deepEqual(lines('d '), ['d 12 ', 'd 7 ']);
  assert.deepEqual(lines('d 1'), ['d 12 ']);
  assert.deepEqual(lines('d 走失'), ['d 7 ']);
  assert.deepEqual(lines('d 9'), []);
  assert.deepEqual(lines('落水'), []);
  assert.deepEqual(lines('d ', { ...from, takesForces: (one) => one.title.zh === '走失' }), ['d 7 ']);
});

test('after the matter come the forces: candidates by rank, then the rest on duty', () => {
  assert.deepEqual(lines('d 12 '), ['d 12 艇 07', 'd 12 PTU31', 'd 12 PTU3']);
  assert.deepEqual(lines('d 12 ptu'), ['d 12 PTU31', 'd 12 PTU3']);
  assert.deepEqual(lines('d 12 boat'), ['d 12 艇 07']);
  assert.equal(lines('d 12 2')[0], 'd 12 PTU31');
  assert.equal(lines('d 12 ptu3')[0], 'd 12 PTU3');
  assert.deepEqual(lines('d 99 ptu'), []);
});

test('a completed line means what was suggested, also where two open matters end in the same number', () => {
  const twins = [...rows, row('PT-261122-0007', '火警')];
  const suggested = hints('d 7', { ...from, rows: twins });
  assert.deepEqual(
    suggested.map((one) => one.line),
    ['d PT-261121-0007 ', 'd PT-261122-0007 '],
  );
  for (const one of hints('d 12 ', from))
    assert.deepEqual(parseCommand(one.line, rows, forces), {
      type: 'dispatch',
      matter: 'PT-261121-0012',
      force: one.type === 'send' ? one.force.id : '',
    });
});

test('a rank or a name stands for its force; a call sign comes before a rank', () => {
  const sent = (line: string, candidates = ranked) => parseCommand(line, rows, forces, candidates);
  assert.deepEqual(sent('d 12 1'), { type: 'dispatch', matter: 'PT-261121-0012', force: 'boat-7' });
  assert.deepEqual(sent('d 12 boat-7 team'), { type: 'dispatch', matter: 'PT-261121-0012', force: 'boat-7' });
});

test('a bare number is a whole call sign or a rank that is shown, never the beginning of a name', () => {
  const numbered = [...forces, force('post-10', '10'), force('post-30', '30')];
  const sent = (line: string, candidates: readonly Ranked[] | null) => parseCommand(line, rows, numbered, candidates);
  const to = (id: string) => ({ type: 'dispatch', matter: 'PT-261121-0012', force: id });
  assert.deepEqual(sent('d 12 1', ranked), to('boat-7'));
  assert.deepEqual(sent('d 12 1', null), { type: 'no-rank', sign: '1', ranked: false });
  assert.deepEqual(sent('d 12 3', ranked), { type: 'no-rank', sign: '3', ranked: true });
  assert.deepEqual(sent('d 12 01', ranked), { type: 'no-rank', sign: '01', ranked: true });
  assert.deepEqual(sent('d 12 10', null), to('post-10'));
  const twenty = [...ranked, { force: 'ptu-3', rank: 10, eta_s: 900 }];
  assert.deepEqual(sent('d 12 10', twenty), to('post-10'));
});

test('the beginning of a name means a force on duty; one off duty is named in full', () => {
  const resting = { ...force('dog-4', '犬队04'), on_duty: false };
  const sent = (sign: string, all: readonly ForceView[]) => parseCommand(`d 12 ${sign}`, rows, all, ranked);
  const to = (id: string) => ({ type: 'dispatch', matter: 'PT-261121-0012', force: id });
  assert.deepEqual(sent('犬', [...forces, resting]), { type: 'no-force', sign: '犬' });
  assert.deepEqual(sent('犬', [...forces, resting, force('dog-5', '犬队05')]), to('dog-5'));
  assert.deepEqual(sent('犬队04', [...forces, resting]), to('dog-4'));
});

test('the matter a line speaks of is known as soon as it is named', () => {
  assert.equal(matterOf('d 12', rows), null);
  assert.equal(matterOf('d 12 ', rows), 'PT-261121-0012');
  assert.equal(matterOf('d 12 ptu', rows), 'PT-261121-0012');
  assert.equal(matterOf('落水', rows), null);
});
