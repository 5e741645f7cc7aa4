import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { StoreError } from '#app/ports.ts';
import type { Batch, StoreFault } from '#app/ports.ts';
import { matterId } from '#core/base/ids.ts';
import { tipOf } from '#core/ledger/chain.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';
import { Author, SITE, eventsOf, matterOf, testKey } from './store-kit.ts';

/** A place for one ledger, made anew for every test. */
export interface StorePlace {
  readonly open: () => Promise<CheckableStore>;
  /** Changes the stored hash of the second event behind the store's back; the store is closed. */
  readonly tamper: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

const unsigned = (batch: Batch): Batch => {
  const { site, size, last, time } = batch.head;
  return { ...batch, head: { site, size, last, time } };
};

const faultIs =
  (fault: StoreFault) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.fault === fault;

/** What every adapter of the `Store` port must do. */
export const storeContract = (name: string, makePlace: () => Promise<StorePlace>): void => {
  describe(`store contract: ${name}`, () => {
    const key = testKey();
    let place: StorePlace;
    let store: CheckableStore;
    let author: Author;

    beforeEach(async () => {
      place = await makePlace();
      store = await place.open();
      author = new Author(key.signer);
    });
    afterEach(async () => {
      await store.close();
      await place.dispose();
    });
    const reopen = async (): Promise<void> => {
      await store.close();
      store = await place.open();
    };
    const appendAll = async (batches: readonly Batch[]): Promise<void> => {
      await Promise.all(batches.map((batch) => store.append(batch)));
    };

    it('is empty at first', async () => {
      assert.equal(await store.head(), null);
      assert.deepEqual(await store.read(0, 10), []);
      assert.deepEqual(await store.checkpoints(), []);
      assert.deepEqual(await store.ofMatter(matterId('PT-261121-0001')), []);
    });

    it('L1, L2 gives back exactly what was appended, also after it was opened anew', async () => {
      const batches = [author.batch(1), author.batch(16, true), author.batch(100)];
      await appendAll(batches);
      const events = eventsOf(batches);
      for (const opened of ['first', 'anew']) {
        assert.deepEqual(await store.read(0, 1000), events, opened);
        assert.deepEqual(await store.head(), batches[2]?.head, opened);
        assert.deepEqual(await store.checkpoints(), [batches[1]?.head], opened);
        await reopen();
      }
    });

    it('L3 makes heads of tips with the key it was given, and refuses a tip before', async () => {
      const batches = [author.batch(5, true), author.batch(4), author.batch(3)] as const;
      await assert.rejects(store.append(unsigned(batches[0])), faultIs('broken'));
      await store.signWith(key.privateKey);
      await appendAll(batches.map(unsigned));
      assert.deepEqual(await store.head(), batches[2].head);
      await store.keepCheckpoint(tipOf(author.chain, batches[2].head.time));
      assert.deepEqual(await store.checkpoints(), [batches[0].head, batches[2].head]);
      assert.ok((await store.check(SITE, key.publicKey)).ok);
    });

    it('L5 makes the heads after a refusal as if it had never been', async () => {
      await store.signWith(key.privateKey);
      const good = author.batch(3);
      const { at } = author;
      const gone = author.batch(2);
      const orphans = [author.batch(1), author.batch(4)];
      const answers = await Promise.allSettled([good, ...orphans].map((batch) => store.append(unsigned(batch))));
      assert.deepEqual(
        answers.map((answer) => answer.status),
        ['fulfilled', 'rejected', 'rejected'],
      );
      author.at = at;
      const more = [author.batch(5, true), author.batch(1)] as const;
      assert.notDeepEqual(more[0].events, gone.events);
      await appendAll(more.map(unsigned));
      assert.deepEqual([await store.head(), await store.checkpoints()], [more[1].head, [more[0].head]]);
      assert.ok((await store.check(SITE, key.publicKey)).ok);
    });

    it('opened without a check, goes on from the hashes that are stored', async () => {
      await appendAll([author.batch(9), author.batch(4)]);
      await reopen();
      await store.signWith(key.privateKey);
      const idle = author.head();
      await store.keepCheckpoint(tipOf(author.chain, idle.time));
      assert.deepEqual(await store.checkpoints(), [idle]);
      await reopen();
      await store.signWith(key.privateKey);
      const more = author.batch(6);
      await store.append(unsigned(more));
      assert.deepEqual(await store.head(), more.head);
      assert.ok((await store.check(SITE, key.publicKey)).ok);
    });

    it('L4 signs nothing over hashes its last head was not signed for', async () => {
      const written = author.batch(9);
      await store.append(written);
      await store.close();
      await place.tamper();
      store = await place.open();
      await store.signWith(key.privateKey);
      await assert.rejects(store.keepCheckpoint(tipOf(author.chain, written.head.time)), faultIs('corrupt'));
      await assert.rejects(store.append(unsigned(author.batch(1))), faultIs('corrupt'));
      assert.deepEqual([await store.head(), await store.checkpoints()], [written.head, []]);
    });

    it('reads any window', async () => {
      const batch = author.batch(50);
      await store.append(batch);
      assert.deepEqual(await store.read(10, 5), batch.events.slice(10, 15));
      assert.deepEqual(await store.read(48, 5), batch.events.slice(48));
      assert.deepEqual(await store.read(50, 5), []);
      assert.deepEqual(await store.read(99, 5), []);
    });

    it('finds the events of a matter in order', async () => {
      const batches = [author.batch(33), author.batch(40)];
      await appendAll(batches);
      const matter = matterId('PT-261121-0004');
      const expected = eventsOf(batches).filter((event) => event.matter === matter);
      assert.equal(expected.length, 9);
      assert.equal(matterOf(35), null);
      assert.deepEqual(await store.ofMatter(matter), expected);
    });

    it('keeps the order of many batches under way at once', async () => {
      const batches = Array.from({ length: 200 }, (_, index) => author.batch(1 + (index % 5)));
      await appendAll(batches);
      assert.deepEqual(await store.read(0, 10_000), eventsOf(batches));
    });

    it('L1, L5 refuses a batch that does not follow, and all queued behind it', async () => {
      const good = author.batch(3);
      author.batch(2);
      const orphans = [author.batch(1), author.batch(1)];
      const answers = await Promise.allSettled([store.append(good), ...orphans.map((batch) => store.append(batch))]);
      assert.equal(answers[0]?.status, 'fulfilled');
      for (const answer of answers.slice(1))
        assert.ok(answer.status === 'rejected' && faultIs('conflict')(answer.reason));
      assert.deepEqual(await store.read(0, 10), good.events);
      assert.deepEqual(await store.head(), good.head);
    });

    it('goes on after a refusal', async () => {
      const good = author.batch(3);
      await store.append(good);
      await assert.rejects(store.append(good), faultIs('conflict'));
      const more = author.batch(2);
      await store.append(more);
      assert.deepEqual(await store.head(), more.head);
    });

    it('keeps a checkpoint without events, and refuses one of events that are not there', async () => {
      await store.append(author.batch(5));
      const head = author.head();
      await store.keepCheckpoint(head);
      author.batch(1);
      await assert.rejects(store.keepCheckpoint(author.head()), faultIs('conflict'));
      await reopen();
      assert.deepEqual(await store.checkpoints(), [head]);
    });

    it('checks out, and hands over the chain to go on from', async () => {
      assert.ok((await store.check(SITE, key.publicKey)).ok);
      await appendAll([author.batch(30, true), author.batch(7)]);
      await reopen();
      const answer = await store.check(SITE, key.publicKey);
      assert.ok(answer.ok);
      assert.deepEqual(answer.value.chain, author.chain);
      const next = new Author(key.signer, answer.value);
      await store.append(next.batch(4, true));
      assert.ok((await store.check(SITE, key.publicKey)).ok);
    });

    it('does not check out under another key', async () => {
      await store.append(author.batch(3));
      const answer = await store.check(SITE, testKey().publicKey);
      assert.ok(!answer.ok);
      assert.equal(answer.error.code, 'bad-signature');
      assert.equal(answer.error.seq, 3);
    });

    it('L6 refuses a second holder with `locked`, and lets one in when the first is gone', async () => {
      await assert.rejects(place.open(), faultIs('locked'));
      await store.append(author.batch(1));
      await reopen();
      assert.equal((await store.head())?.size, 1);
    });

    it('answers `closed` after it was closed', async () => {
      await store.close();
      await assert.rejects(store.append(author.batch(1)), faultIs('closed'));
      await assert.rejects(store.read(0, 1), faultIs('closed'));
      await store.close();
    });

    it('finishes what was asked before it closes', async () => {
      const batches = Array.from({ length: 20 }, () => author.batch(10));
      const answers = Promise.all(batches.map((batch) => store.append(batch)));
      await store.close();
      await answers;
      store = await place.open();
      assert.equal((await store.head())?.size, 200);
    });
  });
};
