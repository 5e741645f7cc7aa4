import { release } from '#core/base/release.ts';

/** Things numbered 0 … put together by a number they have: `item[start[g] … start[g + 1]]` are those of group g, in order. */
export interface Groups {
  readonly start: Int32Array;
  readonly item: Int32Array;
}

/** @param group of each thing; -1 leaves it out */
export const groupBy = (group: Int32Array, groups: number): Groups => {
  const start = new Int32Array(groups + 1);
  for (let thing = 0; thing < group.length; thing++) {
    const at = (group[thing] as number) + 1;
    if (at > 0) start[at] = (start[at] as number) + 1;
  }
  for (let at = 1; at <= groups; at++) start[at] = (start[at] as number) + (start[at - 1] as number);
  const next = start.slice();
  const item = new Int32Array(start[groups] as number);
  for (let thing = 0; thing < group.length; thing++) {
    const at = group[thing] as number;
    if (at === -1) continue;
    const place = next[at] as number;
    item[place] = thing;
    next[at] = place + 1;
  }
  release(next);
  return { start, item };
};
