import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { siteId } from '#core/base/ids.ts';
import { openAuth } from '#rim/auth/auth.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSealKeys } from '#rim/seal-keys/seal-keys.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { DataDirError, prepareDataDir } from './data-dir.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qundao-data-dir-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const modeOf = (file: string): number => statSync(path.join(folder, file)).mode & 0o777;
const refused = (dir: string): string => {
  try {
    prepareDataDir(dir);
  } catch (error) {
    assert.ok(error instanceof DataDirError);
    assert.match(error.words.zh, /\p{Script=Han}/u);
    return error.words.en;
  }
  return assert.fail('it was not refused');
};

describe('the data directory', () => {
  test('is made for its owner only, with the folders above it; one that is there stays as it is', () => {
    prepareDataDir(path.join(folder, 'var', 'site'));
    assert.equal(modeOf('var/site'), 0o700);
    mkdirSync(path.join(folder, 'shared'));
    chmodSync(path.join(folder, 'shared'), 0o750);
    prepareDataDir(path.join(folder, 'shared'));
    assert.equal(modeOf('shared'), 0o750);
  });

  test('is refused in words where there can be none', () => {
    writeFileSync(path.join(folder, 'file'), '');
    for (const below of ['file', 'file/site', 'file/far/below'])
      assert.match(refused(path.join(folder, below)), /there is a file on its path/);
  });

  test('is refused at once below a file system that makes no directories', { skip: noProc() }, () => {
    assert.match(refused('/proc/qundao'), /makes no directories|may not/);
    assert.match(refused('/proc/qundao/site'), /makes no directories|may not/);
  });
});

function noProc(): string | false {
  return statSync('/proc/self', { throwIfNoEntry: false }) === undefined && 'this system has no /proc';
}

describe('the files in it', () => {
  const open = async (look: () => void): Promise<void> => {
    const store = await openSqliteStore(folder);
    const keys = await openSealKeys(folder);
    const auth = openAuth(path.join(folder, 'accounts.db'), { now: Date.now, random: secureRandom });
    try {
      const key = openSiteKey(folder);
      await store.check(siteId('test'), key.publicKey);
      look();
    } finally {
      auth.close();
      await keys.close();
      await store.close();
    }
  };
  const databases = (): string[] => readdirSync(folder).filter((name) => /^(ledger|keys|accounts)\.db/.test(name));

  test('are for their owner only, the helper files of the databases too', async () => {
    await open(() => {
      const found = databases();
      assert.ok(found.length > 3, found.join(' '));
      for (const name of found) assert.equal(modeOf(name), 0o600, name);
    });
  });

  test('that hold keys and accounts are narrowed when they are opened; a ledger lent to a backup stays readable', async () => {
    await open(() => undefined);
    for (const name of databases()) chmodSync(path.join(folder, name), 0o644);
    writeFileSync(path.join(folder, 'keys.db-wal'), '', { mode: 0o644 });
    await open(() => {
      assert.deepEqual(
        ['keys.db', 'keys.db-wal', 'accounts.db', 'accounts.db-wal', 'ledger.db'].map(modeOf),
        [0o600, 0o600, 0o600, 0o600, 0o644],
      );
    });
  });
});
