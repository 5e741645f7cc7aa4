import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import type { DirectoryVerdict } from '#rim/store-sqlite/verify-directory.ts';
import { EXIT, JSON_OPTION, Refused, answer, print, printRefusal } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface VerifyOptions extends Answering {
  readonly key?: string;
  readonly checkpoint?: string;
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
    .option(...JSON_OPTION)
    .action((dir: string, options: VerifyOptions) => {
      const verdict = verifyDirectory(dir, {
        ...(options.key === undefined ? {} : { publicKey: readGiven(options.key) }),
        ...(options.checkpoint === undefined ? {} : { checkpoint: readGiven(options.checkpoint) }),
      });
      const bad = verdict.first_bad;
      if (bad === null) answer(options, verdict, [soundLine(verdict)]);
      else if (options.json === true) printRefusal(bad.code, bad.reason, verdict);
      else for (const line of flawLines(bad)) print(line);
      process.exitCode = verdict.ok ? EXIT.done : EXIT.refused;
    });
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
