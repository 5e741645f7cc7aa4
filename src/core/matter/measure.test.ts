import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOY, TOYS } from '../../../test/contracts/toy.ts';
import { World, actorOf, must } from '../../../test/contracts/walk.ts';
import { measure } from './measure.ts';

const boss = actorOf('boss');

test('K16: measures count from the first of one mark to the first of another, null until both are there', () => {
  const world = new World(TOYS);
  const id = must(world.raise('toy', { title: 'A' }, boss));
  assert.deepEqual(measure(TOY, world.matter(id)), { assign_s: null, judge_s: null, close_s: null });
  world.wait(90.5);
  must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
  assert.deepEqual(measure(TOY, world.matter(id)), { assign_s: 90.5, judge_s: null, close_s: null });
  world.wait(60);
  must(world.step(id, 'assign', boss, { unit: 'squad-2' }));
  must(world.step(id, 'judge', boss, { ending: 'good' }));
  must(world.step(id, 'close', boss));
  assert.deepEqual(measure(TOY, world.matter(id)), { assign_s: 90.5, judge_s: 60, close_s: 150.5 });
});

test('K16: a mark that came before the one to count from measures nothing', () => {
  const kind = { ...TOY, measures: { back_s: { name: TOY.name, from: 'step:assign', to: 'raised' } } };
  const world = new World(TOYS);
  const id = must(world.raise('toy', { title: 'A' }, boss));
  world.wait(5);
  must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
  assert.deepEqual(measure(kind, world.matter(id)), { back_s: null });
});
