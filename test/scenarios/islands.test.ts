import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toIso } from '#core/base/instant.ts';
import { limits } from '#engines/travel/conditions/conditions.ts';
import type { Journey } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { clock, closing, daysLater, draw, ferryOf, modesOf, reasonOf, timeOf, waits, wayOf } from './drawn.ts';

describe('the mainland strait', () => {
  const strait = draw(
    `
    #########~~~~~~~~########
    #a++++++1~~~~~~~~2+++++b#
    #########~~~~~~~~########
    `,
    { lines: [{ id: 'S', from: '1', to: '2', departs: ['09:00', '14:10'], takes_min: 20, vehicles: true }] },
  );

  it('a car waits for the next ferry and drives on', () => {
    const way = wayOf(strait.journey('car', 'a', 'b', '13:30'));
    assert.equal(modesOf(way), 'car ferry car');
    const ferry = ferryOf(way);
    assert.deepEqual([timeOf(ferry.start), timeOf(ferry.arrive)], ['14:10', '14:30']);
    assert.deepEqual(ferry.refs, ['S', 'S-14:10', '1', '2']);
    assert.equal(ferry.confidence, 'measured');
    assert.match(waits(way), /waiting for the departure at 2026-06-01 14:10Z/);
  });

  it('arriving by three in the afternoon, it leaves in time for that ferry and no earlier', () => {
    const question = travellerAt('car', strait.at('a'));
    const way = wayOf(strait.travel().journey(question, strait.at('b'), { arrive_by: clock('15:00') }));
    assert.equal(timeOf(ferryOf(way).start), '14:10');
    assert.ok(way.arrive <= clock('15:00'));
    const later = wayOf(strait.travel().journey(question, strait.at('b'), { leave_at: (way.start + 5000) as never }));
    assert.ok(later.arrive > clock('15:00'));
  });

  it('by the ferry at 14:10, or at once by a patrol boat that has a seat', () => {
    const name = { zh: '巡逻艇7', en: 'patrol boat 7' };
    const boat = { id: 'B7', name, profile: 'patrol-boat', turnout_s: 60, seats: 4 };
    const boats = [{ ...boat, at: strait.at('1') }];
    const question = travellerAt('car', strait.at('a'));
    const ways = strait.travel({}, boats).alternatives(question, strait.at('b'), { leave_at: clock('11:00') });
    const [boatWay, ferryWay] = ways as readonly [Journey, Journey];
    assert.match(modesOf(boatWay), /^car boat foot$/);
    assert.ok(boatWay.legs.some((leg) => leg.refs.includes('B7')));
    assert.equal(timeOf(ferryOf(ferryWay).start), '14:10');
    assert.ok(boatWay.arrive < ferryWay.arrive);
    assert.equal(
      modesOf(wayOf(strait.travel().journey(question, strait.at('b'), { leave_at: clock('11:00') }))),
      'car ferry car',
    );
  });

  it('the only pier closed is named', () => {
    const reason = reasonOf(strait.journey('car', 'a', 'b', '13:30', closing('2')));
    assert.equal(reason.code, 'closed');
    assert.match(reason.words.en, /pier 2 is closed/);
  });

  it('a pier closed until noon is waited for', () => {
    const way = wayOf(strait.journey('car', 'a', 'b', '08:00', closing('2', '12:00')));
    assert.equal(timeOf(ferryOf(way).start), '14:10');
  });
});

describe('the last ferry', () => {
  const evening = draw(
    `
    #a++1~~~~~~2++b#
    `,
    { lines: [{ id: 'L', from: '1', to: '2', departs: ['07:00', '18:00'], takes_min: 15 }] },
  );

  it('gone, the first of tomorrow is taken', () => {
    const way = wayOf(evening.journey('foot', 'a', 'b', '17:50'));
    assert.equal(timeOf(ferryOf(way).start), '07:00');
    assert.equal(way.arrive > clock('23:59'), true);
  });

  it('of a line that never comes back there is no departure', () => {
    const reason = reasonOf(evening.journey('foot', 'b', 'a', '12:00'));
    assert.equal(reason.code, 'no-connection');
  });

  it('on a line that does not run for days is waited for; beyond eight days the next departure is said', () => {
    const from = (from_day: string) =>
      draw('#a++1~~~~~~2++b#', {
        lines: [{ id: 'L', from: '1', to: '2', departs: ['07:00'], takes_min: 15, from_day }],
      }).journey('foot', 'a', 'b', '12:00');
    assert.equal(toIso(ferryOf(wayOf(from('2026-06-04'))).start), '2026-06-04T07:00:00.000Z');
    const reason = reasonOf(from('2026-06-10'));
    assert.equal(reason.code, 'no-departure');
    assert.match(reason.words.en, /nothing departs within 8 days; the next departure is at 2026-06-10 07:00Z/);
  });
});

