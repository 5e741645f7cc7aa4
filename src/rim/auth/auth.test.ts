import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { AccountId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import type { Auth } from './auth.ts';
import { openAuth } from './auth.ts';
import type { AuthRefusal, Identity } from './identity.ts';
import { isCsrfRight } from './sessions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHEAP = { memory_kib: 64, passes: 1, lanes: 1 };
const RIGHT = 'lighthouse-7-keeper';
const IP = '192.0.2.1';
const id = (name: string) => name as AccountId;
const identity = (name: string, roles: readonly string[] = ['dispatcher']): Identity => ({
  id: id(name),
  display: { zh: '接警员甲', en: 'Dispatcher A' },
  roles,
  sites: '*',
  units: ['ptu-1'],
});

let folder = '';
let file = '';
let clock = 0;
let opened: Auth[] = [];
const open = (): Auth => {
  const auth = openAuth(file, { now: () => clock, random: (bytes) => randomBytes(bytes), cost: CHEAP });
  opened.push(auth);
  return auth;
};
const value = <T>(result: Result<T, AuthRefusal>): T => {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};
const refusal = <T>(result: Result<T, AuthRefusal>): AuthRefusal => {
  assert.ok(!result.ok, 'expected a refusal');
  return result.error;
};
const failTimes = async (auth: Auth, name: string, times: number) => {
  for (let n = 0; n < times; n += 1)
    assert.deepEqual(refusal(await auth.login(name, 'not the password', IP)), { code: 'password-wrong' });
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qundao-auth-'));
  file = path.join(folder, 'accounts.db');
  clock = Date.UTC(2026, 10, 21, 4);
  opened = [];
});
afterEach(() => {
  for (const auth of opened) auth.close();
  rmSync(folder, { recursive: true });
});

describe('accounts', () => {
  test('a new account signs in and acts with its roles, sites and units', async () => {
    const auth = open();
    const made = value(await auth.createAccount(identity('desk-1'), RIGHT));
    assert.deepEqual([made.disabled, made.created_ms, made.signed_in_ms], [false, clock, null]);
    const { token, session } = value(await auth.login(' Desk-1 ', RIGHT, IP));
    assert.deepEqual(session.actor, { account: 'desk-1', roles: ['dispatcher'], sites: '*', units: ['ptu-1'] });
    assert.deepEqual(auth.session(token), session);
    assert.deepEqual(
      auth.accounts().map((one) => [one.id, one.signed_in_ms, one.signed_in_from]),
      [['desk-1', clock, IP]],
    );
  });

  test('names are unique, also against machines, passwords not too weak, identities well formed', async () => {
    const auth = open();
    value(await auth.createAccount(identity('desk-1'), RIGHT));
    value(auth.createToken({ ...identity('sim', []), expires_ms: null }));
    const create = async (who: Identity, password: string) => refusal(await auth.createAccount(who, password)).code;
    assert.equal(await create(identity('desk-1'), RIGHT), 'account-exists');
    assert.equal(await create(identity('sim'), RIGHT), 'account-exists');
    for (const weak of ['short', 'aaaaaaaaaaaa', 'harbour-desk'])
      assert.equal(await create(identity('harbour-desk'), weak), 'password-weak');
    assert.equal(await create(identity('Desk 2'), RIGHT), 'request-invalid');
    assert.equal(await create(identity('desk-2', []), RIGHT), 'request-invalid');
    assert.equal(auth.accounts().length, 1);
  });

  test('two who create the same name at once: one is told', async () => {
    const auth = open();
    const made = await Promise.all([1, 2].map(() => auth.createAccount(identity('desk-1'), RIGHT)));
    assert.equal(made.filter((one) => one.ok).length, 1);
  });

  test('changed rights reach running sessions; a disabled account loses them', async () => {
    const auth = open();
    value(await auth.createAccount(identity('desk-1'), RIGHT));
    const { token } = value(await auth.login('desk-1', RIGHT, IP));
    value(auth.changeAccount(id('desk-1'), { roles: ['commander'], units: [] }));
    assert.deepEqual(auth.session(token)?.actor.roles, ['commander']);
    value(auth.disableAccount(id('desk-1'), true));
    assert.equal(auth.session(token), null);
    assert.equal(refusal(await auth.login('desk-1', RIGHT, IP)).code, 'password-wrong');
    value(auth.disableAccount(id('desk-1'), false));
    value(await auth.login('desk-1', RIGHT, IP));
    assert.equal(refusal(auth.changeAccount(id('nobody'), { roles: ['admin'] })).code, 'account-unknown');
    assert.equal(refusal(auth.disableAccount(id('nobody'), true)).code, 'account-unknown');
  });

  test('a new password ends the sessions, lifts the lock and replaces the old one', async () => {
    const auth = open();
    value(await auth.createAccount(identity('desk-1'), RIGHT));
    const { token } = value(await auth.login('desk-1', RIGHT, IP));
    await failTimes(auth, 'desk-1', 5);
    value(await auth.setPassword(id('desk-1'), 'another-good-one'));
    assert.equal(auth.session(token), null);
    assert.equal(refusal(await auth.login('desk-1', RIGHT, IP)).code, 'password-wrong');
    value(await auth.login('desk-1', 'another-good-one', IP));
  });
});

