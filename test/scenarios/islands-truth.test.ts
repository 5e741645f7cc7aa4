import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { FreeBoat, Isochrone, Journey } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { insideRing } from '#world/places/geometry.ts';
import { boxOf, clock, draw, modesOf, timeOf, waits, wayOf } from './drawn.ts';

const PATROL = { name: { zh: '巡逻艇7', en: 'patrol boat 7' }, profile: 'patrol-boat', turnout_s: 60, seats: 4 };
const strait = draw(
  `
  #########~~~~~~~~########
  #a++++++1~~~~~~~~2+++++b#
  #########~~~~~~~~########
  `,
  { lines: [{ id: 'S', from: '1', to: '2', departs: ['09:00', '14:10'], takes_min: 20, vehicles: true }] },
);
const boatAt = (at: LonLat): FreeBoat => ({ ...PATROL, id: 'B7', at });
const driver = travellerAt('car', strait.at('a'));

describe('ways that differ in kind', () => {
  it('are all in time where one has to be there by a moment, each as late as it may leave', () => {
    const by = clock('15:00');
    const travel = strait.travel({}, [boatAt(strait.at('1'))]);
    const ways = travel.alternatives(driver, strait.at('b'), { arrive_by: by });
    const kinds = ways.map(modesOf);
    assert.ok(kinds.includes('car ferry car') && kinds.includes('car boat foot'), kinds.join('; '));
    for (const way of ways) assert.ok(way.arrive <= by, modesOf(way));
    const [first, ...others] = ways as readonly [Journey, ...Journey[]];
    assert.ok(others.every((one) => one.start <= first.start));
    const ferry = ways.find((one) => modesOf(one) === 'car ferry car');
    assert.ok((ferry?.start ?? 0) > clock('13:30') && (ferry?.start ?? by) < clock('14:10'));
  });

  it('are in time whenever that is', () => {
    const travel = strait.travel({}, [boatAt(strait.at('1'))]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2880 }),
        fc.constantFrom('car', 'foot', 'patrol-boat'),
        (minutes, profile) => {
          const by = instant(clock('00:00') + minutes * 60_000);
          const ways = travel.alternatives(travellerAt(profile, strait.at('1')), strait.at('b'), { arrive_by: by });
          for (const way of ways) assert.ok(way.arrive <= by && way.arrive >= way.start, modesOf(way));
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });
});

describe('what is waited for', () => {
  /** Water enough from ten to two. */
  const tide_m = (_: unknown, time: number): number =>
    2 + 2 * Math.cos(((time % 43_200_000) / 43_200_000) * 2 * Math.PI);
  const ramp = draw('1++a~~~~~~2++b#', {
    piers: { 1: { kind: 'small' }, 2: { tide_min_m: 3 } },
    lines: [{ id: 'R', from: '1', to: '2', takes_min: 20, wait_min: 30 }],
  });

  it('is boarding where the tide has risen by the time one sails, and the tide where it has not', () => {
    const soon = wayOf(ramp.journey('foot', '1', '2', '09:20', { tide_m }));
    assert.match(waits(soon), /^waiting and boarding/);
    const sunk = wayOf(ramp.journey('foot', '1', '2', '08:00', { tide_m }));
    assert.match(waits(sunk), /^tide at/);
  });

  it('is the boat that comes, and then the pier that opens', () => {
    const closures = [{ what: '1', from: clock('00:00'), until: clock('11:40'), why: null }];
    const travel = strait.travel({ closures }, [boatAt(strait.at('1'))]);
    const lifted = travel
      .alternatives(driver, strait.at('b'), { leave_at: clock('11:00') })
      .find((one) => one.legs.some((leg) => leg.refs.includes('B7')));
    const [meeting, opening] = (lifted?.legs ?? [])
      .filter((leg) => leg.mode === 'wait')
      .map((leg) => leg.via[0]?.en ?? '');
    if (opening?.includes('closed') === true) assert.match(meeting ?? '', /patrol boat 7/);
    else assert.fail(`${meeting}; ${opening}`);
  });

  it('at a closed road is that road, and no other that opens at the same time', () => {
    const bridge = draw('#a++%%%%++b++#');
    const until = clock('12:00');
    const closures = ['bridge', 'road-11-0-1', 'supposed-launch'].map((what) => ({
      what,
      from: clock('00:00'),
      until,
      why: null,
    }));
    const way = wayOf(bridge.journey('car', 'a', 'b', '11:00', { closures }));
    assert.deepEqual([way.legs[0]?.arrive, way.legs[0]?.refs], [until, ['bridge']]);
    assert.equal(
      waits(way)
        .split('; ')
        .filter((one) => one.includes('closed')).length,
      1,
    );
  });
});

