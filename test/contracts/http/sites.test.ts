import assert from 'node:assert/strict';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { accountId, siteId } from '#core/base/ids.ts';
import { openAuth } from '#rim/auth/auth.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import { bearer, expectProblem, signIn } from '../../harness/client.ts';
import { openHouse } from '../../harness/house.ts';
import { PASSWORD, makeToken, runCli } from '../../harness/server.ts';

const house = await openHouse();
after(() => house.close());
const { url } = house.server;
const ELSEWHERE = siteId('elsewhere');

describe('A2 an account or machine of other sites', () => {
  it('a machine is turned away on every route that needs a session, and is nobody on those that do not', async () => {
    const secret = await makeToken(house.data_dir, 'far-device', ['--units', 'ptu-1', '--sites', ELSEWHERE]);
    const far = bearer(url, secret);
    for (const route of ['/api/session', '/api/matters', '/api/forces', '/api/ledger?after=0'])
      expectProblem(await far.get(route), 'forbidden');
    const report = { force: 'ptu-1', lon: 122.2, lat: 30 };
    expectProblem(await far.post('/positions', report), 'forbidden');
    expectProblem(await house.nobody.get(`/positions?id=${secret}&lat=30&lon=122.2`), 'forbidden');
    assert.equal((await far.get('/api/site')).status, 200);
    const near = bearer(url, await makeToken(house.data_dir, 'near-device', ['--units', 'ptu-1']));
    assert.equal((await near.post('/positions', report)).status, 200);
  });

  it('a person cannot sign in, and one whose sites are taken away can only sign out', async () => {
    const made = await runCli(
      ['account', 'create', 'far-desk', '--roles', 'dispatcher', '--sites', ELSEWHERE],
      house.data_dir,
      {
        QUNDAO_NEW_PASSWORD: PASSWORD,
      },
    );
    assert.equal(made.code, 0, made.stderr);
    expectProblem(await house.nobody.post('/api/session', { name: 'far-desk', password: PASSWORD }), 'forbidden');

    const auth = openAuth(path.join(house.data_dir, 'accounts.db'), { now: Date.now, random: secureRandom });
    const setSites = (sites: readonly (typeof ELSEWHERE)[] | '*'): void => {
      assert.ok(auth.changeAccount(accountId('far-desk'), { sites }).ok);
    };
    try {
      setSites('*');
      const desk = await signIn(url, 'far-desk');
      assert.equal((await desk.get('/api/matters')).status, 200);
      setSites([ELSEWHERE]);
      // The server looks once a second whether accounts were changed beside it.
      let answer = await desk.get('/api/matters');
      while (answer.status === 200) answer = await desk.get('/api/matters');
      expectProblem(answer, 'forbidden');
      expectProblem(await desk.post('/api/matters', { kind: 'incident', facts: {} }), 'forbidden');
      assert.equal((await desk.ask('DELETE', '/api/session')).status, 204);
      expectProblem(await desk.get('/api/session'), 'session-missing');
    } finally {
      auth.close();
    }
  });
});
