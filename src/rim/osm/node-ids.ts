import { release } from '#core/base/release.ts';

const RANGE = 2 ** 32;

/**
 * The ids of all nodes that ways use, in order, each once: the upper part of an id once per run of ids that share it, the lower 32 bits in four
 * bytes each. A node is known by its place here from then on.
 */
export interface NodeIds {
  readonly count: number;
  /** Place of an id, looked for near the place found before; -1 where no way uses it. */
  readonly placeOf: (id: number) => number;
  /** Gives back the memory; no id is looked for afterwards. */
  readonly release: () => void;
}

interface Run {
  readonly upper: number;
  readonly start: number;
  readonly end: number;
}

/** Tells every id as often as it is used; the same each time it is called. */
export type EachId = (tell: (id: number) => void) => void;

/**
 * Goes through the ids twice: counts those of each run, then sorts their lower parts in four bytes each, as often as they are used.
 * @param shared is told the place of every id that is there more than once
 */
export const createNodeIds = (each: EachId, shared: (place: number) => void): NodeIds => {
  const { sizes, total } = sizesOf(each);
  const lower = new Uint32Array(total);
  const starts = new Map<number, number>();
  let used = 0;
  for (const [upper, size] of sizes) {
    starts.set(upper, used);
    used += size;
  }
  const next = new Map(starts);
  each((id) => {
    const upper = Math.floor(id / RANGE);
    const at = next.get(upper) as number;
    lower[at] = id - upper * RANGE;
    next.set(upper, at + 1);
  });
  const runs: Run[] = [];
  let count = 0;
  for (const [upper, size] of sizes) {
    const from = starts.get(upper) as number;
    const start = count;
    count = packSorted(lower, from, from + size, start, shared);
    runs.push({ upper, start, end: count });
  }
  const exact = lower.slice(0, count);
  release(lower);
  return { count, placeOf: finder(exact, runs), release: () => release(exact) };
};

/** How many ids share each upper part, in ascending order. */
const sizesOf = (each: EachId): { readonly sizes: ReadonlyMap<number, number>; readonly total: number } => {
  const sizes = new Map<number, number>();
  let total = 0;
  each((id) => {
    const upper = Math.floor(id / RANGE);
    sizes.set(upper, (sizes.get(upper) ?? 0) + 1);
    total += 1;
  });
  return { sizes: new Map([...sizes].sort(([a], [b]) => a - b)), total };
};

/** Sorts a span and moves it to a place at or before it, each value once. @returns where it ends there */
const packSorted = (
  lower: Uint32Array,
  from: number,
  to: number,
  start: number,
  shared: (place: number) => void,
): number => {
  lower.subarray(from, to).sort();
  let end = start;
  for (let i = from; i < to; i += 1) {
    const value = lower[i] as number;
    if (end > start && value === lower[end - 1]) shared(end - 1);
    else {
      lower[end] = value;
      end += 1;
    }
  }
  return end;
};

/** Ways and blocks go through ids that lie near each other: a search that widens from the last find beats one over everything. */
const finder = (lower: Uint32Array, runs: readonly Run[]): NodeIds['placeOf'] => {
  let run: Run = runs[0] ?? { upper: 0, start: 0, end: 0 };
  let last = run.start;
  return (id) => {
    const upper = Math.floor(id / RANGE);
    if (upper !== run.upper) {
      const other = runs.find((one) => one.upper === upper);
      if (other === undefined) return -1;
      run = other;
      last = run.start;
    }
    const value = id - upper * RANGE;
    let low = run.start;
    let high = run.end;
    if ((lower[last] as number) <= value) {
      low = last;
      for (let step = 1; last + step < high; step *= 2) {
        if ((lower[last + step] as number) <= value) low = last + step;
        else high = last + step;
      }
    } else {
      high = last;
      for (let step = 1; last - step >= low; step *= 2) {
        if ((lower[last - step] as number) > value) high = last - step;
        else low = last - step;
      }
    }
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((lower[middle] as number) <= value) low = middle;
      else high = middle;
    }
    last = low;
    return lower[low] === value ? low : -1;
  };
};
