import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instant } from '#core/base/instant.ts';
import type { Closure, Conditions } from '#engines/travel/conditions/conditions.ts';
import { CALM, limits } from '#engines/travel/conditions/conditions.ts';
import { Engine } from '#engines/travel/join/engine.ts';
import { Search } from '#engines/travel/join/search.ts';
import type { Traveller } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { clock, draw } from './drawn.ts';
import type { Drawn } from './drawn.ts';

/** Three islands: a bridge, a timetable, a tide ramp, a line without timetable, a ground for helicopters; an islet, and a spot at sea. */
const threeIslands = () =>
  draw(
    `
  ######~~~~~~~~~######~~~~~~
  #a+++1~~~~~~~~~2+++b#~~~~~~
  ###+##~~~~~~~~~##+###~~~~~~
  ###c+%%%%%%%%%%+++d##~~~~~~
  ###+##~~~~~~~~~##+###~~~~~~
  ###3##~~~~~~~~~##4###~~~~~~
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~
  ~~~~~~~~~~5++e+##~~~~~~~~~~
  ~~~~~~~~~~####H##~~~~~~~~~~
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~
  ~~~~~~S~~~~~~~~~~~~##Z#~~~~
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
    {
      piers: { 4: { tide_min_m: 2 } },
      currents: [
        {
          id: 'stream',
          east_ms: 1.5,
          north_ms: -0.5,
          rings: [
            [
              [122.03, 30.25],
              [122.08, 30.25],
              [122.08, 30.31],
              [122.03, 30.31],
              [122.03, 30.25],
            ],
          ],
        },
      ],
      ways: new Map([['bridge', limits({ wind_ms: 20 })]]),
      lines: [
        { id: 'T', from: '1', to: '2', departs: ['06:30', '09:15', '12:00', '17:45'], takes_min: 20, vehicles: true },
        { id: 'T-back', from: '2', to: '1', departs: ['07:30', '10:15', '18:30'], takes_min: 20, vehicles: true },
        { id: 'U', from: '3', to: '5', wait_min: 20, takes_min: 25, confidence: 'assumed' },
        { id: 'V', from: '4', to: '5', wait_min: 10, takes_min: 15, vehicles: true, carrier: 'vehicle-ferry' },
      ],
    },
  );
const place = threeIslands();

/** An island without a pier, a long way round a bay that is a short way across. */
const bay = draw(`
  ~~~~~~~~~~~~~~~~~
  ~###############~
  ~#f::::::::::::#~
  ~#############:#~
  ~~~~~~~~~~~~~#:#~
  ~~~~~~~~~~~~~#:#~
  ~~~~~~~~~~~~~#:#~
  ~~~~~~~~~~~~~#:#~
  ~#############:#~
  ~#g::::::::::::#~
  ~###############~
  ~~~~~~~~~~~~~~~~~
  `);

const SPOTS = ['a', 'b', 'c', 'd', 'e', 'S', 'Z'] as const;
const spot = fc.constantFrom(...SPOTS);
const profile = fc.constantFrom('foot', 'car', 'motorcycle', 'truck', 'helicopter', 'patrol-boat');
const traveller: fc.Arbitrary<Traveller> = fc
  .tuple(profile, spot)
  .map(([own, from]) => travellerAt(own, place.at(from), `${own} at ${from}`));
const group = fc.array(traveller, { minLength: 1, maxLength: 5 });
const moment = fc.integer({ min: 0, max: 24 * 60 }).map((minutes) => instant(clock('00:00') + minutes * 60_000));
const CLOSABLE = ['bridge', '1', '2', '3', '4', '5', 'H', 'T', 'U', 'V', 'T-09:15', 'road-1-1-1'];
const closure: fc.Arbitrary<Closure> = fc
  .tuple(fc.constantFrom(...CLOSABLE), moment, fc.option(fc.integer({ min: 1, max: 600 })))
  .map(([what, from, minutes]) => ({
    what,
    from,
    until: minutes === null ? null : instant(from + minutes * 60_000),
    why: null,
  }));
const forEver = fc
  .constantFrom(...CLOSABLE)
  .map((what): Closure => ({ what, from: instant(0), until: null, why: null }));
const tide_m: Conditions['tide_m'] = (_, time) => 2 + 2 * Math.cos(((time % 43_200_000) / 43_200_000) * 2 * Math.PI);
const all = { gust_ms: null, visibility_m: null };
const weather: fc.Arbitrary<Conditions['areas']> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 4 })), { maxLength: 5 })
  .map((steps) => [
    {
      id: 'sea',
      name: { zh: '海', en: 'the sea' },
      rings: [
        [
          [121.9, 30],
          [123, 30],
          [123, 31],
          [121.9, 31],
          [121.9, 30],
        ],
      ],
      series: steps.map(([wind_ms, wave_m], i) => ({
        at: instant(clock('00:00') + i * 4 * 3_600_000),
        wind_ms,
        wave_m,
        ...all,
      })),
    },
  ]);

const soonest = (duration_s: number | null): number => duration_s ?? Infinity;

const ashore = fc.constantFrom('f', 'g');
/** So many that they are worked out together, and so few that they are not. */
const crowd = (from: fc.Arbitrary<string>): fc.Arbitrary<(drawn: Drawn) => readonly Traveller[]> =>
  fc.array(fc.tuple(profile, from), { minLength: 1, maxLength: 20 }).map(
    (people) => (drawn) =>
      people.map(([own, name], i) => ({
        ...travellerAt(own, drawn.at(name), `${i}: ${own} at ${name}`),
        turnout_s: i % 3 === 0 ? 60 : 0,
      })),
  );

describe('islands, whatever is asked', () => {
  it('the soonest way of everybody in a crowd is the soonest of all ways there are, however quickly it was found', () => {
    const looked = { quickly: 0, closer: 0 };
    const asked = fc.oneof(
      { weight: 3, arbitrary: fc.record({ drawn: fc.constant(place), people: crowd(spot), to: spot }) },
      fc.record({ drawn: fc.constant(bay), people: crowd(ashore), to: ashore }),
    );
    fc.assert(
      fc.property(
        asked,
        fc.record({ at: moment, closures: fc.array(closure, { maxLength: 3 }), areas: weather }),
        fc.integer({ min: 0, max: 600 }),
        ({ drawn, people, to }, { at, closures, areas }, minutes) => {
          const conditions = { ...CALM, closures, areas, tide_m };
          const [engine, those] = [new Engine(drawn.ground, conditions, []), people(drawn)];
          const party = new Search(engine, conditions, drawn.at(to)).party(drawn.ground.crowd(those), at, at);
          for (const moment_ms of [at, at + minutes * 60_000])
            those.forEach((one, i) => {
              const all = party.ways(i, moment_ms, true).map((way) => way.arrive);
              assert.equal(party.best(i, moment_ms)?.arrive ?? Infinity, Math.min(Infinity, ...all), one.id);
              looked[party.isDriven(i) ? 'quickly' : 'closer'] += 1;
            });
        },
      ),
      { numRuns: 400, seed: 16 },
    );
    assert.ok(looked.quickly > 200 && looked.closer > 200, JSON.stringify(looked));
  });

  it('T4 a list that is asked about again is answered as before, whoever of it was asked about elsewhere meanwhile', () => {
    const at = instant(clock('09:00'));
    const standing = (from: (i: number) => string): readonly Traveller[] =>
      Array.from({ length: 12 }, (_, i) => travellerAt('car', place.at(from(i)), `car ${i}`));
    const travel = place.travel({ tide_m });
    const ask = (people: readonly Traveller[]) => travel.toPlace(people, place.at('d'), { leave_at: at });
    const people = standing((i) => SPOTS[i % SPOTS.length] as string);
    const before = ask(people);
    assert.deepEqual(ask(people.toReversed()), before.toReversed());
    assert.notDeepEqual(ask(standing(() => 'b')), before);
    assert.deepEqual(ask(people), before);
  });

  it('T4 a hundred who come at once, move at once or one by one are answered as if each were alone', () => {
    const [together, apart] = [threeIslands(), threeIslands()];
    const people = Array.from({ length: 100 }, (_, i): Traveller => {
      const profile = i % 6 === 0 ? 'foot' : 'car';
      return { ...travellerAt(profile, place.at(SPOTS[i % 5] as string), `${i}`), turnout_s: (i % 4) * 20 };
    });
    const elsewhere = (i: number): Traveller => ({
      ...(people[i] as Traveller),
      at: place.at(SPOTS[(i + 2) % 5] as string),
    });
    const crowds: readonly (readonly Traveller[])[] = [
      ...Array.from({ length: 12 }, () => people),
      people.map((one, i) => (i < 70 ? elsewhere(i) : one)),
      people.map((one, i) => (i > 0 && i < 70 ? elsewhere(i) : one)),
      people.toReversed(),
      people,
    ];
    crowds.forEach((asked, turn) => {
      const [to, when] = [place.at(SPOTS[turn % 5] as string), { leave_at: instant(clock('09:00')) }];
      const closed = { close: turn % 4 === 3 ? ['bridge'] : [], open: [] };
      const alone = asked.flatMap((one) => apart.travel({ tide_m }).toPlace([one], to, when, closed));
      assert.deepEqual(together.travel({ tide_m }).toPlace(asked, to, when, closed), alone, `question ${turn}`);
    });
  });

  it('T8 nobody arrives before it departs, leg follows leg, and the journey agrees with the table', () => {
    fc.assert(
      fc.property(
        group,
        spot,
        moment,
        fc.array(closure, { maxLength: 3 }),
        weather,
        (people, to, at, closures, areas) => {
          const travel = place.travel({ closures, areas, tide_m });
          const table = travel.toPlace(people, place.at(to), { leave_at: at });
          people.forEach((one, i) => {
            const way = travel.journey(one, place.at(to), { leave_at: at });
            const arrival = table[i];
            if ('code' in way) {
              assert.deepEqual(arrival?.reason, way);
              return;
            }
            assert.equal(arrival?.duration_s, way.duration_s);
            assert.equal(way.start, at);
            let now: number = at;
            for (const leg of way.legs) {
              assert.ok(Math.abs(leg.start - now) <= 1000, `${leg.mode} begins ${leg.start - now} ms off`);
              assert.ok(leg.arrive >= leg.start);
              now = leg.arrive;
            }
            assert.ok(Math.abs(way.arrive - now) <= 1000, `ends ${way.arrive - now} ms off`);
          });
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });

  it('T7 closing something never makes anything faster', () => {
    fc.assert(
      fc.property(group, spot, moment, fc.array(forEver, { maxLength: 3 }), forEver, (people, to, at, before, more) => {
        const when = { leave_at: at };
        const open = place.travel({ closures: before, tide_m }).toPlace(people, place.at(to), when);
        const shut = place.travel({ closures: [...before, more], tide_m }).toPlace(people, place.at(to), when);
        shut.forEach((one, i) => {
          assert.ok(soonest(one.duration_s) >= soonest(open[i]?.duration_s ?? null), `${one.id} without ${more.what}`);
        });
      }),
      { numRuns: 150, seed: 12 },
    );
  });

  it('T8 leaving later never arrives earlier', () => {
    fc.assert(
      fc.property(group, spot, moment, fc.integer({ min: 0, max: 400 }), weather, (people, to, at, minutes, areas) => {
        const travel = place.travel({ areas, tide_m });
        const later = instant(at + minutes * 60_000);
        const first = travel.toPlace(people, place.at(to), { leave_at: at });
        const second = travel.toPlace(people, place.at(to), { leave_at: later });
        first.forEach((one, i) => {
          const other = second[i]?.duration_s ?? null;
          if (other === null || one.duration_s === null) return;
          assert.ok(later + other * 1000 >= at + one.duration_s * 1000 - 1000, `${one.id} → ${to}`);
        });
      }),
      { numRuns: 150, seed: 13 },
    );
  });

  it('T9 arriving by a moment is in time, and leaving when it says arrives then', () => {
    fc.assert(
      fc.property(traveller, spot, moment, (one, to, by) => {
        const travel = place.travel({ tide_m });
        const way = travel.journey(one, place.at(to), { arrive_by: by });
        if ('code' in way) return;
        assert.ok(way.arrive <= by);
        const again = travel.toPlace([one], place.at(to), { leave_at: way.start })[0];
        assert.ok(Math.abs(soonest(again?.duration_s ?? null) - way.duration_s) <= 1);
      }),
      { numRuns: 100, seed: 14 },
    );
  });
});
