import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Recorder } from '#app/recorder.ts';
import { instant } from '#core/base/instant.ts';
import { between, seeded } from '#core/base/random.ts';
import { emptyChain } from '#core/ledger/chain.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { verifyDatabase } from '#rim/store-postgres/check.ts';
import { openPostgresStore } from '#rim/store-postgres/store.ts';
import { tempDir } from '../harness/site.ts';
import { SITE, digest, draftOf } from './store-kit.ts';
import { postgresSkip, startCluster, until } from './store-postgres-cluster.ts';
import type { Cluster } from './store-postgres-cluster.ts';

const CRASHES = 6;
const LANES = 24;
/** PostgreSQL is killed after this many more commands were answered (a random number up to it). */
const MOST_COMMANDS = 400;

describe('PostgreSQL killed again and again under load', { skip: postgresSkip() }, () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());

  it('L5 what was answered is there, what was refused is not, and the recorder goes on where the ledger ends', async () => {
    const connection = await cluster.makeDatabase();
    const { dir, remove } = tempDir('postgres');
    const store = await openPostgresStore({ connection, dir });
    await store.signWith(openSiteKey(dir).privateKey);
    const folded: Envelope[] = [];
    const recorder = new Recorder({
      store,
      digest,
      now: () => instant(Date.now()),
      chain: emptyChain(SITE),
      stamp: null,
      checkpointed: 0,
      soon: setImmediate,
      onDurable: (events) => folded.push(...events),
    });
    const answered = new Set<string>();
    const refused = new Set<string>();
    let asked = 0;
    let isOver = false;
    const lane = async (): Promise<void> => {
      while (!isOver) {
        asked += 1;
        const draft = draftOf(asked);
        const recorded = await recorder.record([draft], instant(Date.now())).catch(() => null);
        (recorded === null ? refused : answered).add(String(draft.command));
        // As a client does that was refused: it asks whether the site is ready before it tries again.
        if (recorded === null) await until('the store is back', () => isOver || store.outage() === null);
      }
    };
    const lanes = Array.from({ length: LANES }, lane);
    const random = seeded(20_261_122);
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const target = answered.size + between(random, 1, MOST_COMMANDS);
      await until('commands are answered', () => answered.size >= target);
      cluster.crash();
      await until('it is noticed', () => store.outage() !== null);
      await cluster.restart();
    }
    await until('the store is back', () => store.outage() === null);
    const target = answered.size + LANES;
    await until('commands are answered at the end', () => answered.size >= target);
    isOver = true;
    await Promise.all(lanes);
    const events = await store.read(0, 1_000_000);
    assert.deepEqual(
      folded.map((event) => event.command),
      events.map((event) => (JSON.parse(event.text) as Envelope).command),
    );
    const there = new Set(folded.map((event) => String(event.command)));
    assert.equal(there.size, folded.length, 'nothing was written twice');
    assert.deepEqual(there, answered);
    assert.ok(refused.size > 0);
    await recorder.checkpoint();
    await store.close();
    assert.equal((await verifyDatabase(connection, dir)).events, answered.size);
    remove();
  });
});
