import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distance_m } from '#core/base/geo.ts';
import type { Conditions } from '#engines/travel/conditions/conditions.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { boxOf, clock, draw, ferryOf, timeOf, wayOf } from './drawn.ts';

/** A headland between two piers: boats go south of it. */
const PICTURE = `
  ~~~~~~~~~##~~~~~~~~~
  ~~~~~~~~~##~~~~~~~~~
  #####~~~~##~~~~#####
  #a++1~~~~##~~~~2++b#
  #####~~~~##~~~~#####
  ~~~~~~~~~##~~~~~~~~~
  ~~~~~~~~~~~~~~~~~~~~
  `;
const SAILS = { from: '1', to: '2', takes_min: 60, carrier: 'ferry' };
const headland = draw(PICTURE, { lines: [{ id: 'L', ...SAILS, departs: ['10:30', '13:00'] }] });
const usual = draw(PICTURE, { lines: [{ id: 'M', ...SAILS, wait_min: 10 }] });
/** Waves of 4 m until a time, in a strip off the headland that no straight line between the piers meets. */
const rough = (until: string): Pick<Conditions, 'areas'> => ({
  areas: [
    {
      id: 'south',
      name: { zh: '南面', en: 'the south' },
      rings: [boxOf(122, 30.2, 122.2, 30.271)],
      series: [
        { at: clock('00:00'), wave_m: 4, wind_ms: null, gust_ms: null, visibility_m: null },
        { at: clock(until), wave_m: 1, wind_ms: null, gust_ms: null, visibility_m: null },
      ],
    },
  ],
});

describe('weather off a headland', () => {
  it('bears on the boats that sail round it, by timetable or not', () => {
    assert.equal(timeOf(ferryOf(wayOf(headland.journey('foot', 'a', 'b', '09:00'))).start), '10:30');
    const way = wayOf(headland.journey('foot', 'a', 'b', '09:00', rough('12:00')));
    assert.equal(timeOf(ferryOf(way).start), '13:00');
    const back = wayOf(usual.journey('foot', 'b', 'a', '09:00', rough('12:00')));
    const ferry = ferryOf(back);
    assert.ok(ferry.start > clock('11:00') && ferry.start < clock('12:00'), 'in time to be there when it is over');
    const wait = back.legs.find((leg) => leg.mode === 'wait');
    assert.equal(wait?.via[0]?.en, 'the south: sea state 5 (waves 4 m) > limit 4 (2.5 m)');
  });

  it('is over for a boat that leaves the area before it, and for one that comes there after it', () => {
    // A quarter of an hour out of an hour, more or less, lies before the strip.
    const way = wayOf(headland.journey('foot', 'a', 'b', '09:00', rough('10:40')));
    assert.equal(timeOf(ferryOf(way).start), '10:30');
  });

  it('does not bear on a line that is known to sail north of it', () => {
    const path = [
      [122.02, 30.31],
      [122.08, 30.31],
    ] as const;
    const north = draw(PICTURE, { lines: [{ id: 'L', ...SAILS, departs: ['10:30', '13:00'], path }] });
    const way = wayOf(north.journey('foot', 'a', 'b', '09:00', rough('12:00')));
    assert.equal(timeOf(ferryOf(way).start), '10:30');
    assert.deepEqual(ferryOf(way).line, [north.at('1'), ...path, north.at('2')]);
  });

  it('the leg is drawn and measured as it is sailed, and the table says the same', () => {
    const one = travellerAt('foot', headland.at('a'));
    const way = wayOf(headland.journey('foot', 'a', 'b', '09:00'));
    const ferry = ferryOf(way);
    assert.ok(ferry.distance_m > distance_m(headland.at('1'), headland.at('2')) + 200);
    assert.ok(ferry.line.some(([, lat]) => lat < 30.271));
    const [arrival] = headland.travel().toPlace([one], headland.at('b'), { leave_at: clock('09:00') });
    assert.ok(Math.abs((arrival?.distance_m ?? 0) - way.distance_m) < 5);
  });
});
