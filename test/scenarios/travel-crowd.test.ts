import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { travellerAt } from '#engines/travel/traveller.ts';
import { clock, draw } from './drawn.ts';

/** No pier on the side of `a`: whether one is to be had is asked for each on foot. */
const road = draw('#a++b++c#~~~~#d#', {});
const when = { leave_at: clock('10:00') };

describe('many and the same at once', () => {
  it('a crowd larger than is remembered is answered as each alone, and again the same', () => {
    const crowd = Array.from({ length: 20_500 }, (_, i) => ({
      ...travellerAt('foot', road.at(i % 2 === 0 ? 'a' : 'b'), `p${i}`),
    }));
    const travel = road.travel();
    const all = travel.toPlace(crowd, road.at('c'), when);
    for (const i of [0, 1, 20_499]) {
      const [alone] = draw('#a++b++c#~~~~#d#')
        .travel()
        .toPlace(crowd.slice(i, i + 1), road.at('c'), when);
      assert.deepEqual(all[i], alone);
    }
    assert.deepEqual(travel.toPlace(crowd, road.at('c'), when), all);
  });

  it('the same id in two places of one list has the time of either place', () => {
    const far = travellerAt('car', road.at('a'), 'same');
    const near = travellerAt('car', road.at('b'), 'same');
    const time_s = (list: readonly (typeof far)[]): readonly (number | null)[] =>
      road
        .travel()
        .toPlace(list, road.at('c'), when)
        .map((one) => one.duration_s);
    const [alone] = time_s([far]);
    const [beside] = time_s([near]);
    assert.notEqual(alone, beside);
    assert.deepEqual(time_s([far, near]), [alone, beside]);
    assert.deepEqual(time_s([near, far, near]), [beside, alone, beside]);
    const many = Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? far : near));
    assert.deepEqual(
      time_s(many),
      many.map((one) => (one === far ? alone : beside)),
    );
  });
});
