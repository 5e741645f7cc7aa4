import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TOY, TOY_ROLES } from '../../../test/contracts/toy.ts';
import { canClose } from './check-loop.ts';
import { checkKind } from './check.ts';
import { complete } from './common.ts';
import type { Clock, Fact, Kind, State, Step } from './kind.ts';

const problemsOf = (kind: Kind): readonly string[] =>
  checkKind(kind, [kind], TOY_ROLES).map((problem) => problem.slice(problem.indexOf(': ') + 2));
const part = <T extends object>(
  group: Readonly<Record<string, T>>,
  name: string,
  change: Partial<T>,
): Readonly<Record<string, T>> => {
  const one = group[name];
  assert.ok(one !== undefined, name);
  return { ...group, [name]: { ...one, ...change } };
};
const withFact = (name: string, change: Partial<Fact>): Kind => ({ ...TOY, facts: part(TOY.facts, name, change) });
const withState = (name: string, change: Partial<State>): Kind => ({ ...TOY, states: part(TOY.states, name, change) });
const withStep = (name: string, change: Partial<Step>): Kind => ({ ...TOY, steps: part(TOY.steps, name, change) });
const withClock = (name: string, change: Partial<Clock>): Kind => ({ ...TOY, clocks: part(TOY.clocks, name, change) });
const BOSS = [{ role: 'boss' }];
const NOWORDS = { zh: '', en: ' ' };

