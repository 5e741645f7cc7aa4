import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { openSnapshots } from '#rim/snapshots/snapshots.ts';
import { doneSchema, matterRowSchema, sessionSchema, siteSchema } from '#wire/api.ts';
import { Client, cookieOf, expectOk, expectProblem, signIn } from '../../harness/client.ts';
import { makeAccounts, runCli, startServer, tempDir } from '../../harness/server.ts';
import type { Server } from '../../harness/server.ts';

const { dir, remove } = tempDir();
let server: Server;
before(async () => {
  server = await startServer({ data_dir: dir });
});
after(async () => {
  await server.kill();
  remove();
});
const CHINESE = /\p{Script=Han}/u;
const refusedStart = async (data_dir: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const ran = await runCli(['start', '--no-drills', ...args], data_dir, env);
  assert.equal(ran.code, 1, ran.stdout + ran.stderr);
  assert.doesNotMatch(ran.stderr, /^\s+at .*:\d+:\d+/m, 'words, not a stack');
  assert.match(ran.stderr, CHINESE);
  return ran.stderr;
};
const verified = async () => {
  const ran = await runCli(['verify', dir, '--json'], dir);
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  return z
    .looseObject({ ok: z.literal(true), events: z.number(), checkpoints: z.number() })
    .parse(JSON.parse(ran.stdout));
};

describe('the first administrator', () => {
  const setupOf = (output: string): string => /#setup=([\w-]+)/.exec(output)?.[1] ?? '';
  const set = (token: string, name = 'first-admin', password = 'sea-breeze-2041') =>
    new Client(server.url).post('/api/setup', { token, name, password });
  it('is made by the printed link, once only', async () => {
    const nobody = new Client(server.url);
    assert.equal(expectOk(await nobody.get('/api/site'), 200, siteSchema).needs_setup, true);
    const token = setupOf(server.output());
    expectProblem(await set('made-up-token'), 'setup-token-wrong');
    expectProblem(await set(token, 'first-admin', 'short'), 'password-weak');
    const made = await set(token);
    assert.deepEqual(expectOk(made, 200, sessionSchema).roles, ['admin']);
    assert.equal((await new Client(server.url, { cookie: cookieOf(made) }).get('/api/session')).status, 200);
    expectProblem(await set(token, 'second-admin'), 'setup-done');
    assert.equal(expectOk(await nobody.get('/api/site'), 200, siteSchema).needs_setup, false);
    await signIn(server.url, 'first-admin');
  });
});

