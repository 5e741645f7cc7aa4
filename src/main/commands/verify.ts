import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import type { DirectoryVerdict } from '#rim/ledger-store/evidence.ts';
import { StoreError } from '#app/ports.ts';
import { verifyDatabase } from '#rim/store-postgres/check.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { parseConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { refusedByOutage } from '../opening.ts';
import { EXIT, JSON_OPTION, Refused, allOf, answer, print, printRefusal, warn } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface VerifyOptions extends Answering {
  readonly key?: string;
  readonly checkpoint?: string;
  readonly store?: string;
}

export const verifyCommand = (program: Command): void => {
  program
    .command('verify')
    .description(
      'prove offline that a data directory, or a copy of one, is what its site signed; names the first bad event',
    )
    .argument('<data-dir>', 'data directory or copy')
    .option('--key <file>', "the site's public key (PEM), when the copy's own is not to be trusted")
    .option('--checkpoint <file>', 'a checkpoint kept elsewhere (JSON), to see a truncation or a swapped ledger')
    .option(
      '--store <where>',
      'where the ledger is: sqlite (in the directory) or postgres://…; QUNDAO_STORE unless given',
    )
    .option(...JSON_OPTION)
    .action(async (dir: string, options: VerifyOptions) => {
      const verdict = await verdictOn(dir, options);
      const bad = verdict.first_bad;
      if (bad === null) answer(options, verdict, [soundLine(verdict)]);
      else if (options.json === true) printRefusal(bad.code, bad.reason, verdict);
      else for (const line of flawLines(bad)) print(line);
      process.exitCode = verdict.ok ? EXIT.done : EXIT.refused;
    });
};

const verdictOn = async (dir: string, options: VerifyOptions): Promise<DirectoryVerdict> => {
  const store = storeOf(options);
  const brought = {
    ...(options.key === undefined ? {} : { publicKey: readGiven(options.key) }),
    ...(options.checkpoint === undefined ? {} : { checkpoint: readGiven(options.checkpoint) }),
  };
  if (store.type === 'sqlite') return inDirectory(dir, brought);
  try {
    return await verifyDatabase(store.url, dir, brought);
  } catch (error) {
    throw error instanceof StoreError ? refusedByOutage(error) : error;
  }
};

const inDirectory = (dir: string, brought: Parameters<typeof verifyDirectory>[1]): DirectoryVerdict => {
  const verdict = verifyDirectory(dir, brought);
  if (verdict.first_bad?.code === 'missing' && verdict.first_bad.seq === 0) {
    warn('台账在 PostgreSQL 里时，请用 --store postgres://… 或 QUNDAO_STORE 指明。');
    warn('Where the ledger is in PostgreSQL, say so by --store postgres://… or QUNDAO_STORE.');
  }
  return verdict;
};

/** Nothing else of the settings matters here, so nothing else of them is asked to be right. */
const storeOf = (options: VerifyOptions): Config['store'] => {
  const parsed = parseConfig({ QUNDAO_STORE: options.store ?? process.env['QUNDAO_STORE'] });
  if (!parsed.ok) throw new Refused('settings-wrong', allOf(parsed.error));
  return parsed.value.store;
};

const soundLine = ({ events, checkpoints, site }: DirectoryVerdict): string =>
  `完好 sound: ${events} 条事件 events, ${checkpoints} 个签名 signed heads (${String(site)})`;

const flawLines = ({ code, seq, upto, reason }: Flaw): readonly string[] => [
  `不完好 NOT sound: ${code} @ ${seq}${upto === seq ? '' : `–${upto}`}`,
  reason.zh,
  reason.en,
];

const readGiven = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Refused(
      'file-unreadable',
      text(`读不到文件 ${file}，请核对路径。`, `The file ${file} cannot be read: check the path.`),
    );
  }
};
