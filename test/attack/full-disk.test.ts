import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { StoreError } from '#app/ports.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { Author, SITE } from '../contracts/store-kit.ts';

/** Mounts a file system of a few megabytes in memory; says why not when it cannot. */
const mountSmall = (dir: string): string | false => {
  if (userInfo().uid !== 0) return 'needs root to mount a small file system';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'qundao-test', dir], { stdio: 'ignore' });
    return false;
  } catch {
    return 'mounting a small file system is not permitted here';
  }
};

const dir = mkdtempSync(join(tmpdir(), 'qundao-full-'));
const skip = mountSmall(dir);
const data = join(dir, 'data');
const ballast = join(dir, 'ballast');
const isFull = (error: unknown): boolean => error instanceof StoreError && error.fault === 'full';

/** Takes every free block. */
const fill = (): void => {
  for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
    for (;;) {
      try {
        writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
};

describe('disk full', { skip }, () => {
  let store: CheckableStore;
  let author: Author;
  before(async () => {
    store = await openSqliteStore(data);
    author = new Author(openSiteKey(data).signer);
  });
  after(async () => {
    await store.close();
    execFileSync('umount', [dir]);
    rmSync(dir, { recursive: true, force: true });
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
      const { chain } = author;
      try {
        await store.append(author.batch(40, true));
      } catch (error) {
        assert.ok(isFull(error), String(error));
        author.chain = chain;
        return chain.size;
      }
    }
  };

  it('refuses with `full`, half-writes nothing, goes on reading; opens while full; goes on when there is space', async () => {
    await store.append(author.batch(100, true));
    fill();
    const size = await appendUntilFull();
    assert.ok(size >= 100);
    await serves(size);
    await assert.rejects(store.append(author.batch(2000)), isFull);
    author.chain = (await checked()).chain;
    await store.close();
    // Without it SQLite needs 32 kB on a disk that has none left.
    rmSync(join(data, 'ledger.db-shm'), { force: true });
    fill();
    store = await openSqliteStore(data);
    await serves(size);
    assert.equal(verifyDirectory(data).ok, true);
    author.chain = (await checked()).chain;
    const more = await appendUntilFull();
    await serves(more);
    rmSync(ballast);
    author.chain = (await checked()).chain;
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
