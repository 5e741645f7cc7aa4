import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Client } from 'pg';
import { StoreError } from '#app/ports.ts';
import { headText } from '#core/ledger/heads.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import type { SignedBatch } from '#rim/ledger-store/signing.ts';
import { verifyDatabase } from '#rim/store-postgres/check.ts';
import { openPostgresStore } from '#rim/store-postgres/store.ts';
import { tempDir } from '../harness/site.ts';
import { Author, SITE, testKey } from './store-kit.ts';
import { postgresSkip, startCluster } from './store-postgres-cluster.ts';
import type { Cluster } from './store-postgres-cluster.ts';

describe('L4 verify of a ledger in PostgreSQL', { skip: postgresSkip() }, () => {
  let cluster: Cluster;
  let connection: string;
  let dir: string;
  let remove: () => void;
  let batches: readonly SignedBatch[];
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());
  /** A site of 60 events that was closed, with checkpoints at 20 and 40. */
  beforeEach(async () => {
    connection = await cluster.makeDatabase();
    ({ dir, remove } = tempDir('postgres'));
    const author = new Author(openSiteKey(dir).signer);
    batches = [author.batch(20, true), author.batch(20, true), author.batch(20)];
    const store = await openPostgresStore({ connection, dir });
    for (const batch of batches) await store.append(batch);
    await store.close();
  });
  afterEach(async () => {
    await cluster.dropDatabase(connection);
    remove();
  });
  const intrude = async (...statements: string[]): Promise<void> => {
    const client = new Client({ connectionString: connection });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const headOf = (index: number): string => {
    const batch = batches[index];
    assert.ok(batch !== undefined);
    return headText(batch.head);
  };
  /** `verify` and a start both name it. */
  const named = async (code: string, seq: number, upto = seq): Promise<void> => {
    const verdict = await verifyDatabase(connection, dir);
    const bad = verdict.first_bad;
    assert.deepEqual([verdict.ok, bad?.code, bad?.seq, bad?.upto], [false, code, seq, upto], bad?.reason.en ?? '');
    const store = await openPostgresStore({ connection, dir });
    const answer = await store.check(SITE, openSiteKey(dir, false).publicKey);
    await store.close();
    assert.ok(!answer.ok);
    assert.deepEqual(answer.error, bad);
  };
  const rollBack = (index: number): Promise<void> => {
    const size = 20 * (index + 1);
    return intrude(
      `DELETE FROM qundao_events WHERE seq > ${size}`,
      `DELETE FROM qundao_checkpoints WHERE size > ${size}`,
      `UPDATE qundao_head SET size = ${size}, text = '${headOf(index)}'`,
    );
  };

  it('vouches for what was signed, beside a site that has it open, and leaves its files and tables alone', async () => {
    const files = ['checkpoints.jsonl', 'head.json'].map((name) => path.join(dir, name));
    const kept = files.map((file) => readFileSync(file, 'utf8'));
    assert.equal(kept[0], `${headOf(0)}\n${headOf(1)}\n`);
    assert.equal(kept[1]?.trimEnd(), headOf(2));
    const store = await openPostgresStore({ connection, dir });
    const expected = { ok: true, site: SITE, events: 60, checkpoints: 3, later: 0, first_bad: null };
    assert.deepEqual(await verifyDatabase(connection, dir), expected);
    await store.close();
    assert.deepEqual(
      files.map((file) => readFileSync(file, 'utf8')),
      kept,
    );
  });

  it('vouches for a dump restored elsewhere, with a copy of the files beside it', async () => {
    const copy = await cluster.copyDatabase(connection);
    const beside = path.join(dir, 'copy');
    mkdirSync(beside);
    for (const name of ['checkpoints.jsonl', 'head.json', 'site-key.public.pem']) {
      copyFileSync(path.join(dir, name), path.join(beside, name));
    }
    await cluster.dropDatabase(connection);
    connection = copy;
    assert.equal((await verifyDatabase(copy, beside)).events, 60);
  });

  it('names an edit, a deletion, an exchange and a refiling', async () => {
    await intrude(`UPDATE qundao_events SET text = replace(text, 'desk-1', 'desk-2') WHERE seq = 33`);
    await named('edited', 33);
    await intrude(`UPDATE qundao_events SET text = replace(text, 'desk-2', 'desk-1') WHERE seq = 33`);
    await intrude(`UPDATE qundao_events SET matter = 'PT-261121-0009' WHERE seq = 12`);
    await named('edited', 12);
    await intrude(`UPDATE qundao_events SET matter = 'PT-261121-0002' WHERE seq = 12`);
    await intrude(
      `UPDATE qundao_events SET seq = -7 WHERE seq = 7`,
      `UPDATE qundao_events SET seq = 7 WHERE seq = 8`,
      `UPDATE qundao_events SET seq = 8 WHERE seq = -7`,
    );
    await named('reordered', 7);
    await intrude(`DELETE FROM qundao_events WHERE seq = 5`);
    await named('missing', 5);
  });

  it('names a truncation, also when the database is put back with its head and checkpoints', async () => {
    await intrude(`DELETE FROM qundao_events WHERE seq > 50`);
    await named('truncated', 51, 60);
    await rollBack(1);
    await named('truncated', 41, 60);
    const head = path.join(dir, 'head.json');
    writeFileSync(head, '');
    await rollBack(0);
    await named('truncated', 21, 40);
    writeFileSync(path.join(dir, 'checkpoints.jsonl'), `${headOf(0)}\n`);
    assert.equal((await verifyDatabase(connection, dir)).events, 20);
    const outside = await verifyDatabase(connection, dir, { checkpoint: headOf(1) });
    assert.deepEqual([outside.first_bad?.code, outside.first_bad?.seq], ['truncated', 21]);
  });

  it('names damaged records', async () => {
    await intrude(`UPDATE qundao_checkpoints SET size = 21 WHERE size = 20`);
    await named('damaged', 0);
    await intrude(`UPDATE qundao_checkpoints SET size = 20 WHERE size = 21`);
    cpSync(path.join(dir, 'checkpoints.jsonl'), path.join(dir, 'kept'));
    writeFileSync(path.join(dir, 'checkpoints.jsonl'), `x${headOf(0)}\n${headOf(1)}\n`);
    await named('damaged', 0);
    cpSync(path.join(dir, 'kept'), path.join(dir, 'checkpoints.jsonl'));
    await intrude(`UPDATE qundao_head SET size = 59`);
    const verdict = await verifyDatabase(connection, dir);
    assert.match(verdict.first_bad?.reason.en ?? '', /record of the signed head is damaged/);
    await assert.rejects(openPostgresStore({ connection, dir }), { fault: 'corrupt' });
  });

  it('says what is missing', async () => {
    const other = await verifyDatabase(connection, dir, { publicKey: testKey().publicKey });
    assert.equal(other.first_bad?.code, 'bad-signature');
    const empty = await cluster.makeDatabase();
    const bad = (await verifyDatabase(empty, dir)).first_bad;
    assert.equal(bad?.code, 'missing');
    assert.match(bad.reason.zh, /没有台账/);
    await cluster.dropDatabase(empty);
    await assert.rejects(
      verifyDatabase(empty, dir),
      (error) => error instanceof StoreError && error.fault === 'broken' && !error.message.includes('postgres://'),
    );
  });
});
