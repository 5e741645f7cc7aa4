import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOY } from '../../../test/contracts/toy.ts';
import { World, actorOf, must, refusedWith } from '../../../test/contracts/walk.ts';
import type { Kind, Step } from './kind.ts';
import { possibleSteps } from './machine.ts';

const boss = actorOf('boss');
const thank: Step = {
  name: TOY.name,
  from: ['judged', 'closed'],
  who: [{ role: 'boss' }],
  takes: { speed: 'required' },
  once: true,
};
const KIND: Kind = { ...TOY, steps: { ...TOY.steps, thank } };

test('K20: a step taken once is refused until the matter came to another outcome', () => {
  const world = new World(new Map([[KIND.id, KIND]]));
  const id = must(world.raise('toy', { title: 'A' }, boss));
  const thanked = (speed: string) => world.step(id, 'thank', boss, { speed });
  const offered = (): boolean => possibleSteps(KIND, world.matter(id), boss).some((one) => one.step === 'thank');
  must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
  must(world.step(id, 'judge', boss, { ending: 'good' }));
  assert.ok(offered());
  must(thanked('fast'));
  assert.deepEqual(world.matter(id).done, ['thank']);
  assert.ok(!offered());
  assert.equal(refusedWith(thanked('slow')), 'step-done');
  must(world.step(id, 'close', boss, {}));
  assert.equal(refusedWith(thanked('slow')), 'step-done');
  must(world.step(id, 'reopen', boss, {}));
  assert.deepEqual(world.matter(id).done, []);
  must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
  must(world.step(id, 'judge', boss, { ending: 'bad' }));
  must(thanked('slow'));
  assert.deepEqual(world.rebuilt(id), world.matter(id));
});
