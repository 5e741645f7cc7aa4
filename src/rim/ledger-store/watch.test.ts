import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StoreError } from '#app/ports.ts';
import type { Batch, StoreFault } from '#app/ports.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';
import { OutageError, watched } from './watch.ts';

const HEAD = { size: 3 } as SignedHead;

/** A store whose next writes fail as told, then succeed. */
const failing = (...faults: readonly StoreFault[]) => {
  const coming = [...faults];
  const kept: SignedHead[] = [];
  const write = (): Promise<void> => {
    const fault = coming.shift();
    return fault === undefined ? Promise.resolve() : Promise.reject(new StoreError(fault, fault));
  };
  const store = {
    head: () => Promise.resolve(HEAD),
    append: write,
    keepCheckpoint: (head: SignedHead) => write().then(() => void kept.push(head)),
  } as unknown as CheckableStore;
  return { store: watched(store), kept };
};
const BATCH = {} as Batch;

describe('a watched store', () => {
  test('tells the last failure, not what follows from it, until a write succeeds', async () => {
    const { store } = failing('full', 'conflict');
    assert.equal(store.fault(), null);
    await assert.rejects(store.append(BATCH), { fault: 'full' });
    await assert.rejects(store.append(BATCH), { fault: 'conflict' });
    assert.equal(store.fault()?.fault, 'full');
    await store.append(BATCH);
    assert.equal(store.fault(), null);
  });

  test('a conflict of its own is told', async () => {
    const { store } = failing('conflict');
    await assert.rejects(store.append(BATCH), { fault: 'conflict' });
    assert.equal(store.fault()?.fault, 'conflict');
  });

  test('tries again with the durable head, and only after a failure', async () => {
    const { store, kept } = failing('full', 'full');
    await store.tryAgain();
    assert.deepEqual(kept, []);
    await assert.rejects(store.append(BATCH));
    await assert.rejects(store.tryAgain(), { fault: 'full' });
    await store.tryAgain();
    assert.deepEqual([store.fault(), kept], [null, [HEAD]]);
  });

  test('an outage is told by the store as long as it lasts, before anything is tried, and not remembered', async () => {
    let outage: OutageError | null = null;
    const remote = {
      ...failing().store,
      outage: () => outage,
      append: () => (outage === null ? Promise.resolve() : Promise.reject(outage)),
    };
    const store = watched(remote);
    outage = new OutageError('cut');
    assert.equal(store.fault()?.message, 'cut');
    await assert.rejects(store.append(BATCH), { fault: 'broken' });
    outage = null;
    assert.equal(store.fault(), null);
  });
});
