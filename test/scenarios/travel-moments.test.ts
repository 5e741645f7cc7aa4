import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instant, LAST_INSTANT } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Conditions } from '#engines/travel/conditions/conditions.ts';
import { LAST_ASKED } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { boxOf, clock, closing, daysLater, draw, waits, wayOf } from './drawn.ts';

const bridge = draw('#a++%%%%++b#');
const strait = draw('#a++1~~~~~~2++b#', {
  lines: [{ id: 'F', from: '1', to: '2', departs: ['09:00', '15:00'], takes_min: 30 }],
});

describe('moments at the ends of time', () => {
  for (const [name, at] of [
    ['the first', instant(0)],
    ['the last asked about', LAST_ASKED],
    ['the last there is', LAST_INSTANT],
    ['one beyond it', 8.64e15 as Instant],
  ] as const) {
    it(`${name} has an answer to every question`, () => {
      const travel = strait.travel();
      const [car, to] = [travellerAt('car', strait.at('a')), strait.at('b')];
      for (const when of [{ leave_at: at }, { arrive_by: at }]) {
        travel.journey(car, to, when);
        travel.alternatives(car, to, when);
        travel.toPlace([car], to, when);
        assert.equal(travel.isochrone(car, [600], when).length, 1);
      }
    });
  }
});

describe('a way that waits for something to open', () => {
  it('takes as long in the matrix as in the journey, and as its legs together', () => {
    const until = clock('10:00');
    const closures = ['bridge', 'supposed-launch'].map((what) => ({ what, from: clock('00:00'), until, why: null }));
    const travel = bridge.travel({ closures });
    for (const turnout_s of [0, 61, 90.5]) {
      for (const leave_at of [clock('09:00'), instant(clock('09:00') + 501), instant(clock('09:59') + 999)]) {
        const car = { ...travellerAt('car', bridge.at('a')), turnout_s };
        const way = wayOf(travel.journey(car, bridge.at('b'), { leave_at }));
        const [arrival] = travel.toPlace([car], bridge.at('b'), { leave_at });
        assert.equal(way.duration_s, arrival?.duration_s);
        assert.equal(way.arrive - way.start, way.duration_s * 1000);
        const legs_s = way.legs.reduce((sum, leg) => sum + leg.duration_s, 0);
        assert.ok(Math.abs(way.duration_s - legs_s) < 1, `${way.duration_s} s, legs ${legs_s} s`);
      }
    }
  });

  it('does not wait without a cause: what opens meanwhile elsewhere is not waited for', () => {
    const elsewhere = draw(`
      #a++++%%%%++b#
      #c#~~~~~~~~~~#
      `);
    const series = [
      { at: clock('00:00'), wave_m: 4, wind_ms: null, gust_ms: null, visibility_m: null },
      { at: daysLater(2, '15:00'), wave_m: 0.5, wind_ms: null, gust_ms: null, visibility_m: null },
    ];
    const conditions: Partial<Conditions> = {
      ...closing('bridge', '20:00'),
      areas: [{ id: 'sea', name: { zh: '海', en: 'the sea' }, rings: [boxOf(121, 29, 123, 31)], series }],
    };
    const from = elsewhere.at('c');
    const boat = travellerAt('patrol-boat', [from[0] + 0.02, from[1]]);
    const when = { leave_at: clock('10:00') };
    const to = [from[0] + 0.045, from[1]] as const;
    const way = wayOf(elsewhere.travel(conditions).journey(boat, to, when));
    assert.equal(way.start, when.leave_at);
    assert.ok(way.arrive > daysLater(2, '15:00'), 'when the sea is calm again');
    for (const leg of way.legs) if (leg.mode === 'wait') assert.notEqual(leg.via.length, 0, JSON.stringify(leg));
    assert.doesNotMatch(waits(way), /bridge/);
    assert.ok(way.legs.some((leg) => leg.via.some((one) => /the sea: .*waves 4 m/.test(one.en))));
  });
});
