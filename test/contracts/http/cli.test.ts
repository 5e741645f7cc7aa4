import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { FORCES } from '../../harness/house.ts';
import { runCli, tempDir } from '../../harness/server.ts';
import type { Ran } from '../../harness/server.ts';

const { dir, remove } = tempDir();
after(remove);
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runCli(args, dir, env);
const STACK = /^\s+at .*:\d+:\d+/m;

const done = (ran: Ran): string => {
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  return ran.stdout;
};
const refused = (ran: Ran): string => {
  assert.equal(ran.code, 1, ran.stdout + ran.stderr);
  assert.doesNotMatch(ran.stderr, STACK, 'words, not a stack');
  assert.notEqual((ran.stderr + ran.stdout).trim(), '');
  return ran.stderr;
};
const misused = (ran: Ran): string => {
  assert.equal(ran.code, 2, ran.stdout + ran.stderr);
  assert.doesNotMatch(ran.stderr, STACK);
  return ran.stderr;
};
/** The one object a refused command answers with under `--json`. */
const refusal = (ran: Ran, status = 1): { readonly code: string; readonly zh: string; readonly en: string } => {
  assert.equal(ran.code, status, ran.stdout + ran.stderr);
  assert.doesNotMatch(ran.stderr, STACK);
  const told = z.looseObject({ ok: z.literal(false), code: z.string().min(1), zh: z.string(), en: z.string().min(1) });
  const { code, zh, en } = told.parse(JSON.parse(ran.stdout));
  assert.match(zh, /\p{Script=Han}/u);
  return { code, zh, en };
};
/** The one object a command that was done answers with. */
const answered = (ran: Ran): unknown => z.looseObject({ ok: z.literal(true) }).parse(JSON.parse(done(ran)));
const PASSWORD = { QUNDAO_NEW_PASSWORD: 'sea-breeze-2041' };

describe('help and usage', () => {
  it('explains itself and every command, with 0', async () => {
    const help = done(await run(['--help']));
    for (const command of ['start', 'verify', 'import', 'account', 'token'])
      assert.match(help, new RegExp(`\\b${command}\\b`));
    assert.match(help, /Exit codes: 0 done, 1 refused, 2 bad usage/);
    const each = await Promise.all([
      run(['start', '--help']),
      run(['verify', '--help']),
      run(['account', 'create', '--help']),
      run(['token', 'create', '--help']),
    ]);
    for (const ran of each) assert.match(done(ran), /^Usage: qundao/);
    assert.match(done(await run(['--version'])), /^\d+\.\d+\.\d+/);
  });
  it('answers bad usage with 2 and says how', async () => {
    const wrong = [
      ['sail'],
      ['start', '--quickly'],
      ['verify'],
      ['account', 'create', 'somebody'],
      ['token', 'create'],
      ['import', 'forces'],
    ];
    for (const ran of await Promise.all(wrong.map((args) => run(args)))) assert.match(misused(ran), /--help/);
    for (const days of ['soon', '-1', '1.5', '']) misused(await run(['token', 'create', 'tracker-x', '--days', days]));
  });
});

describe('--json', () => {
  it('answers with one object also when the command is refused', async () => {
    const nowhere = path.join(dir, 'nowhere.csv');
    const [replayed, verified, imported, disabled, account, started] = await Promise.all([
      run(['replay', 'calls', nowhere, '--data', path.join(dir, 'replay'), '--json']),
      run(['verify', path.join(dir, 'nowhere'), '--json']),
      run(['import', 'forces', nowhere, '--json']),
      run(['account', 'disable', 'nobody', '--json']),
      run(['account', 'create', 'Li Si', '--roles', 'clerk', '--json']),
      run(['start', '--empty', '--json'], { PORT: 'x' }),
    ]);
    assert.equal(refusal(replayed).code, 'file-unreadable');
    assert.equal(refusal(verified).code, 'missing');
    assert.equal(refusal(imported).code, 'import-invalid');
    assert.equal(refusal(disabled).code, 'account-unknown');
    assert.equal(refusal(account).code, 'request-invalid');
    assert.equal(refusal(started).code, 'settings-wrong');
  });
  it('and when it is misused', async () => {
    for (const args of [['sail'], ['verify'], ['start', '--quickly'], ['bench', 'nothing']])
      assert.equal(refusal(await run([...args, '--json']), 2).code, 'usage');
  });
});

