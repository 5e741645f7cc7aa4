import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '#app/ports.ts';
import { sqliteCode, storeErrorOf } from './faults.ts';

/** Held as long as the process lives; the operating system lets go of it however the process ends. */
export interface DirectoryLock {
  readonly release: () => void;
}

const BUSY = 5;

/**
 * Takes the data directory for this process: an exclusive transaction on an empty database beside the ledger, held open.
 * Throws StoreError `locked` when another process (or another store of this one) has it.
 */
export const lockDirectory = (dir: string): DirectoryLock => {
  const path = join(dir, 'lock.db');
  const database = openLock(path);
  try {
    // Nothing is ever written here; a journal on disk would need space that a full disk does not have.
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    const code = sqliteCode(error);
    if (code !== null && code % 256 === BUSY) {
      throw new StoreError(
        'locked',
        `another process uses the data directory ${dir}: stop it first, or choose another directory`,
      );
    }
    throw storeErrorOf(error);
  }
  return { release: () => database.close() };
};

const openLock = (path: string): DatabaseSync => {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw storeErrorOf(error);
  }
};
