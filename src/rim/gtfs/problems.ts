import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { CodedError, problemOf } from '#wire/errors.ts';
import type { ErrorCode } from '#wire/errors.ts';

/** After so many the rest would say nothing new. */
const MOST = 20;

/** For the words of the catalogue; a value may itself be in two languages. */
export type ProblemValues = Readonly<Record<string, string | number | Text>>;

/** A feed that cannot be imported, with everything that was found wrong with it: each with a code, a file and a line. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly problems: readonly CodedError[];
  constructor(problems: readonly CodedError[]) {
    super(problems.map((one) => one.message).join('\n'));
    this.problems = problems;
  }

  /** The code of the first. */
  get code(): ErrorCode {
    return (this.problems[0] as CodedError).code;
  }

  /** All of them, a line each, and what to do about the first. */
  get words(): Text {
    const told = this.problems.map((one) => problemOf(one.code, one.extras));
    const lines = [...told.map((one) => one.words), told[0]?.advice ?? text('', '')];
    return text(lines.map((one) => one.zh).join('\n'), lines.map((one) => one.en).join('\n'));
  }
}

/** Collects what is wrong, so that all of it can be corrected at once. */
export class Problems {
  readonly #found: CodedError[] = [];

  /** @throws FeedError when there are too many to go on */
  add(code: ErrorCode, values: ProblemValues): void {
    this.#found.push(new CodedError(code, { values }));
    if (this.#found.length >= MOST) this.stop();
  }

  /** @throws FeedError when anything was found */
  stop(): void {
    if (this.#found.length > 0) throw new FeedError(this.#found);
  }
}

/** One problem that ends everything. */
export const feedError = (code: ErrorCode, values: ProblemValues): FeedError =>
  new FeedError([new CodedError(code, { values })]);
