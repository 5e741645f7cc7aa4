import { StoreError } from '#app/ports.ts';
import type { StoreFault } from '#app/ports.ts';

/** PostgreSQL's error codes that mean something to us (postgresql.org/docs/current/errcodes-appendix.html). */
const FAULTS: Readonly<Record<string, StoreFault>> = {
  '53100': 'full',
  '23505': 'conflict',
  XX001: 'corrupt',
  XX002: 'corrupt',
};

const WORDS: Readonly<Record<StoreFault, string>> = {
  full: 'the disk of the PostgreSQL server is full: free some space; what was acknowledged is safe and can be read',
  broken: 'the connection to PostgreSQL failed: check the server and start again',
  conflict: 'the batch does not follow the durable end of the ledger: read the head and try again',
  locked: 'another process has this ledger open in PostgreSQL: stop it first',
  corrupt: 'PostgreSQL says its files are damaged: restore them from a backup that verifies',
  closed: 'the store is closed',
};

/** Any error of the adapter as a StoreError. The connection string is never part of it. */
export const storeErrorOf = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const fault = FAULTS[code] ?? 'broken';
  return new StoreError(fault, `${WORDS[fault]} (${error instanceof Error ? error.message : String(error)})`);
};

export const storeError = (fault: StoreFault, seq: number | null = null): StoreError =>
  new StoreError(fault, WORDS[fault], seq);
