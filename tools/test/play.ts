import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { TestResult } from './result.ts';
import { fromLine } from './result.ts';
import type { Run, Suite } from './suites.ts';

/** Lines of a test file's own output shown with its failures. */
const OUTPUT_LINES = 60;

export interface Played {
  readonly results: readonly TestResult[];
  /** What the files with failures wrote, by file. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** Runs a suite. Every program it starts is its own process group, and nothing of the group outlives it. */
export const play = async (
  suite: Suite,
  runs: readonly Run[],
  onResult: (result: TestResult) => void,
): Promise<Played> => {
  const outputs = new Map<string, string>();
  const all = await Promise.all(
    runs.map(async (run) => {
      const results: TestResult[] = [];
      const { exit, rest } = await execute(run, (line) => {
        const read = fromLine(line);
        if (read === null) return false;
        if ('output' in read) outputs.set(read.file, (outputs.get(read.file) ?? '') + read.output);
        else {
          results.push(read);
          onResult(read);
        }
        return true;
      });
      return [...results, ...ownResult(suite, run, results, exit, rest)];
    }),
  );
  const results = all.flat();
  const failed = new Set(results.filter((result) => result.outcome === 'failed').map((result) => result.file));
  for (const [file, output] of outputs)
    if (failed.has(file)) outputs.set(file, lastLines(output));
    else outputs.delete(file);
  return { results, outputs };
};

const lastLines = (output: string): string => output.trimEnd().split('\n').slice(-OUTPUT_LINES).join('\n');

/** What the exit code says beyond the tests: a command is one test; a runner that broke, or ran nothing, failed. */
const ownResult = (
  suite: Suite,
  run: Run,
  results: readonly TestResult[],
  exit: number,
  rest: string,
): TestResult[] => {
  const result = { name: suite.about, file: '', duration_ms: 0 };
  if (run.by === 'command')
    return [{ ...result, outcome: exit === 0 ? 'passed' : 'failed', detail: exit === 0 ? '' : rest }];
  if (exit === 0 && results.length === 0 && !run.may_be_empty)
    return [{ ...result, outcome: 'failed', detail: 'there are test files, but not one test ran' }];
  if (exit === 0 || results.some((one) => one.outcome === 'failed')) return [];
  return [{ ...result, outcome: 'failed', detail: `the runner ended with exit code ${exit}\n${lastLines(rest)}` }];
};

const commandOf = (run: Run): readonly [string, readonly string[]] => {
  const [first = '', ...others] = run.args;
  if (run.by === 'command') return [path.resolve(first), others];
  if (run.by === 'node') return [process.execPath, run.args];
  return [path.resolve('node_modules/.bin/playwright'), run.args];
};

const execute = async (
  run: Run,
  onLine: (line: string) => boolean,
): Promise<{ readonly exit: number; readonly rest: string }> => {
  const [command, args] = commandOf(run);
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
  const killGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already: that is what was wanted.
    }
  };
  const interrupted = (): void => {
    killGroup();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const rest: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!onLine(line) && line !== '') rest.push(line);
  });
  createInterface({ input: child.stderr }).on('line', (line) => rest.push(line));
  child.once('exit', killGroup);
  const exit = await new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? 1));
    child.once('error', (error) => {
      rest.push(error.message);
      resolve(1);
    });
  });
  process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  return { exit, rest: rest.join('\n') };
};

/** Tests must not inherit the settings of a real installation, nor of a test that plays a suite. */
const INHERITED = /^(?!PORT$|NODE_TEST_CONTEXT$|QUNDAO_)/;

/** What Node made of a source it read once; tests start the same programs hundreds of times. Never older than the source. */
const COMPILED = path.resolve('.cache/compiled');

const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => INHERITED.test(name))),
  NODE_COMPILE_CACHE: COMPILED,
});
