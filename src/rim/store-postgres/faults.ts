import { DatabaseError } from 'pg';
import { StoreError } from '#app/ports.ts';
import type { StoreFault } from '#app/ports.ts';
import { CONFLICT } from '#rim/ledger-store/signing.ts';
import { OutageError } from '#rim/ledger-store/watch.ts';

/** PostgreSQL's error codes that mean something to us (postgresql.org/docs/current/errcodes-appendix.html). */
const FAULTS: Readonly<Record<string, StoreFault>> = {
  '53100': 'full',
  '23505': 'conflict',
  XX001: 'corrupt',
  XX002: 'corrupt',
};
export const UNDEFINED_TABLE = '42P01';
/** The server ends the connection, or did not say how the statement ended: classes 08 (connection) and 57P (intervention). */
const CONNECTION_CODES = /^(?:08|57P)/;

const WORDS: Readonly<Record<StoreFault, string>> = {
  full: 'the disk of the PostgreSQL server is full: free some space; what was acknowledged is safe and can be read',
  broken: 'PostgreSQL cannot be reached or does not work',
  conflict: CONFLICT,
  locked: 'another process has this ledger open in PostgreSQL: stop it first',
  corrupt: 'PostgreSQL says its files are damaged: restore them from a backup that verifies',
  closed: 'the store is closed',
  held: 'this site may not go on with its ledger',
};

export const sqlState = (error: unknown): string | null =>
  error instanceof DatabaseError ? (error.code ?? null) : null;

/** True when it is not known how a statement ended: the connection went before its answer came. */
export const isLost = (error: unknown): boolean =>
  !(error instanceof StoreError) && CONNECTION_CODES.test(sqlState(error) ?? '08');

/** Any error of the adapter as a StoreError. The connection string is never part of it. */
export const storeErrorOf = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const fault = FAULTS[sqlState(error) ?? ''] ?? 'broken';
  return new StoreError(fault, `${WORDS[fault]} (${messageOf(error)})`);
};

export const storeError = (fault: StoreFault, seq: number | null = null): StoreError =>
  new StoreError(fault, WORDS[fault], seq);

export const outageOf = (error: unknown): OutageError =>
  new OutageError(`the connection to PostgreSQL is lost, and tried again every few seconds (${messageOf(error)})`);

/** One failure for each address tried has no words of its own. */
const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
};
