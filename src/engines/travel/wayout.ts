import type { LonLat } from '#core/base/geo.ts';
import type { SeaMask } from './seamask.ts';

/** Most cells looked at: a bay of some 100 km². */
const MOST_CELLS = 40_000;

/**
 * The way out of a corner from which no turning point can be seen: cell by cell to the first place that sees one.
 * @param sees number of a turning point visible from a place, or -1
 * @param most_cells how many cells to look at before giving up
 * @returns the way as a pulled-tight line from `from` to that place, and the turning point; null when there is none
 */
export const wayOut = (
  mask: SeaMask,
  from: LonLat,
  sees: (at: LonLat) => number,
  most_cells = MOST_CELLS,
): { readonly line: readonly LonLat[]; readonly node: number } | null => {
  const start = mask.cellOf(from);
  const cameFrom = new Map<number, number>([[start, -1]]);
  const queue = [start];
  const steps = [1, -1, mask.columns, -mask.columns];
  for (let head = 0; head < queue.length && head < most_cells; head += 1) {
    const cell = queue[head] as number;
    const node = sees(head === 0 ? from : mask.centre(cell));
    if (node >= 0) return { line: pulledTight(mask, cameFrom, cell, from), node };
    for (const step of steps) {
      const next = cell + step;
      if (cameFrom.has(next) || !mask.openCell(next)) continue;
      cameFrom.set(next, cell);
      queue.push(next);
    }
  }
  return null;
};

const pulledTight = (
  mask: SeaMask,
  cameFrom: ReadonlyMap<number, number>,
  last: number,
  from: LonLat,
): readonly LonLat[] => {
  const cells: LonLat[] = [];
  for (let cell = last; cell >= 0; cell = cameFrom.get(cell) ?? -1) cells.push(mask.centre(cell));
  cells.reverse();
  cells[0] = from;
  const line: LonLat[] = [from];
  let at = 0;
  while (at < cells.length - 1) {
    let next = at + 1;
    for (let far = cells.length - 1; far > at + 1; far -= 1) {
      if (!mask.clear(cells[at] as LonLat, cells[far] as LonLat)) continue;
      next = far;
      break;
    }
    line.push(cells[next] as LonLat);
    at = next;
  }
  return line;
};
