import { type Place, search } from '../api/places.ts';

export interface KnownPart {
  /** The part of the words, as typed. */
  readonly words: string;
  /** Places whose name begins with it, the shortest name first. */
  readonly places: readonly Place[];
}

/** Each character of a Chinese name may begin or end a part; of a name in letters only whole words do. */
const PIECES = /\p{Script=Han}|[^\s\p{Script=Han}]+/gu;
/** One character, or a letter or two, stand in too many names to mean one. */
const LEAST_HAN = 2;
const LEAST_LETTERS = 3;
const OFFERED_MAX = 3;

/** What the gazetteer knows of words it does not know as a whole: the longest part with which a name begins, the first of equals. */
export const knownPart = (all: readonly Place[], words: string): KnownPart | null => {
  const pieces = [...words.matchAll(PIECES)];
  const parts = pieces.flatMap((from, at) =>
    pieces.slice(at).map((to) => words.slice(from.index, to.index + to[0].length)),
  );
  for (const part of parts.filter(isLong).toSorted((a, b) => b.length - a.length)) {
    const places = search(all, part, all.length)
      .filter(({ name }) => begins(name.zh, part) || begins(name.en, part))
      .slice(0, OFFERED_MAX);
    if (places.length > 0) return { words: part, places };
  }
  return null;
};

const isLong = (part: string): boolean => part.length >= (/\p{Script=Han}/u.test(part) ? LEAST_HAN : LEAST_LETTERS);
const begins = (name: string, part: string): boolean => name.toLowerCase().startsWith(part.toLowerCase());
