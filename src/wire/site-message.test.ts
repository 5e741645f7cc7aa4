import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hash, siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Beat } from '#sites/links.ts';
import type { Message } from '#sites/message.ts';
import { parseWord, wordText } from './site-message.ts';

const origin = siteId('island');
const sum = hash('a'.repeat(64));
const now = 1_700_000_000_000 as Instant;
const head = { site: origin, size: 2, last: sum, root: sum, time: [now, 0] as const, signature: 'c2lnbmVk' };

const WORDS: readonly (Message | Beat)[] = [
  { type: 'beat', sent: now, echo: null },
  { type: 'beat', sent: now, echo: { sent: now, heard: now } },
  { type: 'tell', heads: [head], all: true },
  { type: 'ask', origin, after: 0 },
  { type: 'give', origin, after: 0, texts: ['{"v":9}', '{"舟山":"岛"}'], head },
  { type: 'lack', origin, after: 4 },
  { type: 'doubt', origin, size: 3 },
  { type: 'proof', origin, size: 1, root: sum, head, path: [sum] },
  { type: 'fork', fork: { origin, ours: head, theirs: head, proof: { root: sum, path: [sum] } } },
  { type: 'fork', fork: { origin, ours: head, theirs: head, proof: null } },
];

describe('words between sites', () => {
  for (const word of WORDS) {
    test(`${word.type} comes out as it went in`, () => {
      const parsed = parseWord(wordText(word));
      assert.ok(parsed.ok);
      assert.equal(wordText(parsed.value), wordText(word));
    });
  }

  test('S9 a word of a later version is told apart from nonsense', () => {
    assert.deepEqual(parseWord('{"v":2,"type":"sing"}'), { ok: false, error: { code: 'later', version: 2 } });
    for (const text of ['', 'null', '[]', '{"v":1}', '{"v":1,"type":"sing"}', '{"v":0,"type":"ask"}', '{"type":"ask"}'])
      assert.deepEqual(parseWord(text), { ok: false, error: { code: 'malformed' } });
  });

  test('fields out of bounds are refused', () => {
    for (const wrong of [
      { type: 'ask', origin: 'Not A Site', after: 0 },
      { type: 'ask', origin, after: -1 },
      { type: 'ask', origin, after: 1.5 },
      { type: 'give', origin, after: 0, texts: [], head },
      { type: 'give', origin, after: 0, texts: ['x'], head: { ...head, root: 'short' } },
      { type: 'tell', heads: [{ ...head, time: [1] }], all: true },
    ])
      assert.equal(parseWord(JSON.stringify({ v: 1, ...wrong })).ok, false);
  });
});
