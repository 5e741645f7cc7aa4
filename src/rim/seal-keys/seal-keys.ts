import { Worker } from 'node:worker_threads';
import { StoreError } from '#app/ports.ts';
import type { SealKeys } from '#app/ports.ts';
import type { MatterId } from '#core/base/ids.ts';
import { SEAL_KEY_BYTES } from '#core/ledger/seals.ts';
import { storeError, storeErrorOf } from '#rim/store-sqlite/faults.ts';
import type { KeyEntry } from './key-database.ts';
import type { KeyReply, KeyRequest } from './worker.ts';

/** `threadId` of a thread that has ended. */
const ENDED_THREAD = -1;

interface Change extends KeyEntry {
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * The keys of sealed facts in a database of their own, `keys.db`, never copied with the ledger. Reading is from memory;
 * writing is in a thread of its own, where changes that arrive during an fsync share the next one. A destroyed key is
 * overwritten in every file; its matter leaves a tombstone. What the file system or the disk itself keeps of overwritten
 * blocks is beyond a program: put the directory on an encrypted disk.
 * Rejects with StoreError `locked` when another process has the keys open.
 */
export const openSealKeys = async (dir: string): Promise<SealKeys> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: dir });
  const first = await new Promise<KeyReply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => reject(storeErrorOf(error)));
  });
  if (first.failure !== null) {
    await worker.terminate();
    throw new StoreError(first.failure.fault, first.failure.message);
  }
  const keys = new KeyKeeper(worker, first.entries);
  return {
    get: (matter) => keys.get(matter),
    put: (matter, key) => keys.put(matter, key),
    destroy: (matter) => keys.destroy(matter),
    destroyed: (matter) => keys.destroyed(matter),
    close: () => keys.close(),
  };
};

class KeyKeeper {
  readonly #worker: Worker;
  /** Null: destroyed. Changes show here only once they are durable. */
  readonly #keys: Map<MatterId, Uint8Array | null>;
  /** Matters whose key, or its destruction, is on its way to the disk. */
  readonly #arriving = new Set<MatterId>();
  #waiting: Change[] = [];
  #writing: readonly Change[] = [];
  #ended: StoreError | null = null;
  #closing: Promise<void> | null = null;

  constructor(worker: Worker, entries: readonly KeyEntry[]) {
    this.#worker = worker;
    this.#keys = new Map(entries.map(({ matter, key }) => [matter, key]));
    worker.on('message', (reply: KeyReply) => this.#settle(reply.failure));
    worker.on('error', (error) => this.#fail(storeErrorOf(error)));
  }

  get(matter: MatterId): Uint8Array | null {
    return this.#keys.get(matter) ?? null;
  }

  destroyed(matter: MatterId): boolean {
    return this.#keys.get(matter) === null;
  }

  put(matter: MatterId, key: Uint8Array): Promise<void> {
    if (key.length !== SEAL_KEY_BYTES) return Promise.reject(new RangeError(`a seal key has ${SEAL_KEY_BYTES} bytes`));
    if (this.#keys.has(matter) || this.#arriving.has(matter)) {
      const message = `matter ${matter} has a key already, or had one that was destroyed`;
      return Promise.reject(new StoreError('conflict', message));
    }
    return this.#enqueue(matter, Uint8Array.from(key));
  }

  destroy(matter: MatterId): Promise<void> {
    return this.destroyed(matter) ? Promise.resolve() : this.#enqueue(matter, null);
  }

  /** Waits for what was asked before. */
  close(): Promise<void> {
    this.#ended ??= storeError('closed');
    this.#closing ??= new Promise((resolve) => {
      if (this.#worker.threadId === ENDED_THREAD) resolve();
      this.#worker.once('exit', () => resolve());
      if (this.#writing.length === 0) this.#finish();
    });
    return this.#closing;
  }

  #enqueue(matter: MatterId, key: Uint8Array | null): Promise<void> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#arriving.add(matter);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ matter, key, resolve, reject });
      if (this.#writing.length === 0) this.#writeWaiting();
    });
  }

  #writeWaiting(): void {
    this.#writing = this.#waiting;
    this.#waiting = [];
    this.#send(this.#writing.map(({ matter, key }) => ({ matter, key })));
  }

  #settle(failure: KeyReply['failure']): void {
    const written = this.#writing;
    this.#writing = [];
    for (const { matter, key, resolve, reject } of written) {
      this.#arriving.delete(matter);
      if (failure === null) {
        this.#remember(matter, key);
        resolve();
      } else {
        reject(new StoreError(failure.fault, failure.message));
      }
    }
    if (this.#waiting.length > 0) this.#writeWaiting();
    else if (this.#closing !== null) this.#finish();
  }

  /** The thread died: nothing more will be written. */
  #fail(error: StoreError): void {
    this.#ended = error;
    for (const change of [...this.#writing, ...this.#waiting]) change.reject(error);
    this.#writing = [];
    this.#waiting = [];
  }

  #remember(matter: MatterId, key: Uint8Array | null): void {
    if (key === null) this.#keys.get(matter)?.fill(0);
    this.#keys.set(matter, key);
  }

  #finish(): void {
    this.#send(null);
  }

  #send(request: KeyRequest): void {
    this.#worker.postMessage(request);
  }
}
