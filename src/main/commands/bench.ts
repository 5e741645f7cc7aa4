import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { EXIT, PROJECT_DIR } from '../shell.ts';

/** Each is a program of its own in `bench/`: it measures beside its peer in one run and prints the ratio. */
const BENCHMARKS = ['ledger', 'http', 'replay', 'open', 'memory'] as const;

export const benchCommand = (program: Command): void => {
  program
    .command('bench')
    .description(`measure on this machine, each beside its peer: ${BENCHMARKS.join(', ')}`)
    .argument('[name]', 'one of them; all unless told', parseName)
    .option('--write', 'put the figures into docs/BENCHMARKS.md')
    .action(async (name: string | undefined, options: { readonly write?: true }) => {
      for (const one of name === undefined ? BENCHMARKS : [name]) {
        const file = path.join(PROJECT_DIR, 'bench', `${one}.ts`);
        if (!existsSync(file)) throw new Error(`${file} is missing: benchmarks run from the project's own folder`);
        const child = spawn(process.execPath, [file, ...(options.write === true ? ['--write'] : [])], {
          stdio: 'inherit',
        });
        const [code] = (await once(child, 'exit')) as [number | null];
        if (code !== 0) process.exitCode = EXIT.refused;
      }
    });
};

const parseName = (value: string): string => {
  if (!BENCHMARKS.some((name) => name === value))
    throw new InvalidArgumentError(`must be one of ${BENCHMARKS.join(', ')}`);
  return value;
};