describe('the boat of the week', () => {
  /** Thursdays only; 1 June 2026 is a Monday. */
  const outer = draw('#a++1~~~~~~2++b#', {
    lines: [{ id: 'W', from: '1', to: '2', departs: ['09:00'], weekdays: [4], takes_min: 90 }],
  });
  const islander = travellerAt('foot', outer.at('a'));

  it('is waited for, and missed by an hour the next one is a week later', () => {
    const ask = (days: number, time: string) =>
      wayOf(outer.travel().journey(islander, outer.at('b'), { leave_at: daysLater(days, time) }));
    assert.equal(ferryOf(ask(0, '10:00')).start, daysLater(3, '09:00'));
    assert.equal(ferryOf(ask(3, '10:00')).start, daysLater(10, '09:00'));
    assert.match(waits(ask(0, '10:00')), /waiting for the departure at 2026-06-04 09:00Z/);
  });

  it('T9 is left for in time by who has to be there days later', () => {
    const way = wayOf(outer.travel().journey(islander, outer.at('b'), { arrive_by: daysLater(9, '12:00') }));
    assert.equal(ferryOf(way).start, daysLater(3, '09:00'));
    const again = wayOf(outer.travel().journey(islander, outer.at('b'), { leave_at: way.start }));
    assert.equal(again.arrive, way.arrive);
  });

  it('is not gone without when its pier is closed for three days, and the reopening of a road is waited for as long', () => {
    const until = daysLater(3, '06:00');
    const closed = (...what: readonly string[]) => ({
      closures: what.map((one) => ({ what: one, from: clock('00:00'), until, why: null })),
    });
    const way = wayOf(outer.journey('foot', 'a', 'b', '10:00', closed('1')));
    assert.equal(ferryOf(way).start, daysLater(3, '09:00'));
    const bridge = draw('#a++%%%%++b#');
    const over = wayOf(bridge.journey('car', 'a', 'b', '10:00', closed('bridge', 'supposed-launch')));
    assert.equal(over.legs[0]?.arrive, until);
    assert.match(waits(over), /the bridge is closed until 2026-06-04 06:00Z/);
  });
});

describe('the tide ramp', () => {
  /** High water at noon and at midnight, 4 m; low water at six. */
  const tide_m = (_: unknown, time: number): number =>
    2 + 2 * Math.cos(((time % 43_200_000) / 43_200_000) * 2 * Math.PI);
  const ramp = draw(
    `
    #a++1~~~~~~2++b#
    `,
    {
      piers: { 2: { tide_min_m: 2 } },
      lines: [{ id: 'R', from: '1', to: '2', takes_min: 20, wait_min: 10, vehicles: true }],
    },
  );

  it('at low water the ferry waits until the ramp is afloat, and says so', () => {
    const way = wayOf(ramp.journey('car', 'a', 'b', '05:00', { tide_m }));
    const ferry = ferryOf(way);
    assert.equal(timeOf(ferry.arrive).slice(0, 2), '09');
    assert.match(waits(way), /tide at .* m, needs at least 2 m/);
  });

  it('at high water nobody waits for it', () => {
    const way = wayOf(ramp.journey('car', 'a', 'b', '11:00', { tide_m }));
    assert.ok(way.duration_s < 3600);
    assert.doesNotMatch(waits(way), /tide/);
  });

  it('a ramp the tide never reaches gives the tide as the reason', () => {
    const reason = reasonOf(ramp.journey('car', 'a', 'b', '05:00', { tide_m: () => 0.5 }));
    assert.equal(reason.code, 'tide');
    assert.match(reason.words.en, /tide at 0.5 m, needs at least 2 m/);
  });
});

