import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import type { AccountId, SiteId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { text } from '#core/base/text.ts';
import type { AccountView } from '#rim/auth/accounts.ts';
import { openAuth } from '#rim/auth/auth.ts';
import type { Auth } from '#rim/auth/auth.ts';
import { identitySchema } from '#rim/auth/identity.ts';
import type { AuthRefusal, Identity } from '#rim/auth/identity.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import { ERRORS } from '#wire/errors.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { makeReady } from '../opening.ts';
import { JSON_OPTION, Refused, answer, readConfig, warn } from '../shell.ts';
import type { Answering } from '../shell.ts';
import { checkUnits, registerOf } from './known-forces.ts';
import { checkRoles } from './known-roles.ts';

/** Options by which the command line names who something stands for. */
export interface WhoOptions extends Answering {
  readonly zh?: string;
  readonly en?: string;
  readonly roles: string;
  readonly units?: string;
  readonly sites?: string;
}

const PASSWORD_VARIABLE = 'QUNDAO_NEW_PASSWORD';

export const accountCommand = (program: Command): void => {
  const account = program
    .command('account')
    .description('people who sign in (a running site takes it up within a second)');
  addCreate(account);
  addList(account);
  addPassword(account);
  addChange(account);
  addStanding(account, 'disable', 'end its sessions and let it sign in no more', '已停用 disabled');
  addStanding(account, 'enable', 'let it sign in again', '已启用 enabled');
};

const addCreate = (account: Command): void => {
  account
    .command('create <name>')
    .description(`make an account; the password comes from the environment variable ${PASSWORD_VARIABLE}`)
    .requiredOption('--roles <list>', 'roles, separated by commas')
    .option('--zh <name>', 'display name, Chinese')
    .option('--en <name>', 'display name, English')
    .option('--units <list>', 'ids of the forces and agencies it acts for')
    .option('--sites <list>', 'sites it may touch; all unless told')
    .option(...JSON_OPTION)
    .action(async (name: string, options: WhoOptions) => {
      checkRoles(listed(options.roles));
      checkUnits(listed(options.units), registerOf(readConfig(false)));
      const identity = identityFrom(name, options);
      await withAuth(async (auth) => {
        const made = await auth.createAccount(identity, givenPassword());
        tellOf(made, options, '已建立 made');
      });
    });
};

const addList = (account: Command): void => {
  account
    .command('list')
    .description('all accounts')
    .option(...JSON_OPTION)
    .action(async (options: Answering) => {
      await withAuth((auth) => {
        const accounts = auth.accounts();
        answer(options, { accounts }, accounts.map(lineOf));
      });
    });
};

const addPassword = (account: Command): void => {
  account
    .command('password <name>')
    .description(
      `set a new password, from the environment variable ${PASSWORD_VARIABLE}: its sessions end, a lock is lifted`,
    )
    .option(...JSON_OPTION)
    .action(async (name: AccountId, options: Answering) => {
      await withAuth(async (auth) => {
        const changed = await auth.setPassword(name, givenPassword());
        tellOf(changed, options, '密码已更换 password changed');
      });
    });
};

type ChangeOptions = Partial<WhoOptions>;

const addChange = (account: Command): void => {
  account
    .command('change <name>')
    .description('change what it may do; what is not named stays, and its sessions go on with the new rights')
    .option('--roles <list>', 'its roles from now on, separated by commas')
    .option('--units <list>', 'ids of the forces and agencies it acts for; none for an empty list')
    .option('--sites <list>', 'sites it may touch; * for all')
    .option('--zh <name>', 'display name, Chinese')
    .option('--en <name>', 'display name, English')
    .option(...JSON_OPTION)
    .action(async (name: AccountId, options: ChangeOptions, command: Command) => {
      const { roles, units, sites, zh, en } = options;
      if ([roles, units, sites, zh, en].every((one) => one === undefined))
        command.error('error: name what to change: --roles, --units, --sites, --zh or --en');
      checkRoles(listed(roles));
      checkUnits(listed(units), registerOf(readConfig(false)));
      await withAuth((auth) => {
        const present = auth.accounts().find((one) => one.id === name);
        if (present === undefined) throw refusedBy('account-unknown');
        const next = {
          display: { zh: zh ?? present.display.zh, en: en ?? present.display.en },
          roles: roles === undefined ? present.roles : listed(roles),
          units: units === undefined ? present.units : listed(units),
          sites: sites === undefined ? present.sites : sitesOf(sites),
        };
        mindingAdmins(auth, () => tellOf(auth.changeAccount(name, next), options, '已更改 changed'));
      });
    });
};

const addStanding = (account: Command, verb: 'disable' | 'enable', about: string, told: string): void => {
  account
    .command(`${verb} <name>`)
    .description(about)
    .option(...JSON_OPTION)
    .action(async (name: AccountId, options: Answering) => {
      await withAuth((auth) =>
        mindingAdmins(auth, () => tellOf(auth.disableAccount(name, verb === 'disable'), options, told)),
      );
    });
};

const givenPassword = (): string => process.env[PASSWORD_VARIABLE] ?? '';

const sitesOf = (given: string): Identity['sites'] =>
  given.trim() === '*' ? '*' : listed(given).map((one) => one as SiteId);

/** The account as it is now, or why nothing was done. */
const tellOf = (made: Result<AccountView, AuthRefusal>, options: Answering, done: string): void => {
  if (!made.ok) throw refusedBy(made.error.code);
  answer(options, { account: made.value }, [`${done}: ${lineOf(made.value)}`]);
};

/** Does something that may leave nobody to administer the site, and says so when it does. */
const mindingAdmins = (auth: Auth, work: () => void): void => {
  const before = auth.needsSetup();
  work();
  if (before || !auth.needsSetup()) return;
  warn(
    '注意：现在没有管理员能登录；下次启动会给出一次性链接，设置新的管理员。\n' +
      'Note: no administrator can sign in now; the next start prints a one-time link to set up a new one.',
  );
};

const lineOf = (one: AccountView): string =>
  [
    one.id,
    `${one.display.zh} ${one.display.en}`,
    one.roles.join(','),
    one.units.join(','),
    one.disabled ? '停用 disabled' : '',
  ]
    .join('\t')
    .trimEnd();

/** Opens the accounts of the site the environment names, for one command. */
export const withAuth = async (work: (auth: Auth) => unknown): Promise<void> => {
  const { data_dir } = readConfig(false);
  makeReady(data_dir);
  const auth = openAuth(path.join(data_dir, 'accounts.db'), { now: Date.now, random: secureRandom });
  try {
    await work(auth);
  } finally {
    auth.close();
  }
};

/** The members of a list separated by commas. */
export const listed = (given: string | undefined): string[] =>
  (given ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** @throws Refused naming what is wrong */
export const identityFrom = (id: string, options: WhoOptions): Identity => {
  const parsed = identitySchema.safeParse({
    id,
    display: { zh: options.zh ?? id, en: options.en ?? id },
    roles: listed(options.roles),
    sites: options.sites === undefined ? '*' : sitesOf(options.sites),
    units: listed(options.units),
  });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n');
    const { words, advice } = ERRORS['request-invalid'];
    throw new Refused(
      'request-invalid',
      text(`${words.zh}${advice.zh}\n${problems}`, `${words.en} ${advice.en}\n${problems}`),
    );
  }
  return parsed.data as unknown as Identity;
};

export const refusedBy = (code: ErrorCode): Refused => {
  const { words, advice } = ERRORS[code];
  return new Refused(code, text(`${words.zh}${advice.zh}`, `${words.en} ${advice.en}`));
};
