import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Client, expectProblem } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { tokenFor, startServer, tempDir } from '../../harness/server.ts';

/** Requests a minute without a session, as this server is set. */
const RATE = 40;
const { dir, remove } = tempDir();
const server = await startServer({ data_dir: dir, env: { QUNDAO_RATE_LIMIT: String(RATE) } });
after(async () => {
  await server.kill();
  remove();
});

/** Somebody at that address, as the proxy reports it. */
const from = (address: string): Client => new Client(server.url, { 'x-forwarded-for': address });

const until429 = async (
  most: number,
  ask: () => Promise<Answer>,
): Promise<{ readonly before: number; readonly last: Answer }> => {
  for (let before = 0; before <= most; before += 1) {
    const last = await ask();
    if (last.status === 429) return { before, last };
  }
  throw new Error(`no limit within ${most} requests`);
};

describe('rates', () => {
  it('limits sign-ins of one address', async () => {
    const who = from('10.0.0.1');
    let name = 0;
    const { before, last } = await until429(30, () =>
      who.post('/api/session', { name: `guess-${(name += 1)}`, password: 'guess' }),
    );
    assert.equal(before, 20);
    const { advice } = expectProblem(last, 'too-many-requests');
    assert.match(advice.en, /Wait \d+ seconds/);
    assert.match(String(last.headers['retry-after']), /^\d+$/);
    const other = await from('10.0.0.2').post('/api/session', { name: 'guess', password: 'guess' });
    expectProblem(other, 'password-wrong');
  });
  it('limits reports of one address, and takes what came before', async () => {
    const who = from('10.0.0.3');
    const { before, last } = await until429(20, () =>
      who.post('/api/public/reports', { facts: { narrative: '有人落水' } }),
    );
    assert.equal(before, 12);
    expectProblem(last, 'too-many-requests');
    const { seq } = (await who.get('/readyz')).json as { readonly seq: number };
    assert.equal(seq, before);
  });
  it('limits everything else of one address without a session', async () => {
    const who = from('10.0.0.4');
    const { before, last } = await until429(RATE + 5, () => who.get('/api/site'));
    assert.equal(before, RATE);
    expectProblem(last, 'too-many-requests');
    assert.equal((await who.get('/healthz')).status, 200, 'probes are not counted');
  });
  it('does not limit whoever has a session', async () => {
    const secret = tokenFor(dir, 'busy', []);
    const busy = new Client(server.url, { authorization: `Bearer ${secret}`, 'x-forwarded-for': '10.0.0.5' });
    for (let count = 0; count < RATE + 5; count += 1) assert.equal((await busy.get('/api/site')).status, 200);
  });
});
