import assert from 'node:assert/strict';
import { test } from 'node:test';
import incident from '#kinds/command/incident.ts';
import type { MatterView } from '#wire/api.ts';
import { endsMyPart, myPartState, mySteps } from './next-steps.ts';
import type { Action } from './queue.ts';

const matter = {
  id: 'PT-261121-0001',
  parts: [{ part: 'engagement', subject: 'ptu-3', state: 'offered', active: true, since_ms: 0 }],
  steps: [
    { step: 'decline', subject: 'ptu-3', refused: null },
    { step: 'go', subject: 'ptu-3', refused: null },
    { step: 'grade', subject: null, refused: null },
    { step: 'go', subject: 'ptu-4', refused: null },
  ],
} as unknown as MatterView;

const taken = (step: string): Action => ({
  key: step,
  matter: matter.id,
  step,
  subject: 'ptu-3',
  facts: {},
  name: { zh: '', en: '' },
  at_ms: 0,
  refused: null,
});
const ids = (actions: readonly Action[]): readonly string[] =>
  mySteps(incident, matter, 'ptu-3', actions).map((one) => one.id);

test('with a link the server says what I may do on my part, primary first', () => {
  assert.deepEqual(ids([]), ['go', 'decline']);
});

test('without a link the declaration says what follows what I have done', () => {
  assert.equal(myPartState(incident, matter, 'ptu-3', [taken('go')]), 'on_the_way');
  assert.deepEqual(ids([taken('go')]), ['arrive', 'clear']);
  assert.equal(ids([taken('go'), taken('arrive')])[0], 'clear');
});

test('steps of the command room are never offered on the phone', () => {
  assert.equal(ids([taken('go')]).includes('withdraw'), false);
});

test('only what ends my part is kept back a moment', () => {
  const ends = Object.entries(incident.steps)
    .filter(([, step]) => endsMyPart(incident, step))
    .map(([id]) => id);
  assert.deepEqual(ends, ['clear', 'decline', 'withdraw']);
});
