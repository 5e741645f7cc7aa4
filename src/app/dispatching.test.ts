import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { siteId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Travel } from '#engines/travel/spi.ts';
import { Dispatching, TravelUnready } from './dispatching.ts';
import type { Engines } from './dispatching.ts';
import { Views } from './views/views.ts';

const HOUR = 3_600_000;

/** A site whose travel only tells for which moments it is made ready, two pieces for each. */
const site = () => {
  const views = new Views(siteId('test'), new Map());
  const told: number[] = [];
  const state = { now: instant(HOUR), isOpen: true, changes: false };
  const travel = (): Travel => ({
    toPlace: () => [],
    matrix: () => [],
    journey: () => ({ code: 'no-connection', words: { zh: '无路', en: 'no road' } }),
    alternatives: () => [],
    isochrone: () => [],
    *ready(at: Instant) {
      told.push(at);
      yield;
      yield;
    },
    has: () => true,
  });
  const open: Engines = { travel, rank: () => ({ candidates: [], excluded: [] }), districtOf: () => null };
  const closed: Engines = { ...open, travel: null };
  const dispatching = new Dispatching(
    views,
    () => (state.isOpen ? open : closed),
    () => state.now,
  );
  const weather = (): void => views.weather.put('north', []);
  let turns = 0;
  const keep = async (): Promise<readonly number[]> => {
    await dispatching.keepReady(async () => {
      turns += 1;
      if (state.changes && turns % 4 === 2) weather();
    });
    return told.splice(0);
  };
  return { dispatching, state, weather, keep, turns: () => turns };
};

describe('travel kept ready', () => {
  test('is not there while the place is being made ready, and says so', async () => {
    const { dispatching, state, keep } = site();
    state.isOpen = false;
    assert.deepEqual(await keep(), []);
    assert.equal(dispatching.isReady, false);
    assert.throws(() => dispatching.travel(), TravelUnready);
    state.isOpen = true;
    assert.deepEqual(await keep(), [HOUR, HOUR + 120_000]);
    assert.equal(dispatching.isReady, true);
  });

  test('is made ready for now and for two minutes ahead, with a turn for others after each piece, and not again until it must', async () => {
    const { state, weather, keep, turns } = site();
    await keep();
    assert.equal(turns(), 4);
    assert.deepEqual(await keep(), []);
    state.now = instant(HOUR + 59_000);
    assert.deepEqual(await keep(), []);
    state.now = instant(HOUR + 60_000);
    assert.deepEqual(await keep(), [HOUR + 60_000, HOUR + 180_000]);
    weather();
    assert.deepEqual(await keep(), [HOUR + 60_000, HOUR + 180_000]);
    assert.deepEqual(await keep(), []);
  });

  test('is left alone when the weather turns meanwhile, and begun anew the next time', async () => {
    const { dispatching, state, keep } = site();
    state.changes = true;
    assert.deepEqual(await keep(), [HOUR]);
    assert.equal(dispatching.isReady, false);
    state.changes = false;
    assert.deepEqual(await keep(), [HOUR, HOUR + 120_000]);
    assert.equal(dispatching.isReady, true);
  });
});
