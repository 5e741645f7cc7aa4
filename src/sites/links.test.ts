import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { CUT_MS, Links } from './links.ts';
import type { Beat, Clocks } from './links.ts';

const CITY = siteId('city');
const ISLAND = siteId('island');
const at = (steady: number, wall = 1_700_000_000_000 + steady): Clocks => ({ steady, wall: wall as Instant });

/** A city and an island whose wall clock is off, with a way between them; the state of the island as the city sees it. */
const talk = (skew_ms: number, out_ms: number, back_ms: number, rounds = 3) => {
  const city = new Links([ISLAND]);
  const island = new Links([CITY]);
  const beatOf = (links: Links, clocks: Clocks): Beat => links.beats(clocks)[0]?.beat as Beat;
  let now = 0;
  const island_wall = (): Clocks => at(now, 1_700_000_000_000 + now + skew_ms);
  for (let round = 0; round < rounds; round += 1) {
    const out = beatOf(city, at(now));
    now += out_ms;
    island.heard(CITY, island_wall());
    island.beaten(CITY, out, island_wall());
    now += 500;
    const back = beatOf(island, island_wall());
    now += back_ms;
    city.heard(ISLAND, at(now));
    city.beaten(ISLAND, back, at(now));
    now += 1500;
  }
  return city.states()[0];
};

describe('links to neighbours', () => {
  test('S10 a first word links, silence cuts, and the time of either is kept', () => {
    const links = new Links([ISLAND]);
    assert.equal(links.states()[0]?.linked, false);
    assert.deepEqual(links.heard(ISLAND, at(100)), [{ type: 'linked', peer: ISLAND }]);
    assert.deepEqual(links.heard(ISLAND, at(200)), []);
    assert.deepEqual(links.silent(at(200 + CUT_MS - 1)), []);
    assert.deepEqual(links.silent(at(200 + CUT_MS)), [{ type: 'cut', peer: ISLAND }]);
    assert.deepEqual(links.silent(at(300 + CUT_MS)), []);
    const [state] = links.states();
    assert.deepEqual([state?.linked, state?.since, state?.heard], [false, 200, 200], 'cut since it was last heard');
  });

  test('a stranger changes nothing', () => {
    const links = new Links([ISLAND]);
    assert.deepEqual(links.heard(siteId('stranger'), at(1)), []);
  });

  test('S10 the other clock is measured, over links of any length', () => {
    assert.equal(talk(0, 20, 20)?.skew_ms, 0);
    assert.equal(talk(7000, 20, 20)?.skew_ms, 7000);
    assert.equal(talk(-48 * 3_600_000, 900, 900)?.skew_ms, -48 * 3_600_000);
    assert.equal(talk(0, 20, 20)?.roundTrip_ms, 40);
    assert.equal(talk(0, 300, 100)?.skew_ms, 100, 'off by half the difference of the two ways, no more can be known');
  });

  test('S10 a wall clock that is set measures nothing and cuts nothing', () => {
    const links = new Links([ISLAND]);
    links.heard(ISLAND, at(0));
    const sent = 1_700_000_000_000 as Instant;
    links.beaten(ISLAND, { type: 'beat', sent, echo: { sent, heard: sent } }, at(100, 1_700_000_000_000 - 3_600_000));
    assert.equal(links.states()[0]?.skew_ms, null);
    assert.deepEqual(links.silent(at(200, 1_800_000_000_000)), []);
  });
});
