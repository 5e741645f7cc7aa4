import { StoreError } from '#app/ports.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';

/** The ledger is elsewhere and cannot be reached now. Nothing is wrong with the ledger itself. */
export class OutageError extends StoreError {
  constructor(message: string) {
    super('broken', message);
  }
}

/** A store over a connection that may go and come back. */
export interface RemoteStore extends CheckableStore {
  readonly outage: () => StoreError | null;
  readonly onOutage: (lost: (outage: StoreError) => void) => void;
  /** Before closing: what waits for a lost connection is told `closed`, and the connection is not tried again. */
  readonly giveUp: () => void;
}

/** A store that remembers how its last write ended. */
export interface WatchedStore extends CheckableStore {
  /** Why the last write failed; null when it succeeded. A `conflict`, which follows from a failure before it, does not hide that one. */
  readonly fault: () => StoreError | null;
  /** After a failure, keeps the durable head as a checkpoint: so it is noticed that writing works again, though no command comes. */
  readonly tryAgain: () => Promise<void>;
  /** See `RemoteStore.giveUp`. */
  readonly giveUp: () => void;
}

export const watched = (store: CheckableStore | RemoteStore): WatchedStore => {
  let fault: StoreError | null = null;
  const watch = async (write: Promise<void>): Promise<void> => {
    try {
      await write;
      fault = null;
    } catch (error) {
      // An outage need not be remembered: the store tells of it as long as it lasts.
      const counts = error instanceof StoreError && !(error instanceof OutageError);
      if (counts && (fault === null || error.fault !== 'conflict')) fault = error;
      throw error;
    }
  };
  const keepCheckpoint: CheckableStore['keepCheckpoint'] = (head) => watch(store.keepCheckpoint(head));
  return {
    ...store,
    append: (batch) => watch(store.append(batch)),
    keepCheckpoint,
    fault: () => store.outage?.() ?? fault,
    giveUp: 'giveUp' in store ? store.giveUp : () => undefined,
    tryAgain: async () => {
      const head = fault === null ? null : await store.head();
      if (head !== null) await keepCheckpoint(head);
    },
  };
};