describe('the launch to somebody at sea', () => {
  /** The pier has water enough around noon and midnight only. */
  const tide_m = (_: unknown, time: number): number =>
    2 + 2 * Math.cos(((time % 43_200_000) / 43_200_000) * 2 * Math.PI);
  const bay = draw(
    `
    #a++1~~~~~~~~S
    `,
    { piers: { 1: { tide_min_m: 3 } } },
  );

  it('leaves when the tide lets it, as of when one is at the pier and not of when one was asked', () => {
    const [sunk, afloat] = ['05:00', '11:00'].map((time) => wayOf(bay.journey('foot', 'a', 'S', time, { tide_m })));
    assert.match(waits(sunk as Journey), /tide at .* m, needs at least 3 m/);
    assert.doesNotMatch(waits(afloat as Journey), /tide/);
    const sooner = wayOf(bay.journey('foot', 'a', 'S', '03:00', { tide_m }));
    assert.equal(sooner.arrive, (sunk as Journey).arrive);
  });

  it('T9 to arrive by one o’clock is taken at high water, and leaving then arrives so', () => {
    const one = travellerAt('foot', bay.at('a'));
    const way = wayOf(bay.travel({ tide_m }).journey(one, bay.at('S'), { arrive_by: clock('13:00') }));
    assert.ok(way.start > clock('12:00') && way.arrive <= clock('13:00'));
    const again = wayOf(bay.travel({ tide_m }).journey(one, bay.at('S'), { leave_at: way.start }));
    assert.equal(again.arrive, way.arrive);
    const morning = wayOf(bay.travel({ tide_m }).journey(one, bay.at('S'), { arrive_by: clock('09:00') }));
    assert.ok(morning.start < clock('02:00'), 'before the tide fell');
  });
});

describe('the closed bridge', () => {
  const bridge = draw(
    `
    ###########~~~~~~#########
    #a+++++++++%%%%%%+++++++b#
    ##+########~~~~~~#####+###
    ~~1~~~~~~~~~~~~~~~~~~~2~~~
    `,
    {
      piers: { 1: { kind: 'small' }, 2: { kind: 'small' } },
      ways: new Map([['bridge', limits({ wind_ms: 20 })]]),
    },
  );
  const gale = (wind_ms: number, until: string) => {
    const all = { gust_ms: null, wave_m: null, visibility_m: null };
    const rings = [
      [
        [121.9, 30],
        [123, 30],
        [123, 31],
        [121.9, 31],
        [121.9, 30],
      ] as const,
    ];
    const series = [
      { at: clock('00:00'), wind_ms, ...all },
      { at: clock(until), wind_ms: 5, ...all },
    ];
    return { areas: [{ id: 'w', name: { zh: '海峡', en: 'the strait' }, rings, series }] };
  };

  it('is driven over, and named', () => {
    const way = wayOf(bridge.journey('car', 'a', 'b', '10:00'));
    assert.equal(modesOf(way), 'car');
    assert.ok(way.legs.some((leg) => leg.refs.includes('bridge')));
  });

  it('closed, people go by water; the next question sees it, and “what if it were open” too', () => {
    const open = wayOf(bridge.journey('car', 'a', 'b', '10:00'));
    const way = wayOf(bridge.journey('car', 'a', 'b', '10:00', closing('bridge')));
    assert.match(modesOf(way), /ferry/);
    assert.ok(way.arrive > open.arrive);
    const question = travellerAt('car', bridge.at('a'));
    const [to, when] = [bridge.at('b'), { leave_at: clock('10:00') }];
    const suppose = { close: [], open: ['bridge'] };
    assert.deepEqual(bridge.travel(closing('bridge')).journey(question, to, when, suppose), open);
    assert.deepEqual(bridge.travel().journey(question, to, when, { close: ['bridge'], open: [] }), way);
  });

  it('shut by a gale, it is waited for when that is sooner', () => {
    const way = wayOf(bridge.journey('car', 'a', 'b', '10:00', gale(25, '10:05')));
    assert.equal(modesOf(way), 'car');
    assert.equal(timeOf(way.legs[0]?.arrive ?? way.start), '10:05');
    assert.match(waits(way), /the strait: wind 25 m\/s > limit 20 m\/s/);
    const boats = wayOf(
      bridge.journey('car', 'a', 'b', '10:00', { ...gale(25, '23:00'), ...closing('supposed-launch') }),
    );
    assert.equal(timeOf(boats.legs[0]?.arrive ?? boats.start), '23:00');
  });

  it('too weak for a truck is no way for the truck', () => {
    const weak = draw('#a++%%%++b#', {
      amend: (data) => ({
        ...data,
        ways: {
          ...data.ways,
          max_weight_kg: data.ways.max_weight_kg.map((_, i) => (data.ways.id[i] === 'bridge' ? 10_000 : 0)),
        },
      }),
    });
    assert.equal(modesOf(wayOf(weak.journey('car', 'a', 'b', '10:00'))), 'car');
    assert.equal(modesOf(wayOf(weak.journey('truck', 'a', 'b', '10:00'))), 'foot');
  });
});

