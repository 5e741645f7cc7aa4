import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SiteState } from '#wire/sites.ts';
import { standingOf } from './standing.ts';

const site = (id: string, parent: string | null, more: Partial<SiteState> = {}): SiteState => ({
  id,
  name: { zh: id, en: id },
  prefix: id.toUpperCase(),
  parent,
  link: 'linked',
  since_ms: 0,
  heard_ms: 0,
  skew_ms: 0,
  is_skewed: false,
  round_trip_ms: 20,
  held: 10,
  lag: 0,
  as_of_ms: 0,
  forked: false,
  ...more,
});
const told = (sites: readonly SiteState[], holds = false) =>
  standingOf({ sites: [...sites], holds, outbox: [], alarms: [] })?.type;
const own = (parent: string | null) => site('own', parent, { link: 'own' });

describe('what is said of the links first', () => {
  test('nothing where there are no other sites', () => assert.equal(told([]), undefined));
  test('an island cut from what is above it is on its own; a centre that lost an island is not', () => {
    assert.equal(told([own('city'), site('city', null, { link: 'cut' })]), 'alone');
    assert.equal(told([own(null), site('isle', 'own', { link: 'cut' })]), 'cut');
  });
  test('the gravest first', () => {
    const forked = site('a', 'own', { forked: true, lag: 2, is_skewed: true });
    assert.equal(told([own(null), forked]), 'forked');
    assert.equal(told([own(null), { ...forked, forked: false }]), 'behind');
    assert.equal(told([own(null), { ...forked, forked: false, lag: 0 }]), 'skewed');
    assert.equal(told([own(null), site('a', 'own')]), 'linked');
    assert.equal(told([own('city'), site('city', null, { link: 'cut' })], true), 'holds');
  });
});
