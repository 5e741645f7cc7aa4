import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameButLimits, type ReachQuestion } from './data.ts';

const CAR: ReachQuestion = { profile: 'car', turnout_s: 60, from: [122.1, 30], limits_s: [300, 600] };

test('bands held stay drawn while other limits are counted, and not while another question is', () => {
  assert.equal(isSameButLimits(CAR, { ...CAR, limits_s: [1200] }), true);
  assert.equal(isSameButLimits(CAR, { ...CAR, profile: 'drone' }), false);
  assert.equal(isSameButLimits(CAR, { ...CAR, turnout_s: 600 }), false);
  assert.equal(isSameButLimits(CAR, { ...CAR, from: [122.1, 30.1] }), false);
  assert.equal(isSameButLimits(CAR, null), false);
  assert.equal(isSameButLimits(null, CAR), false);
  assert.equal(isSameButLimits(undefined, null), false);
});
