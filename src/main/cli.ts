import process from 'node:process';
import { Command, CommanderError } from 'commander';
import { accountCommand } from './commands/account.ts';
import { benchCommand } from './commands/bench.ts';
import { importCommand } from './commands/import.ts';
import { replayCommand } from './commands/replay.ts';
import { startCommand } from './commands/start.ts';
import { tokenCommand } from './commands/token.ts';
import { verifyCommand } from './commands/verify.ts';
import { EXIT, Refused, readVersion, warnOfSlips } from './shell.ts';

/** The one command line: `npm run qundao -- <command>`. Exit codes: 0 done, 1 refused, 2 bad usage. */
const program = new Command('qundao')
  .description('群岛 Qundao: public-safety operations for places made of islands')
  .version(readVersion())
  .showHelpAfterError('(--help shows how)')
  .exitOverride()
  .hook('preAction', warnOfSlips)
  .addHelpText('after', '\nExit codes: 0 done, 1 refused, 2 bad usage. Settings: docs/operating/configuration.md');

for (const add of [
  startCommand,
  verifyCommand,
  importCommand,
  replayCommand,
  benchCommand,
  accountCommand,
  tokenCommand,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else if (error instanceof Refused) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.refused;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.refused;
  }
}
