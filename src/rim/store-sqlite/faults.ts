import { StoreError } from '#app/ports.ts';
import type { StoreFault } from '#app/ports.ts';
import { CONFLICT } from '#rim/ledger-store/signing.ts';

/** SQLite's primary result codes that mean something to us (sqlite.org/rescode.html). */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
/** Extended codes: the shared-memory file could not grow; the file system says its own data is damaged. */
const IOERR_SHMSIZE = 4874;
const IOERR_CORRUPTFS = 8458;

/** SQLite's extended result code of an error thrown by node:sqlite, or null for any other error. */
export const sqliteCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;

const faultOf = (code: number): StoreFault => {
  if (code === IOERR_SHMSIZE) return 'full';
  if (code === IOERR_CORRUPTFS) return 'corrupt';
  const primary = code % 256;
  if (primary === FULL) return 'full';
  if (primary === CORRUPT || primary === NOTADB) return 'corrupt';
  return primary === BUSY || primary === LOCKED ? 'locked' : 'broken';
};

const WORDS: Readonly<Record<StoreFault, string>> = {
  full: 'the disk is full: free some space; what was acknowledged is safe and can be read',
  broken: 'the disk or the database failed: check the disk and start again',
  conflict: CONFLICT,
  locked: 'another process has the ledger open: stop it first',
  corrupt: 'the database file is damaged: restore it from a copy that verifies',
  closed: 'the store is closed',
  held: 'this site may not go on with its ledger',
};

/** Any error of the adapter as a StoreError. */
export const storeErrorOf = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const code = sqliteCode(error);
  const detail = error instanceof Error ? error.message : String(error);
  const fault = code === null ? 'broken' : faultOf(code);
  return new StoreError(fault, `${WORDS[fault]} (${detail})`);
};

/** A StoreError in the words of its fault. */
export const storeError = (fault: StoreFault, seq: number | null = null): StoreError =>
  new StoreError(fault, WORDS[fault], seq);

/** An event on disk that is not what was written. It is not handed out. */
export const damagedEvent = (seq: number): StoreError =>
  new StoreError(
    'corrupt',
    `event ${seq} is missing or not what was written: restore the ledger from a copy that verifies`,
    seq,
  );

/** True when a database could not be opened in the usual way for want of a place for its helper files. */
export const isOpeningTrouble = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code !== null && [READONLY, IOERR, FULL, CANTOPEN].includes(code % 256);
};
