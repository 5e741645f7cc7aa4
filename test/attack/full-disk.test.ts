import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { StoreError } from '#app/ports.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { Author, SITE } from '../contracts/store-kit.ts';
import { mountSmall } from './small-disk.ts';

const disk = mountSmall(6);
const { skip, fill } = disk;
const data = join(disk.dir, 'data');
const isFull = (error: unknown): boolean => error instanceof StoreError && error.fault === 'full';

describe('disk full', { skip }, () => {
  let store: CheckableStore;
  let author: Author;
  before(async () => {
    store = await openSqliteStore(data);
    author = new Author(openSiteKey(data).signer);
  });
  after(async () => {
    await store.close();
    disk.remove();
  });
  const serves = async (size: number): Promise<void> => {
    assert.equal((await store.head())?.size, size);
    assert.equal((await store.read(0, size + 10)).length, size);
    const answer = await store.check(SITE, openSiteKey(data, false).publicKey);
    assert.ok(answer.ok);
    assert.equal(answer.value.chain.size, size);
  };
  /** Appends until it is refused; the size that was acknowledged. */
  const appendUntilFull = async (): Promise<number> => {
    for (;;) {
      const { at } = author;
      try {
        await store.append(author.batch(40, true));
      } catch (error) {
        assert.ok(isFull(error), String(error));
        author.at = at;
        return at.chain.size;
      }
    }
  };

  it('L5 refuses with `full`, half-writes nothing, goes on reading; opens while full; goes on when there is space', async () => {
    await store.append(author.batch(100, true));
    fill();
    const size = await appendUntilFull();
    assert.ok(size >= 100);
    await serves(size);
    await assert.rejects(store.append(author.batch(2000)), isFull);
    author.at = await checked();
    await store.close();
    // Without it SQLite needs 32 kB on a disk that has none left.
    rmSync(join(data, 'ledger.db-shm'), { force: true });
    fill();
    store = await openSqliteStore(data);
    await serves(size);
    assert.equal(verifyDirectory(data).ok, true);
    author.at = await checked();
    const more = await appendUntilFull();
    await serves(more);
    disk.free();
    author.at = await checked();
    await store.append(author.batch(50, true));
    await serves(more + 50);
    await store.close();
    assert.equal(verifyDirectory(data).events, more + 50);
    store = await openSqliteStore(data);
    await serves(more + 50);
  });

  const checked = async () => {
    const answer = await store.check(SITE, openSiteKey(data, false).publicKey);
    assert.ok(answer.ok);
    return answer.value;
  };
});
