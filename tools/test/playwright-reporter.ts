import path from 'node:path';
import type { Reporter, TestCase, TestError, TestResult as Played } from '@playwright/test/reporter';
import type { TestResult } from './result.ts';
import { toLine } from './result.ts';

const OUTCOMES = { expected: 'passed', flaky: 'failed', unexpected: 'failed', skipped: 'skipped' } as const;
// Playwright colours its messages even into a pipe.
const COLOURS = new RegExp(`${String.fromCodePoint(27)}\\[[\\d;]*m`, 'g');

/** Reporter for Playwright: the same lines as the one for `node --test`. */
export default class PlaywrightReporter implements Reporter {
  onTestEnd(test: TestCase, played: Played): void {
    const reason = test.annotations.find((note) => note.type === 'skip' || note.type === 'fixme')?.description;
    const outcome = OUTCOMES[test.outcome()];
    this.#tell({
      name: test.titlePath().slice(3).join(' › '),
      file: path.relative(process.cwd(), test.location.file),
      outcome,
      duration_ms: Math.round(played.duration),
      detail: outcome === 'skipped' ? (reason ?? 'a test before it failed') : played.errors.map(wordsOf).join('\n\n'),
    });
  }

  onError(error: TestError): void {
    const file = error.location === undefined ? '' : path.relative(process.cwd(), error.location.file);
    this.#tell({ name: 'the suite itself', file, outcome: 'failed', duration_ms: 0, detail: wordsOf(error) });
  }

  printsToStdio(): boolean {
    return true;
  }

  #tell(result: TestResult): void {
    process.stdout.write(toLine(result));
  }
}

const wordsOf = (error: TestError): string =>
  [error.stack ?? error.message ?? error.value ?? '', error.snippet ?? ''].join('\n').replaceAll(COLOURS, '').trim();
