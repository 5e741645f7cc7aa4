import { StoreError } from '#app/ports.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';

/** A store that remembers how its last write ended. */
export interface WatchedStore extends CheckableStore {
  /** Why the last write failed; null when it succeeded. A `conflict`, which follows from a failure before it, does not hide that one. */
  readonly fault: () => StoreError | null;
  /** After a failure, keeps the durable head as a checkpoint: so it is noticed that writing works again, though no command comes. */
  readonly tryAgain: () => Promise<void>;
}

export const watched = (store: CheckableStore): WatchedStore => {
  let fault: StoreError | null = null;
  const watch = async (write: Promise<void>): Promise<void> => {
    try {
      await write;
      fault = null;
    } catch (error) {
      if (error instanceof StoreError && (fault === null || error.fault !== 'conflict')) fault = error;
      throw error;
    }
  };
  const keepCheckpoint: CheckableStore['keepCheckpoint'] = (head) => watch(store.keepCheckpoint(head));
  return {
    ...store,
    append: (batch) => watch(store.append(batch)),
    keepCheckpoint,
    fault: () => fault,
    tryAgain: async () => {
      const head = fault === null ? null : await store.head();
      if (head !== null) await keepCheckpoint(head);
    },
  };
};