describe('lock', () => {
  test('after 5 failures the right password is refused for 15 minutes, with the minutes left', async () => {
    const auth = open();
    value(await auth.createAccount(identity('desk-1'), RIGHT));
    await failTimes(auth, 'desk-1', 5);
    assert.deepEqual(refusal(await auth.login('desk-1', RIGHT, IP)), {
      code: 'account-locked',
      values: { minutes: 15 },
    });
    clock += 10 * MINUTE + 1;
    assert.deepEqual(refusal(await auth.login('desk-1', RIGHT, IP)).values, { minutes: 5 });
    clock += 5 * MINUTE - 1;
    value(await auth.login('desk-1', RIGHT, IP));
  });

  test('it survives a restart', async () => {
    const first = open();
    value(await first.createAccount(identity('desk-1'), RIGHT));
    await failTimes(first, 'desk-1', 5);
    first.close();
    assert.equal(refusal(await open().login('desk-1', RIGHT, IP)).code, 'account-locked');
  });

  test('a right password in time starts the count anew', async () => {
    const auth = open();
    value(await auth.createAccount(identity('desk-1'), RIGHT));
    await failTimes(auth, 'desk-1', 4);
    value(await auth.login('desk-1', RIGHT, IP));
    await failTimes(auth, 'desk-1', 4);
    value(await auth.login('desk-1', RIGHT, IP));
  });

  test('many attempts at once are no more guesses than one after the other', async () => {
    const auth = open();
    value(await auth.createAccount(identity('desk-1'), RIGHT));
    const answers = await Promise.all(Array.from({ length: 20 }, () => auth.login('desk-1', 'not the password', IP)));
    assert.equal(answers.filter((one) => refusal(one).code === 'password-wrong').length, 5);
    assert.equal(answers.filter((one) => refusal(one).code === 'account-locked').length, 15);
  });

  test('a name that does not exist answers and locks like one that does', async () => {
    const auth = open();
    await failTimes(auth, 'nobody', 5);
    assert.deepEqual(refusal(await auth.login('nobody', RIGHT, IP)), {
      code: 'account-locked',
      values: { minutes: 15 },
    });
  });
});

describe('sessions', () => {
  const signedIn = async (auth: Auth) => {
    value(await auth.createAccount(identity('desk-1'), RIGHT));
    return value(await auth.login('desk-1', RIGHT, IP));
  };

  test('an idle one ends after 12 hours, a used one after 7 days', async () => {
    const auth = open();
    const { token } = await signedIn(auth);
    clock += 12 * HOUR - 1;
    assert.ok(auth.session(token) !== null);
    clock += 12 * HOUR;
    assert.equal(auth.session(token), null);
    const again = value(await auth.login('desk-1', RIGHT, IP));
    for (let hours = 0; hours < 7 * 24 - 10; hours += 10) {
      assert.ok(auth.session(again.token) !== null, `after ${hours} hours`);
      clock += 10 * HOUR;
    }
    clock += 10 * HOUR;
    assert.equal(auth.session(again.token), null);
  });

  test('looking on is no use: a session that is only peeked at ends from idleness', async () => {
    const auth = open();
    const { token, session } = await signedIn(auth);
    for (let hours = 0; hours < 12; hours += 1) {
      assert.deepEqual(auth.peek(token), session);
      clock += HOUR;
    }
    assert.equal(auth.peek(token), null);
    assert.equal(auth.session(token), null);
  });

  test('it survives a restart with the same CSRF token, and use before the restart counts', async () => {
    const first = open();
    const { token, session } = await signedIn(first);
    clock += 11 * HOUR;
    assert.ok(first.session(token) !== null);
    first.close();
    clock += 11 * HOUR;
    assert.deepEqual(open().session(token), session);
  });

  test('logout ends it, here and after a restart', async () => {
    const auth = open();
    const { token } = await signedIn(auth);
    auth.logout(token);
    assert.equal(auth.session(token), null);
    auth.close();
    assert.equal(open().session(token), null);
  });

  test('the file holds neither the token nor the password, and only its owner may read it', async () => {
    const auth = open();
    const { token } = await signedIn(auth);
    auth.close();
    const bytes = readFileSync(file, 'latin1');
    assert.ok(bytes.includes('desk-1'));
    assert.ok(!bytes.includes(token) && !bytes.includes(RIGHT));
    assert.equal(statSync(file).mode & 0o077, 0);
  });

  test('the CSRF token belongs to one session', async () => {
    const auth = open();
    const { session } = await signedIn(auth);
    const other = value(await auth.login('desk-1', RIGHT, IP)).session;
    assert.ok(isCsrfRight(session, session.csrf));
    for (const wrong of [other.csrf, undefined, '', `${session.csrf}x`]) assert.ok(!isCsrfRight(session, wrong));
  });

  test('made-up secrets find nothing', () => {
    const auth = open();
    for (const secret of ['', 'x', 'qd_x', 'a'.repeat(10_000)]) {
      assert.equal(auth.session(secret), null);
      assert.equal(auth.bearer(secret), null);
    }
  });
});
