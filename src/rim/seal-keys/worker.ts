import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { StoreFault } from '#app/ports.ts';
import { storeErrorOf } from '#rim/store-sqlite/faults.ts';
import { KeyDatabase } from './key-database.ts';
import type { KeyEntry } from './key-database.ts';

/** Changes to write together, or null: close and end. */
export type KeyRequest = readonly KeyEntry[] | null;
export interface KeyReply {
  /** The keys there are, in the first reply only. */
  readonly entries: readonly KeyEntry[];
  readonly failure: { readonly fault: StoreFault; readonly message: string } | null;
}

const attempt = (work: () => readonly KeyEntry[]): KeyReply => {
  try {
    return { entries: work(), failure: null };
  } catch (error) {
    const { fault, message } = storeErrorOf(error);
    return { entries: [], failure: { fault, message } };
  }
};

const serve = (port: MessagePort, dir: string): void => {
  let database: KeyDatabase | null = null;
  port.postMessage(
    attempt(() => {
      database = new KeyDatabase(dir);
      return database.all();
    }),
  );
  port.on('message', (changes: KeyRequest) => {
    if (changes === null) {
      database?.close();
      port.close();
      return;
    }
    port.postMessage(
      attempt(() => {
        database?.write(changes);
        return [];
      }),
    );
  });
};

if (parentPort !== null) serve(parentPort, workerData as string);
