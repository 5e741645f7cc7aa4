import type { Text } from '#core/base/text.ts';

/** Why a command was refused. Each code stands in the error catalogue. */
export type RefusalCode =
  | 'forbidden'
  | 'step-unknown'
  | 'step-not-possible'
  | 'step-done'
  | 'part-not-possible'
  | 'subject-missing'
  | 'need-not-met'
  | 'fact-unknown'
  | 'fact-missing'
  | 'fact-invalid'
  | 'position-invalid'
  | 'time-in-future'
  | 'clock-not-due';

export interface Refusal {
  readonly code: RefusalCode;
  /** Said by the declaration itself, where it has words of its own. */
  readonly words?: Text;
  /** Which field, and what is wrong with it. */
  readonly details: readonly { readonly path: string; readonly message: string }[];
}

export const refusal = (code: RefusalCode, path: string | null = null, message = '', words?: Text): Refusal => ({
  code,
  details: path === null ? [] : [{ path, message }],
  ...(words === undefined ? {} : { words }),
});
