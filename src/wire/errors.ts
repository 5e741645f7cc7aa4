import type { Text } from '#core/base/text.ts';
import { fill } from '#core/base/text.ts';
import type { Problem } from './api.ts';
import type { ErrorCode } from './error-catalogue.ts';
import { ERRORS } from './error-catalogue.ts';

export type { ErrorCode } from './error-catalogue.ts';
export { ERRORS } from './error-catalogue.ts';

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(ERRORS, value);

/** What an error answer may carry besides its code. */
export interface ProblemExtras {
  /** For the `{name}`s in the words. */
  readonly values?: Readonly<Record<string, string | number | Text>>;
  /** Words that say it better than the catalogue, for example a declaration's own. */
  readonly words?: Text;
  readonly details?: readonly { readonly path: string; readonly message: string }[];
  readonly request?: string;
}

/** The body of an error answer. */
export const problemOf = (code: ErrorCode, extras: ProblemExtras = {}): Problem => {
  const { words, advice } = ERRORS[code];
  const values = extras.values ?? {};
  return {
    code,
    words: fill(extras.words ?? words, values),
    advice: fill(advice, values),
    ...(extras.details === undefined || extras.details.length === 0 ? {} : { details: [...extras.details] }),
    ...(extras.request === undefined ? {} : { request: extras.request }),
  };
};

/** A refusal thrown where a value cannot be returned; the HTTP layer answers with its code. */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code: ErrorCode;
  readonly extras: ProblemExtras;
  constructor(code: ErrorCode, extras: ProblemExtras = {}) {
    super(fill(ERRORS[code].words, extras.values ?? {}).en);
    this.code = code;
    this.extras = extras;
  }
}
