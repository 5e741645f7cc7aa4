import FlatQueue from 'flatqueue';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import { holds } from './areas.ts';
import type { Waters } from './waters.ts';

/** Steps of a boat that feels its way out of a creek, and how far it goes. */
const STEP_M = 20;
const FARTHEST_STEPS = 150;
/** A shore point is left by this much to stand in the water. */
const OFF_SHORE_M = 2;

const SIDES = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
  [1, -1],
] as const;

/**
 * A way out of a creek too narrow for the margin: the shortest chain of short steps that touch no land, pulled taut, to the first
 * navigable point. Costs some milliseconds; only positions that no straight line frees need it. Null where there is none.
 */
export const creepOut = (
  waters: Waters,
  at: LonLat,
  reach_m: number,
  isGoal: (at: LonLat) => boolean,
): readonly LonLat[] | null => {
  const afloat = setAfloat(waters, at, reach_m);
  if (afloat === null) return null;
  const start = afloat[afloat.length - 1] as LonLat;
  const chain = search(waters, start, reach_m, isGoal);
  return chain === null ? null : [...afloat.slice(0, -1), ...taut(waters, chain)];
};

/** The position itself in water; one inland by way of the nearest shore point, just off it. */
const setAfloat = (waters: Waters, at: LonLat, reach_m: number): readonly LonLat[] | null => {
  if (waters.land.partAt(at) === null) return [at];
  const shore = waters.land.nearestShore(at, reach_m);
  if (shore === null) return null;
  const kx = metresPerDegreeLon(at[1]);
  for (let side = 0; side < 16; side += 1) {
    const angle = (side * Math.PI) / 8;
    const off: LonLat = [
      shore.at[0] + (OFF_SHORE_M * Math.cos(angle)) / kx,
      shore.at[1] + (OFF_SHORE_M * Math.sin(angle)) / METRES_PER_DEGREE,
    ];
    if (waters.land.partAt(off) !== null) continue;
    return shore.distance_m < 1 ? [at, off] : [at, shore.at, off];
  }
  return null;
};

const search = (
  waters: Waters,
  start: LonLat,
  reach_m: number,
  isGoal: (at: LonLat) => boolean,
): readonly LonLat[] | null => {
  const width = 2 * FARTHEST_STEPS + 1;
  const kx = metresPerDegreeLon(start[1]);
  const place = (cell: number): LonLat => [
    start[0] + (((cell % width) - FARTHEST_STEPS) * STEP_M) / kx,
    start[1] + ((Math.floor(cell / width) - FARTHEST_STEPS) * STEP_M) / METRES_PER_DEGREE,
  ];
  const far_m = new Float64Array(width * width).fill(Infinity);
  const before = new Int32Array(width * width).fill(-1);
  const done = new Uint8Array(width * width);
  const queue = new FlatQueue<number>();
  const first = FARTHEST_STEPS * width + FARTHEST_STEPS;
  far_m[first] = 0;
  queue.push(first, 0);
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    if (done[cell] === 1) continue;
    done[cell] = 1;
    const here = place(cell);
    const gone_m = far_m[cell] as number;
    if (waters.isFree(here) && isGoal(here)) return chainTo(before, cell, place);
    for (const [x, y] of SIDES) {
      const column = (cell % width) + x;
      const row = Math.floor(cell / width) + y;
      if (column < 0 || row < 0 || column >= width || row >= width) continue;
      const next = row * width + column;
      const there_m = gone_m + STEP_M * Math.hypot(x, y);
      if (there_m >= (far_m[next] as number) || !mayStep(waters, here, place(next), there_m, reach_m)) continue;
      far_m[next] = there_m;
      before[next] = cell;
      queue.push(next, there_m);
    }
  }
  return null;
};

const mayStep = (waters: Waters, a: LonLat, b: LonLat, gone_m: number, reach_m: number): boolean => {
  const { west, south, east, north } = waters.land;
  if (b[0] < west || b[0] > east || b[1] < south || b[1] > north) return false;
  if (waters.land.crossesShore(a, b)) return false;
  return gone_m <= reach_m || !waters.barred.some((area) => holds(area, b));
};

const chainTo = (before: Int32Array, cell: number, place: (cell: number) => LonLat): readonly LonLat[] => {
  const chain: LonLat[] = [];
  for (let at = cell; at >= 0; at = before[at] as number) chain.push(place(at));
  return chain.toReversed();
};

/** Fewer points: from each the farthest one that a straight line over water reaches. */
const taut = (waters: Waters, chain: readonly LonLat[]): readonly LonLat[] => {
  const line = [chain[0] as LonLat];
  for (let i = 0; i < chain.length - 1;) {
    let next = chain.length - 1;
    while (next > i + 1 && !mayPull(waters, chain[i] as LonLat, chain[next] as LonLat)) next -= 1;
    line.push(chain[next] as LonLat);
    i = next;
  }
  return line;
};

const mayPull = (waters: Waters, a: LonLat, b: LonLat): boolean =>
  distance_m(a, b) < STEP_M * FARTHEST_STEPS && !waters.land.crossesShore(a, b);
