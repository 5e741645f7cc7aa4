import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeTexts, encodeTexts } from './utf8.ts';

const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })));

test('texts are written as the UTF-8 of Node and read back', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const table = encodeTexts(all);
      assert.deepEqual(Buffer.from(table.bytes), Buffer.from(all.join('')));
      assert.deepEqual(decodeTexts(table), all);
    }),
  );
});

test('half a surrogate pair becomes the sign for what cannot be written', () => {
  assert.deepEqual(decodeTexts(encodeTexts(['a\ud800b', '\udc00'])), ['a\ufffdb', '\ufffd']);
});

test('bytes are refused exactly when the decoder of Node refuses them', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf8));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 6 }), (list) => {
      const bytes = Uint8Array.from(list);
      let wanted: string[] | null = null;
      try {
        wanted = [strict.decode(bytes)];
      } catch {
        // no UTF-8
      }
      assert.deepEqual(decodeTexts({ bytes, ends: Uint32Array.of(bytes.length) }), wanted);
    }),
    { numRuns: 1000 },
  );
});

test('ends that fall, or do not come to the end of the bytes, are refused', () => {
  const bytes = Buffer.from('abc');
  assert.equal(decodeTexts({ bytes, ends: Uint32Array.of(2, 1, 3) }), null);
  assert.equal(decodeTexts({ bytes, ends: Uint32Array.of(2) }), null);
  assert.equal(decodeTexts({ bytes, ends: Uint32Array.of(4) }), null);
});
