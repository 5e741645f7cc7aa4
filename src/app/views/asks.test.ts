import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountId, siteId } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import { ENVELOPE_VERSION, GENESIS } from '#core/ledger/envelope.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { Asks } from './asks.ts';

const CITY = siteId('city');
const ISLAND = siteId('island');
const event = (site: SiteId, seq: number, type: string, body: JsonObject): Envelope => ({
  v: ENVELOPE_VERSION,
  site,
  seq,
  time: [1_700_000_000_000 as Instant, seq],
  matter: null,
  kind: 'site',
  type,
  actor: accountId('desk'),
  purpose: null,
  command: null,
  body,
  prev: GENESIS,
});
const asked = event(CITY, 5, 'asked', {
  owner: ISLAND,
  matter: 'IS-261121-0001',
  step: 'note',
  subject: null,
  facts: {},
  roles: ['dispatcher'],
  units: [],
  key: 'key-0001',
});
const withdrawn = event(CITY, 6, 'withdrawn', { ask: 5 });
const done = event(ISLAND, 9, 'answered', { site: CITY, ask: 5, declined: null });
const declined = event(ISLAND, 9, 'answered', {
  site: CITY,
  ask: 5,
  declined: { code: 'step-not-now', words: { zh: '不行', en: 'no' } },
});
const after = (...events: readonly Envelope[]) => {
  const asks = new Asks();
  for (const one of events) asks.fold(one);
  return asks.get(CITY, 5);
};

describe('S12 steps asked of other sites', () => {
  test('wait until they are answered or withdrawn', () => {
    assert.equal(after(asked)?.state, 'waiting');
    assert.equal(after(asked, done)?.state, 'done');
    assert.deepEqual(
      [after(asked, declined)?.state, after(asked, declined)?.declined?.code],
      ['declined', 'step-not-now'],
    );
    assert.equal(after(asked, withdrawn)?.state, 'withdrawn');
  });

  test('an answer that is learnt of before the ask counts, and one withdrawn too late was done all the same', () => {
    assert.equal(after(done, asked)?.state, 'done');
    assert.equal(after(declined, asked)?.state, 'declined');
    assert.equal(after(asked, withdrawn, done)?.state, 'done');
    assert.equal(after(asked, done, withdrawn)?.state, 'done');
  });

  test('nobody but the owner answers', () => {
    const forged = event(siteId('other'), 3, 'answered', { site: CITY, ask: 5, declined: null });
    assert.equal(after(asked, forged)?.state, 'waiting');
  });

  test('the same command of the same person is known by its key', () => {
    const asks = new Asks();
    asks.fold(asked);
    assert.equal(asks.repeated(CITY, accountId('desk'), 'key-0001')?.seq, 5);
    assert.equal(asks.repeated(CITY, accountId('other'), 'key-0001'), null);
    assert.deepEqual([...asks.waiting()].length, 1);
    assert.equal(asks.fold(event(CITY, 7, 'sung', {})), null);
  });
});
