import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MODE_BIT, ROAD_MODES } from '#engines/travel/road/data.ts';
import { barrierOf } from './barriers.ts';

/** Modes that pass, by name; null where there is no barrier. */
const passing = (words: string): string | null => {
  const barrier = barrierOf(new Map(words.split(' ').map((word) => word.split('=') as [string, string])));
  if (barrier === null) return null;
  return ROAD_MODES.filter((mode) => (barrier.barred & MODE_BIT[mode]) === 0).join(' ');
};

const EVERYBODY = ROAD_MODES.join(' ');
const CASES: readonly (readonly [tags: string, passing: string | null])[] = [
  ['highway=crossing', null],
  ['barrier=gate', EVERYBODY],
  ['barrier=gate access=private', 'emergency'],
  ['barrier=gate access=no', 'emergency'],
  ['barrier=gate access=private foot=yes', 'foot emergency'],
  ['barrier=gate motor_vehicle=no', 'foot emergency'],
  ['barrier=gate locked=yes', 'emergency'],
  ['barrier=gate emergency=no', 'foot motorcycle car truck'],
  ['barrier=lift_gate', EVERYBODY],
  ['barrier=lift_gate,lights', EVERYBODY],
  ['barrier=swing_gate access=destination', EVERYBODY],
  ['barrier=cattle_grid', EVERYBODY],
  ['barrier=toll_booth', EVERYBODY],
  ['barrier=bollard', 'foot'],
  ['barrier=bollard motorcycle=yes', 'foot motorcycle'],
  ['barrier=bollard bollard=rising', 'foot emergency'],
  ['barrier=bollard emergency=yes', 'foot emergency'],
  ['barrier=bollard access=yes', EVERYBODY],
  ['barrier=cycle_barrier', 'foot'],
  ['barrier=motorcycle_barrier', 'foot'],
  ['barrier=block', 'foot'],
  ['barrier=stile', 'foot'],
  ['barrier=kissing_gate;gate', EVERYBODY],
  ['barrier=chain', 'foot emergency'],
  ['barrier=bus_trap', 'foot motorcycle truck emergency'],
  ['barrier=height_restrictor', 'foot motorcycle car emergency'],
  ['barrier=height_restrictor maxheight=2.1', 'foot motorcycle car'],
  ['barrier=height_restrictor maxheight=3.5', 'foot motorcycle car emergency'],
  ['barrier=fence', ''],
  ['barrier=fence foot=yes', 'foot'],
  ['barrier=dragon', 'foot'],
];

describe('who passes a barrier', () => {
  for (const [tags, expected] of CASES) it(tags, () => assert.equal(passing(tags), expected));
  it('names the word it does not know', () => {
    assert.equal(barrierOf(new Map([['barrier', 'dragon']]))?.unknown, 'dragon');
    assert.equal(barrierOf(new Map([['barrier', 'toString']]))?.unknown, 'toString');
    assert.equal(barrierOf(new Map([['barrier', 'gate']]))?.unknown, null);
  });
});
