import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { simulate } from '../../sim/sites/simulate.ts';

const DAYS = 20;
const FRESH = 6;

/** Seeds that once broke a rule; they are played for ever. */
const KNOWN = readFileSync(path.join(import.meta.dirname, '../../sim/sites/seeds.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => Number(line.split(' ')[0]));

describe('S1–S8 an archipelago of sites, whatever happens to links, disks and processes', () => {
  for (const seed of KNOWN) {
    it(`seed ${seed}`, () => assert.deepEqual(simulate(seed, DAYS).violations, []));
  }

  it('seeds nobody has seen', (context) => {
    for (let count = 0; count < FRESH; count += 1) {
      const seed = Math.floor(Math.random() * 1e9);
      const { violations, events, faults } = simulate(seed, DAYS);
      context.diagnostic(`seed ${seed}: ${events} events, ${faults} faults`);
      assert.deepEqual(violations, [], `seed ${seed} breaks a rule: add it to sim/sites/seeds.txt`);
    }
  });

  it('the same seed gives the same course', () => {
    assert.deepEqual(simulate(5, 3), simulate(5, 3));
  });

  it('what is to go wrong does go wrong: forks and faults come up', () => {
    const { forks, faults, events } = simulate(3, DAYS);
    assert.ok(forks > 0 && faults > 40 && events > 1000);
  });
});