describe('output', () => {
  const begin = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, [path.join(import.meta.dirname, '../../../src/main/cli.ts'), ...args], {
      env: { ...process.env, ...env },
      timeout: 30_000,
    });
  it('that nobody reads to its end is no trouble', async () => {
    const child = begin(['--help']);
    child.stdout.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    assert.deepEqual([code, stderr], [0, '']);
  });
  it('of a start is one object with --json, the log apart, and links for other machines', async () => {
    const site = tempDir();
    const env = { QUNDAO_DATA: site.dir, PORT: '0', HOST: '0.0.0.0', QUNDAO_LOG: 'info' };
    const child = begin(['start', '--empty', '--json'], env);
    const log = text(child.stderr);
    let told = '';
    for await (const chunk of child.stdout) {
      told += String(chunk);
      if (told.endsWith('\n')) child.kill('SIGTERM');
    }
    assert.match(await log, /Server listening/);
    const url = z.string().startsWith('http://');
    const started = z.object({
      ok: z.literal(true),
      url: url.includes('127.0.0.1'),
      others: z.array(url).min(1),
      data_dir: z.literal(site.dir),
      demonstration: z.literal(false),
      setup: z.array(url.includes('/desk/#setup=')),
    });
    const { url: own, others, setup } = started.parse(JSON.parse(told));
    assert.deepEqual(
      setup.map((link) => link.split('/desk/')[0]),
      [...others, own],
    );
    site.remove();
  });
});

describe('settings', () => {
  it('that are misspelt are told apart from the answer', async () => {
    const ran = await run(['account', 'list', '--json'], { QUNDAO_DTAA: '/elsewhere' });
    assert.deepEqual(answered(ran), { ok: true, accounts: [] });
    assert.match(ran.stderr, /QUNDAO_DTAA .*是不是 QUNDAO_DATA？[\s\S]*Is QUNDAO_DATA meant\?/);
  });
});

describe('a data directory that cannot be used', () => {
  it('is refused by every command that would write into it', async () => {
    const below = path.join(import.meta.filename, 'site');
    const commands = [
      ['start'],
      ['start', '--empty'],
      ['account', 'list'],
      ['import', 'forces', path.join(dir, 'f.json')],
    ];
    writeFileSync(path.join(dir, 'f.json'), '{"forces":[]}');
    for (const args of commands) {
      const told = refused(await run(args, { QUNDAO_DATA: below }));
      assert.match(told, /数据目录 .*路径上有一个文件/);
      assert.match(told, /data directory .* a file on its path/);
    }
    const told = refusal(await run(['replay', 'calls', 'x.csv', '--data', below, '--json']));
    assert.equal(told.code, 'data-directory-unusable');
  });
});

describe('accounts', () => {
  it('are made, listed and disabled', async () => {
    done(
      await run(
        ['account', 'create', 'wang', '--roles', 'dispatcher,commander', '--zh', '值班员', '--en', 'Duty'],
        PASSWORD,
      ),
    );
    const listing = z.object({ accounts: z.array(z.looseObject({ id: z.string(), roles: z.array(z.string()) })) });
    const [account] = listing.parse(answered(await run(['account', 'list', '--json']))).accounts;
    assert.deepEqual([account?.id, account?.roles], ['wang', ['dispatcher', 'commander']]);
    assert.doesNotMatch(JSON.stringify(account), /argon2|sea-breeze/);
    assert.match(done(await run(['account', 'list'])), /wang\t值班员 Duty/);
    const disabled = z.object({ account: z.looseObject({ id: z.literal('wang'), disabled: z.literal(true) }) });
    disabled.parse(answered(await run(['account', 'disable', 'wang', '--json'])));
  });
  it('get a new password, other rights, and back in', async () => {
    const view = z.object({
      account: z.looseObject({ roles: z.array(z.string()), units: z.array(z.string()), disabled: z.boolean() }),
    });
    const change = async (args: readonly string[], env = {}) =>
      view.parse(answered(await run(['account', ...args, '--json'], env))).account;
    assert.equal((await change(['enable', 'wang'])).disabled, false);
    const { roles, units } = await change(['change', 'wang', '--roles', 'clerk', '--units', 'desk-4']);
    assert.deepEqual([roles, units], [['clerk'], ['desk-4']]);
    assert.deepEqual((await change(['change', 'wang', '--units', ''])).roles, ['clerk']);
    await change(['password', 'wang'], { QUNDAO_NEW_PASSWORD: 'tide-table-1988' });
    const weak = await run(['account', 'password', 'wang', '--json'], { QUNDAO_NEW_PASSWORD: 'short' });
    assert.equal(refusal(weak).code, 'password-weak');
    assert.equal(refusal(await run(['account', 'password', 'nobody', '--json'], PASSWORD)).code, 'account-unknown');
    assert.equal(refusal(await run(['account', 'change', 'nobody', '--zh', '某', '--json'])).code, 'account-unknown');
    assert.match(misused(await run(['account', 'change', 'wang'])), /--roles/);
  });
  it('say when nobody is left to administer the site', async () => {
    const made = await run(['account', 'create', 'chief', '--roles', 'admin'], PASSWORD);
    done(made);
    assert.doesNotMatch(made.stderr, /Note:/);
    const changed = await run(['account', 'change', 'chief', '--roles', 'clerk']);
    done(changed);
    assert.match(changed.stderr, /没有管理员能登录[\s\S]*no administrator can sign in/);
  });
  it('are refused in words', async () => {
    const create = (name: string, env = PASSWORD) => run(['account', 'create', name, '--roles', 'clerk'], env);
    done(await create('li'));
    assert.match(refused(await create('li')), /account-exists/);
    assert.match(refused(await create('Li Si')), /id/);
    assert.match(refused(await create('zhao', { QUNDAO_NEW_PASSWORD: 'short' })), /password-weak/);
    assert.match(refused(await run(['account', 'create', 'zhao', '--roles', 'clerk'])), /password-weak/);
    assert.match(refused(await run(['account', 'disable', 'nobody'])), /account-unknown/);
  });
  it('take no role nothing is granted to, be it a slip or the site’s own', async () => {
    const slip = refusal(await run(['account', 'change', 'li', '--roles', 'dispatchr', '--json']));
    assert.equal(slip.code, 'role-unknown');
    assert.match(slip.en, /no role dispatchr[^\n]*\n {2}dispatcher {2}Dispatcher/);
    assert.match(refused(await run(['account', 'create', 'sun', '--roles', 'system'], PASSWORD)), /没有角色 system/);
    assert.match(refused(await run(['token', 'create', 'gate', '--roles', 'devise'])), /没有角色 devise/);
    assert.match(done(await run(['account', 'list'])), /^li\t.*\tclerk/m);
  });
  it('may be made for all sites by name', async () => {
    assert.match(done(await run(['account', 'create', 'qian', '--roles', 'clerk', '--sites', '*'], PASSWORD)), /qian/);
  });
});

