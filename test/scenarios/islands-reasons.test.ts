import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Conditions } from '#engines/travel/conditions/conditions.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { boxOf, clock, closing, draw, modesOf, reasonOf, waits, wayOf } from './drawn.ts';

const shut = (...what: readonly string[]): Partial<Conditions> => ({
  closures: what.map((one) => ({ what: one, from: clock('00:00'), until: null, why: null })),
});

describe('why nothing gets there', () => {
  const crossing = draw(
    `
    ##########~~~~~~#########
    #a++++++++%%%%%%++++++b##
    ###+######~~~~~~####+####
    ~~~1~~~~~~~~~~~~~~~~2~~~~
    `,
    {
      lines: [{ id: 'F', from: '1', to: '2', departs: ['09:00', '15:00'], takes_min: 30, vehicles: true }],
      areas: [
        {
          id: 'works',
          name: { zh: '施工区', en: 'the works' },
          of: 'sea',
          always: false,
          rings: [boxOf(122.06, 30.2, 122.07, 30.4)],
        },
        {
          id: 'range',
          name: { zh: '靶场', en: 'the range' },
          of: 'air',
          always: false,
          rings: [boxOf(122.09, 30.2, 122.2, 30.4)],
        },
        {
          id: 'base',
          name: { zh: '机场', en: 'the airfield' },
          of: 'air',
          always: true,
          rings: [boxOf(122.5, 30.2, 122.6, 30.4)],
        },
      ],
    },
  );

  it('names everything on the way that is closed, not the first thing alone', () => {
    const road = reasonOf(crossing.journey('car', 'a', 'b', '10:00', shut('bridge', '2', 'supposed-launch')));
    assert.deepEqual([road.code, road.words.en], ['closed', 'the bridge is closed'], 'the way that would be taken');
    const ferry = draw('#a++1~~~~~~2++b#', {
      lines: [{ id: 'F', from: '1', to: '2', departs: ['09:00', '15:00'], takes_min: 30 }],
    });
    const piers = reasonOf(ferry.journey('foot', 'a', 'b', '10:00', shut('1', '2')));
    assert.equal(piers.words.en, 'pier 1 is closed; pier 2 is closed');
    assert.equal(piers.words.zh, '码头1已关闭；码头2已关闭');
  });

  it('names the area of the sea that boats may not pass', () => {
    const works = { what: 'works', from: clock('00:00'), until: null, why: { zh: '爆破', en: 'blasting' } };
    const closures = [...(shut('bridge').closures ?? []), works];
    const reason = reasonOf(crossing.journey('patrol-boat', [122.03, 30.275], '2', '10:00', { closures }));
    assert.deepEqual([reason.code, reason.words.en], ['closed', 'the works is closed (blasting)']);
    assert.equal(reason.words.zh, '施工区已关闭（爆破）');
  });

  it('names the no-fly area in force, and the one that always is', () => {
    const reason = reasonOf(crossing.journey('helicopter', 'a', 'b', '10:00', shut('range')));
    assert.deepEqual([reason.code, reason.words.en], ['closed', 'the range is closed']);
    const always = reasonOf(crossing.journey('helicopter', 'a', [122.55, 30.3], '10:00'));
    assert.equal(always.code, 'no-landing');
    assert.match(always.words.en, /no-fly area the airfield/);
  });
});

describe('supposing', () => {
  const tide_m = (): number => 0.5;
  const ramp = draw('#a++1~~~~~~2++b#', {
    piers: { 2: { tide_min_m: 2 } },
    lines: [{ id: 'R', from: '1', to: '2', takes_min: 20, wait_min: 10, vehicles: true }],
  });

  it('a pier open that is closed still minds the tide, whatever was asked before', () => {
    const travel = ramp.travel({ ...closing('1'), tide_m });
    const one = travellerAt('car', ramp.at('a'));
    const when = { leave_at: clock('10:00') };
    assert.equal(reasonOf(travel.journey(one, ramp.at('b'), when)).code, 'closed');
    const supposed = travel.journey(one, ramp.at('b'), when, { close: [], open: ['1'] });
    assert.equal(reasonOf(supposed).code, 'tide');
  });
});

describe('waiting for a road to open', () => {
  const bridge = draw('#a++%%%%++b#');
  const closures = ['bridge', 'supposed-launch'].map((what) => ({
    what,
    from: clock('00:00'),
    until: clock('12:00'),
    why: null,
  }));
  const leaving = (time: string, turnout_s: number) =>
    wayOf(
      bridge
        .travel({ closures })
        .journey({ ...travellerAt('car', bridge.at('a')), turnout_s }, bridge.at('b'), { leave_at: clock(time) }),
    );

  it('is spent turning out where that takes as long', () => {
    const plain = leaving('11:00', 0);
    assert.equal(plain.legs[0]?.arrive, clock('12:00'));
    assert.match(waits(plain), /the bridge is closed until 2026-06-01 12:00Z/);
    const crew = leaving('11:00', 600);
    assert.deepEqual(
      [crew.arrive, crew.legs[0]?.arrive, crew.legs[1]?.arrive],
      [plain.arrive, clock('11:50'), clock('12:00')],
    );
    const late = leaving('11:55', 600);
    assert.deepEqual([modesOf(late), waits(late)], ['car', 'turning out']);
    assert.equal(late.arrive, plain.arrive + 300_000);
  });
});
