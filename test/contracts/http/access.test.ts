import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { sessionSchema } from '#wire/api.ts';
import { Client, bearer, cookieOf, expectOk, expectProblem, signIn } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { HERE, openHouse } from '../../harness/house.ts';
import { PASSWORD, makeAccounts, makeToken, runCli, tokenFor } from '../../harness/server.ts';

const house = await openHouse();
after(() => house.close());
const { url } = house.server;
const login = (name: string, password: string = PASSWORD): Promise<Answer> =>
  house.nobody.post('/api/session', { name, password });
const raising = { kind: 'incident', facts: { narrative: '店里有人闹事' } };

/** What nobody in particular may do; everything else needs a session. */
const OPEN = [
  'GET /api/kinds',
  'GET /api/map/{layer}',
  'GET /api/places',
  'GET /api/public/files/{id}',
  'GET /api/site',
  'GET /healthz',
  'GET /metrics',
  'GET /openapi.json',
  'GET /positions',
  'GET /readyz',
  'POST /api/places/at',
  'POST /api/public/files',
  'POST /api/public/follow',
  'POST /api/public/reports',
  'POST /api/public/steps/{step}',
  'POST /api/session',
  'POST /api/setup',
];

interface Operations {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security?: readonly unknown[] }>>>>;
}
const operations = async () => {
  const { paths } = (await house.nobody.get('/openapi.json')).json as Operations;
  return Object.entries(paths).flatMap(([at, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({
      at,
      method: method.toUpperCase(),
      open: security?.length === 0,
    })),
  );
};

describe('A1 deny by default', () => {
  it('has no other open routes than these', async () => {
    const open = (await operations()).filter((one) => one.open).map((one) => `${one.method} ${one.at}`);
    assert.deepEqual(open.toSorted(), OPEN);
  });
  it('answers 401 on every other route, before it looks at what was sent', async () => {
    const closed = (await operations()).filter((one) => !one.open);
    assert.ok(closed.length > 20);
    await house.unchanged(async () => {
      for (const { at, method } of closed) {
        const target = at.replaceAll(/\{\w+\}/g, 'x');
        const body = method === 'GET' ? {} : { body: { force: 'ptu-1', ...HERE } };
        expectProblem(await house.nobody.ask(method, target, body), 'session-missing');
      }
    });
  });
  it('answers 401 to an old or made-up cookie', async () => {
    const stranger = new Client(url, { cookie: 'qundao_session=made-up', 'x-csrf-token': 'made-up' });
    expectProblem(await stranger.get('/api/matters'), 'session-missing');
    expectProblem(await stranger.post('/api/matters', raising), 'session-missing');
  });
});

describe('roles', () => {
  it('lets only those raise a kind whom the kind names', async () => {
    for (const name of ['auditor', 'admin', 'roads'] as const) {
      expectProblem(await house.unchanged(() => house.as[name].post('/api/matters', raising)), 'forbidden');
    }
  });
  it('refuses a step to the wrong role', async () => {
    const id = await house.incident();
    expectProblem(await house.unchanged(() => house.as.auditor.step(id, 'grade', { urgency: '1' })), 'forbidden');
    expectProblem(await house.unchanged(() => house.as.dispatcher.step(id, 'reopen', { reason: '再办' })), 'forbidden');
  });
  it('hides a matter from whoever may not see it: it looks unknown', async () => {
    const id = await house.incident();
    const unknown = 'ZS-991231-0001';
    for (const who of [house.as.patrol, house.as.clerk, house.as.roads, house.as.admin]) {
      for (const ask of [
        (one: string) => who.get(`/api/matters/${one}`),
        (one: string) => who.get(`/api/matters/${one}/events`),
        (one: string) => who.step(one, 'say', { said: '在吗' }),
        (one: string) => who.step(one, 'arrive', {}, 'ptu-1'),
        (one: string) => who.post(`/api/matters/${one}/engagements`, { force: 'ptu-1' }),
      ]) {
        const [hidden, missing] = await house.unchanged(() => Promise.all([ask(id), ask(unknown)]));
        const told = expectProblem(hidden, 'matter-unknown');
        assert.deepEqual(told.words, expectProblem(missing, 'matter-unknown').words);
      }
    }
  });
  it('does not list what it hides', async () => {
    const id = await house.incident();
    const listed = (await house.as.patrol.get('/api/matters')).json as {
      readonly rows: readonly { readonly id: string }[];
    };
    assert.ok(!listed.rows.some((row) => row.id === id));
    assert.doesNotMatch(
      JSON.stringify(
        (await house.as.patrol.post('/api/duplicates', { kind: 'incident', position: HERE, words: '有人落水' })).json,
      ),
      new RegExp(id),
    );
  });
  it('refuses to act for a force that is not its own', async () => {
    const id = await house.incident();
    expectOkStatus(await house.as.dispatcher.step(id, 'offer', {}, 'ptu-1'));
    expectOkStatus(await house.as.dispatcher.step(id, 'offer', {}, 'ptu-2'));
    expectProblem(await house.unchanged(() => house.as.patrol.step(id, 'go', {}, 'ptu-2')), 'forbidden');
    expectProblem(
      await house.unchanged(() => house.as.patrol.post('/api/forces/ptu-2/duty', { on_duty: false })),
      'forbidden',
    );
    expectOkStatus(await house.as.patrol.step(id, 'go', {}, 'ptu-1'));
  });
  it('keeps registers, rankings and the ledger for those who need them', async () => {
    const id = await house.incident();
    expectProblem(
      await house.as.clerk.post('/api/candidates', { kind: 'incident', facts: { where: HERE } }),
      'forbidden',
    );
    expectProblem(await house.as.dispatcher.get('/api/ledger'), 'forbidden');
    expectOkStatus(await house.as.auditor.get('/api/ledger?limit=1'));
    expectProblem(
      await house.unchanged(() => house.as.auditor.post(`/api/matters/${id}/erase`, { purpose: '依申请删除' })),
      'matter-unknown',
    );
    const record = {
      kind: 'car',
      name: { zh: '车', en: 'Car' },
      call_sign: 'C',
      tier: 'city',
      district: null,
      home: [122, 30],
      skills: [],
      gear: [],
      seats: 1,
      crew: 1,
    };
    expectProblem(
      await house.unchanged(() => house.as.dispatcher.ask('PUT', '/api/forces/car-9', { body: record })),
      'forbidden',
    );
    expectProblem(
      await house.unchanged(() => house.as.admin.ask('PUT', '/api/forces/Car%209', { body: record })),
      'request-invalid',
    );
  });
  it('shows a responder its own force and no other', async () => {
    const { forces } = (await house.as.patrol.get('/api/forces')).json as {
      readonly forces: readonly { readonly id: string }[];
    };
    assert.deepEqual(
      forces.map((one) => one.id),
      ['ptu-1'],
    );
  });
});

describe('out of order', () => {
  it('refuses a step the state does not allow', async () => {
    const id = await house.incident();
    expectProblem(await house.unchanged(() => house.as.dispatcher.step(id, 'close')), 'step-not-possible');
    expectProblem(
      await house.unchanged(() => house.as.dispatcher.step(id, 'feed_back', { feedback: '已办' })),
      'step-not-possible',
    );
  });
  it('refuses a part its state does not allow, and one that never began', async () => {
    const id = await house.incident();
    expectOkStatus(await house.as.dispatcher.step(id, 'offer', {}, 'ptu-1'));
    expectProblem(await house.unchanged(() => house.as.patrol.step(id, 'deliver', {}, 'ptu-1')), 'part-not-possible');
    expectProblem(
      await house.unchanged(() => house.as.dispatcher.step(id, 'arrive', {}, 'ptu-2')),
      'part-not-possible',
    );
    expectProblem(await house.unchanged(() => house.as.dispatcher.step(id, 'arrive')), 'subject-missing');
  });
  it('refuses with the words of the declaration while a need is not met', async () => {
    const id = await house.incident();
    expectOkStatus(await house.as.dispatcher.step(id, 'offer', {}, 'ptu-1'));
    const refused = await house.unchanged(() =>
      house.as.dispatcher.step(id, 'resolve', { ending: 'settled', result: '已处置' }),
    );
    assert.match(expectProblem(refused, 'need-not-met').words.en, /withdraw/);
  });
});

describe('cookies and forgery', () => {
  it('sets a cookie that scripts and other sites do not get', async () => {
    const cookie = String((await login('clerk')).headers['set-cookie']);
    assert.match(cookie, /^qundao_session=[\w-]{43};/);
    for (const flag of [/; HttpOnly/, /; SameSite=Strict/, /; Path=\//]) assert.match(cookie, flag);
    assert.doesNotMatch(cookie, /; Secure/, 'plain HTTP here');
    const headers = { 'x-forwarded-proto': 'https' };
    const secure = await house.nobody.ask('POST', '/api/session', {
      body: { name: 'clerk', password: PASSWORD },
      headers,
    });
    assert.match(String(secure.headers['set-cookie']), /; Secure/);
  });
  it('refuses a changing request without the token, with a wrong one, with another session’s', async () => {
    const [mine, other] = [await login('dispatcher'), await login('second')];
    const session = expectOk(other, 200, sessionSchema);
    const cookie = cookieOf(mine);
    const tries: readonly Readonly<Record<string, string>>[] = [
      {},
      { 'x-csrf-token': 'wrong' },
      { 'x-csrf-token': session.csrf },
    ];
    for (const headers of tries) {
      const who = new Client(url, { cookie, ...headers });
      expectProblem(await house.unchanged(() => who.post('/api/matters', raising)), 'csrf-invalid');
      expectProblem(await who.ask('DELETE', '/api/session'), 'csrf-invalid');
      expectOkStatus(await who.get('/api/matters'));
    }
  });
  it('lets a citizen report from a browser in which somebody is signed in', async () => {
    const who = new Client(url, { cookie: cookieOf(await login('dispatcher')) });
    assert.equal((await who.post('/api/public/reports', { facts: { narrative: '码头有人晕倒' } })).status, 201);
  });
  it('ends a session on signing out', async () => {
    const who = await signIn(url, 'clerk');
    const out = await who.ask('DELETE', '/api/session');
    assert.equal(out.status, 204);
    assert.match(String(out.headers['set-cookie']), /qundao_session=;/);
    expectProblem(await who.get('/api/session'), 'session-missing');
  });
});

describe('sessions end', () => {
  const HOUR_MS = 3_600_000;
  const outlived = async (column: 'seen_ms' | 'created_ms', hours: number): Promise<Client> => {
    const who = await signIn(url, 'clerk');
    // The session was never used, so the server reads it from disk: as if it had been away for that long.
    const db = new DatabaseSync(path.join(house.data_dir, 'accounts.db'));
    db.prepare(`UPDATE sessions SET ${column} = ${column} - ? WHERE account = 'clerk'`).run(hours * HOUR_MS);
    db.close();
    return who;
  };
  it('after twelve idle hours', async () => {
    expectProblem(await (await outlived('seen_ms', 13)).get('/api/session'), 'session-missing');
  });
  it('after seven days in any case', async () => {
    expectProblem(await (await outlived('created_ms', 7 * 24)).get('/api/session'), 'session-missing');
  });
  it('not before', async () => {
    expectOkStatus(await (await outlived('seen_ms', 11)).get('/api/session'));
  });
});

describe('machine tokens', () => {
  it('refuses a wrong, a strange and an empty one', async () => {
    for (const value of ['Bearer qd_wrong', 'Bearer ', 'Basic YTpi', 'qd_wrong']) {
      expectProblem(await new Client(url, { authorization: value }).get('/api/matters'), 'token-invalid');
    }
  });
  it('takes a session cookie for no token and a token for no cookie', async () => {
    const secret = tokenFor(house.data_dir, 'mixed', []);
    expectProblem(await new Client(url, { cookie: `qundao_session=${secret}` }).get('/api/matters'), 'session-missing');
    const cookie = cookieOf(await login('clerk')).slice('qundao_session='.length);
    expectProblem(await bearer(url, cookie).get('/api/matters'), 'token-invalid');
  });
  it('gives a token the roles it was made with and no others', async () => {
    const reader = bearer(url, tokenFor(house.data_dir, 'ledger-reader', ['auditor']));
    const device = bearer(url, tokenFor(house.data_dir, 'plain-device', []));
    expectOkStatus(await reader.get('/api/ledger?limit=1'));
    expectProblem(await device.get('/api/ledger'), 'forbidden');
    assert.equal((await device.post('/api/matters', raising)).status, 201, 'needs no anti-forgery token');
  });
  it('refuses one that was taken back or has run out', async () => {
    const taken = tokenFor(house.data_dir, 'taken-back', []);
    assert.equal((await runCli(['token', 'revoke', 'taken-back'], house.data_dir)).code, 0);
    expectProblem(await bearer(url, taken).get('/api/session'), 'token-invalid');
    expectProblem(
      await bearer(url, await makeToken(house.data_dir, 'run-out', ['--days', '0'])).get('/api/session'),
      'token-invalid',
    );
  });
});

describe('signing in', () => {
  it('ends and a lock is lifted when an administrator sets a new password, beside the running site', async () => {
    await makeAccounts(house.data_dir, [{ name: 'forgetful', roles: ['clerk'] }]);
    const before = await signIn(url, 'forgetful');
    for (let failure = 1; failure <= 5; failure += 1) await login('forgetful', 'wrong-password');
    expectProblem(await login('forgetful'), 'account-locked');
    const set = await runCli(['account', 'password', 'forgetful'], house.data_dir, {
      QUNDAO_NEW_PASSWORD: 'tide-table-1988',
    });
    assert.equal(set.code, 0, set.stderr);
    expectProblem(await before.get('/api/matters'), 'session-missing');
    expectProblem(await login('forgetful'), 'password-wrong');
    assert.equal((await login('forgetful', 'tide-table-1988')).status, 200);
  });
  it('locks a name after five failures, even for the right password, and nobody else', async () => {
    await makeAccounts(house.data_dir, [{ name: 'unlucky', roles: ['clerk'] }]);
    for (let failure = 1; failure <= 5; failure += 1)
      expectProblem(await login('unlucky', 'wrong-password'), 'password-wrong');
    const locked = expectProblem(await login('unlucky'), 'account-locked');
    assert.match(locked.words.en, /for 15 more minutes/);
    assert.equal((await login('clerk')).status, 200);
  });
  it('is refused with the wrong shape', async () => {
    expectProblem(await house.nobody.post('/api/session', { name: 'clerk' }), 'request-invalid');
    expectProblem(
      await house.nobody.post('/api/session', { name: 'clerk', password: 'x'.repeat(257) }),
      'request-invalid',
    );
  });
});

const expectOkStatus = (answer: Answer): void => {
  assert.equal(answer.status, 200, answer.text);
};
