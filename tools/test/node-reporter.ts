import path from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import type { TestResult } from './result.ts';
import { toLine } from './result.ts';

type Finished = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data'];

/** Reporter for `node --test`: one line per test that ran, failed or was left out. Groups count only when they break themselves. */
export default async function* nodeReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type === 'test:stdout' || event.type === 'test:stderr')
      yield toLine({ file: nameOf(event.data.file), output: event.data.message });
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const result = toResult(event.data, event.type === 'test:fail');
    if (result !== null) yield toLine(result);
  }
}

const nameOf = (file: string | undefined): string =>
  file === undefined ? '' : path.relative(process.cwd(), path.resolve(file));

/** Null for what is only the sum of its parts. */
export const toResult = (data: Finished, failed: boolean): TestResult | null => {
  const { details } = data;
  const reason = data.skip ?? data.todo;
  const group = details.type === 'suite';
  const error = 'error' in details ? (details.error as Error & { failureType?: string }) : null;
  if (error?.failureType === 'subtestsFailed' || (group && !failed && reason === undefined)) return null;
  const within = (data as { classname?: string }).classname;
  return {
    name: within === undefined ? data.name : `${within} › ${data.name}`,
    file: nameOf(data.file),
    outcome: reason !== undefined ? 'skipped' : failed ? 'failed' : 'passed',
    duration_ms: Math.round(details.duration_ms),
    detail: reason !== undefined ? reasonOf(reason) : error === null ? '' : inspect(error.cause ?? error, { depth: 6 }),
  };
};

const reasonOf = (reason: string | boolean): string =>
  typeof reason === 'string' && reason !== '' ? reason : 'no reason given';
