import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instant } from '#core/base/instant.ts';
import type { Closure, Conditions } from '#engines/travel/conditions/conditions.ts';
import type { Arrival, Traveller } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { clock, draw } from './drawn.ts';
import type { DrawnMore } from './drawn.ts';

/** Boats of the week, of every day, and of a season that begins while one asks; a bridge. */
const LINES: DrawnMore['lines'] = [
  { id: 'W', from: '1', to: '2', departs: ['09:00'], weekdays: [4], takes_min: 90, vehicles: true },
  { id: 'W-back', from: '2', to: '1', departs: ['12:00'], weekdays: [4], takes_min: 90, vehicles: true },
  { id: 'D', from: '3', to: '4', departs: ['08:00', '16:30'], takes_min: 25 },
  { id: 'S', from: '1', to: '4', departs: ['13:00'], from_day: '2026-06-09', takes_min: 40 },
];
const outer = draw(
  `
  #a++1~~~~~~2+b+3~~~~~~4+c#
  ##########~####+####~~##+#
  ~~~~~~~~~~~####+%%%%%%%+##
  `,
  { piers: { 4: { tide_min_m: 1 } }, lines: LINES },
);
/** The same with an islet that has a boat from the second week on only: until then a launch is supposed. */
const seasonal = draw(
  `
  #a++1~~~~~~2+b+3~~~~~~4+c#
  ##########~####+####~~##+#
  ~~~~~~~~~~~####+%%%%%%%+##
  ~~5+e##~~~~~~~~~~~~~~~~~~~
  `,
  {
    piers: { 4: { tide_min_m: 1 } },
    lines: [...LINES, { id: 'E', from: '5', to: '1', departs: ['10:00'], from_day: '2026-06-15', takes_min: 20 }],
  },
);
const drawing = fc.constantFrom(
  { place: outer, spots: ['a', 'b', 'c'] },
  { place: outer, spots: ['a', 'b', 'c'] },
  { place: seasonal, spots: ['a', 'b', 'c', 'e'] },
);

const MINUTE_MS = 60_000;
/** Somebody somewhere, and where to. */
const question = fc
  .tuple(drawing, fc.constantFrom('foot', 'car', 'patrol-boat'), fc.nat(11), fc.nat(11), fc.constantFrom(0, 60, 600))
  .map(([{ place, spots }, profile, from, to, turnout_s]) => {
    const [start, end] = [spots[from % spots.length] as string, spots[to % spots.length] as string];
    const one: Traveller = { ...travellerAt(profile, place.at(start), `${profile} at ${start}`), turnout_s };
    return { place, one, to: place.at(end) };
  });
const moment = fc
  .integer({ min: 0, max: 14 * 24 * 60 })
  .map((minutes) => instant(clock('00:00') + minutes * MINUTE_MS));
const CLOSABLE = ['bridge', '1', '2', '4', 'W', 'D', 'S', 'supposed-launch', 'road-2-0-1'];
const closures: fc.Arbitrary<readonly Closure[]> = fc.array(
  fc
    .tuple(fc.constantFrom(...CLOSABLE), moment, fc.option(fc.integer({ min: 1, max: 9 * 24 * 60 })))
    .map(([what, from, minutes]) => ({
      what,
      from,
      until: minutes === null ? null : instant(from + minutes * MINUTE_MS),
      why: null,
    })),
  { maxLength: 4 },
);
const tide_m: Conditions['tide_m'] = (_, time) => 2 + 2 * Math.cos(((time % 43_200_000) / 43_200_000) * 2 * Math.PI);
const when = (arrival: Arrival | undefined, from: number): number =>
  arrival?.duration_s === null || arrival === undefined ? Infinity : from + arrival.duration_s * 1000;

describe('days ahead, whatever is asked', () => {
  it('T8 who leaves later never arrives earlier, across the end of what is looked at first', () => {
    let far = 0;
    fc.assert(
      fc.property(
        question,
        moment,
        fc.integer({ min: 1, max: 4000 }),
        closures,
        ({ place, one, to }, at, later_min, shut) => {
          const travel = place.travel({ closures: shut, tide_m });
          const later = instant(at + later_min * MINUTE_MS);
          const [first] = travel.toPlace([one], to, { leave_at: at });
          const [second] = travel.toPlace([one], to, { leave_at: later });
          if ((first?.duration_s ?? 0) > 2 * 86_400) far += 1;
          if (first?.duration_s === null || second?.duration_s === null) return;
          assert.ok(when(second, later) >= when(first, at) - 1000, `${one.id} → ${String(to)}`);
        },
      ),
      { numRuns: 300, seed: 31 },
    );
    assert.ok(far > 20, `only ${far} of the answers are more than two days off`);
  });

  it('T9 arriving by a moment is in time, and leaving when it says arrives so', () => {
    let early = 0;
    fc.assert(
      fc.property(question, moment, closures, ({ place, one, to }, by, shut) => {
        const travel = place.travel({ closures: shut, tide_m });
        const [way] = travel.toPlace([one], to, { arrive_by: by });
        const journey = travel.journey(one, to, { arrive_by: by });
        if ('code' in journey) {
          assert.equal(way?.duration_s, null);
          // Nobody who left on one of the days before is there in time.
          const before = instant(by - 6 * 86_400_000);
          assert.ok(when(travel.toPlace([one], to, { leave_at: before })[0], before) > by);
          return;
        }
        assert.ok(journey.arrive <= by);
        if (journey.start < by - 2 * 86_400_000) early += 1;
        const [again] = travel.toPlace([one], to, { leave_at: journey.start });
        assert.ok(Math.abs((again?.duration_s ?? Infinity) - journey.duration_s) <= 1);
        const late = instant(journey.start + 2000);
        assert.ok(when(travel.toPlace([one], to, { leave_at: late })[0], late) > by);
      }),
      { numRuns: 200, seed: 32 },
    );
    assert.ok(early > 10, `only ${early} leave more than two days before`);
  });

  it('T7 closing something never makes anything faster', () => {
    fc.assert(
      fc.property(question, moment, closures, fc.constantFrom(...CLOSABLE), ({ place, one, to }, at, shut, more) => {
        const asked = { leave_at: at };
        const before = place.travel({ closures: shut, tide_m }).toPlace([one], to, asked);
        const added: Closure = { what: more, from: instant(0), until: null, why: null };
        const after = place.travel({ closures: [...shut, added], tide_m }).toPlace([one], to, asked);
        assert.ok(when(after[0], at) >= when(before[0], at), `${one.id} without ${more}`);
      }),
      { numRuns: 200, seed: 33 },
    );
  });
});
