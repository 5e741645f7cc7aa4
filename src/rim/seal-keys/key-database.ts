import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '#app/ports.ts';
import type { MatterId } from '#core/base/ids.ts';
import { keepPrivate } from '#rim/data-dir/private-file.ts';
import { storeErrorOf } from '#rim/store-sqlite/faults.ts';

export const SEAL_KEYS_FILE = 'keys.db';
const SCHEMA_VERSION = 1;

/** A key, or null where it was (or is to be) destroyed. */
export interface KeyEntry {
  readonly matter: MatterId;
  readonly key: Uint8Array | null;
}

/**
 * The table of keys. Deleted content is overwritten (`secure_delete`), and the write-ahead log is cut to nothing after a
 * destruction, so that a destroyed key is in no file any more. Nobody but the owner of the files may read them. Every failure is a StoreError.
 */
export class KeyDatabase {
  readonly #database: DatabaseSync;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.#database = openDatabase(join(dir, SEAL_KEYS_FILE));
  }

  all(): readonly KeyEntry[] {
    return this.#database.prepare('SELECT matter, key FROM keys').all() as unknown as readonly KeyEntry[];
  }

  /** All of them in one transaction and one fsync, or none. */
  write(changes: readonly KeyEntry[]): void {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const put = this.#database.prepare('INSERT OR REPLACE INTO keys VALUES (?, ?)');
      for (const { matter, key } of changes) put.run(matter, key);
      this.#database.exec('COMMIT');
      if (changes.some((change) => change.key === null)) this.#forgetLog();
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw storeErrorOf(error);
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Moves everything into the database, where deleted bytes are overwritten, and cuts the log to nothing. */
  #forgetLog(): void {
    const row = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (row?.['busy'] !== 0) {
      throw new StoreError('broken', 'the log of the key file could not be cut: another program reads it');
    }
  }
}

const openDatabase = (path: string): DatabaseSync => {
  let database: DatabaseSync | null = null;
  try {
    keepPrivate(path);
    database = new DatabaseSync(path, { timeout: 200 });
    // Exclusive: no shared-memory file is needed, and nobody else can hold the log open.
    database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;`);
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > SCHEMA_VERSION)
      throw new StoreError('corrupt', `${path} is of version ${version}, this program knows ${SCHEMA_VERSION}`);
    if (version === 0) {
      database.exec(`BEGIN; CREATE TABLE keys (matter TEXT PRIMARY KEY, key BLOB) STRICT, WITHOUT ROWID;
        PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
    }
    return database;
  } catch (error) {
    database?.close();
    throw storeErrorOf(error);
  }
};
