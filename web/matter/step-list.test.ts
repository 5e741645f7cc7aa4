import assert from 'node:assert/strict';
import { test } from 'node:test';
import incident from '#kinds/command/incident.ts';
import type { MatterView } from '#wire/api.ts';
import { offeredSteps, refusals } from './step-list.ts';

type Seen = Pick<MatterView, 'state' | 'steps' | 'parts'>;

const seen = (steps: readonly string[], parts: readonly string[] = [], state = 'on_scene'): MatterView => {
  const view: Seen = {
    state,
    steps: steps.map((step) => ({ step, subject: null, refused: null })),
    parts: parts.map((state, at) => ({ part: 'engagement', subject: `force-${at}`, state, active: true, since_ms: 0 })),
  };
  return view as MatterView;
};
const order = (matter: MatterView): readonly string[] => offeredSteps(incident, matter, null).map((one) => one.id);

test('while nobody has been there, sending comes first and the end of it does not', () => {
  assert.deepEqual(order(seen(['offer', 'resolve', 'grade', 'classify'])), ['classify', 'grade', 'resolve']);
  assert.equal(order(seen(['offer', 'resolve', 'classify'], ['on_the_way']))[0], 'classify');
});

test('once a force is on the spot or has been there, the end of it comes first', () => {
  assert.equal(order(seen(['offer', 'classify', 'resolve'], ['on_scene']))[0], 'resolve');
  assert.equal(order(seen(['offer', 'classify', 'resolve'], ['released']))[0], 'resolve');
  assert.equal(order(seen(['offer', 'classify', 'resolve'], ['released'], 'received'))[0], 'classify');
});

test('after the scene the next verb of the command room leads, and what is refused now comes last', () => {
  assert.equal(order(seen(['classify', 'feed_back']))[0], 'feed_back');
  const refused = { zh: '还没有位置', en: 'no place yet' };
  const view = seen(['classify', 'grade']);
  const first = view.steps.map((one) => (one.step === 'classify' ? { ...one, refused } : one));
  assert.deepEqual(order({ ...view, steps: first }), ['grade', 'classify']);
});

test('a reason that stands for several steps is said once and names them', () => {
  const busy = { zh: '还有力量投入', en: 'forces are engaged' };
  const placeless = { zh: '还没有位置', en: 'no place yet' };
  const view = seen(['resolve', 'divert', 'whistle', 'grade']);
  const steps = view.steps.map((one) => ({
    ...one,
    refused: one.step === 'grade' ? null : one.step === 'whistle' ? placeless : busy,
  }));
  const said = refusals(offeredSteps(incident, { ...view, steps }, null));
  assert.deepEqual(
    said.map(({ why, steps: those }) => [why.en, those.map((step) => step.name.en)]),
    [
      [busy.en, ['Resolve', 'Divert as non-police']],
      [placeless.en, ['Whistle for support']],
    ],
  );
});
