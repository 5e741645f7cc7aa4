import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { after, always, arrival, better, inWindows } from './functions.ts';
import type { Going } from './functions.ts';

const LAST = 60;
const window = fc
  .tuple(fc.integer({ min: 0, max: LAST }), fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, long, takes]) => [from, from + long, takes] as const);
const windows = fc.array(window, { maxLength: 6 });
const going = fc
  .tuple(windows, fc.option(fc.integer({ min: 0, max: 40 })))
  .map(([list, steady]): readonly [Going, (at: number) => number] => [
    better(inWindows(list.flat()), always(steady ?? Infinity)),
    (at) =>
      Math.min(
        at + (steady ?? Infinity),
        ...list.map(([from, until, takes]) => (until >= at ? Math.max(from, at) + takes : Infinity)),
      ),
  ]);
/** Moments and the halves between. */
const moments = Array.from({ length: 200 }, (_, i) => i / 2 - 10);

describe('arrivals as functions of time', () => {
  it('say what the plain list of windows says', () => {
    fc.assert(
      fc.property(going, ([made, plain]) => {
        for (const at of moments) assert.equal(arrival(made, at), plain(at), `at ${at}`);
      }),
    );
  });

  it('one after another arrive as going on from the arrival does', () => {
    fc.assert(
      fc.property(going, going, ([first, plainFirst], [next, plainNext]) => {
        const whole = after(first, next);
        for (const at of moments) {
          const middle = plainFirst(at);
          assert.equal(arrival(whole, at), middle === Infinity ? Infinity : plainNext(middle), `at ${at}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the better of two is the better at every moment', () => {
    fc.assert(
      fc.property(going, going, ([one, plainOne], [other, plainOther]) => {
        const best = better(one, other);
        for (const at of moments) assert.equal(arrival(best, at), Math.min(plainOne(at), plainOther(at)), `at ${at}`);
      }),
    );
  });

  it('never arrive earlier for leaving later, nor before leaving', () => {
    fc.assert(
      fc.property(going, going, ([one], [other]) => {
        const whole = after(one, other);
        moments.reduce((before, at) => {
          const there = arrival(whole, at);
          assert.ok(there >= before && there >= at);
          return there;
        }, -Infinity);
      }),
    );
  });
});
