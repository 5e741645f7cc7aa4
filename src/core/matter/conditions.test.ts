import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TOY, TOYS } from '../../../test/contracts/toy.ts';
import { World, actorOf, must } from '../../../test/contracts/walk.ts';
import { destination, holds, valueOf } from './conditions.ts';
import { edgesOf, reachable, statesOf, undecidedStates } from './graph.ts';
import type { Condition } from './kind.ts';

const boss = actorOf('boss');
const world = new World(TOYS);
const id = must(world.raise('toy', { title: 'A', speed: 'fast', tags: ['x', 'y'], helpers: ['car-1'] }, boss));
const matter = world.matter(id);

/** Each condition, and whether it holds for a fresh, fast matter at level mid with one helper asked. */
const CASES: readonly (readonly [Condition, boolean])[] = [
  [{ state: ['fresh', 'work'] }, true],
  [{ state: ['work'] }, false],
  [{ level: ['mid'] }, true],
  [{ level: ['low'] }, false],
  [{ fact: 'speed', in: ['fast'] }, true],
  [{ fact: 'speed', in: ['slow', null] }, false],
  [{ fact: 'unit', in: [null] }, true],
  [{ fact: 'auto', in: [true] }, true],
  [{ fact: 'tags', in: ['y'] }, true],
  [{ has: 'title' }, true],
  [{ has: 'unit' }, false],
  [{ some: 'help', in: ['asked', 'late'] }, true],
  [{ some: 'help', in: ['coming'] }, false],
  [{ some: 'other', in: ['asked'] }, false],
  [{ none: 'help', in: ['coming'] }, true],
  [{ none: 'help', in: ['asked'] }, false],
  [{ not: { state: ['work'] } }, true],
  [{ all: [{ state: ['fresh'] }, { has: 'title' }] }, true],
  [{ all: [{ state: ['fresh'] }, { has: 'unit' }] }, false],
  [{ all: [] }, true],
  [{ any: [{ has: 'unit' }, { has: 'title' }] }, true],
  [{ any: [{ has: 'unit' }] }, false],
  [{ any: [] }, false],
];

describe('K4 conditions and rules', () => {
  for (const [condition, expected] of CASES) {
    test(`${JSON.stringify(condition)} ${expected ? 'holds' : 'does not hold'}`, () =>
      assert.equal(holds(condition, matter), expected));
  }

  test('a matter goes where the first rule that holds leads, and stays when none does', () => {
    const to = [
      { when: { has: 'unit' }, to: 'closed' },
      { when: { has: 'title' }, to: 'work' },
      { when: { state: ['fresh'] }, to: 'judged' },
    ];
    assert.equal(destination(to, matter), 'work');
    assert.equal(destination(to.slice(0, 1), matter), 'fresh');
    assert.equal(destination('judged', matter), 'judged');
    assert.equal(destination(undefined, matter), 'fresh');
  });

  test('the present value is the last one stated, undefined when there is none', () => {
    assert.equal(valueOf(matter.facts, 'tags'), 'y');
    assert.equal(valueOf(matter.facts, 'unit'), undefined);
  });
});

describe('K4, K5 the ways between states', () => {
  const ways = (kind: typeof TOY): readonly string[] =>
    edgesOf(kind).map((edge) => `${edge.from}>${edge.to} ${edge.step ?? edge.clock}`);

  test('a rule on the state leads only from there; one on anything else may lead from everywhere', () => {
    const step = TOY.steps['again'];
    assert.ok(step !== undefined);
    const drawn = (to: NonNullable<typeof step.to>): readonly string[] =>
      ways({ ...TOY, clocks: {}, steps: { again: { ...step, from: ['fresh', 'work', 'judged'], to } } });
    assert.deepEqual(drawn([{ when: { state: ['work'] }, to: 'judged' }]), ['work>judged again']);
    assert.deepEqual(drawn([{ when: { not: { state: ['work', 'judged'] } }, to: 'judged' }]), ['fresh>judged again']);
    assert.deepEqual(drawn([{ when: { all: [{ state: ['work'] }, { has: 'unit' }] }, to: 'judged' }]), [
      'work>judged again',
    ]);
    assert.deepEqual(drawn([{ when: { any: [{ state: ['work'] }, { has: 'unit' }] }, to: 'judged' }]), [
      'fresh>judged again',
      'work>judged again',
    ]);
    assert.deepEqual(
      drawn([
        { when: { state: ['work'] }, to: 'fresh' },
        { when: { has: 'unit' }, to: 'judged' },
      ]),
      ['fresh>judged again', 'work>fresh again'],
    );
  });

  test('undecided are the states that can be reached without an outcome', () => {
    assert.deepEqual([...undecidedStates(TOY)].sort(), ['fresh', 'work']);
  });

  test('reached is what edges lead to, the start included', () => {
    const steps = edgesOf(TOY).filter((edge) => edge.step !== null);
    assert.deepEqual([...reachable(steps, ['judged'])].sort(), ['closed', 'fresh', 'judged', 'work']);
    assert.deepEqual([...reachable([], ['judged'])], ['judged']);
  });

  test('a step may be taken in the states it names, every open one, or every one', () => {
    const step = TOY.steps['again'];
    assert.ok(step !== undefined);
    assert.deepEqual(statesOf(TOY, step), ['judged']);
    assert.deepEqual(statesOf(TOY, { ...step, from: 'open' }), ['fresh', 'work', 'judged']);
    assert.deepEqual(statesOf(TOY, { ...step, from: '*' }), ['fresh', 'work', 'judged', 'closed']);
  });
});
