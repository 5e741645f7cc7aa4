import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { keepPrivate } from '#rim/data-dir/private-file.ts';
import { isOpeningTrouble, storeErrorOf } from '#rim/store-sqlite/faults.ts';

export const FAILURES_SCHEMA = `
  CREATE TABLE failures (
    name_hash BLOB PRIMARY KEY,
    count INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    locked_until_ms INTEGER
  ) STRICT;`;
const SCHEMA = `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    display TEXT NOT NULL,
    roles TEXT NOT NULL,
    sites TEXT NOT NULL,
    units TEXT NOT NULL,
    password TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    signed_in_ms INTEGER,
    signed_in_from TEXT
  ) STRICT;
  CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_account ON sessions (account);
  ${FAILURES_SCHEMA}
  CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    display TEXT NOT NULL,
    roles TEXT NOT NULL,
    sites TEXT NOT NULL,
    units TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER
  ) STRICT;
  CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
  PRAGMA user_version = 1;
`;

/**
 * Opens the file of accounts, making it when it is not there. Only its owner may read it. The server and the command line may
 * have it open at the same time.
 */
export const openDatabase = (file: string): DatabaseSync => {
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    return openWith(file, 'NORMAL');
  } catch (error) {
    // A full disk has no place for the helper files of the log: the site has the file for itself then, the command line must wait.
    if (!isOpeningTrouble(error)) throw error;
    return openWith(file, 'EXCLUSIVE');
  }
};

const openWith = (file: string, locking: 'NORMAL' | 'EXCLUSIVE'): DatabaseSync => {
  keepPrivate(file);
  const db = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  try {
    db.exec(`PRAGMA locking_mode = ${locking}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`);
    if (versionOf(db) === 0) inTransaction(db, () => versionOf(db) === 0 && db.exec(SCHEMA));
    if (versionOf(db) !== 1) throw new Error(`${file} was written by a later version of Qundao`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const versionOf = (db: DatabaseSync): number => numberOf(db.prepare('PRAGMA user_version').get(), 'user_version');

export const inTransaction = <T>(db: DatabaseSync, work: () => T): T => {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has rolled it back already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

/** Does something; when the disk is too full for it, does the other thing instead. */
export const unlessFull = <T>(work: () => T, instead: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (storeErrorOf(error).fault !== 'full') throw error;
    return instead();
  }
};

/** A write that may be left out when the disk is full. */
export const ifRoom = (write: () => unknown): void =>
  unlessFull(
    () => void write(),
    () => undefined,
  );

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>;

export const numberOf = (row: Row | undefined, column: string): number => {
  const value = row?.[column];
  if (typeof value !== 'number') throw new TypeError(`accounts: ${column} is not a number`);
  return value;
};
export const textOf = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`accounts: ${column} is not a text`);
  return value;
};
/** A number, or null for NULL. */
export const maybeNumberOf = (row: Row, column: string): number | null =>
  row[column] === null ? null : numberOf(row, column);
