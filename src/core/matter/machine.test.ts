import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountId, hash } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import { TOY, TOYS } from '../../../test/contracts/toy.ts';
import { World, actorOf, must, refusedWith } from '../../../test/contracts/walk.ts';
import { valueOf } from './conditions.ts';
import { decideStep, possibleSteps } from './machine.ts';
import type { Matter } from './matter.ts';

const boss = actorOf('boss');
const helper = actorOf('worker', { units: ['car-1'] });

interface Begun {
  readonly world: World;
  readonly id: MatterId;
  readonly matter: () => Matter;
}
const begun = (facts = {}): Begun => {
  const world = new World(TOYS);
  const id = must(world.raise('toy', { title: 'A', ...facts }, boss));
  return { world, id, matter: () => world.matter(id) };
};
const assigned = (facts = {}): Begun => {
  const one = begun(facts);
  must(one.world.step(one.id, 'assign', boss, { unit: 'squad-1' }));
  return one;
};

describe('raising', () => {
  test('K18: it begins in the initial state at the lowest level, with what the declaration sets', () => {
    const { matter, world } = begun();
    assert.deepEqual([matter().state, matter().level, matter().outcome], ['fresh', 'low', null]);
    assert.equal(valueOf(matter().facts, 'auto'), true);
    assert.equal(matter().raised_by, accountId('boss'));
    assert.deepEqual(matter().firsts, { raised: world.now, 'state:fresh': world.now });
  });

  test('K12: a rule may raise the level it begins at', () => {
    assert.equal(begun({ speed: 'fast' }).matter().level, 'mid');
    assert.equal(begun({ speed: 'slow' }).matter().level, 'low');
  });

  test('K10: a part begins for every unit named, once', () => {
    const { world, matter } = begun({ helpers: ['car-1', 'car-2', 'car-1'] });
    assert.deepEqual(Object.keys(matter().parts), ['help/car-1', 'help/car-2']);
    const moves = world.events[0]?.body['parts'];
    assert.equal(Array.isArray(moves) ? moves.length : null, 2);
    assert.deepEqual(
      matter().facts['helpers']?.stated.map((stated) => stated.value),
      ['car-1', 'car-2'],
    );
  });

  test('A1: only whom the declaration names may raise it', () => {
    const world = new World(TOYS);
    assert.equal(refusedWith(world.raise('toy', { title: 'A' }, actorOf('worker'))), 'forbidden');
    assert.ok(world.raise('toy', { title: 'A' }, actorOf('reporter')).ok);
  });

  test('A4: a matter that a step of another one opens was granted by that step', () => {
    const { world, id } = begun();
    const origin = { matter: id, relation: 'follows' } as const;
    const opened = must(world.raise('toy', { title: 'B' }, actorOf('worker'), { origin }));
    assert.deepEqual(world.matter(opened).links, [{ to: id, relation: 'follows', outgoing: true }]);
  });

  test('K9: a missing, an unknown and a wrong fact are each refused by name', () => {
    const world = new World(TOYS);
    const refusedOf = (facts: Record<string, unknown>): unknown => {
      const result = world.raise('toy', facts, boss);
      return result.ok ? null : [result.error.code, result.error.details[0]?.path];
    };
    assert.deepEqual(refusedOf({}), ['fact-missing', 'title']);
    assert.deepEqual(refusedOf({ title: '' }), ['fact-missing', 'title']);
    assert.deepEqual(refusedOf({ title: null }), ['fact-missing', 'title']);
    assert.deepEqual(refusedOf({ title: 'A', unit: 'squad-1' }), ['fact-unknown', 'unit']);
    assert.deepEqual(refusedOf({ title: 'A', constructor: 1 }), ['fact-unknown', 'constructor']);
    assert.deepEqual(refusedOf(JSON.parse('{"title":"A","__proto__":1}') as Record<string, unknown>), [
      'fact-unknown',
      '__proto__',
    ]);
    assert.deepEqual(refusedOf({ title: 'A', speed: 'warp' }), ['fact-invalid', 'speed']);
    assert.equal(world.events.length, 0);
  });

  test('the receipt of the reporter is kept as its hash', () => {
    const world = new World(TOYS);
    const receipt = hash('ab'.repeat(32));
    const id = must(world.raise('toy', { title: 'A' }, actorOf('reporter'), { receipt }));
    assert.equal(world.matter(id).receipt, receipt);
  });
});

