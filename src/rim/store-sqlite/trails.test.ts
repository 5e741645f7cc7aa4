import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matterNumber } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import { Trails } from './trails.ts';

const numbered = (index: number): MatterId | null => (index === 0 ? null : matterNumber('TS', '261121', index));

test('a trail lists the events of its matter in order, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3000 }), (owners) => {
      const trails = new Trails();
      for (const [index, owner] of owners.entries()) trails.add(index + 1, numbered(owner));
      assert.equal(trails.size, owners.length);
      for (let owner = 1; owner <= 9; owner += 1) {
        const matter = numbered(owner);
        const expected = owners.flatMap((one, index) => (one === owner ? [index + 1] : []));
        assert.deepEqual(matter === null ? [] : trails.of(matter), expected);
      }
    }),
    { numRuns: 50 },
  );
});

test('an event out of its place is not taken, and may come again', () => {
  const trails = new Trails();
  const matter = matterNumber('TS', '261121', 1);
  trails.add(2, matter);
  assert.equal(trails.size, 0);
  trails.add(1, matter);
  trails.add(1, matter);
  trails.add(2, matter);
  assert.deepEqual(trails.of(matter), [1, 2]);
});
