import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import type { AccountView } from '#rim/auth/accounts.ts';
import { openAuth } from '#rim/auth/auth.ts';
import type { Auth } from '#rim/auth/auth.ts';
import { identitySchema } from '#rim/auth/identity.ts';
import type { Identity } from '#rim/auth/identity.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import { ERRORS } from '#wire/errors.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { makeReady } from '../opening.ts';
import { JSON_OPTION, Refused, answer, readConfig } from '../shell.ts';
import type { Answering } from '../shell.ts';
import { checkUnits, registerOf } from './known-forces.ts';

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
      checkUnits(listed(options.units), registerOf(readConfig(false)));
      const identity = identityFrom(name, options);
      await withAuth(async (auth) => {
        const made = await auth.createAccount(identity, process.env[PASSWORD_VARIABLE] ?? '');
        if (!made.ok) throw refusedBy(made.error.code);
        answer(options, { account: made.value }, [`已建立 made: ${made.value.id} (${made.value.roles.join(', ')})`]);
      });
    });
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
  account
    .command('disable <name>')
    .description('end its sessions and let it sign in no more')
    .option(...JSON_OPTION)
    .action(async (name: string, options: Answering) => {
      await withAuth((auth) => {
        const changed = auth.disableAccount(name as Identity['id'], true);
        if (!changed.ok) throw refusedBy(changed.error.code);
        answer(options, { account: changed.value }, [`已停用 disabled: ${name}`]);
      });
    });
};

const lineOf = (one: AccountView): string =>
  `${one.id}\t${one.display.zh} ${one.display.en}\t${one.roles.join(',')}\t${one.units.join(',')}`;

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
    sites: options.sites === undefined ? '*' : listed(options.sites),
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