describe('the motorcycle on the foot ferry', () => {
  const lines = (vehicles: boolean) => ({
    lines: [{ id: 'F', from: '1', to: '2', takes_min: 15, wait_min: 5, vehicles }],
  });
  const islands = `
    #a++++1~~~~~~2+++b#
    `;

  it('stays behind, and its rider walks on', () => {
    const way = wayOf(draw(islands, lines(false)).journey('motorcycle', 'a', 'b', '10:00'));
    assert.equal(modesOf(way), 'motorcycle ferry foot');
  });

  it('comes along where the ferry takes vehicles', () => {
    const way = wayOf(draw(islands, lines(true)).journey('motorcycle', 'a', 'b', '10:00'));
    assert.equal(modesOf(way), 'motorcycle ferry motorcycle');
  });
});

describe('two islands joined by a ferry of unknown duration', () => {
  it('are joined after a stated wait, and the answer says that it is assumed', () => {
    const islands = draw('#a++1~~~~~~2++b#', {
      lines: [{ id: 'U', from: '1', to: '2', takes_min: 25, wait_min: 30, confidence: 'assumed' }],
    });
    const way = wayOf(islands.journey('foot', 'a', 'b', '10:00'));
    assert.equal(ferryOf(way).confidence, 'assumed');
    assert.ok(way.legs.filter((leg) => leg.mode === 'foot').every((leg) => leg.confidence === 'usual'));
  });

  it('without any line, a launch is taken to come, as an assumption that bears its name', () => {
    const way = wayOf(draw('#a++1~~~~~~2++b#').journey('foot', 'a', 'b', '10:00'));
    const ferry = ferryOf(way);
    assert.equal(ferry.confidence, 'assumed');
    assert.match(ferry.via[0]?.en ?? '', /assumed/);
  });
});

describe('a plain question', () => {
  const town = draw('#a+++++++++b#~~~');

  it('of a car is the drive and nothing else, as other routers count', () => {
    const way = wayOf(town.journey('car', 'a', 'b', '10:00'));
    assert.deepEqual([way.legs.length, way.legs[0]?.mode], [1, 'car']);
    assert.equal(waits(way), '');
  });

  it('T2 of somebody with a turnout begins with it, and all the rest is as much later', () => {
    const plain = travellerAt('car', town.at('a'));
    const [first, second] = [plain, { ...plain, turnout_s: 90 }].map((one) =>
      wayOf(town.travel().journey(one, town.at('b'), { leave_at: clock('10:00') })),
    ) as [Journey, Journey];
    assert.equal(second.duration_s, first.duration_s + 90);
    assert.match(waits(second), /^turning out$/);
  });

  it('of a boat or an aircraft includes its set-up, which comes after the turnout of who takes it', () => {
    const plain = wayOf(town.journey('helicopter', 'a', 'b', '10:00'));
    assert.match(waits(plain), /^making ready; lowered by winch$/);
    assert.equal(plain.legs[0]?.duration_s, 480);
    const crew = { ...travellerAt('patrol-boat', [122.0725, 30.2975]), turnout_s: 60 };
    const boat = wayOf(town.travel().journey(crew, town.at('b'), { leave_at: clock('10:00') }));
    assert.deepEqual(
      boat.legs.slice(0, 2).map((leg) => [leg.mode, leg.duration_s, leg.via[0]?.en]),
      [
        ['wait', 60, 'turning out'],
        ['wait', 180, 'making ready'],
      ],
    );
  });
});

describe('positions', () => {
  const place = draw('#a++1~~~~~~2++b#');
  it('at the pole, or nowhere, are no positions', () => {
    assert.equal(reasonOf(place.journey('foot', [0, 90], 'b', '10:00')).code, 'position-invalid');
    assert.equal(reasonOf(place.journey('foot', 'a', [Number.NaN, 30], '10:00')).code, 'position-invalid');
  });
  it('far from every road and water lead nowhere', () => {
    assert.equal(reasonOf(place.journey('car', 'a', [100, 10], '10:00')).code, 'off-network');
  });
  it('need a profile that was declared', () => {
    assert.throws(() => place.journey('hovercraft', 'a', 'b', '10:00'), /hovercraft/);
  });
});
