import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kind } from '#core/matter/kind.ts';
import closure from '#kinds/command/closure.ts';
import incident from '#kinds/command/incident.ts';
import type { Closable } from './closable.ts';
import {
  closingFields,
  closingKindFor,
  closingKinds,
  type Closure,
  factsOfThing,
  inOrder,
  reopeningStep,
  standingOf,
} from './closures.ts';

const declared = { kinds: [incident, closure] as readonly Kind[], roles: {}, forces: {}, skills: {} };
const closed = (matter: string, from: number, until: number | null): Closure => ({
  matter,
  what: matter,
  from,
  until,
  why: null,
});

test('a closure holds from its beginning until its end; after it somebody has to look', () => {
  assert.equal(standingOf(closed('a', 10, 20), 9), 'later');
  assert.equal(standingOf(closed('a', 10, 20), 10), 'now');
  assert.equal(standingOf(closed('a', 10, 20), 20), 'over');
  assert.equal(standingOf(closed('a', 10, null), 1e12), 'now');
});

test('overdue ones come first, then what holds, soonest to end first, then what is to come', () => {
  const all = [closed('later', 90, null), closed('long', 0, null), closed('over', 0, 40), closed('short', 0, 60)];
  assert.deepEqual(
    inOrder(all, 50).map((one) => one.matter),
    ['over', 'short', 'long', 'later'],
  );
});

test('who may raise a kind that closes may close; its declaration names the steps and the form', () => {
  assert.deepEqual(
    closingKinds(declared).map((kind) => kind.id),
    ['closure'],
  );
  assert.equal(closingKindFor(declared, ['dispatcher'])?.id, 'closure');
  assert.equal(closingKindFor(declared, ['auditor']), null);
  assert.equal(reopeningStep(closure), 'reopen');
  assert.deepEqual(
    closingFields(closure).map((one) => one.name),
    ['cause', 'until', 'reason', 'drill'],
  );
  assert.deepEqual(closingFields(incident), []);
});

test('what the map knows is stated with it: the id, the name in both languages, the position', () => {
  const thing: Closable = { id: 'bridge-1', sort: 'bridge', class: 'trunk', name: null, shapes: [], at: [122, 30] };
  assert.deepEqual(factsOfThing(closure, thing, { zh: '东桥', en: 'East Bridge' }), {
    what: 'bridge-1',
    place: '东桥\nEast Bridge',
    where: { lon: 122, lat: 30 },
  });
  assert.equal(factsOfThing(closure, thing, { zh: 'A1', en: 'A1' })['place'], 'A1');
});
