import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '#core/base/text.ts';
import type { Kind, Step } from '#core/matter/kind.ts';
import incident from '#kinds/command/incident.ts';
import nonPolice from '#kinds/governance/non-police-matter.ts';
import type { MatterView } from '#wire/api.ts';
import { asked } from '../api/kinds.ts';
import { doesNothing, knownFacts, toState } from './known.ts';

const WHERE = { lon: 122.1, lat: 30.02 };
const matter = (level: string, facts: Readonly<Record<string, unknown>>): Pick<MatterView, 'level' | 'facts'> => ({
  level,
  facts: Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      { stated: [{ value, sealed: false, by: 'dispatcher', at_ms: 0 }], conflict: false },
    ]),
  ),
});
const knownOf = (kind: Kind, id: string, held: Pick<MatterView, 'level' | 'facts'>, lang: Language = 'zh'): unknown => {
  const step = kind.steps[id];
  assert.ok(step !== undefined);
  return knownFacts(step, asked(kind, step.takes), held, lang);
};

test('correcting the place begins with the place and the position that are known', () => {
  const held = matter('station', { where: WHERE, place: '沈家门街道', urgency: '2' });
  assert.deepEqual(knownOf(incident, 'locate', held), { where: WHERE, place: '沈家门街道' });
  assert.deepEqual(knownOf(incident, 'grade', held), { urgency: '2' });
});

test('a line written in both languages is shown in the reader’s, and not stated anew when it stays', () => {
  const held = matter('station', { place: '东港海堤中段\nMiddle of the Donggang seawall' });
  const known = knownOf(incident, 'locate', held, 'en') as Readonly<Record<string, unknown>>;
  assert.deepEqual(known, { place: 'Middle of the Donggang seawall' });
  assert.deepEqual(knownOf(incident, 'locate', held), { place: '东港海堤中段' });
  assert.deepEqual(toState(asked(incident, incident.steps['locate']?.takes ?? {}), known, known), {});
});

test('routing begins at the level where the matter stands, and with no agency that sent it back', () => {
  const held = matter('district', { agency: 'agency-roads', topic: 'damage' });
  assert.deepEqual(knownOf(nonPolice, 'route', held), { tier: 'district' });
});

test('a new decision begins empty, also when the matter was opened again', () => {
  assert.deepEqual(knownOf(incident, 'resolve', matter('station', { ending: 'settled', result: '已解决' })), {});
});

test('what was left as it was is not stated again, unless the step cannot do without it', () => {
  const locate = asked(incident, incident.steps['locate']?.takes ?? {});
  const known = { where: WHERE, place: '沈家门街道' };
  assert.deepEqual(toState(locate, known, { ...known, place: '东港街道' }), { place: '东港街道' });
  assert.deepEqual(toState(locate, known, { ...known, place: '' }), {});
  const grade = asked(incident, incident.steps['grade']?.takes ?? {});
  assert.deepEqual(toState(grade, { urgency: '2' }, { urgency: '2' }), { urgency: '2' });
});

test('a correction that corrects nothing does nothing; a step that moves the matter, or asks for nothing, does', () => {
  const nothing = (id: string, stated: Readonly<Record<string, unknown>>): boolean => {
    const step = incident.steps[id];
    assert.ok(step !== undefined);
    return doesNothing(step, asked(incident, step.takes), stated);
  };
  assert.equal(nothing('locate', {}), true);
  assert.equal(nothing('locate', { place: '朱家尖外面' }), false);
  assert.equal(nothing('whistle', {}), false);
  const bare = { ...incident.steps['locate'], takes: {} } as Step;
  assert.equal(doesNothing(bare, [], {}), false);
});
