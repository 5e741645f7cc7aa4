import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { doneSchema, matterRowSchema, matterSchema } from '#wire/api.ts';
import type { Client } from '../../harness/client.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import { HERE, enter, openHouse } from '../../harness/house.ts';
import type { House } from '../../harness/house.ts';
import { runCli, startServer, tempDir } from '../../harness/server.ts';
import { postgresSkip, startCluster, until } from '../store-postgres-cluster.ts';
import type { Cluster } from '../store-postgres-cluster.ts';

const CHINESE = /\p{Script=Han}/u;
const readySchema = z.object({ status: z.literal('ready'), seq: z.number() });
const verdictSchema = z.looseObject({ ok: z.boolean(), events: z.number() });

/** Numbers of all matters a desk can find. */
const allMatters = async (who: Client): Promise<ReadonlySet<string>> => {
  const page = z.object({ rows: z.array(matterRowSchema), next: z.string().nullable() });
  const found = new Set<string>();
  for (let more: string | null = ''; more !== null;) {
    const { rows, next }: z.infer<typeof page> = expectOk(
      await who.get(`/api/matters?state=all&limit=500${more}`),
      200,
      page,
    );
    for (const row of rows) found.add(row.id);
    more = next === null ? null : `&before=${next}`;
  }
  return found;
};

