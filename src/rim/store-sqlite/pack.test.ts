import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { siteId } from '#core/base/ids.ts';
import type { Hash, MatterId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import type { StoredEvent, Tip } from '#core/ledger/envelope.ts';
import { pack, unpack } from './pack.ts';

const HASHES = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: 64, maxLength: 64 });

test('a batch comes out as it went in, whatever its texts hold', () => {
  const event = fc.record({
    matter: fc.constantFrom(null, 'ZS-261121-0001' as MatterId, 'ZS-261121-0002' as MatterId),
    text: fc.string({ unit: 'binary' }),
    hash: HASHES.map((hash) => hash as Hash),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), fc.nat(1000), fc.boolean(), (rows, size, checkpoint) => {
      const events = rows.map((row, index): StoredEvent => ({ seq: size + 1 + index, ...row }));
      const head: Tip = {
        site: siteId('zs-test'),
        size: size + events.length,
        last: '0'.repeat(64) as Hash,
        time: [instant(1_763_700_000_000), 0],
      };
      const packed = pack({ events, head, checkpoint });
      assert.deepEqual(unpack(structuredClone(packed)), { events, head, checkpoint });
      assert.equal(packed.first, size + 1);
    }),
  );
});
