import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ForceView } from '#wire/api.ts';
import type { Closable } from '../travel/closable.ts';
import type { Closure } from '../travel/closures.ts';
import { parseTravel, travelHints, type TravelSources } from './command-travel.ts';

const thing = (id: string, zh: string, sort: Closable['sort'] = 'bridge'): Closable => ({
  id,
  sort,
  class: '',
  name: { zh, en: `${id} by name` },
  shapes: [],
  at: [0, 0],
});
const all = [thing('bridge-1', '东大桥'), thing('bridge-2', '东大桥北段'), thing('pier-1', '东码头', 'pier')];
const closure = (matter: string, what: string): Closure => ({ matter, what, from: 0, until: null, why: null });
const force = (id: string, call_sign: string): ForceView =>
  ({ id, call_sign, on_duty: true, name: { zh: call_sign, en: `${id} team` } }) as ForceView;
const from: TravelSources = {
  things: new Map(all.map((one) => [one.id, one])),
  closures: [closure('PT-1', 'bridge-1'), closure('PT-2', 'pier-1')],
  forces: [force('ptu-3', '昌国03'), force('ptu-30', '昌国30')],
  closes: true,
  sign: (one) => one.call_sign,
};

test('close names one thing by id, by its whole name, or by words only it holds', () => {
  const closes = (words: string): string | null | undefined => {
    const command = parseTravel(words, from);
    return command?.type === 'close' ? (command.thing?.id ?? null) : undefined;
  };
  assert.equal(closes('close bridge-1'), 'bridge-1');
  assert.equal(closes('封闭 东大桥'), 'bridge-1');
  assert.equal(closes('CLOSE 码头'), 'pier-1');
  assert.equal(closes('close 东'), null);
  assert.equal(closes('close'), undefined);
  assert.equal(closes('closed roads'), undefined);
});

test('open finds only what is closed, by what it is or by its matter', () => {
  const opens = (words: string): string | null | undefined => {
    const command = parseTravel(words, from);
    return command?.type === 'open' ? (command.closed?.closure.matter ?? null) : undefined;
  };
  assert.equal(opens('open bridge-1'), 'PT-1');
  assert.equal(opens('恢复 东码头'), 'PT-2');
  assert.equal(opens('open pt-2'), 'PT-2');
  assert.equal(opens('open bridge-2'), null);
  assert.equal(opens('open 东'), null);
});

test('reach takes a force and minutes, or the force alone', () => {
  assert.deepEqual(parseTravel('reach 昌国03 10', from), {
    type: 'reach',
    words: '昌国03',
    force: from.forces[0],
    minutes: 10,
  });
  assert.deepEqual(parseTravel('可达 昌国30', from), {
    type: 'reach',
    words: '昌国30',
    force: from.forces[1],
    minutes: null,
  });
});

test('who may not close gets no close and no open; reach is for all', () => {
  const reader = { ...from, closes: false };
  assert.equal(parseTravel('close bridge-1', reader), null);
  assert.deepEqual(travelHints('open ', reader), []);
  assert.equal(parseTravel('reach 昌国03 10', reader)?.type, 'reach');
});

test('completions: bridges first, what is closed, forces on duty; each line means what it suggests', () => {
  const lines = (line: string): readonly string[] => travelHints(line, from).map((one) => one.line);
  assert.deepEqual(lines('close '), ['close bridge-1', 'close bridge-2']);
  assert.deepEqual(lines('close 码头'), ['close pier-1']);
  assert.deepEqual(lines('open '), ['open bridge-1', 'open pier-1']);
  assert.deepEqual(lines('reach 昌国'), ['reach 昌国03 10', 'reach 昌国30 10']);
  assert.deepEqual(lines('reach 昌国03 25'), ['reach 昌国03 25']);
  assert.deepEqual(lines('d 7 '), []);
});

test('completing keeps the verb as it was typed', () => {
  const lines = (line: string): readonly string[] => travelHints(line, from).map((one) => one.line);
  assert.deepEqual(lines('封闭 码头'), ['封闭 pier-1']);
  assert.deepEqual(lines('恢复 pt-1'), ['恢复 bridge-1']);
  assert.deepEqual(lines('可达 昌国30 5'), ['可达 昌国30 5']);
  assert.deepEqual(lines('close 码头'), ['close pier-1']);
});