describe('a stop that is asked for', () => {
  it('ends with 0, signs a checkpoint, keeps a snapshot, and offers no set-up again', async () => {
    await makeAccounts(dir, [{ name: 'dispatcher', roles: ['dispatcher'] }]);
    const who = await signIn(server.url, 'dispatcher');
    for (let count = 0; count < 10; count += 1) {
      expectOk(
        await who.post('/api/matters', { kind: 'incident', facts: { narrative: `第 ${count} 件` } }),
        201,
        doneSchema,
      );
    }
    assert.equal(await server.stop(), 0);
    const { events, checkpoints } = await verified();
    assert.equal(events, 10);
    assert.ok(checkpoints > 0);
    assert.equal((await openSnapshots(dir).get('site'))?.seq, events, 'nothing is left to fold');
    server = await startServer({ data_dir: dir });
    assert.doesNotMatch(server.output(), /#setup=/);
    const { rows } = expectOk(
      await who2().then((one) => one.get('/api/matters')),
      200,
      z.object({ rows: z.array(matterRowSchema) }),
    );
    assert.equal(rows.length, 10);
  });
  const who2 = () => signIn(server.url, 'dispatcher');
});

describe('the plug pulled under load', () => {
  it('L5 loses nothing that was acknowledged', async () => {
    const who = await signIn(server.url, 'dispatcher');
    const acknowledged: string[] = [];
    const work = Array.from({ length: 16 }, async (_, lane) => {
      for (let count = 0; ; count += 1) {
        const body = { kind: 'incident', facts: { narrative: `${lane} 之 ${count}`, caller_phone: '13000000001' } };
        const answer = await who.post('/api/matters', body).catch(() => null);
        if (answer?.status !== 201) return;
        acknowledged.push(doneSchema.parse(answer.json).matter);
        if (acknowledged.length === 200) await server.kill();
      }
    });
    await Promise.all(work);
    assert.ok(acknowledged.length >= 200);
    assert.equal(new Set(acknowledged).size, acknowledged.length, 'each number is given once');
    assert.ok((await verified()).events >= 10 + acknowledged.length);
    server = await startServer({ data_dir: dir });
    const again = await signIn(server.url, 'dispatcher');
    const known = new Set<string>();
    for (let more = ''; more !== 'end';) {
      const page = z.object({ rows: z.array(matterRowSchema), next: z.string().nullable() });
      const { rows, next }: z.infer<typeof page> = expectOk(
        await again.get(`/api/matters?limit=500${more}`),
        200,
        page,
      );
      for (const row of rows) known.add(row.id);
      more = next === null ? 'end' : `&before=${next}`;
    }
    for (const id of acknowledged) assert.ok(known.has(id), `${id} is lost`);
    const next = expectOk(
      await again.post('/api/matters', { kind: 'incident', facts: { narrative: '之后' } }),
      201,
      doneSchema,
    );
    assert.ok(!known.has(next.matter));
  });
});

describe('a start that is refused', () => {
  it('L6 while another process has the directory', async () => {
    assert.match(await refusedStart(dir, ['--empty']), /Another process uses/);
    assert.equal((await new Client(server.url).get('/readyz')).status, 200, 'which goes on');
  });
  it('when the port is taken', async () => {
    const other = tempDir();
    try {
      const { port } = new URL(server.url);
      assert.match(await refusedStart(other.dir, ['--empty'], { PORT: port }), new RegExp(port));
    } finally {
      other.remove();
    }
  });
  it('with every wrong setting told at once, and no secret shown', async () => {
    const wrong = {
      QUNDAO_SITE_PREFIX: 'zs',
      QUNDAO_TIME_ZONE: 'Mars/Olympus',
      QUNDAO_STORE: 'mysql://root:hush@db/x',
    };
    const told = await refusedStart(dir, ['--empty'], wrong);
    for (const name of Object.keys(wrong)) assert.match(told, new RegExp(name));
    assert.doesNotMatch(told, /hush/);
  });
  it('without the key its ledger is signed with', async () => {
    const other = tempDir();
    try {
      await makeAccounts(other.dir, [{ name: 'dispatcher', roles: ['dispatcher'] }]);
      const first = await startServer({ data_dir: other.dir });
      const client = await signIn(first.url, 'dispatcher');
      expectOk(
        await client.post('/api/matters', { kind: 'incident', facts: { narrative: '有签名的' } }),
        201,
        doneSchema,
      );
      await first.stop();
      rmSync(path.join(other.dir, 'site-key.pem'));
      const told = await refusedStart(other.dir, ['--empty']);
      assert.match(told, /签名密钥/);
      assert.match(told, /from the backup/);
    } finally {
      other.remove();
    }
  });
  it('on a place directory that is none, naming what is missing', async () => {
    const other = tempDir();
    try {
      assert.match(await refusedStart(other.dir, ['--empty', '--place', other.dir]), /land\.geojson cannot be read/);
    } finally {
      other.remove();
    }
  });
  it('as a demonstration on a real site’s data, and the other way round', async () => {
    const real = await refusedStart(dir, []);
    assert.match(real, /real site/);
    const demo = tempDir();
    try {
      writeFileSync(path.join(demo.dir, 'DEMONSTRATION'), '');
      assert.match(await refusedStart(demo.dir, ['--empty']), /demonstration/);
    } finally {
      demo.remove();
    }
  });
  it('when the setting of the site was changed, with both ids and what to set', async () => {
    await server.stop();
    const told = await refusedStart(dir, ['--empty'], { QUNDAO_SITE: 'zs-daishan' });
    assert.match(
      told,
      /QUNDAO_SITE 现在是 zs-daishan[\s\S]*was changed and is zs-daishan now\. Set QUNDAO_SITE=zs-city/,
    );
    assert.doesNotMatch(told, /checksum|restore/);
  });
  it('when a bit of the ledger has flipped', async () => {
    flipInText(path.join(dir, 'ledger.db'));
    const told = await refusedStart(dir, ['--empty']);
    assert.match(told, /verify/);
    assert.equal((await runCli(['verify', dir, '--json'], dir)).code, 1);
  });
});

/** Flips a bit in the text of an event, wherever a page holds it: what the disk might do. */
const flipInText = (file: string): void => {
  const bytes = readFileSync(file);
  const wanted = '"narrative":"第 3 件"';
  let found = 0;
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) {
    bytes[at + 13] = (bytes[at + 13] ?? 0) ^ 1;
    found += 1;
  }
  assert.ok(found > 0, 'the ledger keeps events as text');
  writeFileSync(file, bytes);
};
