/**
 * When one is there for when one leaves, as a function of time: "at any moment in from … until one may set off and be there after takes".
 * Waiting is always allowed, so leaving later never arrives earlier. Seconds since some base.
 *
 * The form is closed under going one way after another and under taking the better of two; it holds departures of a timetable
 * (from = until), tide and weather windows, and what is always open (`always_s`). After the piecewise functions of
 * profile searches (Delling, Pajor, Wagner: profile connection scan; Dean 2004 on FIFO networks).
 */
export interface Going {
  /** Seconds it takes at any moment; Infinity when nothing is always open. */
  readonly always_s: number;
  /** from, until, takes; ascending, apart from each other, arrivals never falling, each better than `always_s`. */
  readonly windows: readonly number[];
}

const NONE: readonly number[] = [];
export const NEVER: Going = { always_s: Infinity, windows: NONE };
export const always = (takes_s: number): Going => (takes_s === Infinity ? NEVER : { always_s: takes_s, windows: NONE });

/** When one is there, leaving or beginning to wait at `at`; Infinity when nothing goes any more. */
export const arrival = (going: Going, at: number): number => {
  const { windows } = going;
  const direct = at + going.always_s;
  if (windows.length === 0) return direct;
  const i = firstNotOver(windows, at);
  if (i === windows.length) return direct;
  return Math.min(direct, Math.max(windows[i] as number, at) + (windows[i + 2] as number));
};

/** Place in `windows` of the first that is not over at a moment. */
const firstNotOver = (windows: readonly number[], at: number): number => {
  let low = 0;
  let high = windows.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((windows[middle * 3 + 1] as number) >= at) high = middle;
    else low = middle + 1;
  }
  return low * 3;
};

/** First one way, then straight on the other. */
export const after = (first: Going, next: Going): Going => {
  const always_s = first.always_s + next.always_s;
  const made: number[] = [];
  const put = (from: number, until: number, takes: number): void => {
    if (takes < always_s) made.push(from, until, takes);
  };
  if (next.always_s < Infinity) {
    for (let i = 0; i < first.windows.length; i += 3)
      put(first.windows[i] as number, first.windows[i + 1] as number, (first.windows[i + 2] as number) + next.always_s);
  }
  if (first.always_s < Infinity) {
    for (let i = 0; i < next.windows.length; i += 3) {
      const takes = first.always_s + (next.windows[i + 2] as number);
      put((next.windows[i] as number) - first.always_s, (next.windows[i + 1] as number) - first.always_s, takes);
    }
  }
  if (next.windows.length > 0) {
    for (let i = 0; i < first.windows.length; i += 3)
      both(first.windows[i] as number, first.windows[i + 1] as number, first.windows[i + 2] as number, next.windows, put);
  }
  return made.length === 0 ? always(always_s) : { always_s, windows: envelope(made) };
};

/** A window of the first way followed by every window of the next it can meet. */
const both = (
  from: number,
  until: number,
  takes: number,
  next: readonly number[],
  put: (from: number, until: number, takes: number) => void,
): void => {
  for (let i = firstNotOver(next, from + takes); i < next.length; i += 3) {
    const begins = (next[i] as number) - takes;
    const ends = (next[i + 1] as number) - takes;
    const on = next[i + 2] as number;
    if (begins > until) {
      put(until, until, begins + takes + on - until);
      return;
    }
    put(Math.max(from, begins), Math.min(until, ends), takes + on);
    if (ends >= until) return;
  }
};

/** The better of two, at every moment. */
export const better = (one: Going, other: Going): Going => {
  const always_s = Math.min(one.always_s, other.always_s);
  if (one.windows.length + other.windows.length === 0) return one.always_s <= other.always_s ? one : other;
  const made: number[] = [];
  for (const { windows } of [one, other])
    for (let i = 0; i < windows.length; i += 3)
      if ((windows[i + 2] as number) < always_s)
        made.push(windows[i] as number, windows[i + 1] as number, windows[i + 2] as number);
  return made.length === 0 ? always(always_s) : { always_s, windows: envelope(made) };
};

/** A function from windows in any order: from, until, takes one after the other. */
export const inWindows = (windows: readonly number[]): Going =>
  windows.length === 0 ? NEVER : { always_s: Infinity, windows: envelope(windows) };

export const isSame = (one: Going, other: Going): boolean =>
  one.always_s === other.always_s &&
  one.windows.length === other.windows.length &&
  one.windows.every((value, i) => value === other.windows[i]);

/** Lower envelope: from the last moment back, keeping what arrives sooner than waiting for something later does. */
const envelope = (windows: readonly number[]): readonly number[] => {
  const long: number[] = [];
  const shortest = new Map<number, number>();
  const moments = new Set<number>();
  for (let i = 0; i < windows.length; i += 3) {
    const from = windows[i] as number;
    const until = windows[i + 1] as number;
    moments.add(from).add(until);
    if (from < until) long.push(i);
    else shortest.set(from, Math.min(windows[i + 2] as number, shortest.get(from) ?? Infinity));
  }
  const sorted = [...moments].toSorted((a, b) => b - a);
  const backwards: number[] = [];
  let next = Infinity;
  let there = Infinity;
  for (const at of sorted) {
    let here = shortest.get(at) ?? Infinity;
    let through = Infinity;
    for (const i of long) {
      const takes = windows[i + 2] as number;
      if ((windows[i] as number) > at || (windows[i + 1] as number) < at) continue;
      here = Math.min(here, takes);
      if ((windows[i + 1] as number) >= next) through = Math.min(through, takes);
    }
    const last = Math.min(next, there - through);
    if (through < Infinity && last > at) push(backwards, at, last, through);
    if (here < through && at + here < there) push(backwards, at, at, here);
    there = Math.min(there, at + here);
    next = at;
  }
  return forwards(backwards);
};

/** Adds a window, or lengthens the one after it when both are one. */
const push = (backwards: number[], from: number, until: number, takes: number): void => {
  const end = backwards.length;
  if (end > 0 && backwards[end - 1] === takes && backwards[end - 3] === until) backwards[end - 3] = from;
  else backwards.push(from, until, takes);
};

const forwards = (backwards: readonly number[]): readonly number[] => {
  const windows: number[] = [];
  for (let i = backwards.length - 3; i >= 0; i -= 3)
    windows.push(backwards[i] as number, backwards[i + 1] as number, backwards[i + 2] as number);
  return windows;
};
