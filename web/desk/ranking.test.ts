import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RankingView } from '#wire/api.ts';
import { bestOf, isOldRanking, leftOutByReason, RANK_EVERY_MS } from './ranking.ts';

type Excluded = RankingView['excluded'][number];
const out = (force: string, code: string, en = code): Excluded => ({
  force,
  reasons: [{ code, words: { zh: en, en }, weight: 'against' }],
});

test('who is left out for the same reason stands together; who does not get there stands first, then the many', () => {
  const excluded = [
    out('a', 'tier'),
    out('b', 'skill'),
    out('c', 'no-way', 'the bridge is closed'),
    out('d', 'skill'),
    out('e', 'no-way', 'the sea is too rough'),
    out('f', 'no-way', 'the sea is too rough'),
  ];
  assert.deepEqual(
    leftOutByReason(excluded).map(({ reasons, forces }) => [reasons[0]?.words.en, forces.join('')]),
    [
      ['the sea is too rough', 'ef'],
      ['the bridge is closed', 'c'],
      ['skill', 'bd'],
      ['tier', 'a'],
    ],
  );
  assert.deepEqual(leftOutByReason([]), []);
});

test('the key sends the first or the chosen one, and nobody in place of a chosen one that fell out', () => {
  const ranked = ['car', 'boat'].map((force, index) => ({
    force,
    rank: index + 1,
    eta_s: 60,
    distance_m: 100,
    uncertain: false,
    reasons: [],
  }));
  assert.equal(bestOf(ranked, null), 'car');
  assert.equal(bestOf(ranked, 'boat'), 'boat');
  assert.equal(bestOf(ranked, 'helicopter'), null);
  assert.equal(bestOf(undefined, 'boat'), null);
  assert.equal(bestOf([], null), null);
});

test('a ranking is old when the next ones did not come', () => {
  assert.equal(isOldRanking(1000, 1000 + 2 * RANK_EVERY_MS), false);
  assert.equal(isOldRanking(1000, 1001 + 3 * RANK_EVERY_MS), true);
});
