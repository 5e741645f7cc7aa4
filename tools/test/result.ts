/** What became of one test. The reporters write these as lines; the runner counts them. */
export interface TestResult {
  readonly name: string;
  readonly file: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly duration_ms: number;
  /** Why it was skipped, or how it failed. Empty when it passed. */
  readonly detail: string;
}

/** Text a test file wrote; shown only when one of its tests failed. */
export interface Output {
  readonly file: string;
  readonly output: string;
}

const MARK = '@@result ';

export const toLine = (result: TestResult | Output): string => `\n${MARK}${JSON.stringify(result)}\n`;

/** The result in a line, or null for any other line. */
export const fromLine = (line: string): TestResult | Output | null =>
  line.startsWith(MARK) ? (JSON.parse(line.slice(MARK.length)) as TestResult | Output) : null;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const count = (results: readonly TestResult[]): Counts => {
  const of = (outcome: TestResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
};

export const inWords = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
