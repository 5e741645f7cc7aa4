import process from 'node:process';
import { Command, CommanderError } from 'commander';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { accountCommand } from './commands/account.ts';
import { benchCommand } from './commands/bench.ts';
import { importCommand } from './commands/import.ts';
import { islandsCommand } from './commands/islands.ts';
import { replayCommand } from './commands/replay.ts';
import { simulateCommand } from './commands/simulate.ts';
import { sitesCommand } from './commands/sites.ts';
import { startCommand } from './commands/start.ts';
import { tokenCommand } from './commands/token.ts';
import { travelCommand } from './commands/travel.ts';
import { verifyCommand } from './commands/verify.ts';
import { keepNewYoung, keepTicksKnown } from './memory.ts';
import { EXIT, Refused, messageOf, printRefusal, readVersion, warnOfSlips } from './shell.ts';

keepNewYoung();
keepTicksKnown();

/** The one command line: `npm run qundao -- <command>`. Exit codes: 0 done, 1 refused, 2 bad usage. */
const program = new Command('qundao')
  .description('群岛 Qundao: public-safety operations for places made of islands')
  .version(readVersion())
  .showHelpAfterError('(--help shows how)')
  .exitOverride()
  .hook('preAction', warnOfSlips)
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 refused, 2 bad usage. With --json: one JSON object, also for a refusal. Settings: docs/operating/configuration.md',
  );

for (const add of [
  startCommand,
  verifyCommand,
  importCommand,
  replayCommand,
  benchCommand,
  accountCommand,
  tokenCommand,
  travelCommand,
  simulateCommand,
  islandsCommand,
  sitesCommand,
])
  add(program);

/** Who reads on no longer, as `| head` does, is no trouble: the command goes on to its end and says how it ended. */
const unread = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};
process.stdout.on('error', unread);
process.stderr.on('error', unread);

const json = process.argv.includes('--json');

/** Tells why the command was not done, in words or as one JSON object. */
const tell = (code: string, words: Text): void => {
  if (json) printRefusal(code, words);
  else process.stderr.write(`${words.zh}\n${words.en}\n[${code}]\n`);
};

const tellFailure = (error: unknown): number => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    // Commander has told it in words on stderr.
    if (json) printRefusal('usage', text(`命令用法不对：${error.message}`, error.message));
    return EXIT.usage;
  }
  if (error instanceof Refused) tell(error.code, error.words);
  else {
    if (json) printRefusal('internal', text(`程序内部出错：${messageOf(error)}`, messageOf(error)));
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return EXIT.refused;
};

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tellFailure(error);
}
