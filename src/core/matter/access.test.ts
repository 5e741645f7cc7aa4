import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountId, siteId } from '#core/base/ids.ts';
import { TOY, TOYS } from '../../../test/contracts/toy.ts';
import { World, actorOf, must } from '../../../test/contracts/walk.ts';
import { granted, mayReadFact, maySee } from './access.ts';
import type { Fact, Grant } from './kind.ts';
import type { Matter } from './matter.ts';

const world = new World(TOYS);
const boss = actorOf('boss');
const id = must(world.raise('toy', { title: 'A', helpers: ['car-1'] }, actorOf('reporter')));
must(world.step(id, 'assign', boss, { unit: 'squad-1', joint: ['squad-2', 'squad-3'] }));
const matter = world.matter(id);
const other = world.matter(must(world.raise('toy', { title: 'B' }, boss)));

const holds = (
  bound: Grant['bound'],
  units: readonly string[],
  more = {},
  on: Matter | null = matter,
  subject: string | null = null,
): boolean =>
  granted(
    TOY,
    [bound === undefined ? { role: 'worker' } : { role: 'worker', bound }],
    actorOf('worker', { units, ...more }),
    on,
    subject,
  );

describe('access', () => {
  test('A1: no grant, no access; a role not named is none', () => {
    assert.ok(!granted(TOY, [], boss, matter));
    assert.ok(!granted(TOY, [{ role: 'worker' }], boss, matter));
    assert.ok(!granted(TOY, [{ role: 'boss' }], { ...boss, roles: [] }, matter));
    assert.ok(granted(TOY, [{ role: 'worker' }, { role: 'boss' }], boss, matter));
  });

  test('A2: only matters of the actor’s sites', () => {
    assert.ok(granted(TOY, [{ role: 'boss' }], { ...boss, sites: [world.site] }, matter));
    assert.ok(!granted(TOY, [{ role: 'boss' }], { ...boss, sites: [siteId('zs-daishan')] }, matter));
    assert.ok(!granted(TOY, [{ role: 'boss' }], { ...boss, sites: [] }, matter));
  });

  test('A3 subject: who acts for the subject of the part the step is about', () => {
    assert.ok(holds('subject', ['car-1'], {}, matter, 'car-1'));
    assert.ok(!holds('subject', ['car-2'], {}, matter, 'car-1'));
    assert.ok(!holds('subject', ['car-1'], {}, matter, null));
  });

  test('A3 part: who acts for the subject of any such part', () => {
    assert.ok(holds({ part: 'help' }, ['boat-9', 'car-1']));
    assert.ok(!holds({ part: 'help' }, ['car-2']));
    assert.ok(!holds({ part: 'other' }, ['car-1']));
    assert.ok(!holds({ part: 'help' }, ['car-1'], {}, other));
  });

  test('A3 fact: who acts for a unit the fact names, every one of a set', () => {
    assert.ok(holds({ fact: 'unit' }, ['squad-1']));
    assert.ok(!holds({ fact: 'unit' }, ['squad-2']));
    assert.ok(holds({ fact: 'joint' }, ['squad-2']));
    assert.ok(holds({ fact: 'joint' }, ['squad-3']));
    assert.ok(!holds({ fact: 'title' }, ['A-unit']));
    assert.ok(!holds({ fact: 'unit' }, ['squad-1'], {}, other), 'nobody is named there');
  });

  test('A3 raiser and receipt: who raised it, and who holds the receipt of this very matter', () => {
    assert.ok(holds('raiser', [], { account: accountId('reporter') }));
    assert.ok(!holds('raiser', [], { account: accountId('boss') }));
    assert.ok(holds('receipt', [], { receipt: id }));
    assert.ok(!holds('receipt', [], { receipt: other.id }));
    assert.ok(!holds('receipt', []));
  });

  test('A4: while a matter is raised only a grant bound to nothing can hold', () => {
    assert.ok(holds(undefined, [], {}, null));
    for (const bound of ['subject', 'raiser', 'receipt', { part: 'help' }, { fact: 'unit' }] as const) {
      assert.ok(!holds(bound, ['squad-1'], { receipt: id }, null));
    }
  });

  test('A5: who may see, and which facts the holder of the receipt reads', () => {
    assert.ok(maySee(TOY, boss, matter));
    assert.ok(!maySee(TOY, actorOf('worker', { units: ['squad-9'] }), matter));
    const reporter = actorOf('reporter', { receipt: id });
    const fact = (more: Partial<Fact> = {}): Fact => ({ name: TOY.name, type: 'line', merge: 'single', ...more });
    assert.ok(mayReadFact(TOY, fact({ open: true }), reporter, matter));
    assert.ok(!mayReadFact(TOY, fact(), reporter, matter));
    assert.ok(mayReadFact(TOY, fact(), boss, matter));
    assert.ok(!mayReadFact(TOY, fact({ reads: [{ role: 'worker' }] }), boss, matter));
    assert.ok(!mayReadFact(TOY, fact({ open: true, reads: [{ role: 'worker' }] }), reporter, matter));
    assert.ok(mayReadFact(TOY, fact({ reads: [{ role: 'worker' }] }), actorOf('worker'), matter));
  });

  test('A6: a step is granted to exactly those it names', () => {
    const refused = (actor: typeof boss): string | null => {
      const result = world.step(id, 'note', actor, { note: 'x' });
      return result.ok ? null : result.error.code;
    };
    assert.equal(refused(actorOf('worker', { units: ['squad-1'] })), null);
    assert.equal(refused(actorOf('worker', { units: ['squad-2'] })), null);
    assert.equal(refused(actorOf('reporter', { receipt: id })), null);
    assert.equal(refused(actorOf('reporter')), 'forbidden');
    assert.equal(refused(boss), 'forbidden');
  });
});
