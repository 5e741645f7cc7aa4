const RANGE = 2 ** 32;

/**
 * The ids of all nodes that ways use, in order, each once: the upper part of an id once per run of ids that share it, the lower 32 bits in four
 * bytes each. A node is known by its place here from then on.
 */
export interface NodeIds {
  readonly count: number;
  /** Place of an id, looked for near the place found before; -1 where no way uses it. */
  readonly placeOf: (id: number) => number;
}

interface Run {
  readonly upper: number;
  readonly start: number;
  readonly end: number;
}

/**
 * @param refs ids as often as they are used; is sorted and overwritten
 * @param shared is told the place of every id that is there more than once
 */
export const createNodeIds = (refs: Float64Array, shared: (place: number) => void): NodeIds => {
  refs.sort();
  let count = 0;
  for (let i = 0; i < refs.length; i += 1) {
    if (count > 0 && refs[i] === refs[count - 1]) shared(count - 1);
    else {
      refs[count] = refs[i] as number;
      count += 1;
    }
  }
  const lower = new Uint32Array(count);
  const runs: Run[] = [];
  let start = 0;
  for (let place = 0; place <= count; place += 1) {
    const upper = place < count ? Math.floor((refs[place] as number) / RANGE) : Number.NaN;
    const before = Math.floor((refs[start] as number) / RANGE);
    if (place > start && upper !== before) {
      runs.push({ upper: before, start, end: place });
      start = place;
    }
    if (place < count) lower[place] = (refs[place] as number) - upper * RANGE;
  }
  return { count, placeOf: finder(lower, runs) };
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
