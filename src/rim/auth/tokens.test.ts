import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { AccountId } from '#core/base/ids.ts';
import type { Auth } from './auth.ts';
import { openAuth } from './auth.ts';
import { openAccounts } from './accounts.ts';
import { openDatabase } from './database.ts';
import { openFailures } from './failures.ts';
import { passwords, STANDARD_COST } from './passwords.ts';
import { isCsrfRight, openSessions } from './sessions.ts';
import type { NewToken } from './tokens.ts';

const CHEAP = { memory_kib: 64, passes: 1, lanes: 1 };
const RIGHT = 'lighthouse-7-keeper';
const DAY = 86_400_000;
const random = (bytes: number) => randomBytes(bytes);
const device = (name: string, extra: Partial<NewToken> = {}): NewToken => ({
  id: name as AccountId,
  display: { zh: '模拟器', en: 'Simulator' },
  roles: [],
  sites: '*',
  units: ['ptu-1', 'boat-2'],
  expires_ms: null,
  ...extra,
});

let folder = '';
let file = '';
let clock = 0;
let opened: { close: () => void }[] = [];
const open = (): Auth => {
  const auth = openAuth(file, { now: () => clock, random, cost: CHEAP });
  opened.push(auth);
  return auth;
};
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qundao-tokens-'));
  file = path.join(folder, 'accounts.db');
  clock = Date.UTC(2026, 10, 21, 4);
  opened = [];
});
afterEach(() => {
  for (const one of opened) one.close();
  rmSync(folder, { recursive: true });
});
const made = (auth: Auth, token: NewToken): string => {
  const result = auth.createToken(token);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.secret;
};

const refused = (code: string) => ({ ok: false, error: { code } });

describe('machine tokens', () => {
  test('a token acts with exactly the roles and units it was given, a device when none, without CSRF', () => {
    const auth = open();
    const secret = made(auth, device('sim', { roles: ['responder'] }));
    assert.match(secret, /^qd_[\w-]{43}$/);
    const session = auth.bearer(secret);
    assert.deepEqual(session?.actor.roles, ['responder']);
    assert.deepEqual(auth.bearer(made(auth, device('traccar')))?.actor.roles, ['device']);
    assert.deepEqual(session?.actor.units, ['ptu-1', 'boat-2']);
    assert.ok(session !== null && isCsrfRight(session, undefined));
  });

  test('names of the program itself are nobody else’s, for people and machines', async () => {
    const auth = open();
    for (const name of ['system', 'citizen', 'receipt', 'replay', 'simulator']) {
      const token = auth.createToken(device(name));
      const account = await auth.createAccount({ ...device(name), roles: ['dispatcher'] }, RIGHT);
      assert.deepEqual([token, account], [refused('account-exists'), refused('account-exists')], name);
    }
    assert.ok(auth.createToken(device('simulator'), true).ok);
    assert.deepEqual(auth.bearer('qd_none'), null);
  });

  test('a token is no cookie, a cookie no token', async () => {
    const auth = open();
    await auth.createAccount({ ...device('desk-1'), roles: ['dispatcher'] }, RIGHT);
    const login = await auth.login('desk-1', RIGHT, '192.0.2.1');
    assert.ok(login.ok);
    assert.equal(auth.bearer(login.value.token), null);
    assert.equal(auth.session(made(auth, device('sim'))), null);
  });

  test('it ends when it expires, and never from idleness', () => {
    const auth = open();
    const short = made(auth, device('sim', { expires_ms: clock + DAY }));
    const long = made(auth, device('traccar'));
    clock += DAY - 1;
    assert.ok(auth.bearer(short) !== null);
    clock += 1;
    assert.equal(auth.bearer(short), null);
    clock += 400 * DAY;
    assert.ok(auth.bearer(long) !== null);
  });

  test('a token taken back in another process stops within a second', () => {
    const [server, commandLine] = [open(), open()];
    const secret = made(commandLine, device('sim'));
    assert.ok(server.bearer(secret) !== null);
    assert.ok(commandLine.revokeToken('sim' as AccountId).ok);
    clock += 1000;
    assert.equal(server.bearer(secret), null);
    assert.ok(!commandLine.revokeToken('sim' as AccountId).ok);
  });

  test('the list shows no secret, the file only its hash; names are unique', () => {
    const auth = open();
    const secret = made(auth, device('sim'));
    assert.ok(!auth.createToken(device('sim')).ok);
    assert.deepEqual(
      auth.tokens().map((one) => [one.id, one.roles, one.created_ms]),
      [['sim', ['device'], clock]],
    );
    assert.ok(!JSON.stringify(auth.tokens()).includes(secret.slice(3)));
    auth.close();
    assert.ok(!readFileSync(file, 'latin1').includes(secret.slice(3)));
  });
});

