import assert from 'node:assert/strict';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { problemSchema } from '#wire/api.ts';
import { expectProblem, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { ACCOUNTS, enter } from '../harness/house.ts';
import { makeAccounts, startServer } from '../harness/server.ts';
import { mountSmall } from './small-disk.ts';

const disk = mountSmall(12);
const data_dir = path.join(disk.dir, 'data');
after(disk.remove);

describe('a site on a full disk', { skip: disk.skip }, () => {
  it('says so, lets people sign in and read, stops in order, starts again, and goes on when there is space', async () => {
    await makeAccounts(data_dir, ACCOUNTS);
    const first = await startServer({ data_dir });
    const house = await enter(first);
    await house.incident();
    assert.equal((await house.nobody.get('/readyz')).status, 200);
    disk.fill();
    const raise = (): Promise<Answer> =>
      house.as.dispatcher.post('/api/matters', { kind: 'incident', facts: { narrative: '有人落水' } });
    let answer = await raise();
    while (answer.status === 201) answer = await raise();
    expectProblem(answer, 'store-full');
    const ready = await house.nobody.get('/readyz');
    assert.equal(ready.status, 503);
    assert.equal(problemSchema.parse(ready.json).code, 'store-full');
    const late = await signIn(first.url, 'commander');
    assert.equal((await late.get('/api/matters')).status, 200);
    assert.match(first.output(), /kept in memory only/);
    assert.equal(await first.stop(), 0);

    disk.fill();
    const second = await startServer({ data_dir });
    const desk = await signIn(second.url, 'dispatcher');
    assert.equal((await desk.get('/api/matters')).status, 200);
    disk.free();
    assert.equal((await desk.post('/api/matters', { kind: 'incident', facts: { narrative: '有人落水' } })).status, 201);
    assert.equal((await desk.get('/readyz')).status, 200);
    assert.equal(await second.stop(), 0);
  });
});