describe('a whole site on PostgreSQL', { skip: postgresSkip() }, () => {
  let cluster: Cluster;
  let store: { readonly QUNDAO_STORE: string };
  let house: House;
  before(async () => {
    cluster = await startCluster();
    store = { QUNDAO_STORE: await cluster.makeDatabase() };
    house = await openHouse(store);
  });
  after(async () => {
    await house.close();
    cluster.stop();
  });
  const verify = (more: readonly string[] = [], env: Readonly<Record<string, string>> = store) =>
    runCli(['verify', house.data_dir, '--json', ...more], house.data_dir, env);
  const events = async (): Promise<number> => {
    const ran = await verify();
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    return verdictSchema.parse(JSON.parse(ran.stdout)).events;
  };

  it('takes a call through its life, is started anew, and finds all again', async () => {
    const { dispatcher, patrol } = house.as;
    const id = await house.incident({ caller_phone: '13000000001' });
    const steps: readonly (readonly [Client, string, Readonly<Record<string, unknown>>, string?])[] = [
      [dispatcher, 'grade', { urgency: '2' }],
      [dispatcher, 'offer', {}, 'ptu-1'],
      [patrol, 'go', {}, 'ptu-1'],
      [patrol, 'arrive', {}, 'ptu-1'],
      [patrol, 'clear', {}, 'ptu-1'],
      [dispatcher, 'resolve', { ending: 'settled', result: '已救起' }],
      [dispatcher, 'feed_back', { feedback: '已告知报警人' }],
      [dispatcher, 'close', {}],
    ];
    for (const [who, step, facts, subject] of steps) {
      expectOk(await who.step(id, step, facts, subject), 200, doneSchema);
    }
    const open = await house.incident();
    const shown = expectOk(await dispatcher.get(`/api/matters/${id}`), 200, matterSchema);
    assert.equal(shown.state, 'closed');
    const seq = await house.seq();
    assert.equal(await events(), seq, 'verified beside the running site');
    assert.equal(await house.server.stop(), 0);
    house = await enter(await startServer({ data_dir: house.data_dir, env: store }));
    assert.equal(await house.seq(), seq);
    assert.deepEqual(await allMatters(house.as.dispatcher), new Set([id, open]));
    const again = expectOk(await house.as.dispatcher.get(`/api/matters/${id}`), 200, matterSchema);
    assert.deepEqual([again.state, again.facts, again.parts], [shown.state, shown.facts, shown.parts]);
    expectOk(await house.as.dispatcher.step(open, 'grade', { urgency: '1' }), 200, doneSchema);
  });

  it('L5 loses nothing acknowledged when PostgreSQL is killed under load, and goes on by itself', async () => {
    const { dispatcher } = house.as;
    const acknowledged: string[] = [];
    const refused = new Set<number>();
    let crashed = false;
    let enough = Infinity;
    const lane = async (name: number): Promise<void> => {
      for (let count = 0; acknowledged.length < enough; count += 1) {
        const facts = { narrative: `${name} 之 ${count}`, where: HERE };
        const answer = await dispatcher.post('/api/matters', { kind: 'incident', facts });
        if (answer.status === 201) acknowledged.push(doneSchema.parse(answer.json).matter);
        else {
          expectProblem(answer, 'store-broken');
          refused.add(answer.status);
        }
        if (crashed || acknowledged.length < 150) continue;
        crashed = true;
        cluster.crash();
        await until('the site says that it is not ready', async () => {
          const ready = await house.nobody.get('/readyz');
          if (ready.status === 503) expectProblem(ready, 'store-broken');
          return ready.status === 503;
        });
        assert.equal((await house.nobody.get('/healthz')).status, 200);
        await cluster.restart();
        await until('the site is ready again', async () => (await house.nobody.get('/readyz')).status === 200);
        enough = acknowledged.length + 150;
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, name) => lane(name)));
    assert.deepEqual([...refused], [503], 'commands were refused meanwhile');
    const seq = expectOk(await house.nobody.get('/readyz'), 200, readySchema).seq;
    assert.equal(new Set(acknowledged).size, acknowledged.length, 'each number is given once');
    const known = await allMatters(dispatcher);
    for (const id of acknowledged) assert.ok(known.has(id), `${id} is lost`);
    assert.equal(await events(), seq, 'views and database are of one mind');
    await house.server.kill();
    house = await enter(await startServer({ data_dir: house.data_dir, env: store }));
    assert.deepEqual(await allMatters(house.as.dispatcher), known);
  });

  it('L6 refuses a second process on the ledger, whatever directory it has', async () => {
    const other = tempDir();
    const ran = await runCli(['start', '--empty'], other.dir, store);
    other.remove();
    assert.equal(ran.code, 1, ran.stdout);
    assert.match(ran.stderr, /另一个进程[\s\S]*Another process/);
  });

  it('says where the ledger is not, in both languages, and shows no password', async () => {
    const url = new URL(store.QUNDAO_STORE);
    url.password = 'hush';
    url.host = '127.0.0.1:1';
    url.search = '';
    const away = { QUNDAO_STORE: url.href };
    const other = tempDir();
    for (const ran of [await runCli(['start', '--empty'], other.dir, away), await verify([], away)]) {
      const told = ran.stdout + ran.stderr;
      assert.equal(ran.code, 1, told);
      assert.match(told, /PostgreSQL 里的台账打不开：请核对数据库服务器和 QUNDAO_STORE/);
      assert.match(told, /The ledger in PostgreSQL cannot be opened: check the database server and QUNDAO_STORE/);
      assert.match(told, /store-broken/);
      assert.match(told, /ECONNREFUSED/);
      assert.doesNotMatch(told, /hush|^\s+at .*:\d+:\d+/m);
    }
    other.remove();
    const lost = await verify(['--store', 'sqlite']);
    assert.equal(lost.code, 1);
    assert.match(lost.stderr, /--store postgres:/);
    assert.match(lost.stderr, CHINESE);
    assert.equal((await verify(['--store', 'mysql://x'])).code, 1);
    assert.equal((await verify(['--store', store.QUNDAO_STORE], {})).code, 0);
  });

  it('L4 does not start on a database that was put back, and says from which event on', async () => {
    const backup = await cluster.copyDatabase(store.QUNDAO_STORE);
    await house.incident();
    assert.equal(await house.server.stop(), 0);
    const ran = await runCli(['start', '--empty'], house.data_dir, { QUNDAO_STORE: backup });
    assert.equal(ran.code, 1, ran.stdout);
    assert.match(ran.stderr, /truncated/);
    const verdict = await verify([], { QUNDAO_STORE: backup });
    assert.equal(verdict.code, 1);
    assert.match(verdict.stdout, /"code":"truncated"/);
    house = await enter(await startServer({ data_dir: house.data_dir, env: store }));
  });
});
