import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Client } from 'pg';
import { StoreError } from '#app/ports.ts';
import { openPostgresStore } from '#rim/store-postgres/store.ts';
import { tempDir } from '../harness/site.ts';
import { Author, SITE, testKey } from './store-kit.ts';
import { postgresSkip, startCluster } from './store-postgres-cluster.ts';
import type { Cluster } from './store-postgres-cluster.ts';
import { storeContract } from './store.ts';

describe('PostgreSQL', { skip: postgresSkip() }, () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());

  storeContract('PostgreSQL', async () => {
    const connection = await cluster.makeDatabase();
    const { dir, remove } = tempDir('postgres');
    return {
      open: () => openPostgresStore({ connection, dir }),
      tamper: async () => {
        const intruder = new Client({ connectionString: connection });
        await intruder.connect();
        await intruder.query(`UPDATE qundao_events SET hash = decode(repeat('00', 32), 'hex') WHERE seq = 2`);
        await intruder.end();
      },
      dispose: async () => {
        await cluster.dropDatabase(connection);
        remove();
      },
    };
  });

  it('names a row that was edited, and does not serve it', async () => {
    const connection = await cluster.makeDatabase();
    const { dir, remove } = tempDir('postgres');
    const key = testKey();
    const store = await openPostgresStore({ connection, dir });
    await store.append(new Author(key.signer).batch(20));
    const intruder = new Client({ connectionString: connection });
    await intruder.connect();
    await intruder.query(`UPDATE qundao_events SET text = replace(text, 'desk-1', 'desk-2') WHERE seq = 13`);
    const answer = await store.check(SITE, key.publicKey);
    assert.ok(!answer.ok);
    assert.equal(answer.error.code, 'edited');
    assert.equal(answer.error.seq, 13);
    await assert.rejects(
      store.read(10, 5),
      (error) => error instanceof StoreError && error.fault === 'corrupt' && error.seq === 13,
    );
    assert.equal((await store.read(0, 12)).length, 12);
    await intruder.end();
    await store.close();
    await cluster.dropDatabase(connection);
    remove();
  });

  it('refuses tables of a later version', async () => {
    const connection = await cluster.makeDatabase();
    const { dir, remove } = tempDir('postgres');
    await (await openPostgresStore({ connection, dir })).close();
    const client = new Client({ connectionString: connection });
    await client.connect();
    await client.query('UPDATE qundao_schema SET version = 99');
    await client.end();
    await assert.rejects(openPostgresStore({ connection, dir }), /version 99/);
    await cluster.dropDatabase(connection);
    remove();
  });
});
