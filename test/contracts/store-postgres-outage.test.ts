import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Client } from 'pg';
import { StoreError } from '#app/ports.ts';
import type { StoreFault } from '#app/ports.ts';
import type { SignedBatch } from '#rim/ledger-store/signing.ts';
import type { RemoteStore } from '#rim/ledger-store/watch.ts';
import { openPostgresStore } from '#rim/store-postgres/store.ts';
import { tempDir } from '../harness/site.ts';
import { layCable } from './cut-cable.ts';
import type { Cable } from './cut-cable.ts';
import { Author, SITE, testKey } from './store-kit.ts';
import { postgresSkip, startCluster, until } from './store-postgres-cluster.ts';
import type { Cluster } from './store-postgres-cluster.ts';

const faultIs =
  (fault: StoreFault, words = /./) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.fault === fault && words.test(error.message);

describe('a connection to PostgreSQL that is lost', { skip: postgresSkip() }, () => {
  const key = testKey();
  let cluster: Cluster;
  let connection: string;
  let cable: Cable;
  let place: ReturnType<typeof tempDir>;
  let store: RemoteStore;
  let author: Author;
  let told: (string | null)[];
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());
  beforeEach(async () => {
    connection = await cluster.makeDatabase();
    cable = await layCable(cluster.socket);
    place = tempDir('postgres');
    told = [];
    store = await openPostgresStore({
      connection: `postgres://qundao@127.0.0.1:${cable.port}/${new URL(connection).pathname.slice(1)}`,
      dir: place.dir,
      onOutage: (outage) => told.push(outage?.fault ?? null),
    });
    author = new Author(key.signer);
    await store.append(author.batch(10, true));
  });
  afterEach(async () => {
    cable.mend();
    await store.close();
    cable.close();
    await cluster.dropDatabase(connection);
    place.remove();
  });
  /** Asks the database without the cable. */
  const directly = async (sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: connection });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows as Record<string, unknown>[];
  };
  const durable = async (): Promise<number> => Number((await directly('SELECT size FROM qundao_head'))[0]?.['size']);
  const isBack = (): Promise<void> => until('the store is back', () => store.outage() === null);
  const goesOn = async (): Promise<void> => {
    const more = author.batch(3, true);
    await store.append(more);
    assert.deepEqual(await store.head(), more.head);
    const answer = await store.check(SITE, key.publicKey);
    assert.ok(answer.ok);
    assert.deepEqual(answer.value.chain, author.chain);
  };
  /** A batch under way whose answer does not come, and one behind it; both settled, looked at later. */
  const underWay = (batch: SignedBatch, behind: SignedBatch) =>
    [store.append(batch), store.append(behind)].map((one) =>
      one.then(
        () => null,
        (error: unknown) => error,
      ),
    );

  it('does not keep a read waiting whose question was lost', async () => {
    assert.equal((await store.read(0, 5)).length, 5);
    cable.loseQuestions();
    await assert.rejects(store.read(0, 5), faultIs('broken'));
    cable.mend();
    await until('reads are answered', () =>
      store.read(0, 5).then(
        (events) => events.length === 5,
        () => false,
      ),
    );
  });

  it('L5 is made again by itself: told at once, refused meanwhile, going on after', async () => {
    cable.cut();
    await until('the outage is noticed', () => store.outage() !== null);
    const early = author.at;
    await assert.rejects(store.append(author.batch(1)), faultIs('broken', /tried again/));
    await assert.rejects(store.keepCheckpoint(author.head()), faultIs('broken'));
    author.at = early;
    cable.mend();
    await isBack();
    assert.deepEqual(told, ['broken', null]);
    await goesOn();
  });

  it('L6 takes the lock again, and waits for it while another has it', async () => {
    const other = new Client({ connectionString: connection });
    await other.connect();
    cable.cut();
    await until('the lock is free', async () => {
      const { rows } = await other.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(89518193622351) AS taken`);
      return rows[0]?.taken === true;
    });
    cable.mend();
    await until('the lock is asked for', () => /another process/.test(store.outage()?.message ?? ''));
    await other.end();
    await isBack();
    await assert.rejects(openPostgresStore({ connection, dir: place.dir }), faultIs('locked'));
    await goesOn();
  });

  it('L5 an append whose answer was lost is answered as done when it was done', async () => {
    const batch = author.batch(5, true);
    const next = author.at;
    cable.loseAnswers();
    const [first, second] = underWay(batch, author.batch(2));
    await until('the batch is in the database', async () => (await durable()) === 15);
    cable.cut();
    assert.ok(faultIs('broken')(await second), 'what was not sent is refused at once');
    assert.notEqual(store.outage(), null);
    cable.mend();
    assert.equal(await first, null);
    assert.deepEqual(await store.read(10, 9), batch.events);
    author.at = next;
    await goesOn();
  });

  it('L5 an append that never arrived is refused, and leaves nothing behind', async () => {
    const before = author.at;
    cable.loseQuestions();
    const [first, second] = underWay(author.batch(5), author.batch(2));
    cable.cut();
    assert.ok(faultIs('broken')(await second));
    cable.mend();
    assert.ok(faultIs('broken')(await first));
    assert.equal(await durable(), 10);
    author.at = before;
    await goesOn();
  });

  it('a ledger put back meanwhile is refused for good, and named at the next start', async () => {
    const head = await store.head();
    await store.append(author.batch(4));
    cable.cut();
    await until('the outage is noticed', () => store.outage() !== null);
    await directly('DELETE FROM qundao_events WHERE seq > 10');
    await directly(`UPDATE qundao_head SET size = 10, text = '${JSON.stringify(head)}'`);
    cable.mend();
    await until('it is seen', () => store.outage()?.fault === 'corrupt');
    const refused = faultIs('corrupt', /10 events that is not the one of 14 events acknowledged/);
    await assert.rejects(store.append(author.batch(1)), refused);
    await assert.rejects(store.head(), refused);
    assert.deepEqual(told, ['broken', 'corrupt']);
    await store.close();
    store = await openPostgresStore({ connection, dir: place.dir });
    const answer = await store.check(SITE, key.publicKey);
    assert.ok(!answer.ok);
    assert.deepEqual([answer.error.code, answer.error.seq, answer.error.upto], ['truncated', 11, 14]);
  });

  it('closed while it waits, it says that it does not know', async () => {
    cable.loseAnswers();
    const [first] = underWay(author.batch(5), author.batch(2));
    await until('the batch is in the database', async () => (await durable()) === 15);
    cable.cut();
    await until('the outage is noticed', () => store.outage() !== null);
    store.giveUp();
    assert.ok(faultIs('closed')(await first));
    await store.close();
  });
});
