import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '#app/ports.ts';
import type { SealKeys } from '#app/ports.ts';
import type { MatterId } from '#core/base/ids.ts';
import { SEAL_KEY_BYTES } from '#core/ledger/seals.ts';
import { storeError, storeErrorOf } from '#rim/store-sqlite/faults.ts';

export const SEAL_KEYS_FILE = 'keys.db';
const SCHEMA_VERSION = 1;

interface Change {
  readonly matter: MatterId;
  /** Null: destroy. */
  readonly key: Uint8Array | null;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The keys of sealed facts in a database of their own, `keys.db`, never copied with the ledger. Deleted content is
 * overwritten (`secure_delete`) and the write-ahead log cut to nothing after a destruction, so that a destroyed key is in no
 * file any more. A destroyed matter leaves a tombstone.
 * Opened only by the process that holds the data directory.
 */
export const openSealKeys = async (dir: string): Promise<SealKeys> => {
  const keys = new KeyFile(dir);
  return {
    get: (matter) => keys.get(matter),
    put: (matter, key) => keys.put(matter, key),
    destroy: (matter) => keys.destroy(matter),
    destroyed: (matter) => keys.destroyed(matter),
    close: () => keys.close(),
  };
};

class KeyFile {
  readonly #database: DatabaseSync;
  /** Null: destroyed. Changes show here only once they are durable. */
  readonly #keys = new Map<MatterId, Uint8Array | null>();
  /** Matters whose key, or its destruction, is on its way to the disk. */
  readonly #arriving = new Set<MatterId>();
  #changes: Change[] = [];
  #closed = false;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.#database = openDatabase(join(dir, SEAL_KEYS_FILE));
    const rows = this.#database.prepare('SELECT matter, key FROM keys').all() as unknown as {
      matter: MatterId;
      key: Uint8Array | null;
    }[];
    for (const { matter, key } of rows) this.#keys.set(matter, key);
  }

  get(matter: MatterId): Uint8Array | null {
    return this.#keys.get(matter) ?? null;
  }

  destroyed(matter: MatterId): boolean {
    return this.#keys.get(matter) === null;
  }

  put(matter: MatterId, key: Uint8Array): Promise<void> {
    if (key.length !== SEAL_KEY_BYTES) return Promise.reject(new RangeError(`a seal key has ${SEAL_KEY_BYTES} bytes`));
    if (this.#keys.has(matter) || this.#arriving.has(matter)) {
      return Promise.reject(
        new StoreError('conflict', `matter ${matter} has a key already, or had one that was destroyed`),
      );
    }
    this.#arriving.add(matter);
    return this.#enqueue(matter, Uint8Array.from(key));
  }

  destroy(matter: MatterId): Promise<void> {
    if (this.destroyed(matter)) return Promise.resolve();
    this.#arriving.add(matter);
    return this.#enqueue(matter, null);
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#flush();
    this.#closed = true;
    this.#database.close();
    return Promise.resolve();
  }

  /** Changes asked for in the same turn of the event loop share one transaction and one fsync. */
  #enqueue(matter: MatterId, key: Uint8Array | null): Promise<void> {
    if (this.#closed) return Promise.reject(storeError('closed'));
    return new Promise((resolve, reject) => {
      this.#changes.push({ matter, key, resolve, reject });
      if (this.#changes.length === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    const changes = this.#changes;
    this.#changes = [];
    if (changes.length === 0) return;
    let failure: StoreError | null = null;
    try {
      this.#write(changes);
    } catch (error) {
      failure = storeErrorOf(error);
    }
    for (const { matter, key, resolve, reject } of changes) {
      this.#arriving.delete(matter);
      if (failure === null) {
        this.#remember(matter, key);
        resolve();
      } else {
        reject(failure);
      }
    }
  }

  #remember(matter: MatterId, key: Uint8Array | null): void {
    if (key === null) this.#keys.get(matter)?.fill(0);
    this.#keys.set(matter, key);
  }

  #write(changes: readonly Change[]): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const put = this.#database.prepare('INSERT OR REPLACE INTO keys VALUES (?, ?)');
      for (const { matter, key } of changes) put.run(matter, key);
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    if (changes.some((change) => change.key === null)) this.#forgetLog();
  }

  /** Moves everything into the database, where deleted bytes are overwritten, and cuts the log to nothing. */
  #forgetLog(): void {
    const row = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (row?.['busy'] !== 0)
      throw new StoreError('broken', 'the log of the key file could not be cut: another program reads it');
  }
}

const openDatabase = (path: string): DatabaseSync => {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 2000 });
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
