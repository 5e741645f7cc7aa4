import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { Author } from './store-kit.ts';
import { storeContract } from './store.ts';

storeContract('SQLite', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'qundao-store-'));
  return {
    open: () => openSqliteStore(dir),
    tamper: async () => {
      const database = new DatabaseSync(join(dir, 'ledger.db'));
      database.exec('UPDATE events SET hash = zeroblob(32) WHERE seq = 2');
      database.close();
    },
    dispose: () => rm(dir, { recursive: true, force: true }),
  };
});

it('the file of checkpoints is no condition: what is in the database is acknowledged, and the file catches up', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'qundao-store-'));
  const lines = join(dir, 'checkpoints.jsonl');
  const author = new Author(openSiteKey(dir).signer);
  const store = await openSqliteStore(dir);
  try {
    await mkdir(lines);
    await store.append(author.batch(3, true));
    const kept = author.batch(2);
    await store.append(kept);
    await store.keepCheckpoint(kept.head);
    assert.equal((await store.head())?.size, 5);
    await rmdir(lines);
    await store.append(author.batch(1, true));
    assert.equal((await readFile(lines, 'utf8')).trim().split('\n').length, 3);
    await appendFile(lines, 'torn by a crash');
    await store.append(author.batch(1, true));
    assert.equal((await readFile(lines, 'utf8')).trim().split('\n').length, 4);
  } finally {
    await store.close();
  }
  assert.equal(verifyDirectory(dir).ok, true);
  await rm(dir, { recursive: true });
});
