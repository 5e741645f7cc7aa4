import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { PROFILES } from '#engines/travel/profiles.ts';
import type { TravelProfile } from '#engines/travel/profiles.ts';
import type { Journey } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { boxOf, clock, closing, draw, modesOf, reasonOf, waits, wayOf } from './drawn.ts';

describe('the landing craft on a beach', () => {
  const islet = draw(
    `
    1+~~~~~~~~#######
    ##~~~~~~~~#######
    ~~~~~~~~~~2+b####
    ~~~~~~~~~~#######
    ~~~~~~~~~~#######
    `,
    { piers: { 2: { kind: 'beach' } } },
  );
  const from = [122.0475, 30.2925] as const;

  it('runs up the beach, where a patrol boat may not', () => {
    const craft = wayOf(islet.journey('landing-craft', from, 'b', '10:00'));
    assert.ok(craft.legs.some((leg) => leg.mode === 'boat' && leg.refs.includes('2')));
    const patrol = wayOf(islet.journey('patrol-boat', from, 'b', '10:00'));
    assert.ok(!patrol.legs.some((leg) => leg.refs.includes('2')));
    assert.match(modesOf(patrol), /^boat foot$/);
  });

  it('stays where the sea is too high, and says how high', () => {
    const rings = [
      [
        [121.9, 30],
        [123, 30],
        [123, 31],
        [121.9, 31],
        [121.9, 30],
      ] as const,
    ];
    const series = [{ at: clock('00:00'), wind_ms: 10, gust_ms: null, wave_m: 4.5, visibility_m: null }];
    const areas = [{ id: 'w', name: { zh: '海湾', en: 'the bay' }, rings, series }];
    const reason = reasonOf(islet.journey('landing-craft', from, 'b', '10:00', { areas }));
    assert.equal(reason.code, 'sea-state');
    assert.match(reason.words.en, /sea state 6 \(waves 4.5 m\) > limit 4 \(1.5 m\)/);
  });
});

describe('the stream in the strait', () => {
  const west: LonLat = [122.03, 30.29];
  const east: LonLat = [122.09, 30.29];
  const everywhere = boxOf(121.9, 30.2, 122.3, 30.4);
  const stream = (east_ms: number, ring = everywhere) => ({
    currents: [{ id: 'stream', east_ms, north_ms: 0, rings: [ring] }],
  });
  const shore = '#a+++++++++++++++++++b#';
  const sailing = (east_ms: number, from: LonLat, to: LonLat): Journey =>
    wayOf(draw(shore, stream(east_ms)).journey('patrol-boat', from, to, '10:00'));

  it('carries a boat one way and holds it back the other, and the legs add up', () => {
    const still = sailing(0, west, east);
    const along = sailing(3, west, east);
    const against = sailing(3, east, west);
    assert.ok(along.duration_s < still.duration_s - 60 && against.duration_s > still.duration_s + 60);
    for (const way of [still, along, against]) {
      const sum_s = way.legs.reduce((sum, leg) => sum + leg.duration_s, 0);
      assert.ok(Math.abs(sum_s - way.duration_s) <= 1);
      assert.deepEqual([way.legs[0]?.mode, way.legs[1]?.mode], ['wait', 'boat']);
    }
  });

  it('is what a supposed launch has to get through too, and stops a boat that is slower', () => {
    const launch = (east_ms: number): number =>
      wayOf(draw('#a++1~~~~~~~~~2++b#', stream(east_ms)).journey('foot', 'a', 'b', '10:00')).duration_s;
    assert.ok(launch(4) < launch(0) && launch(0) < launch(-4));
    assert.ok('code' in draw(shore, stream(-14)).journey('patrol-boat', west, east, '10:00'));
  });
});

describe('the helicopter without a spot', () => {
  const noWinch: TravelProfile = {
    ...(PROFILES['helicopter'] as TravelProfile),
    id: 'helicopter-no-winch',
    moves: [{ by: 'air', craft: { speed_kmh: 220, set_up_s: 0, set_down_s: 60, winch_s: null, carries_people: true } }],
  };
  const base = [122.2, 30.2] as const;

  it('lowers people where it cannot set down, and cannot help without a winch', () => {
    const bare = draw('#a+++b#', { profiles: [noWinch] });
    assert.match(waits(wayOf(bare.journey('helicopter', base, 'b', '10:00'))), /winch/);
    assert.equal(reasonOf(bare.journey('helicopter-no-winch', base, 'b', '10:00')).code, 'no-landing');
  });

  it('with a ground nearby it sets down, and people walk', () => {
    const ready = draw('#a++Hb#', { profiles: [noWinch] });
    assert.equal(modesOf(wayOf(ready.journey('helicopter-no-winch', base, 'b', '10:00'))), 'air foot');
    const reason = reasonOf(ready.journey('helicopter-no-winch', base, 'b', '10:00', closing('H')));
    assert.equal(reason.code, 'closed');
  });

  it('beyond its range is out of range', () => {
    const far = draw('#a+++b#');
    const reason = reasonOf(far.journey('drone', base, 'b', '10:00'));
    assert.equal(reason.code, 'out-of-range');
    const needs_m = 2 * distance_m(base, far.at('b'));
    const needs = (Math.ceil(needs_m / 100) / 10).toFixed(1);
    assert.match(reason.words.en, new RegExp(`takes ${needs} km, and its range is 20.0 km`));
    assert.match(reason.words.zh, new RegExp(`往返需${needs}公里，航程20.0公里`));
  });

  it('comes back round what may not be flown through, or to fuel that is nearer', () => {
    const range = { id: 'range', name: { zh: '靶场', en: 'the range' }, of: 'air', always: false } as const;
    const areas = [{ ...range, rings: [boxOf(122.06, 30.1, 122.07, 30.4)] }];
    const walled = draw('#a++++++++++++++++++++H+++b#', { areas });
    const one = { ...travellerAt('helicopter', walled.at('a')), range_m: 40_000 };
    const to = walled.at('b');
    const when = { leave_at: clock('10:00') };
    assert.equal(modesOf(wayOf(walled.travel().journey(one, to, when))), 'air');
    const shut = reasonOf(walled.travel(closing('range')).journey(one, to, when));
    assert.equal(shut.code, 'out-of-range', 'out and back round the range takes more');
    const fuelled = draw('#a++++++++++++++++++++H+++b#', {
      areas,
      piers: { H: { fuel: true } },
    });
    assert.equal(modesOf(wayOf(fuelled.travel(closing('range')).journey(one, to, when))), 'air');
    const homeFar = { ...one, home: [122.5, 30.3] as const };
    assert.equal(reasonOf(walled.travel().journey(homeFar, to, when)).code, 'out-of-range');
  });
});
