import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TOY, TOYS } from '../../../test/contracts/toy.ts';
import { World, actorOf, must } from '../../../test/contracts/walk.ts';
import { evolve } from './evolve.ts';
import type { Envelope } from '../ledger/envelope.ts';

const boss = actorOf('boss');

const begun = (): { world: World; first: Envelope } => {
  const world = new World(TOYS);
  must(world.raise('toy', { title: 'A', tags: ['x', 'x', 'y'] }, boss));
  const first = world.events[0];
  assert.ok(first !== undefined);
  return { world, first };
};

describe('K8 folding events', () => {
  test('an event of a type this program does not know changes nothing but where the matter stands', () => {
    const { first } = begun();
    const matter = evolve(TOY, null, first);
    const later: Envelope = {
      ...first,
      seq: 9,
      time: [first.time[0], 5],
      type: 'moved-by-later',
      body: { state: 'closed', facts: { title: 'B' } },
    };
    assert.deepEqual(evolve(TOY, matter, later), { ...matter, seq: 9, changed: [first.time[0], 5] });
  });

  test('unsealing leaves no trace in the state; erasing marks it', () => {
    const { first } = begun();
    const matter = evolve(TOY, null, first);
    assert.deepEqual(evolve(TOY, matter, { ...first, type: 'unsealed', body: { facts: ['phone'] } }), matter);
    assert.deepEqual(evolve(TOY, matter, { ...first, type: 'erased', body: {} }), { ...matter, erased: true });
  });

  test('what does not begin with its raising is no matter', () => {
    const { first } = begun();
    assert.throws(() => evolve(TOY, null, { ...first, type: 'stepped' }), /event 1 is not the beginning of a matter/);
    assert.throws(() => evolve(TOY, null, { ...first, matter: null }), RangeError);
  });

  test('folding leaves the matter before as it was', () => {
    const { world, first } = begun();
    const matter = evolve(TOY, null, first);
    const before = JSON.stringify(matter);
    must(world.step(matter.id, 'assign', boss, { unit: 'squad-1' }));
    const event = world.events[1];
    assert.ok(event !== undefined);
    assert.equal(evolve(TOY, matter, event).state, 'work');
    assert.equal(JSON.stringify(matter), before);
  });

  test('events read back from their text make the same matter', () => {
    const { world, first } = begun();
    const id = world.matter(evolve(TOY, null, first).id).id;
    must(world.step(id, 'ask', boss, {}, 'car-1'));
    world.wait(5000);
    must(world.step(id, 'assign', boss, { unit: 'squad-1', joint: ['squad-2'] }));
    const text = JSON.stringify(world.events);
    const read = (JSON.parse(text) as Envelope[]).reduce<ReturnType<typeof evolve> | null>(
      (matter, event) => evolve(TOY, matter, event),
      null,
    );
    assert.deepEqual(read, world.matter(id));
  });
});

describe('K11 merging facts', () => {
  test('single replaces, set unites, log keeps all in order, each with who, when and where', () => {
    const { world, first } = begun();
    const id = evolve(TOY, null, first).id;
    const squad = actorOf('worker', { units: ['squad-1'] });
    must(world.step(id, 'assign', boss, { unit: 'squad-9' }));
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    world.wait(60);
    must(world.step(id, 'note', squad, { note: ['one', 'two'], tags: ['y', 'z', 'z'] }));
    must(world.step(id, 'note', squad, { note: 'one' }));
    const { facts } = world.matter(id);
    const values = (name: string): unknown => facts[name]?.stated.map((stated) => stated.value);
    assert.deepEqual(values('unit'), ['squad-1']);
    assert.deepEqual(values('tags'), ['x', 'y', 'z']);
    assert.deepEqual(values('note'), ['one', 'two', 'one']);
    assert.deepEqual(
      facts['tags']?.stated.map((stated) => stated.by),
      ['boss', 'boss', 'worker'],
    );
    assert.deepEqual(facts['tags']?.stated[2], { value: 'z', by: 'worker', at: [world.now, 0], site: world.site });
    assert.equal(facts['unit']?.conflict, false);
  });
});

describe('first times', () => {
  test('K16: the first time of each step and state stays, whatever comes after', () => {
    const { world, first } = begun();
    const id = evolve(TOY, null, first).id;
    must(world.step(id, 'assign', boss, { unit: 'squad-1' }));
    const assigned = world.now;
    world.wait(60);
    must(world.step(id, 'judge', boss, { ending: 'bad' }));
    must(world.step(id, 'again', boss));
    must(world.step(id, 'assign', boss, { unit: 'squad-2' }));
    const { firsts } = world.matter(id);
    assert.deepEqual(
      [firsts['step:assign'], firsts['state:work'], firsts['state:judged']],
      [assigned, assigned, world.now],
    );
  });
});