/** One fault each, and the words that name it. */
const FAULTS: readonly (readonly [says: string, kind: Kind])[] = [
  ['the id is not small letters, digits and dashes', { ...TOY, id: 'Toy Kind' }],
  ['it has no level', { ...TOY, levels: [] }],
  ['two levels have one id', { ...TOY, levels: [...TOY.levels, ...TOY.levels.slice(0, 1)] }],
  ['its name says nothing in zh', { ...TOY, name: NOWORDS }],
  ['state work says nothing in en', withState('work', { name: NOWORDS })],
  ['what the reporter reads in state work says nothing in zh', withState('work', { tells: NOWORDS })],
  [
    'what outcome bad tells the reporter says nothing in en',
    { ...TOY, outcomes: part(TOY.outcomes, 'bad', { tells: { zh: '坏', en: '' } }) },
  ],
  ['choice fast of fact speed says nothing in zh', withFact('speed', { choices: { fast: NOWORDS, slow: TOY.name } })],
  ['fact ending is a choice without choices', withFact('ending', { choices: {} })],
  ['fact title has choices and is not a choice', withFact('title', { choices: { a: TOY.name } })],
  ['fact title has bounds and is not a number', withFact('title', { max: 4 })],
  ['fact title is past and is not an instant', withFact('title', { past: true })],
  ['personal fact tags is a set: sealed values cannot be compared', withFact('tags', { personal: true })],
  ['personal fact phone is open to whoever holds the receipt', withFact('phone', { open: true })],
  ['the row uses the personal fact title', withFact('title', { personal: true })],
  ['clock first uses the personal fact speed', withFact('speed', { personal: true })],
  ['raising depends on the value of the personal fact speed', withFact('speed', { personal: true })],
  ['state work is bound to the personal fact unit', withFact('unit', { personal: true })],
  ['the outcome of step judge uses the personal fact ending', withFact('ending', { personal: true })],
  ['raising sets fact auto to what it cannot be', { ...TOY, raise: { ...TOY.raise, sets: { auto: 'yes' } } }],
  ['raising names the unknown fact nobody', { ...TOY, raise: { ...TOY.raise, takes: { nobody: 'optional' } } }],
  ['nobody may raise it', { ...TOY, raise: { ...TOY.raise, who: [] } }],
  [
    'raising is granted to someone bound to a matter that is not there yet',
    { ...TOY, raise: { ...TOY.raise, who: [{ role: 'boss', bound: 'raiser' }] } },
  ],
  ['the initial state closed is not an open state', { ...TOY, initial: 'closed' }],
  [
    'state lost is never reached',
    { ...TOY, states: { ...TOY.states, lost: { ...TOY.states['work'], name: TOY.name } as State } },
  ],
  [
    'from state judged no steps lead to a closed state',
    withState('closed', { open: true, owner: BOSS, clocks: ['total'] }),
  ],
  ['open state work has no owner', withState('work', { owner: [] })],
  ['open state work has no clock', withState('work', { clocks: [] })],
  ['closed state closed has a clock', withState('closed', { clocks: ['total'] })],
  ['state work names the unknown clock gone', withState('work', { clocks: ['gone'] })],
  ['state work names the unknown role king', withState('work', { owner: [{ role: 'king' }] })],
  [
    'state work is granted to the subject of a part, and is about none',
    withState('work', { owner: [{ role: 'boss', bound: 'subject' }] }),
  ],
  [
    'step note is granted to the subject of a part, and is about none',
    withStep('note', { who: [{ role: 'worker', bound: 'subject' }] }),
  ],
  ['step note names the unknown part crew', withStep('note', { who: [{ role: 'worker', bound: { part: 'crew' } }] })],
  [
    'step note is bound to title, which is no fact naming a unit',
    withStep('note', { who: [{ role: 'worker', bound: { fact: 'title' } }] }),
  ],
  ['step judge closes from work without an outcome', withStep('judge', { to: 'closed', outcome: { fact: 'nobody' } })],
  ['step assign closes from fresh without an outcome', withStep('assign', { to: 'closed' })],
  ['clock total closes from work without an outcome', withClock('total', { fires: { to: 'closed', tells: BOSS } })],
  ['step again sets an outcome and goes to work, where nothing is decided yet', withStep('again', { outcome: 'bad' })],
  ['outcome dropped is never reached', withStep('drop', { outcome: 'bad' })],
  [
    'step judge reads its outcome from ending, which need not be stated',
    withStep('judge', { takes: { ending: 'optional' } }),
  ],
  ['fact ending names the unknown outcome ugly', withFact('ending', { choices: { good: TOY.name, ugly: TOY.name } })],
  ['fact tier names the unknown level top', withFact('tier', { choices: { top: TOY.name } })],
  ['step assign names the unknown state gone', withStep('assign', { from: ['gone'] })],
  [
    'step assign names the unknown state away',
    withStep('assign', { to: [{ when: { state: ['fresh'] }, to: 'away' }] }),
  ],
  [
    'step assign names the unknown state never',
    withStep('assign', { to: [{ when: { not: { all: [{ state: ['never'] }] } }, to: 'work' }] }),
  ],
  [
    'step close names the unknown level top',
    withStep('close', { needs: [{ that: { any: [{ level: ['top'] }] }, otherwise: TOY.name }] }),
  ],
  [
    'step close names the unknown fact gone',
    withStep('close', { needs: [{ that: { has: 'gone' }, otherwise: TOY.name }] }),
  ],
  [
    'step close names the unknown choice of speed warp',
    withStep('close', { needs: [{ that: { fact: 'speed', in: ['warp'] }, otherwise: TOY.name }] }),
  ],
  [
    'step close names the unknown state of part help gone',
    withStep('close', { needs: [{ that: { some: 'help', in: ['gone'] }, otherwise: TOY.name }] }),
  ],
  ['nobody may take step close', withStep('close', { who: [] })],
  [
    'step ask names the unknown state of part help gone',
    withStep('ask', { part: { of: 'help', from: 'none', to: 'gone' } }),
  ],
  [
    'step drop links by title, which is no fact it takes that names a matter',
    withStep('drop', { links: { fact: 'title', relation: 'related' } }),
  ],
  [
    'step pass opens the unknown kind toys',
    withStep('pass', { opens: { kind: 'toys', relation: 'related', carries: {} } }),
  ],
  [
    'step pass may open toy without its required fact title',
    withStep('pass', { opens: { kind: 'toy', relation: 'related', carries: {} } }),
  ],
  [
    'step pass carries the personal fact phone into title, which is not personal',
    withStep('pass', { opens: { kind: 'toy', relation: 'related', carries: { title: 'phone' } } }),
  ],
  [
    'step pass carries unit into unit, which toy does not take when raised',
    withStep('pass', { opens: { kind: 'toy', relation: 'related', carries: { title: 'title', unit: 'unit' } } }),
  ],
  [
    'step pass carries many values of tags into title, which holds one',
    withStep('pass', { opens: { kind: 'toy', relation: 'related', carries: { title: 'tags' } } }),
  ],
  [
    'clock work runs per level and per subject',
    {
      ...TOY,
      parts: {
        help: {
          ...TOY.parts['help'],
          states: part(TOY.parts['help']?.states ?? {}, 'asked', { clocks: ['work'] }),
        } as never,
      },
    },
  ],
  [
    'clock reply never runs',
    {
      ...TOY,
      parts: {
        help: { ...TOY.parts['help'], states: part(TOY.parts['help']?.states ?? {}, 'asked', { clocks: [] }) } as never,
      },
    },
  ],
  ['clock first tells nobody', withClock('first', { fires: { tells: [] } })],
  ['clock first has a limit that is not above nought', withClock('first', { limit_s: 0 })],
  [
    'clock first names the unknown choice of speed warp',
    withClock('first', { limit_s: { by: { fact: 'speed' }, of: { warp: 1 }, otherwise: 2 } }),
  ],
  [
    'clock work names the unknown level top',
    withClock('work', { limit_s: { by: 'level', of: { top: 1 }, otherwise: 2 } }),
  ],
  ['clock first moves a part and runs in none', withClock('first', { fires: { part_to: 'late', tells: BOSS } })],
  [
    'state coming of part help binds its subject for ever',
    withStep('leave', { part: { of: 'help', from: ['asked', 'late'], to: 'left' } }),
  ],
  ['state late of part help is never reached', withClock('reply', { fires: { tells: BOSS } })],
  ['nothing states fact twin', withStep('drop', { takes: {} })],
  [
    'measure assign_s has the unknown mark began',
    { ...TOY, measures: part(TOY.measures, 'assign_s', { from: 'began' }) },
  ],
  [
    'measure assign_s names the unknown step gone',
    { ...TOY, measures: part(TOY.measures, 'assign_s', { to: 'step:gone' }) },
  ],
  ['the row names the unknown fact gone', { ...TOY, row: { title: ['gone'] } }],
  ['the row has title for a position', { ...TOY, row: { title: ['title'], position: 'title' } }],
  ['the public page states unit, which raising does not take', { ...TOY, public: { asks: ['title', 'unit'] } }],
  ['the public page asks title twice', { ...TOY, public: { asks: ['title', 'tags', 'title'] } }],
  ['the public page asks title and states it by itself', { ...TOY, public: { asks: ['title'], sets: { title: 'A' } } }],
  ['the public page does not ask the required fact title', { ...TOY, public: { asks: ['tags'] } }],
  [
    'the public page sets fact speed to what it cannot be',
    { ...TOY, public: { asks: ['title'], sets: { speed: 'warp' } } },
  ],
  ['the public page raises it, and raising is not granted to reporter', { ...TOY, raise: { ...TOY.raise, who: BOSS } }],
  ['the public page raises it, and whoever holds the receipt does not see it', { ...TOY, sees: BOSS }],
  ['step come is taken once and moves a part', withStep('come', { once: true })],
  ['rating names the unknown step gone', { ...TOY, rating: 'gone' }],
  ['rating by mine is not declared to be taken once', { ...TOY, rating: 'mine' }],
  ['nobody may see it', { ...TOY, sees: [] }],
  ['nobody belongs to its room', { ...TOY, speaks: [] }],
];

