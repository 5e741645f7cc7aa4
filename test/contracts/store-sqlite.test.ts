import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { storeContract } from './store.ts';

storeContract('SQLite', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'qundao-store-'));
  return {
    open: () => openSqliteStore(dir),
    dispose: () => rm(dir, { recursive: true, force: true }),
  };
});
