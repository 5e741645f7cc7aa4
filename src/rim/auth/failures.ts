import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { FAILURES_SCHEMA, ifRoom, inTransaction, maybeNumberOf, numberOf, unlessFull } from './database.ts';

export const FAILURES_MAX = 5;
export const LOCK_MS = 15 * 60_000;
/** Names remembered at most. Made-up names count like real ones, so that a lock does not tell which names exist. */
const NAMES_MAX = 10_000;

export interface Failures {
  /**
   * Counts an attempt before its password is looked at, so that many at once are not more guesses than one after the other.
   * @returns null when the attempt may go on, else how long the name is locked
   */
  readonly begin: (name: string) => { readonly locked_ms: number } | null;
  readonly failed: (name: string) => void;
  /** The password was right, or an administrator set a new one. */
  readonly forgive: (name: string) => void;
}

/** Failed sign-ins per name; they survive a restart. While the disk is full they are counted in memory. */
export const openFailures = (db: DatabaseSync, now: () => number): Failures => {
  const spare = new DatabaseSync(':memory:');
  spare.exec(FAILURES_SCHEMA);
  const [disk, memory] = [failuresIn(db, now), failuresIn(spare, now)];
  return {
    begin: (name) =>
      unlessFull(
        () => disk.begin(name),
        () => memory.begin(name),
      ),
    failed: (name) => {
      memory.failed(name);
      ifRoom(() => disk.failed(name));
    },
    forgive: (name) => {
      memory.forgive(name);
      ifRoom(() => disk.forgive(name));
    },
  };
};

const failuresIn = (db: DatabaseSync, now: () => number): Failures => {
  const find = db.prepare('SELECT * FROM failures WHERE name_hash = ?');
  const put = db.prepare(
    'INSERT OR REPLACE INTO failures (name_hash, count, last_ms, locked_until_ms) VALUES (?, ?, ?, ?)',
  );
  const lock = db.prepare('UPDATE failures SET locked_until_ms = ?, last_ms = ? WHERE name_hash = ? AND count >= ?');
  const remove = db.prepare('DELETE FROM failures WHERE name_hash = ?');
  const forgetOld = db.prepare('DELETE FROM failures WHERE last_ms < ?');
  const forgetMost = db.prepare(
    'DELETE FROM failures WHERE name_hash IN (SELECT name_hash FROM failures ORDER BY last_ms DESC LIMIT -1 OFFSET ?)',
  );
  return {
    begin: (name) =>
      inTransaction(db, () => {
        const at = now();
        const found = find.get(keyOf(name));
        const row = found === undefined || numberOf(found, 'last_ms') < at - LOCK_MS ? undefined : found;
        const until = row === undefined ? null : maybeNumberOf(row, 'locked_until_ms');
        if (until !== null && until > at) return { locked_ms: until - at };
        forgetOld.run(at - LOCK_MS);
        const count = row === undefined || until !== null ? 0 : numberOf(row, 'count');
        if (count >= FAILURES_MAX) return { locked_ms: LOCK_MS };
        put.run(keyOf(name), count + 1, at, null);
        forgetMost.run(NAMES_MAX);
        return null;
      }),
    failed: (name) => void lock.run(now() + LOCK_MS, now(), keyOf(name), FAILURES_MAX),
    forgive: (name) => void remove.run(keyOf(name)),
  };
};

// People type passwords into the field of the name: what was typed is not kept in the clear.
const keyOf = (name: string): Buffer => createHash('sha256').update(name).digest();
