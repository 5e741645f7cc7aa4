import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MatterId } from '#core/base/ids.ts';
import { TOYS } from '../../../test/contracts/toy.ts';
import { World, actorOf, must, refusedWith } from '../../../test/contracts/walk.ts';
import { dueClocks, nextDue } from './clocks.ts';
import type { RunningClock } from './matter.ts';

const HOUR_S = 3600;
const boss = actorOf('boss');
const helper = (unit: string): ReturnType<typeof actorOf> => actorOf('worker', { units: [unit] });

const begun = (
  facts = {},
): {
  world: World;
  id: MatterId;
  clock: (key: string) => RunningClock | undefined;
  left_s: (key: string) => number | null;
} => {
  const world = new World(TOYS);
  const id = must(world.raise('toy', { title: 'A', ...facts }, boss));
  const clock = (key: string): RunningClock | undefined => world.matter(id).clocks[key];
  const left_s = (key: string): number | null => {
    const due = clock(key)?.due ?? null;
    return due === null ? null : (due - world.now) / 1000;
  };
  return { world, id, clock, left_s };
};

describe('clocks', () => {
  test('C3: entering a state starts its clocks, leaving it forgets them', () => {
    const { world, id, clock, left_s } = begun();
    assert.equal(left_s('first'), 600);
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    assert.equal(clock('first'), undefined);
    assert.equal(left_s('work@low'), 2 * HOUR_S);
    assert.equal(left_s('total'), 10 * 24 * HOUR_S);
  });

  test('C3: a clock that the next state has too goes on', () => {
    const { world, id, left_s } = begun();
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    world.wait(HOUR_S);
    must(world.step(id, 'judge', boss, { ending: 'good' }));
    assert.equal(left_s('total'), 239 * HOUR_S);
  });

  test('C5: a fact that a limit depends on moves the deadline, counted from the same beginning and never into the past', () => {
    const { world, id, left_s } = begun();
    world.wait(50);
    must(world.step(id, 'hurry', boss, { speed: 'slow' }));
    assert.equal(left_s('first'), 3550);
    must(world.step(id, 'hurry', boss, { speed: 'fast' }));
    assert.equal(left_s('first'), 10);
    must(world.step(id, 'hurry', boss, { speed: 'slow' }));
    world.wait(500);
    must(world.step(id, 'hurry', boss, { speed: 'fast' }));
    assert.equal(left_s('first'), 0);
    assert.deepEqual(world.wait(0), ['first']);
  });

  test('C5: raised with the fact, the limit is its own from the beginning', () => {
    assert.equal(begun({ speed: 'fast' }).left_s('first'), 60);
  });

  test('C4: a clock fires once, at its moment, and not before', () => {
    const { world, id, clock } = begun();
    assert.deepEqual(world.wait(599), []);
    assert.equal(world.fire(id, 'first')?.code, 'clock-not-due');
    assert.deepEqual(world.wait(1), ['first']);
    assert.equal(clock('first')?.fired, world.now);
    assert.deepEqual(world.wait(1000), []);
    assert.equal(world.fire(id, 'first')?.code, 'clock-not-due');
    assert.equal(world.fire(id, 'nothing')?.code, 'clock-not-due');
    assert.equal(world.fire(id, '__proto__')?.code, 'clock-not-due');
    const due = clock('first')?.due;
    must(world.step(id, 'hurry', boss, { speed: 'slow' }));
    assert.equal(clock('first')?.due, due, 'the deadline it missed stays on record');
    assert.deepEqual(world.wait(10_000), [], 'a longer limit does not call a fired clock back');
  });

  test('C6: each level counts for itself; coming back goes on with what is left', () => {
    const { world, id, clock, left_s } = begun();
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    world.wait(HOUR_S);
    must(world.step(id, 'rise', boss));
    assert.deepEqual([clock('work@low')?.due, clock('work@low')?.spent_s], [null, HOUR_S]);
    assert.equal(clock('work@mid')?.level, 'mid');
    world.wait(24 * HOUR_S);
    assert.equal(clock('work@low')?.spent_s, HOUR_S, 'a stopped clock counts nothing');
    must(world.step(id, 'sink', boss));
    assert.equal(left_s('work@low'), HOUR_S);
    assert.equal(clock('work@mid')?.due, null);
  });

  test('C6: leaving the state and coming back goes on too, in working time', () => {
    const { world, id, left_s } = begun();
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    world.wait(HOUR_S);
    must(world.step(id, 'judge', boss, { ending: 'bad' }));
    world.wait(3 * HOUR_S);
    must(world.step(id, 'again', boss));
    assert.equal(left_s('work@low'), HOUR_S);
  });

  test('C6: a level whose time ran out does not fire again when it is come back to', () => {
    const { world, id, clock } = begun();
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    assert.deepEqual(world.wait(8 * HOUR_S), ['work@low']);
    must(world.step(id, 'rise', boss));
    must(world.step(id, 'sink', boss));
    assert.notEqual(clock('work@low')?.fired, null);
    assert.deepEqual(world.wait(48 * HOUR_S), []);
  });

  test('C7: every subject has a clock of its own, and the lateness of one moves none of the others’ deadlines', () => {
    const { world, id, clock, left_s } = begun({ helpers: ['car-1', 'car-2'] });
    assert.deepEqual([left_s('reply/car-1'), left_s('reply/car-2')], [900, 900]);
    world.wait(300);
    must(world.step(id, 'ask', boss, {}, 'boat-3'));
    must(world.step(id, 'come', helper('car-2'), {}, 'car-2'));
    assert.equal(clock('reply/car-2'), undefined);
    assert.equal(left_s('reply/boat-3'), 900);
    assert.deepEqual(world.wait(600).toSorted(), ['first', 'reply/car-1']);
    assert.equal(world.matter(id).level, 'mid');
    assert.equal(world.matter(id).parts['help/car-1']?.state, 'late');
    assert.equal(left_s('reply/boat-3'), 300, 'its deadline stands');
    must(world.step(id, 'ask', boss, {}, 'boat-4'));
    assert.equal(left_s('reply/boat-4'), 1800, 'one asked at the higher level has the time of that level');
  });

  test('C7: two who are late in the same second are both late, and raise the level once', () => {
    const { world, id } = begun({ helpers: ['car-1', 'car-2'] });
    assert.deepEqual(world.wait(900).toSorted(), ['first', 'reply/car-1', 'reply/car-2']);
    assert.equal(world.matter(id).level, 'mid');
  });

  test('C8: a clock may move the matter and set its outcome; closing stops every clock', () => {
    const { world, id } = begun({ helpers: ['car-1'] });
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    world.wait(11 * 24 * HOUR_S);
    const matter = world.matter(id);
    assert.deepEqual([matter.state, matter.outcome], ['closed', 'forgotten']);
    assert.deepEqual(
      Object.values(matter.clocks).filter((clock) => clock.due !== null),
      [],
    );
    assert.equal(nextDue(matter), null);
    assert.deepEqual(dueClocks(matter, world.now), []);
  });

  test('C9: reopening starts the clocks of the state anew', () => {
    const { world, id, clock, left_s } = begun();
    must(world.step(id, 'drop', boss, { twin: 'PT-261122-0001' }));
    world.wait(9999);
    must(world.step(id, 'reopen', boss));
    assert.equal(left_s('first'), 600);
    assert.equal(clock('first')?.fired, null);
  });

  test('the next moment anything fires is the earliest deadline that has not fired', () => {
    const { world, id } = begun({ helpers: ['car-1'] });
    assert.equal(nextDue(world.matter(id)), world.now + 600_000);
    world.wait(700);
    assert.equal(nextDue(world.matter(id)), world.now + 200_000);
    assert.equal(refusedWith(world.step(id, 'close', boss)), 'step-not-possible');
  });
});
