import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { StoreError } from '#app/ports.ts';
import type { Store } from '#app/ports.ts';
import type { SiteId } from '#core/base/ids.ts';
import { err } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { storeError, storeErrorOf } from './faults.ts';
import type { CheckedLedger } from './ledger-check.ts';
import { ledgerPath } from './ledger-file.ts';
import { pack } from './pack.ts';
import type { Failure, IntegrityAnswer, Questions, Reply, Request, WorkerSetup } from './protocol.ts';

export type { CheckedLedger } from './ledger-check.ts';

/** A store that can compare all it holds with the site's signatures. */
export interface CheckableStore extends Store {
  /**
   * Reads everything and names the first flaw. To be called at every start, before anything is served; its answer holds the
   * chain to go on from.
   * @param publicKey SPKI PEM of the site's key
   */
  readonly check: (site: SiteId, publicKey: string) => Promise<Result<CheckedLedger, Flaw>>;
  /**
   * Gives the store the key it signs heads with from now on. Signing costs more than everything else that is done for a group, so it
   * is done where the group is written. Until then a head without a signature is refused (`broken`).
   * @param privateKey PKCS8 PEM of the site's Ed25519 key
   */
  readonly signWith: (privateKey: string) => Promise<void>;
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * Opens (or makes) the ledger in a data directory and holds the directory until `close`. SQLite runs in a thread of its own:
 * batches that arrive while an fsync is under way share the next one.
 * Rejects with StoreError: `locked`, `full` (a new ledger on a full disk), `corrupt`, `broken`.
 */
export const openSqliteStore = async (dir: string): Promise<CheckableStore> => {
  makeDirectory(dir);
  const client = new WorkerClient(dir);
  await client.opened;
  return {
    head: () => client.ask('head', null),
    append: (batch) => client.append(pack(batch)),
    read: (after, limit) => client.ask('read', [after, limit]),
    ofMatter: (matter) => client.ask('ofMatter', matter),
    checkpoints: () => client.ask('checkpoints', null),
    keepCheckpoint: async (head) => {
      await client.ask('keepCheckpoint', head);
    },
    signWith: async (privateKey) => {
      await client.ask('signWith', privateKey);
    },
    check: async (site, publicKey) => {
      // Two readings of the whole file, side by side on two cores.
      const [answer, damage] = await Promise.all([
        client.ask('check', [site, publicKey]),
        integrityBeside(ledgerPath(dir)).then((beside) =>
          'flaw' in beside ? beside.flaw : client.ask('integrity', null),
        ),
      ]);
      return answer.ok && damage !== null ? err(damage) : answer;
    },
    close: () => client.close(),
  };
};

/** Fails when the ledger's thread has the file for itself alone, as it must while the disk is full. */
const integrityBeside = async (path: string): Promise<IntegrityAnswer> => {
  const worker = new Worker(new URL('./integrity-worker.ts', import.meta.url), { workerData: path });
  const answer = await new Promise<IntegrityAnswer>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  return answer;
};

const makeDirectory = (dir: string): void => {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw storeErrorOf(error);
  }
};

class WorkerClient {
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #ended: StoreError | null = null;
  #closing: Promise<void> | null = null;

  constructor(dir: string) {
    const setup: WorkerSetup = { dir };
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: setup });
    const opening = Promise.withResolvers<void>();
    this.opened = opening.promise;
    this.#worker.on('message', (reply: Reply) => {
      if (!('opened' in reply)) this.#settle(reply);
      else if (reply.opened === null) opening.resolve();
      else opening.reject(errorOf(reply.opened));
    });
    this.#worker.on('error', (error) => this.#end(storeErrorOf(error)));
    this.#worker.on('exit', () => {
      this.#end(storeError('closed'));
      opening.reject(storeError('broken'));
    });
  }

  ask<Op extends keyof Questions>(op: Op, ask: Questions[Op]['ask']): Promise<Questions[Op]['answer']> {
    return this.#post({ op, ask });
  }

  append(ask: Extract<Request, { op: 'append' }>['ask']): Promise<void> {
    return this.#post({ op: 'append', ask });
  }

  /** Waits for what was asked before; nothing can be asked after. */
  close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    if (this.#ended !== null) return;
    const exited = new Promise<void>((resolve) => {
      this.#worker.once('exit', () => resolve());
    });
    const closed = this.ask('close', null);
    this.#ended = storeError('closed');
    await closed;
    await exited;
  }

  #post<T>(request: Omit<Request, 'id'>): Promise<T> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }

  #settle(reply: Exclude<Reply, { opened: unknown }>): void {
    if ('done' in reply) {
      for (const id of reply.done) this.#taken(id)?.resolve(undefined as never);
    } else if ('failure' in reply) {
      this.#taken(reply.id)?.reject(errorOf(reply.failure));
    } else {
      this.#taken(reply.id)?.resolve(reply.value as never);
    }
  }

  #taken(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #end(error: StoreError): void {
    this.#ended ??= error;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}

const errorOf = (failure: Failure): StoreError => new StoreError(failure.fault, failure.message, failure.seq);
