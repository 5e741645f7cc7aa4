import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text } from '#core/base/text.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import incident from '#kinds/command/incident.ts';
import { eventWords } from './words.ts';

const wordsOf = (body: unknown): { readonly zh: string; readonly en: string } =>
  eventWords(
    incident,
    { type: 'stepped', body } as Envelope,
    (unit) => text(unit, unit),
    () => true,
  );

test('an outcome that was stated as a fact is said once', () => {
  const body = {
    step: 'resolve',
    state: 'resolved',
    outcome: 'settled',
    facts: { ending: 'settled', result: '已劝离' },
  };
  assert.equal(wordsOf(body).zh, '处置完毕 → 待反馈 已处置 已劝离');
  assert.equal(wordsOf(body).en, 'Resolve → To feed back Settled 已劝离');
});

test('of what was written in both languages each reader meets their own first', () => {
  const body = { step: 'reinforce', facts: { reason: '涨潮在即\nThe tide is rising' } };
  assert.equal(wordsOf(body).zh, '增援 涨潮在即\nThe tide is rising');
  assert.equal(wordsOf(body).en, 'Reinforce The tide is rising\n涨潮在即');
});
