import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import type { Isochrone } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { insideRing } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { CELL_DEG, clock, draw } from './drawn.ts';

const place = draw(
  `
  #a++++++1~~~~~~~~2+++++b#
  #########~~~~~~~~########
  `,
  { lines: [{ id: 'S', from: '1', to: '2', departs: ['14:10'], takes_min: 20, vehicles: true }] },
);
const reach = (
  profile: string,
  from: LonLat,
  limits_s: readonly number[],
  time: string,
  close: readonly string[] = [],
) => {
  return place.travel().isochrone(travellerAt(profile, from), limits_s, { leave_at: clock(time) }, { close, open: [] });
};
const holds = (area: Isochrone | undefined, at: LonLat): boolean =>
  area?.polygons.some(
    ([outer, ...holes]) => insideRing(outer as Ring, at) && !holes.some((hole) => insideRing(hole, at)),
  ) === true;
const beside = (name: string, columns: number): LonLat => {
  const [lon, lat] = place.at(name);
  return [lon + columns * CELL_DEG, lat + 0.0001];
};

describe('where one can be within a time', () => {
  it('grows with the limit, along the roads, over land only', () => {
    const [near, far] = reach('foot', place.at('a'), [2400, 900], '10:00');
    assert.deepEqual([near?.limit_s, far?.limit_s], [900, 2400]);
    assert.ok(holds(near, beside('a', 1)) && !holds(near, beside('a', 4)));
    assert.ok(holds(far, beside('a', 1)) && holds(far, beside('a', 4)));
    assert.ok(!holds(far, beside('1', 3)));
  });

  it('crosses by the ferry that can still be caught', () => {
    const limits_s = [3600];
    assert.ok(holds(reach('car', place.at('a'), limits_s, '13:45')[0], place.at('b')));
    assert.ok(!holds(reach('car', place.at('a'), limits_s, '14:10')[0], place.at('b')));
    assert.ok(!holds(reach('car', place.at('a'), limits_s, '13:45', ['S'])[0], place.at('b')));
  });

  it('lies in one area each, whichever ways lead there', () => {
    for (const [profile, from, time] of [
      ['car', place.at('a'), '13:45'],
      ['patrol-boat', beside('1', 4), '10:00'],
    ] as const) {
      const [area] = reach(profile, from, [3600], time);
      let inside = 0;
      for (let column = 0; column < 24; column += 0.1) {
        const count = area?.polygons.filter((polygon) =>
          holds({ limit_s: 3600, polygons: [polygon] }, beside('a', column)),
        ).length;
        assert.ok(count !== undefined && count <= 1, `${profile}: ${count} areas at column ${column}`);
        inside += count;
      }
      assert.ok(inside > 0);
    }
  });

  it('of a boat covers the water, and the shore its crew walks to; of a drone, both', () => {
    const water = beside('1', 4);
    const [boat] = reach('patrol-boat', water, [1200], '10:00');
    assert.ok(holds(boat, beside('1', 3)) && !holds(boat, beside('a', 3)));
    const [drone] = reach('drone', place.at('a'), [600], '10:00');
    assert.ok(holds(drone, beside('a', 3)) && holds(drone, beside('1', 2)));
  });
});
