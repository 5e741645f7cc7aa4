import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { EXIT, Refused, print } from '../shell.ts';

interface VerifyOptions {
  readonly json?: true;
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
    .option('--json', 'answer as JSON')
    .action((dir: string, options: VerifyOptions) => {
      const verdict = verifyDirectory(dir, {
        ...(options.key === undefined ? {} : { publicKey: readGiven(options.key) }),
        ...(options.checkpoint === undefined ? {} : { checkpoint: readGiven(options.checkpoint) }),
      });
      if (options.json === true) print(JSON.stringify(verdict));
      else if (verdict.ok) {
        print(
          `完好 sound: ${verdict.events} 条事件 events, ${verdict.checkpoints} 个签名 signed heads (${String(verdict.site)})`,
        );
      } else {
        const bad = verdict.first_bad;
        print(
          `不完好 NOT sound: ${bad === null ? '' : `${bad.code} @ ${bad.seq}${bad.upto === bad.seq ? '' : `–${bad.upto}`}\n${bad.reason.zh}\n${bad.reason.en}`}`,
        );
      }
      process.exitCode = verdict.ok ? EXIT.done : EXIT.refused;
    });
};

const readGiven = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Refused(`读不到文件 ${file}，请核对路径。\nThe file ${file} cannot be read: check the path.`);
  }
};