describe('K1 checking a declaration', () => {
  test('a sound one has no problems', () => assert.deepEqual(problemsOf(TOY), []));

  for (const [says, kind] of FAULTS) {
    test(says, () => assert.ok(problemsOf(kind).includes(says), problemsOf(kind).join('\n')));
  }

  test('every problem names its kind', () =>
    assert.match(checkKind(withState('work', { owner: [] }), [TOY], TOY_ROLES)[0] ?? '', /^toy: /));

  test('what reporters may raise stands on the public page, and one kind alone stands there', () => {
    const { public: _, ...hidden } = TOY;
    assert.ok(problemsOf(hidden).includes('raising is granted to reporter, and no public page raises it'));
    assert.deepEqual(problemsOf({ ...hidden, raise: { ...TOY.raise, who: BOSS } }), []);
    const other = { ...TOY, id: 'other' };
    assert.deepEqual(checkKind(TOY, [TOY, other], TOY_ROLES), ['toy: the public page raises other already']);
  });

  test('what dispatch names must be there and show every force that is bound', () => {
    const dispatch = {
      part: 'help',
      position: 'title',
      offer: 'come',
      shows: { asked: 'assigned', left: 'sleeping' },
      skills: { fact: 'speed', of: { warp: [] } },
    };
    const problems = problemsOf({ ...TOY, dispatch });
    for (const says of [
      'dispatch offers by come, which begins no such part',
      'dispatch goes to title, which is no position',
      'dispatch does not show a force that is coming',
      'dispatch shows a force that is left',
      'dispatch shows a force as sleeping, which no screen knows',
      'dispatch names the unknown choice of speed warp',
    ]) {
      assert.ok(problems.includes(says), `${says}\n${problems.join('\n')}`);
    }
  });

  test('K6: a state that only a clock leads out of cannot be closed by people', () => {
    assert.deepEqual([...canClose(TOY)].sort(), ['closed', 'fresh', 'judged', 'work']);
    const stuck = withStep('judge', { to: 'work' });
    assert.ok(!canClose(withStep('close', { from: ['fresh'] })).has('work'));
    assert.ok(problemsOf(stuck).includes('state judged is never reached'));
  });

  test('a kind may not declare what every kind has', () => {
    assert.throws(() => complete(TOY), /toy declares said, which every kind has/);
  });
});
