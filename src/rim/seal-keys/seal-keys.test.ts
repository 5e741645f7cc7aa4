import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { StoreError } from '#app/ports.ts';
import type { SealKeys, StoreFault } from '#app/ports.ts';
import { matterId } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import { openSealKeys } from './seal-keys.ts';

const matter = (n: number): MatterId => matterId(`PT-261121-${String(n).padStart(4, '0')}`);
const faultIs =
  (fault: StoreFault) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.fault === fault;

describe('seal keys', () => {
  let dir: string;
  let keys: SealKeys;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'qundao-keys-'));
    keys = await openSealKeys(dir);
  });
  afterEach(async () => {
    await keys.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const reopen = async (): Promise<void> => {
    await keys.close();
    keys = await openSealKeys(dir);
  };
  /** Number of files in the directory that hold the bytes. */
  const filesWith = (bytes: Uint8Array): number =>
    readdirSync(dir).filter((name) => readFileSync(join(dir, name)).includes(bytes)).length;

  it('keeps keys, also when opened anew', async () => {
    const key = secureRandom(32);
    await keys.put(matter(1), key);
    assert.deepEqual(keys.get(matter(1)), Uint8Array.from(key));
    await reopen();
    assert.deepEqual(keys.get(matter(1)), Uint8Array.from(key));
    assert.equal(keys.get(matter(2)), null);
    assert.equal(keys.destroyed(matter(1)), false);
    assert.equal(keys.destroyed(matter(2)), false);
  });

  it('shows a key only once it is durable', async () => {
    const put = keys.put(matter(1), secureRandom(32));
    assert.equal(keys.get(matter(1)), null);
    await put;
    assert.notEqual(keys.get(matter(1)), null);
  });

  it('P2 replaces no key, and makes none anew after destruction', async () => {
    const both = await Promise.allSettled([
      keys.put(matter(1), secureRandom(32)),
      keys.put(matter(1), secureRandom(32)),
    ]);
    assert.deepEqual(
      both.map((answer) => answer.status),
      ['fulfilled', 'rejected'],
    );
    await assert.rejects(keys.put(matter(1), secureRandom(32)), faultIs('conflict'));
    await keys.destroy(matter(1));
    await reopen();
    await assert.rejects(keys.put(matter(1), secureRandom(32)), faultIs('conflict'));
    const never = keys.destroy(matter(2));
    await assert.rejects(keys.put(matter(2), secureRandom(32)), faultIs('conflict'));
    await never;
    await assert.rejects(keys.put(matter(3), secureRandom(31)), RangeError);
  });

  it('P2 leaves no byte of a destroyed key in any file, and every other key as it was', async () => {
    const made = Array.from({ length: 600 }, (_, index) => ({ id: matter(index + 1), key: secureRandom(32) }));
    await Promise.all(made.map(({ id, key }) => keys.put(id, key)));
    const gone = made.filter((_, index) => index % 3 === 0);
    for (const { key } of gone) assert.ok(filesWith(key) > 0);
    await Promise.all(gone.map(({ id }) => keys.destroy(id)));
    await keys.destroy(gone[0]?.id ?? matter(1));
    for (const { key } of gone) assert.equal(filesWith(key), 0);
    for (const opened of ['first', 'anew']) {
      for (const [index, { id, key }] of made.entries()) {
        assert.equal(keys.destroyed(id), index % 3 === 0, opened);
        assert.deepEqual(keys.get(id), index % 3 === 0 ? null : Uint8Array.from(key), opened);
      }
      await reopen();
    }
    for (const { key } of gone) assert.equal(filesWith(key), 0);
  });

  it('lets nobody else open the keys', async () => {
    await assert.rejects(async () => openSealKeys(dir), faultIs('locked'));
  });

  it('answers `closed` after it was closed', async () => {
    const waiting = keys.put(matter(1), secureRandom(32));
    await keys.close();
    await waiting;
    await assert.rejects(keys.put(matter(2), secureRandom(32)), faultIs('closed'));
  });
});
