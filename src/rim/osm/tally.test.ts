import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTally } from './tally.ts';

describe('what an import left out', () => {
  it('counts every rule of a relation, and names the relation once', () => {
    const tally = createTally();
    tally.add('restriction-modes', 'relation/7', 'bus');
    tally.add('restriction-modes', 'relation/7', 'bus');
    tally.add('restriction-modes', 'relation/8', 'bus');
    const [left] = tally.counts();
    assert.equal(left?.count, 3);
    assert.deepEqual(left.examples, ['relation/7', 'relation/8']);
  });
});
