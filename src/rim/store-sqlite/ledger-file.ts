import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreError } from '#app/ports.ts';
import type { Hash, MatterId } from '#core/base/ids.ts';
import type { Digest } from '#core/ledger/digest.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { headText, parseHead } from '#core/ledger/heads.ts';
import { EMPTY_TREE, grow } from '#core/ledger/tree.ts';
import type { Tree } from '#core/ledger/tree.ts';
import { firstBadOf, isAsWritten } from '#core/ledger/window.ts';
import { makePrivate } from '#rim/data-dir/private-file.ts';
import { demandSigned } from '#rim/ledger-store/signing.ts';
import type { SignedBatch, SignedGroup } from '#rim/ledger-store/signing.ts';
import { EVENT_COLUMNS, eventOf, guarded, query } from './event-rows.ts';
import type { EventRow } from './event-rows.ts';
import { damagedEvent, isOpeningTrouble, storeError, storeErrorOf } from './faults.ts';
import { Trails } from './trails.ts';

export const LEDGER_FILE = 'ledger.db';
/** Kept in the database's `user_version`. Raised with every change of the tables. */
const SCHEMA_VERSION = 1;
const SCHEMA = `
  CREATE TABLE events (seq INTEGER PRIMARY KEY, matter TEXT, hash BLOB NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL) STRICT;
  CREATE TABLE checkpoints (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** A damaged checkpoint row: how many events it vouched for. */
export interface DamagedCheckpoint {
  readonly size: number;
}

/**
 * The tables of the ledger, one thread, no waiting. Every failure is a StoreError.
 * Opened writable it must be guarded by `lockDirectory`.
 */
export class LedgerFile {
  readonly #database: DatabaseSync;
  readonly #digest: Digest;
  readonly #statements: Statements;
  #size: number | null = null;
  readonly #trails = new Trails();

  constructor(path: string, digest: Digest, readOnly: boolean) {
    this.#digest = digest;
    this.#database = readOnly ? openReadOnly(path) : openWritable(path);
    try {
      this.#statements = prepare(this.#database, readOnly);
    } catch (error) {
      this.#database.close();
      throw storeErrorOf(error);
    }
  }

  head(): SignedHead | null {
    return guarded(() => {
      const row = this.#statements.head.get() as unknown as [string] | undefined;
      if (row === undefined) return null;
      const head = parseHead(row[0]);
      if (head === null) throw new StoreError('corrupt', 'the record of the signed head is damaged');
      return head;
    });
  }

  /** The tree under the head, from the stored hashes. */
  tree(): Tree {
    return guarded(() => {
      const rows = this.#statements.hashes.iterate() as unknown as Iterable<[Hash]>;
      const leaves = Iterator.from(rows).map(([hash]) => hash);
      return demandSigned(this.#digest, grow(this.#digest, EMPTY_TREE, leaves), this.head());
    });
  }

  /** A group signed for `tree()`, in one transaction and one fsync. On a StoreError nothing of it was kept. */
  append({ batches, head }: SignedGroup): void {
    guarded(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        for (const batch of batches) this.#insert(batch);
        this.#statements.putHead?.run(headText(head));
        this.#database.exec('COMMIT');
      } catch (error) {
        this.#rollBack();
        throw error;
      }
      this.#size = head.size;
      for (const { events } of batches) {
        for (const { seq, matter } of events) this.#trails.add(seq, matter);
      }
    });
  }

  keepCheckpoint(head: SignedHead): void {
    guarded(() => this.#statements.putCheckpoint?.run(head.size, headText(head)));
  }

  /** Events after `after`, checked: consecutive, whole up to the head, each with its hash. */
  read(after: number, limit: number): readonly StoredEvent[] {
    return guarded(() => {
      const events = this.rows(after, limit);
      const count = Math.max(0, Math.min(limit, this.#sizeNow() - after));
      const bad = firstBadOf(this.#digest, events, after, count);
      if (bad !== null) throw damagedEvent(bad);
      return events.slice(0, count);
    });
  }

  ofMatter(matter: MatterId): readonly StoredEvent[] {
    return guarded(() => {
      this.#completeTrails();
      return this.#trails.of(matter).map((seq) => {
        const row = this.#statements.one.get(seq) as unknown as EventRow | undefined;
        const event = row === undefined ? null : eventOf(row);
        if (event?.matter !== matter || !isAsWritten(this.#digest, event)) throw damagedEvent(seq);
        return event;
      });
    });
  }

  /** Reads on where the trails end. After a check, which has read everything, there is nothing left to read. */
  #completeTrails(): void {
    if (this.#trails.size >= this.#sizeNow()) return;
    const rows = this.#statements.matters.iterate(this.#trails.size) as unknown as Iterable<[number, MatterId | null]>;
    for (const [seq, matter] of rows) this.#trails.add(seq, matter);
  }

  /** Events as they are on disk, not checked. */
  rows(after: number, limit: number): readonly StoredEvent[] {
    return guarded(() => {
      const events = (this.#statements.read.all(after, limit) as unknown as EventRow[]).map(eventOf);
      for (const event of events) this.#trails.add(event.seq, event.matter);
      return events;
    });
  }

  checkpoints(): readonly (SignedHead | DamagedCheckpoint)[] {
    return guarded(() =>
      (this.#statements.checkpoints.all() as unknown as [number, string][]).map(([size, text]) => {
        const head = parseHead(text);
        return head?.size === size ? head : { size };
      }),
    );
  }

  /** SQLite's own check of every page and index: null, or the first thing wrong. */
  integrity(): string | null {
    return guarded(() => {
      const row = this.#database.prepare('PRAGMA integrity_check(1)').get();
      const answer = String(row?.['integrity_check']);
      return answer === 'ok' ? null : answer;
    });
  }

  /** Everything read by `work` is of one moment, also when another process is writing. */
  atOneMoment<T>(work: () => T): T {
    return guarded(() => {
      this.#database.exec('BEGIN');
      try {
        return work();
      } finally {
        this.#rollBack();
      }
    });
  }

  close(): void {
    guarded(() => this.#database.close());
  }

  #sizeNow(): number {
    this.#size ??= this.head()?.size ?? 0;
    return this.#size;
  }

  #insert({ events, head, checkpoint }: SignedBatch): void {
    const { insert } = this.#statements;
    if (insert === null) throw storeError('broken');
    for (const { seq, matter, hash, text } of events) insert.run(seq, matter, Buffer.from(hash, 'hex'), text);
    if (checkpoint) this.#statements.putCheckpoint?.run(head.size, headText(head));
  }

  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }
}

interface Statements {
  readonly head: StatementSync;
  readonly read: StatementSync;
  readonly one: StatementSync;
  readonly matters: StatementSync;
  readonly hashes: StatementSync;
  readonly checkpoints: StatementSync;
  readonly insert: StatementSync | null;
  readonly putHead: StatementSync | null;
  readonly putCheckpoint: StatementSync | null;
}

const prepare = (database: DatabaseSync, readOnly: boolean): Statements => {
  const ask = (sql: string): StatementSync => query(database, sql);
  return {
    head: ask('SELECT text FROM head'),
    read: ask(`SELECT ${EVENT_COLUMNS} FROM events WHERE seq > ? ORDER BY seq LIMIT ?`),
    one: ask(`SELECT ${EVENT_COLUMNS} FROM events WHERE seq = ?`),
    matters: ask('SELECT seq, matter FROM events WHERE seq > ? ORDER BY seq'),
    hashes: ask('SELECT lower(hex(hash)) FROM events ORDER BY seq'),
    checkpoints: ask('SELECT size, text FROM checkpoints ORDER BY id'),
    insert: readOnly ? null : database.prepare('INSERT INTO events VALUES (?, ?, ?, ?)'),
    putHead: readOnly ? null : database.prepare('INSERT OR REPLACE INTO head VALUES (1, ?)'),
    putCheckpoint: readOnly ? null : database.prepare('INSERT INTO checkpoints (size, text) VALUES (?, ?)'),
  };
};

/** Without a write-ahead log nothing else can be writing: the file is read as it lies, and no helper file is made. */
const openReadOnly = (path: string): DatabaseSync => {
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1');
  const database = guarded(() => new DatabaseSync(url, { readOnly: true, timeout: 1000 }));
  try {
    return withSchema(database, false);
  } catch (error) {
    database.close();
    throw storeErrorOf(error);
  }
};

/**
 * WAL needs a small shared-memory file beside the database. Where it cannot be made (a full disk), SQLite keeps it in
 * its own memory once the connection has the file for itself; reads and, when space returns, appends then work as ever.
 */
const openWritable = (path: string): DatabaseSync => {
  try {
    return configured(path, 'NORMAL');
  } catch (error) {
    if (!isOpeningTrouble(error)) throw storeErrorOf(error);
    return guarded(() => configured(path, 'EXCLUSIVE'));
  }
};

const configured = (path: string, locking: 'NORMAL' | 'EXCLUSIVE'): DatabaseSync => {
  makePrivate(path);
  const database = new DatabaseSync(path, { timeout: 2000 });
  try {
    database.exec(`PRAGMA locking_mode = ${locking}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF;`);
    return withSchema(database, true);
  } catch (error) {
    database.close();
    throw error;
  }
};

const withSchema = (database: DatabaseSync, mayCreate: boolean): DatabaseSync => {
  const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found === SCHEMA_VERSION) return database;
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (found !== 0 || !isEmpty || !mayCreate) {
    throw new StoreError(
      'corrupt',
      `the ledger file is of version ${found}, this program knows version ${SCHEMA_VERSION}: use the program that wrote it, or restore a copy`,
    );
  }
  database.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  return database;
};

export const ledgerPath = (dir: string): string => join(dir, LEDGER_FILE);