describe('steps', () => {
  test('K4: a step is taken only in its states', () => {
    const { world, id, matter } = begun();
    assert.equal(refusedWith(world.step(id, 'judge', boss, { ending: 'good' })), 'step-not-possible');
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    must(world.step(id, 'judge', boss, { ending: 'good' }));
    assert.equal(matter().state, 'judged');
  });

  test('K9: an unknown step is refused, an object’s own members included', () => {
    const { world, id } = begun();
    for (const step of ['nothing', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      assert.equal(refusedWith(world.step(id, step, boss)), 'step-unknown');
    }
  });

  test('A1: who may not take a step learns nothing of why else it would be refused', () => {
    const { world, id } = begun();
    assert.equal(refusedWith(world.step(id, 'judge', actorOf('worker'), { ending: 'nonsense' })), 'forbidden');
  });

  test('K13: a need that is not met is refused in the words of the declaration', () => {
    const { world, id } = assigned({ helpers: ['car-1'] });
    must(world.step(id, 'judge', boss, { ending: 'good' }));
    const refused = world.step(id, 'close', boss);
    assert.deepEqual(refused.ok ? null : [refused.error.code, refused.error.words?.en], [
      'need-not-met',
      'Somebody still helps',
    ]);
    must(world.step(id, 'leave', boss, {}, 'car-1'));
    must(world.step(id, 'close', boss));
  });

  test('K5: state and outcome are apart; an outcome is taken back when the matter returns to where none was decided', () => {
    const { world, id, matter } = assigned();
    must(world.step(id, 'judge', boss, { ending: 'bad' }));
    assert.deepEqual([matter().state, matter().outcome], ['judged', 'bad']);
    must(world.step(id, 'again', boss));
    assert.deepEqual([matter().state, matter().outcome], ['work', null]);
    must(world.step(id, 'judge', boss, { ending: 'good' }));
    must(world.step(id, 'close', boss));
    assert.deepEqual([matter().state, matter().outcome], ['closed', 'good']);
    must(world.step(id, 'reopen', boss));
    assert.deepEqual([matter().state, matter().outcome], ['fresh', null]);
  });

  test('K5: a matter reopened where its outcome was decided keeps it', () => {
    const reopen = TOY.steps['reopen'];
    assert.ok(reopen !== undefined);
    const kind = { ...TOY, steps: { ...TOY.steps, reopen: { ...reopen, to: 'judged' } } };
    const world = new World(new Map([[kind.id, kind]]));
    const id = must(world.raise('toy', { title: 'A' }, boss));
    must(world.step(id, 'drop', boss, { twin: 'PT-261122-0001' }));
    must(world.step(id, 'reopen', boss));
    assert.deepEqual([world.matter(id).state, world.matter(id).outcome], ['judged', 'dropped']);
  });

  test('K12: levels go up, down or to the one named, and no further than there are', () => {
    const { world, id, matter } = begun();
    assert.equal(refusedWith(world.step(id, 'sink', boss)), 'step-not-possible');
    must(world.step(id, 'rise', boss));
    assert.equal(matter().level, 'mid');
    must(world.step(id, 'move', boss, { tier: 'high' }));
    assert.equal(matter().level, 'high');
    assert.equal(refusedWith(world.step(id, 'rise', boss)), 'step-not-possible');
    must(world.step(id, 'sink', boss));
    assert.equal(matter().level, 'mid');
  });
});

describe('parts', () => {
  test('K10: a step about a part names its subject', () => {
    const { world, id } = begun();
    assert.equal(refusedWith(world.step(id, 'ask', boss)), 'subject-missing');
    assert.equal(refusedWith(world.step(id, 'leave', boss)), 'subject-missing');
    for (const subject of ['', 'Car 1', '__proto__', 'a/b', 'x'.repeat(65), '\u0000']) {
      assert.equal(refusedWith(world.step(id, 'ask', boss, {}, subject)), 'fact-invalid');
    }
  });

  test('K10: one subject has one part at a time; free again, it may be asked again', () => {
    const { world, id, matter } = begun();
    must(world.step(id, 'ask', boss, {}, 'car-1'));
    assert.equal(refusedWith(world.step(id, 'ask', boss, {}, 'car-1')), 'part-not-possible');
    assert.equal(refusedWith(world.step(id, 'come', helper, {}, 'car-2')), 'forbidden');
    must(world.step(id, 'come', helper, {}, 'car-1'));
    const came = world.now;
    assert.equal(refusedWith(world.step(id, 'come', helper, {}, 'car-1')), 'part-not-possible');
    world.wait(60);
    must(world.step(id, 'leave', helper, {}, 'car-1'));
    must(world.step(id, 'ask', boss, {}, 'car-1'));
    must(world.step(id, 'come', helper, {}, 'car-1'));
    assert.equal(matter().parts['help/car-1']?.since, world.now);
    assert.equal(matter().parts['help/car-1']?.firsts['coming'], came, 'the first time stays');
  });
});

describe('links and matters that open others', () => {
  test('K14: a link tells the other matter, and none is linked to itself', () => {
    const { world, id } = begun();
    const other = must(world.raise('toy', { title: 'B' }, boss));
    assert.equal(refusedWith(world.step(id, 'drop', boss, { twin: id })), 'fact-invalid');
    must(world.step(id, 'drop', boss, { twin: other }));
    assert.deepEqual(world.matter(id).links, [{ to: other, relation: 'duplicate', outgoing: true }]);
    assert.deepEqual(world.matter(other).links, [{ to: id, relation: 'duplicate', outgoing: false }]);
  });

  test('K14: one matter is linked at a time, and a repeated link is kept once', () => {
    const { world, id, matter } = begun();
    const other = must(world.raise('toy', { title: 'B' }, boss));
    assert.equal(refusedWith(world.step(id, 'link', boss, { related: [other, 'PT-261123-0009'] })), 'fact-invalid');
    must(world.step(id, 'link', boss, { related: [other] }));
    must(world.step(id, 'link', boss, { related: other }));
    assert.deepEqual(matter().links, [{ to: other, relation: 'related', outgoing: true }]);
  });

  test('K15: what is carried is all of a set and the present value of a single fact, and no more than was stated', () => {
    const { world, id } = assigned({ tags: ['x', 'y'] });
    must(world.step(id, 'mine', actorOf('reporter', { account: accountId('boss') }), { tags: 'z' }));
    const [opened] = must(world.step(id, 'pass', boss, { note: 'over to you' }));
    assert.ok(opened !== undefined);
    const facts = world.matter(opened).facts;
    assert.equal(valueOf(facts, 'title'), 'A');
    assert.deepEqual(
      facts['tags']?.stated.map((stated) => stated.value),
      ['x', 'y', 'z'],
    );
    assert.equal(facts['phone'], undefined);
    assert.deepEqual(world.matter(opened).links, [{ to: id, relation: 'follows', outgoing: true }]);
  });

  test('K15: what the step itself states is carried instead of what was stated before', () => {
    const pass = TOY.steps['pass'];
    assert.ok(pass !== undefined);
    const { world, matter } = assigned({ tags: ['x', 'y'] });
    const kind = { ...TOY, steps: { ...TOY.steps, pass: { ...pass, takes: { tags: 'required' as const } } } };
    const command = { step: 'pass', subject: null, facts: { tags: ['z'] } };
    const [effect] = must(decideStep(kind, matter(), command, world.context(boss))).effects;
    assert.deepEqual(effect?.type === 'raise' ? effect.facts['tags'] : null, { from: 'tags', value: ['z'] });
  });

  test('K15: each carried value names the fact it comes from', () => {
    const { world, matter } = assigned({ phone: '+86 580 000 0000' });
    const decided = must(
      decideStep(TOY, matter(), { step: 'pass', subject: null, facts: { note: 'x' } }, world.context(boss)),
    );
    assert.deepEqual(decided.effects, [
      {
        type: 'raise',
        kind: 'toy',
        relation: 'follows',
        facts: { title: { from: 'title', value: 'A' }, phone: { from: 'phone', value: '+86 580 000 0000' } },
      },
    ]);
  });
});

describe('what could be done now', () => {
  test('A6: the steps granted and possible, those that wait for a need with its words, no others', () => {
    const { world, id, matter } = assigned({ helpers: ['car-1'] });
    must(world.step(id, 'judge', boss, { ending: 'good' }));
    const offered = possibleSteps(TOY, matter(), boss).map((one) => [
      one.step,
      one.subject,
      one.refused?.words?.en ?? null,
    ]);
    assert.deepEqual(offered, [
      ['hurry', null, null],
      ['ask', null, null],
      ['leave', 'car-1', null],
      ['again', null, null],
      ['close', null, 'Somebody still helps'],
      ['say', null, null],
      ['attach', null, null],
      ['link', null, null],
    ]);
    const theirs = possibleSteps(TOY, matter(), helper).map((one) => [one.step, one.subject]);
    assert.deepEqual(theirs, [
      ['come', 'car-1'],
      ['leave', 'car-1'],
    ]);
    assert.deepEqual(possibleSteps(TOY, matter(), actorOf('reporter')), []);
  });
});
