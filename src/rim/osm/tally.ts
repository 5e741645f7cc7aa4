/** Things of one sort that were left out, changed or are worth knowing: how many, and which for example. */
export interface Count {
  readonly reason: string;
  /** The tag concerned, where there is one. */
  readonly detail: string;
  readonly count: number;
  /** The first few, as `way/123`, each once. */
  readonly examples: readonly string[];
}

export interface Tally {
  readonly add: (reason: string, object: string, detail?: string) => void;
  /** By reason and detail, in the order of their names. */
  readonly counts: () => readonly Count[];
}

const EXAMPLES = 5;
/** More different details than this, of one reason, are counted together. */
const DETAILS = 200;

interface Growing {
  readonly reason: string;
  readonly detail: string;
  count: number;
  readonly examples: string[];
}

export const createTally = (): Tally => {
  const all = new Map<string, Growing>();
  const details = new Map<string, number>();
  const entryFor = (reason: string, detail: string): Growing => {
    const known = all.get(`${reason}\n${detail}`);
    if (known !== undefined) return known;
    const different = details.get(reason) ?? 0;
    if (different >= DETAILS && detail !== '…') return entryFor(reason, '…');
    details.set(reason, different + 1);
    const made: Growing = { reason, detail, count: 0, examples: [] };
    all.set(`${reason}\n${detail}`, made);
    return made;
  };
  return {
    add: (reason, object, detail = '') => {
      const entry = entryFor(reason, detail);
      entry.count += 1;
      // A relation may hold several rules left out for one reason: each counts, the relation is named once.
      if (entry.examples.length < EXAMPLES && !entry.examples.includes(object)) entry.examples.push(object);
    },
    counts: () => [...all.values()].sort((a, b) => (`${a.reason}\n${a.detail}` < `${b.reason}\n${b.detail}` ? -1 : 1)),
  };
};