describe('tokens', () => {
  it('show their secret once and never again', async () => {
    const made = z.object({
      ok: z.literal(true),
      secret: z.string().startsWith('qd_'),
      token: z.looseObject({ id: z.literal('tracker-1') }),
    });
    const ran = await run(['token', 'create', 'tracker-1', '--units', 'ptu-1', '--json']);
    const { secret } = made.parse(JSON.parse(done(ran)));
    assert.match(ran.stderr, /没能核对力量 ptu-1 [\s\S]*not checked whether this site has ptu-1/);
    const listed = done(await run(['token', 'list', '--json']));
    assert.ok(!listed.includes(secret));
    assert.match(listed, /"tracker-1"/);
    assert.ok(!readFileSync(path.join(dir, 'accounts.db')).toString('latin1').includes(secret));
    assert.match(refused(await run(['token', 'create', 'tracker-1'])), /account-exists/);
    const revoked = done(await run(['token', 'revoke', 'tracker-1', '--json']));
    assert.deepEqual(JSON.parse(revoked), { ok: true, revoked: 'tracker-1' });
    assert.match(refused(await run(['token', 'revoke', 'tracker-1'])), /account-unknown/);
    assert.deepEqual(JSON.parse(done(await run(['token', 'list', '--json']))), { ok: true, tokens: [] });
  });
});

describe('import and verify', () => {
  const file = path.join(dir, 'forces.json');
  const forces = Object.entries(FORCES).map(([id, record]) => ({ id, ...record }));
  it('brings in forces, all or none', async () => {
    writeFileSync(file, JSON.stringify({ forces: [...forces, { ...forces[0], id: 'No 1', seats: -1 }] }));
    const told = refused(await run(['import', 'forces', file]));
    assert.match(told, /forces\[4\]\.id/);
    assert.match(told, /forces\[4\]\.seats/);
    writeFileSync(file, JSON.stringify({ forces }));
    const ran = await run(['import', 'forces', file, '--on-duty', '--json']);
    assert.deepEqual(answered(ran), { ok: true, registered: 4 });
    refused(await run(['import', 'forces', path.join(dir, 'nowhere.json')]));
    writeFileSync(file, '{"forces":');
    refused(await run(['import', 'forces', file]));
  });
  it('binds an account or a token to no force the site does not have, and says which it may mean', async () => {
    const token = refused(await run(['token', 'create', 'phone-t1', '--units', 'ptu-1,T1']));
    assert.match(token, /没有力量 T1/);
    assert.match(token, /has no force T1/);
    assert.match(token, /import forces/);
    assert.match(token, /ptu-1 {2}T1/);
    assert.doesNotMatch(token, /没有力量 ptu-1/);
    const account = ['account', 'create', 'crew-9', '--roles', 'responder', '--units'];
    assert.match(refused(await run([...account, 'ptu-9'], PASSWORD)), /ptu-9/);
    assert.ok(!done(await run(['account', 'list'])).includes('crew-9'));
    assert.ok(!done(await run(['token', 'list'])).includes('phone-t1'));
    const made = await run([...account, 'ptu-1,agency-roads'], PASSWORD);
    assert.match(done(made), /crew-9/);
    assert.doesNotMatch(made.stderr, /注意|Note:/);
  });
  it('proves the directory, and names what is wrong with a copy', async () => {
    const verdict = z.looseObject({ ok: z.boolean(), events: z.number() });
    assert.deepEqual(verdict.parse(JSON.parse(done(await run(['verify', dir, '--json'])))).events, 8);
    assert.match(done(await run(['verify', dir])), /完好 sound: 8/);
    refused(await run(['verify', path.join(dir, 'nowhere')]));
    refused(await run(['verify', dir, '--key', path.join(dir, 'nowhere.pem')]));
    rmSync(path.join(dir, 'site-key.public.pem'));
    assert.equal(refusal(await run(['verify', dir, '--json'])).code, 'bad-signature');
  });
});
