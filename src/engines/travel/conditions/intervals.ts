/** Moments in milliseconds from … until, both included. Lists are ascending and do not touch. */
export type Interval = readonly [from: number, until: number];

/** Moments in both lists. */
export const inBoth = (one: readonly Interval[], other: readonly Interval[]): readonly Interval[] => {
  const both: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const a = one[i] as Interval;
    const b = other[j] as Interval;
    const from = Math.max(a[0], b[0]);
    const until = Math.min(a[1], b[1]);
    if (from <= until) both.push([from, until]);
    if (a[1] < b[1]) i += 1;
    else j += 1;
  }
  return both;
};

/** Moments of the span outside every one of these (in any order, may overlap). */
export const outside = (shut: readonly Interval[], span: Interval): readonly Interval[] => {
  const open: Interval[] = [];
  let at = span[0];
  for (const [from, until] of shut.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from > at) open.push([at, Math.min(from - 1, span[1])]);
    at = Math.max(at, until + 1);
    if (at > span[1]) return open.filter(([start, end]) => start <= end);
  }
  open.push([at, span[1]]);
  return open.filter(([start, end]) => start <= end);
};

/** When to begin something that takes so long so that it fits in whole. */
export const toBegin = (open: readonly Interval[], takes_ms: number): readonly Interval[] =>
  open.flatMap(([from, until]) => (until - takes_ms >= from ? [[from, until - takes_ms] as const] : []));

/** Moments of the span when a test holds, looked at every step and made exact to a second where it changes. */
export const whileTrue = (test: (at: number) => boolean, span: Interval, step_ms: number): readonly Interval[] => {
  const found: Interval[] = [];
  let began = test(span[0]) ? span[0] : null;
  for (let at = span[0]; at < span[1]; at += step_ms) {
    const next = Math.min(at + step_ms, span[1]);
    const holds = test(next);
    if (holds === (began !== null)) continue;
    const change = changeBetween(test, at, next);
    if (began === null) began = change[1];
    else {
      found.push([began, change[0]]);
      began = null;
    }
  }
  if (began !== null) found.push([began, span[1]]);
  return found;
};

/** The last moment of the old and the first of the new, a second apart. */
const changeBetween = (test: (at: number) => boolean, from: number, until: number): readonly [number, number] => {
  const before = test(from);
  let low = from;
  let high = until;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2);
    if (test(middle) === before) low = middle;
    else high = middle;
  }
  return [low, high];
};
