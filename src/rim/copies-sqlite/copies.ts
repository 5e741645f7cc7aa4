import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '#app/ports.ts';
import type { Copies, StoreFault } from '#app/ports.ts';
import { storeError } from '#rim/store-sqlite/faults.ts';
import { Thread } from '#rim/thread/thread.ts';
import { COPIES_FILE } from './copies-file.ts';
import type { CopiesMethods } from './worker.ts';

/**
 * Copies of other sites' ledgers in a data directory, in a thread of their own: a desk does not wait for what comes from elsewhere.
 * A damaged database is laid aside under another name, never deleted, and begun anew: what it held is asked for again.
 * @param laidAside told of the name it was given
 * @throws StoreError for any other fault
 */
export const openCopies = async (dir: string, laidAside: (file: string) => void): Promise<Copies> => {
  const copies = openAsIs(dir);
  try {
    await copies.all();
    return copies;
  } catch (error) {
    await copies.close().catch(() => undefined);
    if (!(error instanceof StoreError) || error.fault !== 'corrupt') throw error;
    laidAside(layAside(dir));
    return openAsIs(dir);
  }
};

/** The database with its helper files. @returns its new name */
const layAside = (dir: string): string => {
  const file = path.join(dir, COPIES_FILE);
  const aside = `${file}.damaged-${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)}`;
  for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) renameSync(file + part, aside + part);
  return aside;
};

const openAsIs = (dir: string): Copies => {
  const file = new URL('./worker.ts', import.meta.url);
  const thread = new Thread<CopiesMethods>(file, path.join(dir, COPIES_FILE), errorOf);
  return {
    all: () => thread.ask('copies'),
    append: async (events, after) => {
      await thread.ask('append', events, after);
    },
    read: (origin, after, limit) => thread.ask('read', origin, after, limit),
    ofMatter: (matter) => thread.ask('ofMatter', matter),
    give: (origin, after, limit) => thread.ask('give', origin, after, limit),
    hashes: (origin, size) => thread.ask('hashes', origin, size),
    close: async () => {
      try {
        await thread.ask('close');
      } finally {
        await thread.end();
      }
    },
  };
};

const errorOf = (fault: unknown): StoreError => {
  if (fault === null) return storeError('closed');
  const told = fault as { readonly fault: StoreFault; readonly message: string; readonly seq: number | null };
  return new StoreError(told.fault, told.message, told.seq);
};
