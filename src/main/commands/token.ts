import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { AccountId } from '#core/base/ids.ts';
import { JSON_OPTION, answer, readConfig } from '../shell.ts';
import type { Answering } from '../shell.ts';
import { identityFrom, listed, refusedBy, withAuth } from './account.ts';
import type { WhoOptions } from './account.ts';
import { checkUnits, registerOf } from './known-forces.ts';
import { checkRoles } from './known-roles.ts';

interface CreateOptions extends WhoOptions {
  readonly days?: number;
}
const DAY_MS = 86_400_000;

/** What is no number must not become a token that never ends. */
const wholeDays = (given: string): number => {
  if (!/^\d{1,5}$/.test(given)) throw new InvalidArgumentError('a whole number of days');
  return Number(given);
};

export const tokenCommand = (program: Command): void => {
  const token = program.command('token').description('bearer tokens of machine clients and position devices');
  token
    .command('create <id>')
    .description('make a token; the secret is printed once and kept nowhere')
    .option('--roles <list>', 'roles, separated by commas', 'device')
    .option('--units <list>', 'ids of the forces it acts for; a position device has exactly one')
    .option('--sites <list>', 'sites it may touch; all unless told')
    .option('--days <n>', 'days until it ends; never unless told', wholeDays)
    .option('--zh <name>', 'display name, Chinese')
    .option('--en <name>', 'display name, English')
    .option(...JSON_OPTION)
    .action(async (id: string, options: CreateOptions) => {
      checkRoles(listed(options.roles));
      checkUnits(listed(options.units), registerOf(readConfig(false)));
      const identity = identityFrom(id, options);
      await withAuth((auth) => {
        const expires_ms = options.days === undefined ? null : Date.now() + options.days * DAY_MS;
        const made = auth.createToken({ ...identity, expires_ms });
        if (!made.ok) throw refusedBy(made.error.code);
        answer(options, made.value, [made.value.secret]);
      });
    });
  token
    .command('list')
    .description('tokens, without their secrets')
    .option(...JSON_OPTION)
    .action(async (options: Answering) => {
      await withAuth((auth) => {
        const tokens = auth.tokens();
        const lines = tokens.map((one) => `${one.id}\t${one.roles.join(',')}\t${one.units.join(',')}`);
        answer(options, { tokens }, lines);
      });
    });
  token
    .command('revoke <id>')
    .description('let it in no more')
    .option(...JSON_OPTION)
    .action(async (id: string, options: Answering) => {
      await withAuth((auth) => {
        const revoked = auth.revokeToken(id as AccountId);
        if (!revoked.ok) throw refusedBy(revoked.error.code);
        answer(options, { revoked: id }, [`已吊销 revoked: ${id}`]);
      });
    });
};
