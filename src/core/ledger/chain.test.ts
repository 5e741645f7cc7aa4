import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountId, matterId, siteId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { emptyChain, extend, tipOf } from './chain.ts';
import { GENESIS } from './envelope.ts';
import type { Draft } from './envelope.ts';
import { headText, parseHead, signedText } from './heads.ts';
import { bodyVersion, parseEvent, upcasting } from './parse.ts';
import { firstBadOf } from './window.ts';

const digest = createDigest();
const draft: Draft = {
  matter: matterId('PT-261121-0007'),
  kind: 'incident',
  type: 'raised',
  actor: accountId('desk-1'),
  purpose: null,
  command: null,
  body: { what: '落水 "one"\n' },
};
const stamp = [instant(1_763_700_000_000), 2] as const;
const site = siteId('zs-putuo');

describe('the chain', () => {
  const grown = extend(digest, emptyChain(site), [draft, { ...draft, matter: null }], [stamp, stamp]);

  it('L2 writes an event as one exact text', () => {
    assert.equal(
      grown.events[0]?.text,
      `{"v":1,"site":"zs-putuo","seq":1,"time":[1763700000000,2],"matter":"PT-261121-0007","kind":"incident","type":"raised","actor":"desk-1","purpose":null,"command":null,"body":{"what":"落水 \\"one\\"\\n"},"prev":"${GENESIS}"}`,
    );
  });

  it('L2 links each event to the one before, and stands where the last one is', () => {
    const [first, second] = grown.events;
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(first.hash, digest.leaf(first.text));
    assert.ok(second.text.endsWith(`,"prev":"${first.hash}"}`));
    assert.deepEqual([grown.chain.size, grown.chain.last], [2, second.hash]);
    assert.deepEqual(tipOf(grown.chain, stamp), { site, size: 2, last: second.hash, time: stamp });
  });

  it('refuses a draft without a time', () => {
    assert.throws(() => extend(digest, emptyChain(site), [draft], []), RangeError);
  });

  it('finds the first event that is not what was written', () => {
    const [first, second] = grown.events;
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(firstBadOf(digest, [first, second], 0, 2), null);
    assert.equal(firstBadOf(digest, [first], 0, 2), 2);
    assert.equal(firstBadOf(digest, [second], 0, 1), 1);
    assert.equal(firstBadOf(digest, [first, { ...second, text: `${second.text} ` }], 0, 2), 2);
    assert.equal(firstBadOf(digest, [{ ...first, matter: null }], 0, 1), 1);
  });
});

describe('reading an event', () => {
  const [event] = extend(digest, emptyChain(site), [draft], [stamp]).events;
  assert.ok(event !== undefined);
  const changed = (change: Record<string, unknown>): string =>
    JSON.stringify({ ...(JSON.parse(event.text) as object), ...change });

  it('gives back what was decided, with its place', () => {
    const parsed = parseEvent(event.text);
    assert.ok(parsed.ok && parsed.value.known);
    assert.deepEqual(parsed.value.envelope, { v: 1, site, seq: 1, time: [...stamp], ...draft, prev: GENESIS });
  });

  it('L9 keeps a later version as it is', () => {
    const later = '{"v":7,  "anything": true}';
    assert.deepEqual(parseEvent(later), { ok: true, value: { known: false, v: 7, text: later } });
  });

  it('refuses every other text', () => {
    const bad = [
      '',
      'null',
      '[]',
      '{}',
      '{"v":0}',
      '{"v":"1"}',
      ...Object.keys(JSON.parse(event.text) as object).map((key) => changed({ [key]: [] })),
    ];
    for (const text of [
      ...bad,
      changed({ extra: 1 }),
      changed({ seq: 0 }),
      changed({ time: [1, -1] }),
      changed({ matter: 'x' }),
      changed({ kind: '' }),
    ]) {
      assert.equal(parseEvent(text).ok, false, text);
    }
  });

  it('raises old bodies through every version, and only those', () => {
    const parsed = parseEvent(event.text);
    assert.ok(parsed.ok && parsed.value.known);
    const raise = upcasting([
      { kind: 'incident', type: 'raised', from: 2, raise: (body) => ({ ...body, v: 3, third: true }) },
      { kind: 'incident', type: 'raised', from: 1, raise: (body) => ({ ...body, v: 2, second: true }) },
    ]);
    assert.deepEqual(raise(parsed.value.envelope).body, { ...draft.body, v: 3, second: true, third: true });
    const other = { ...parsed.value.envelope, type: 'step' };
    assert.equal(raise(other), other);
    assert.equal(bodyVersion({ v: 'x' }), 1);
  });

  it('refuses upcasters that contradict each other or do not raise', () => {
    const upcaster = { kind: 'incident', type: 'raised', from: 1, raise: (body: typeof draft.body) => body };
    assert.throws(() => upcasting([upcaster, upcaster]), RangeError);
    const parsed = parseEvent(event.text);
    assert.ok(parsed.ok && parsed.value.known);
    const { envelope } = parsed.value;
    assert.throws(() => upcasting([upcaster])(envelope), RangeError);
  });
});

describe('a signed head', () => {
  const head = { site, size: 3, last: GENESIS, root: digest.empty, time: stamp, signature: 'c2ln' };

  it('has one text to sign and one to store', () => {
    assert.equal(signedText(head), `qundao-head-v1\nzs-putuo\n3\n${GENESIS}\n${digest.empty}\n1763700000000.2\n`);
    assert.deepEqual(parseHead(headText(head)), { ...head, time: [...stamp] });
  });

  it('is not read from any other text', () => {
    const bad = [
      '',
      'null',
      '{}',
      headText({ ...head, size: -1 }),
      ` ${headText(head)}`,
      headText(head).replace('"size":3', '"size":3.0'),
      headText(head).replace('zs-putuo', 'ZS'),
    ];
    for (const text of bad) assert.equal(parseHead(text), null, text);
  });
});