describe('set-up', () => {
  const code = (result: Awaited<ReturnType<Auth['setup']>>) => (result.ok ? 'ok' : result.error.code);

  test('the token makes one administrator, once', async () => {
    const auth = open();
    assert.ok(auth.needsSetup());
    const token = auth.issueSetupToken();
    assert.equal(code(await auth.setup('wrong', 'chief', RIGHT, 'ip')), 'setup-token-wrong');
    assert.equal(code(await auth.setup(token, 'chief', 'weak', 'ip')), 'password-weak');
    const done = await auth.setup(token, 'Chief', RIGHT, 'ip');
    assert.ok(done.ok);
    assert.deepEqual(auth.session(done.value.token)?.actor.roles, ['admin']);
    assert.ok(!auth.needsSetup());
    assert.equal(code(await auth.setup(token, 'second', RIGHT, 'ip')), 'setup-done');
  });

  test('two who use the link at once do not both become administrators', async () => {
    const auth = open();
    const token = auth.issueSetupToken();
    const codes = await Promise.all(['a1', 'b2'].map(async (name) => code(await auth.setup(token, name, RIGHT, 'ip'))));
    assert.deepEqual(codes.sort(), ['ok', 'setup-token-wrong']);
  });

  test('a new link replaces the old one; without a link nothing works', async () => {
    const auth = open();
    assert.equal(code(await auth.setup('', 'chief', RIGHT, 'ip')), 'setup-token-wrong');
    const old = auth.issueSetupToken();
    auth.issueSetupToken();
    assert.equal(code(await auth.setup(old, 'chief', RIGHT, 'ip')), 'setup-token-wrong');
  });

  test('a disabled administrator does not count', async () => {
    const auth = open();
    assert.ok((await auth.setup(auth.issueSetupToken(), 'chief', RIGHT, 'ip')).ok);
    auth.disableAccount('chief' as AccountId, true);
    assert.ok(auth.needsSetup());
  });
});

describe('passwords', () => {
  test('hashes carry the OWASP parameters and check', async () => {
    const standard = passwords();
    const stored = await standard.hash(RIGHT, random(16));
    assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.ok(await standard.verify(RIGHT, stored));
    assert.ok(!(await standard.verify(`${RIGHT} `, stored)));
  });

  test('a known hash of the reference implementation checks', async () => {
    // `echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32` (phc-winner-argon2, README of its tests).
    const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    assert.ok(await passwords().verify('password', stored));
  });

  test('an account hashed at another cost is hashed anew when it signs in', async () => {
    const first = open();
    await first.createAccount({ ...device('desk-1'), roles: ['dispatcher'] }, RIGHT);
    first.close();
    const dearer = openAuth(file, { now: () => clock, random, cost: { ...CHEAP, memory_kib: 128 } });
    opened.push(dearer);
    assert.ok((await dearer.login('desk-1', RIGHT, 'ip')).ok);
    const db = openDatabase(file);
    opened.push(db);
    assert.match(String(db.prepare('SELECT password FROM accounts').get()?.['password']), /m=128,/);
  });

  test('a flood beyond the queue is turned away, the rest is served', async () => {
    const check = passwords(CHEAP);
    const all = await Promise.allSettled(Array.from({ length: 150 }, () => check.hash('x', random(16))));
    assert.equal(all.filter((one) => one.status === 'fulfilled').length, 102);
    const reasons = all.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    assert.deepEqual([...new Set(reasons)], ['too-many-requests']);
    assert.ok((await check.hash('x', random(16))).startsWith('$argon2id$'));
  });

  test('a name without account is checked against a hash of the standard cost, like one with', async () => {
    const db = openDatabase(file);
    opened.push(db);
    const now = () => clock;
    const checked: string[] = [];
    const real = passwords(CHEAP);
    const check = {
      ...real,
      verify: (given: string, stored: string) => (checked.push(stored), real.verify(given, stored)),
    };
    const sessions = openSessions(db, {
      now,
      random,
      warn: () => undefined,
      csrfKey: random(32),
      session_idle_s: 1,
      session_s: 1,
    });
    const accounts = openAccounts(db, { now, random, check, sessions, failures: openFailures(db, now) });
    await accounts.create({ ...device('desk-1'), roles: ['dispatcher'] }, RIGHT);
    assert.equal(await accounts.verify('nobody', RIGHT), null);
    assert.equal(await accounts.verify('desk-1', 'wrong'), null);
    assert.equal(checked.length, 2);
    assert.equal(new Set(checked.map((stored) => stored.split('$').slice(0, 4).join('$'))).size, 1);
    assert.equal(new Set(checked.map((stored) => stored.length)).size, 1);
  });

  test('the standard cost is what OWASP recommends', () => {
    assert.deepEqual(STANDARD_COST, { memory_kib: 19_456, passes: 2, lanes: 1 });
  });
});
