import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { EXIT, JSON_OPTION, PROJECT_DIR, Refused, answer, printRefusal } from '../shell.ts';
import type { Answering } from '../shell.ts';

/** Each is a program of its own in `bench/`: it measures beside its peer in one run and prints the ratio. */
const BENCHMARKS = ['ledger', 'http', 'replay', 'open', 'memory', 'travel', 'travel-http', 'travel-truth'] as const;

export const benchCommand = (program: Command): void => {
  program
    .command('bench')
    .description(`measure on this machine, each beside its peer: ${BENCHMARKS.join(', ')}`)
    .argument('[name]', 'one of them; all unless told', parseName)
    .option('--write', 'put the figures into docs/BENCHMARKS.md')
    .option(...JSON_OPTION)
    .action(async (name: string | undefined, options: BenchOptions) => {
      const results: unknown[] = [];
      const failed: string[] = [];
      for (const one of name === undefined ? BENCHMARKS : [name]) {
        const { code, stdout } = await run(one, options);
        if (code !== 0) failed.push(one);
        results.push(...stdout.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)])));
      }
      if (failed.length > 0) process.exitCode = EXIT.refused;
      if (options.json !== true) return;
      if (failed.length === 0) answer(options, { results }, []);
      else printRefusal('bench-failed', failedWords(failed), { results });
    });
};

interface BenchOptions extends Answering {
  readonly write?: true;
}

const failedWords = (names: readonly string[]): Text =>
  text(`没有跑完：${names.join('、')}，原因见标准错误输出`, `Not finished: ${names.join(', ')}; stderr says why`);

/** Runs one; with `--json` its results are taken, a line each, otherwise it tells them itself. */
const run = async (name: string, options: BenchOptions): Promise<{ code: number | null; stdout: string }> => {
  const file = path.join(PROJECT_DIR, 'bench', `${name}.ts`);
  if (!existsSync(file)) throw new Refused('bench-missing', missingWords(file));
  const flags = [...(options.write === true ? ['--write'] : []), ...(options.json === true ? ['--json'] : [])];
  const child = spawn(process.execPath, [file, ...flags], {
    stdio: ['inherit', options.json === true ? 'pipe' : 'inherit', 'inherit'],
  });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
};

const missingWords = (file: string): Text =>
  text(
    `缺少 ${file}：基准测试须在项目自己的目录里运行`,
    `${file} is missing: benchmarks run from the project's own folder`,
  );

const parseName = (value: string): string => {
  if (!BENCHMARKS.some((name) => name === value))
    throw new InvalidArgumentError(`must be one of ${BENCHMARKS.join(', ')}`);
  return value;
};