describe('boats', () => {
  it('that lie far in water they cannot use take their time out of it', () => {
    const farm = { id: 'farm', name: { zh: '养殖区', en: 'the farm' }, of: 'sea', always: true } as const;
    const bay = draw(
      `
      #a++1~~~~~~~~~~~~~~
      ~~~~~~~~~~~~~~~~~~~
      `,
      { areas: [{ ...farm, rings: [boxOf(122.05, 30.27, 122.09, 30.31)] }] },
    );
    const inside = wayOf(bay.journey('patrol-boat', [122.07, 30.29], '1', '10:00'));
    const outside = wayOf(bay.journey('patrol-boat', [122.095, 30.29], '1', '10:00'));
    const sailing = (way: Journey): number => way.legs.find((leg) => leg.mode === 'boat')?.duration_s ?? 0;
    // More than a kilometre at 8 km/h.
    assert.ok(sailing(inside) > 450, `${sailing(inside)} s`);
    assert.ok(sailing(outside) < sailing(inside));
    const sum_s = inside.legs.reduce((sum, leg) => sum + leg.duration_s, 0);
    assert.ok(Math.abs(sum_s - inside.duration_s) <= 1);
  });

  it('with seats come neither through weather they do not endure, nor from a hill', () => {
    const rough = {
      id: 'w',
      name: { zh: '海峡', en: 'the strait' },
      rings: [boxOf(122.09, 30.2, 122.16, 30.4)],
      series: [{ at: clock('00:00'), wind_ms: null, gust_ms: null, wave_m: 5, visibility_m: null }],
    };
    const rides = (at: LonLat, areas: readonly (typeof rough)[]): boolean =>
      strait
        .travel({ areas }, [boatAt(at)])
        .alternatives(driver, strait.at('b'), { leave_at: clock('10:00') })
        .some((one) => one.legs.some((leg) => leg.refs.includes('B7')));
    const beyond: LonLat = [122.15, 30.26];
    assert.ok(rides(beyond, []));
    assert.ok(!rides(beyond, [rough]));
    const islands = draw(
      `
      ###################~~~~~###
      ###################~~~~~###
      ###################~~~~~###
      ####x++++++++++++++1~~~2+b#
      ###################~~~~~###
      ###################~~~~~###
      ###################~~~~~###
      `,
    );
    const hill = islands
      .travel({}, [boatAt(islands.at('x'))])
      .alternatives(travellerAt('foot', islands.at('1')), islands.at('b'), { leave_at: clock('10:00') });
    assert.ok(hill.length > 0 && hill.every((one) => one.legs.every((leg) => !leg.refs.includes('B7'))));
  });
});

describe('reach, being there by a moment', () => {
  it('counts from so long before', () => {
    const holds = (areas: readonly Isochrone[], at: LonLat): boolean =>
      areas.some((area) => area.polygons.some((rings) => insideRing(rings[0] ?? [], at)));
    const reach = (time: string): boolean =>
      holds(strait.travel().isochrone(driver, [3600], { arrive_by: clock(time) }), strait.at('b'));
    assert.equal(timeOf(clock('14:10')), '14:10');
    assert.ok(reach('14:50'), 'who left at 13:50 took the boat of 14:10');
    assert.ok(!reach('14:20'), 'at 14:20 nobody is across yet');
    assert.ok(!reach('16:30'), 'who left at 15:30 missed it');
  });
});
