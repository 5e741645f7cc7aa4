import assert from 'node:assert/strict';
import { test } from 'node:test';
import incident from '#kinds/command/incident.ts';
import nonPolice from '#kinds/governance/non-police-matter.ts';
import { maySettle, supportsOf } from './supports.ts';

test('steps that may close a matter are known, by name of the state or by a rule', () => {
  const of = (kind: typeof incident): readonly string[] =>
    Object.entries(kind.steps).flatMap(([id, step]) => (maySettle(kind, step) ? [id] : []));
  assert.deepEqual(of(incident), ['merge', 'divert', 'close']);
  assert.deepEqual(of(nonPolice), ['follow_up', 'drop']);
});

test('support of a matter is what was opened for it, not what it supports itself', () => {
  const link = (to: string, relation: string, outgoing: boolean) => ({ to, relation, outgoing });
  const links = [link('A', 'supports', false), link('B', 'supports', true), link('C', 'follows', false)];
  assert.deepEqual(supportsOf({ links }), ['A']);
});
