import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { travellerAt } from '#engines/travel/traveller.ts';
import { CELL_DEG, clock, draw, modesOf, wayOf } from './drawn.ts';

describe('how far it is', () => {
  it('is the same in the matrix as in the journey where a vehicle is left and the rest is walked, off the path at last', () => {
    const path = draw(`
      ##############################
      #a++++++++++++++++++++b::::::#
      `);
    // The fifth square of the path.
    const [west, lat] = path.at('b');
    const lon = west + 5 * CELL_DEG;
    const when = { leave_at: clock('10:00') };
    for (const off_deg of [0, 0.002, 0.004]) {
      const to = [lon, lat + off_deg] as const;
      for (const profile of ['car', 'truck']) {
        const vehicle = travellerAt(profile, path.at('a'));
        const way = wayOf(path.travel().journey(vehicle, to, when));
        const [arrival] = path.travel().toPlace([vehicle], to, when);
        assert.equal(modesOf(way), `${profile} foot`);
        const apart_m = Math.abs((arrival?.distance_m ?? Infinity) - way.distance_m);
        assert.ok(apart_m <= 2, `${profile} ${off_deg}: ${arrival?.distance_m} m, ${way.distance_m} m`);
      }
    }
  });
});
