import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { StoreError } from '#app/ports.ts';
import { siteId } from '#core/base/ids.ts';
import type { Hash, MatterId, SiteId } from '#core/base/ids.ts';
import type { Digest } from '#core/ledger/digest.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { headText, parseHead } from '#core/ledger/heads.ts';
import { rootOf } from '#core/ledger/tree.ts';
import { firstBadOf } from '#core/ledger/window.ts';
import { makePrivate } from '#rim/data-dir/private-file.ts';
import { EVENT_COLUMNS, eventOf, guarded, query } from '#rim/store-sqlite/event-rows.ts';
import type { EventRow } from '#rim/store-sqlite/event-rows.ts';
import { damagedEvent, storeError } from '#rim/store-sqlite/faults.ts';
import type { Copy } from '#sites/copy.ts';
import type { Give } from '#sites/message.ts';

export const COPIES_FILE = 'copies.db';
/** Kept in the database's `user_version`. Raised with every change of the tables. */
const SCHEMA_VERSION = 1;
const SCHEMA = `
  CREATE TABLE events (origin TEXT NOT NULL, seq INTEGER NOT NULL, matter TEXT, hash BLOB NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (origin, seq)) STRICT, WITHOUT ROWID;
  CREATE INDEX events_matter ON events (matter, origin, seq) WHERE matter IS NOT NULL;
  CREATE TABLE copies (origin TEXT PRIMARY KEY, head TEXT NOT NULL, peaks TEXT NOT NULL) STRICT;
  CREATE TABLE heads (origin TEXT NOT NULL, size INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (origin, size)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;
/** Of the heads that came one is kept for about so many events: pieces are given from one head to another. */
const HEAD_EVERY = 500;

/** Copies of other sites' ledgers in one database, one thread, no waiting. Every failure is a StoreError. */
export class CopiesFile {
  readonly #database: DatabaseSync;
  readonly #digest: Digest;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(path: string, digest: Digest) {
    this.#digest = digest;
    this.#database = guarded(() => opened(path));
    this.#statements = guarded(() => prepare(this.#database));
  }

  /** Where each copy stands. @throws StoreError `corrupt` when what is kept of one is not what its site signed for */
  copies(): readonly Copy[] {
    return guarded(() =>
      (this.#statements.copies.all() as unknown as [string, string, string][]).map(([origin, head, peaks]) =>
        this.#copyOf(siteId(origin), head, peaks),
      ),
    );
  }

  #copyOf(origin: SiteId, text: string, peaksText: string): Copy {
    const head = parseHead(text);
    const peaks = peaksText.split(' ').filter((one) => one !== '') as Hash[];
    if (head === null || head.site !== origin) throw storeError('corrupt');
    const tree = { size: head.size, peaks };
    if (rootOf(this.#digest, tree) !== head.root) throw storeError('corrupt');
    return { origin, tree, head };
  }

  /**
   * Keeps what comes next of a ledger, in one transaction and one fsync.
   * @param after the copy with these events
   * @throws StoreError `conflict` when they do not follow what is there
   */
  append(events: readonly StoredEvent[], after: Copy): void {
    const { origin, tree, head } = after;
    if (head === null) throw storeError('conflict');
    guarded(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        if (this.#sizeOf(origin) !== head.size - events.length || events[0]?.seq !== head.size - events.length + 1)
          throw storeError('conflict', events[0]?.seq ?? null);
        for (const { seq, matter, hash, text } of events)
          this.#statements.insert.run(origin, seq, matter, Buffer.from(hash, 'hex'), text);
        this.#statements.put.run(origin, headText(head), tree.peaks.join(' '));
        this.#keepHead(origin, head);
        this.#database.exec('COMMIT');
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  #sizeOf(origin: SiteId): number {
    const row = this.#statements.head.get(origin) as unknown as [string] | undefined;
    return row === undefined ? 0 : (parseHead(row[0])?.size ?? -1);
  }

  /** The newest head stays; the one before it goes when the one before that is near. */
  #keepHead(origin: SiteId, head: SignedHead): void {
    const [last, before] = this.#statements.lastHeads.all(origin) as unknown as [number][];
    if (last !== undefined && head.size - (before?.[0] ?? 0) < HEAD_EVERY)
      this.#statements.dropHead.run(origin, last[0]);
    this.#statements.putHead.run(origin, head.size, headText(head));
  }

  /** Events after `after`, checked: consecutive, each with its hash. Fewer than `limit` only at the end. */
  read(origin: SiteId, after: number, limit: number): readonly StoredEvent[] {
    return guarded(() => {
      const count = Math.max(0, Math.min(limit, this.#sizeOf(origin) - after));
      const events = (this.#statements.read.all(origin, after, count) as unknown as EventRow[]).map(eventOf);
      const bad = firstBadOf(this.#digest, events, after, count);
      if (bad !== null) throw damagedEvent(bad);
      return events;
    });
  }

  /** All events of one matter that these ledgers hold, those of one site after those of another. */
  ofMatter(matter: MatterId): readonly StoredEvent[] {
    return guarded(() => (this.#statements.ofMatter.all(matter) as unknown as EventRow[]).map(eventOf));
  }

  /** What comes after an event, up to the farthest signed head within so many events, or the next one. Null when there is nothing. */
  give(origin: SiteId, after: number, limit: number): Give | null {
    return guarded(() => {
      const row = (this.#statements.headWithin.get(origin, after, after + limit) ??
        this.#statements.headNext.get(origin, after)) as unknown as [string] | undefined;
      const head = row === undefined ? null : parseHead(row[0]);
      if (head === null) return null;
      const texts = this.read(origin, after, head.size - after).map((event) => event.text);
      return texts.length === head.size - after ? { type: 'give', origin, after, texts, head } : null;
    });
  }

  /** Leaf hashes of the first `size` events. */
  hashes(origin: SiteId, size: number): readonly Hash[] {
    return guarded(() => (this.#statements.hashes.all(origin, size) as unknown as [Hash][]).map(([hash]) => hash));
  }

  close(): void {
    guarded(() => this.#database.close());
  }
}

const prepare = (database: DatabaseSync) => {
  const ask = (sql: string): StatementSync => query(database, sql);
  return {
    copies: ask('SELECT origin, head, peaks FROM copies ORDER BY origin'),
    head: ask('SELECT head FROM copies WHERE origin = ?'),
    put: ask('INSERT OR REPLACE INTO copies VALUES (?, ?, ?)'),
    insert: ask('INSERT INTO events VALUES (?, ?, ?, ?, ?)'),
    read: ask(`SELECT ${EVENT_COLUMNS} FROM events WHERE origin = ? AND seq > ? ORDER BY seq LIMIT ?`),
    ofMatter: ask(`SELECT ${EVENT_COLUMNS} FROM events WHERE matter = ? ORDER BY origin, seq`),
    hashes: ask('SELECT lower(hex(hash)) FROM events WHERE origin = ? ORDER BY seq LIMIT ?'),
    lastHeads: ask('SELECT size FROM heads WHERE origin = ? ORDER BY size DESC LIMIT 2'),
    dropHead: ask('DELETE FROM heads WHERE origin = ? AND size = ?'),
    putHead: ask('INSERT OR REPLACE INTO heads VALUES (?, ?, ?)'),
    headWithin: ask('SELECT text FROM heads WHERE origin = ? AND size > ? AND size <= ? ORDER BY size DESC LIMIT 1'),
    headNext: ask('SELECT text FROM heads WHERE origin = ? AND size > ? ORDER BY size LIMIT 1'),
  };
};

const opened = (path: string): DatabaseSync => {
  makePrivate(path);
  const database = new DatabaseSync(path, { timeout: 2000 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF;`);
  const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found === SCHEMA_VERSION) return database;
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (found !== 0 || !isEmpty) {
    database.close();
    throw new StoreError(
      'corrupt',
      `${COPIES_FILE} is of version ${found}, this program knows version ${SCHEMA_VERSION}`,
    );
  }
  database.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  return database;
};
