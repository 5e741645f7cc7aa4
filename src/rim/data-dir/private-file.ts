import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';

const OWNER_ONLY = 0o600;

/**
 * Makes an empty database file for its owner only, when there is none: SQLite gives its helper files the mode of the file itself.
 * Where it cannot be made, SQLite says why when it tries.
 */
export const makePrivate = (file: string): void => {
  if (existsSync(file)) return;
  try {
    closeSync(openSync(file, 'a', OWNER_ONLY));
  } catch {
    // told by SQLite
  }
};

/** The same, and one that is there already, with its helper files, is narrowed to its owner. */
export const keepPrivate = (file: string): void => {
  makePrivate(file);
  for (const one of [file, `${file}-wal`, `${file}-shm`]) narrow(one);
};

/** A helper file may go while this looks at it: the last who has the database open deletes it. */
const narrow = (file: string): void => {
  try {
    chmodSync(file, OWNER_ONLY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};
