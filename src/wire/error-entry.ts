import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';

/** One thing that can go wrong: the HTTP status, what happened, and what to do next. `{name}` is filled in when it is told. */
export interface ErrorEntry {
  readonly status: number;
  readonly words: Text;
  readonly advice: Text;
}
export type Entries = Readonly<Record<string, ErrorEntry>>;

type Pair = readonly [zh: string, en: string];

/** @param words what happened @param advice what to do next; each in Chinese and English, `{name}`s in the same order */
export const entry = (status: number, words: Pair, advice: Pair): ErrorEntry => ({
  status,
  words: text(...words),
  advice: text(...advice),
});
