import type { LonLat } from '#core/base/geo.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE } from '#world/places/geometry.ts';
import type { Land } from '#world/places/land.ts';
import { Heap } from './heap.ts';

/** A land mass as a grid on which roads are laid. Cells nearer to the shore than 0.6 of their size carry none. */
export interface Ground {
  readonly mass: number;
  readonly cell_m: number;
  readonly columns: number;
  readonly rows: number;
  readonly usable: Uint8Array;
  /** Steps to the nearest unusable cell, at least. */
  readonly inland: Float32Array;
  readonly centre: (cell: number) => LonLat;
  readonly cellOf: (at: LonLat) => number;
}

export const buildGround = (land: Land, mass: number, cell_m: number): Ground => {
  const parts = land.parts.filter((part) => part.id === mass);
  const west = Math.min(...parts.map((part) => part.west));
  const south = Math.min(...parts.map((part) => part.south));
  const east = Math.max(...parts.map((part) => part.east));
  const north = Math.max(...parts.map((part) => part.north));
  const dLat = cell_m / METRES_PER_DEGREE;
  const dLon = cell_m / metresPerDegreeLon((south + north) / 2);
  const columns = Math.ceil((east - west) / dLon) + 2;
  const rows = Math.ceil((north - south) / dLat) + 2;
  const centre = (cell: number): LonLat => [
    west + ((cell % columns) - 0.5) * dLon,
    south + (Math.floor(cell / columns) - 0.5) * dLat,
  ];
  const usable = new Uint8Array(columns * rows);
  for (let cell = 0; cell < usable.length; cell += 1) {
    const at = centre(cell);
    if (land.partAt(at)?.id === mass && land.nearestShore(at, cell_m * 0.6, mass) === null) usable[cell] = 1;
  }
  return {
    mass,
    cell_m,
    columns,
    rows,
    usable,
    inland: distances(columns, usable, (cell) => usable[cell] === 0, false),
    centre,
    cellOf: (at) => {
      const column = Math.round((at[0] - west) / dLon + 0.5);
      const row = Math.round((at[1] - south) / dLat + 0.5);
      return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
    },
  };
};

const steps = (columns: number): readonly (readonly [shift: number, length: number])[] => [
  [1, 1],
  [-1, 1],
  [columns, 1],
  [-columns, 1],
  [columns + 1, Math.SQRT2],
  [columns - 1, Math.SQRT2],
  [-columns + 1, Math.SQRT2],
  [-columns - 1, Math.SQRT2],
];

/** Steps from the nearest source to every cell; over usable cells only when `onlyUsable`. */
export const distances = (
  columns: number,
  usable: Uint8Array,
  isSource: (cell: number) => boolean,
  onlyUsable: boolean,
): Float32Array => {
  const far = new Float32Array(usable.length).fill(Infinity);
  const heap = new Heap();
  for (let cell = 0; cell < usable.length; cell += 1) {
    if (!isSource(cell)) continue;
    far[cell] = 0;
    heap.push(0, cell);
  }
  for (let cell = heap.pop(); cell >= 0; cell = heap.pop()) {
    for (const [shift, length] of steps(columns)) {
      const next = cell + shift;
      if (next < 0 || next >= usable.length || (onlyUsable && usable[next] === 0)) continue;
      const cost = (far[cell] as number) + length;
      if (cost >= (far[next] as number) - 1e-6) continue;
      far[next] = cost;
      heap.push(cost, next);
    }
  }
  return far;
};

/** Cheapest way over usable cells from `from` to a cell that `isGoal`; null when there is none. */
export const cheapest = (
  ground: Ground,
  from: number,
  isGoal: (cell: number) => boolean,
  price: (from: number, to: number) => number,
): number[] | null => {
  const cost = new Float64Array(ground.usable.length).fill(Infinity);
  const before = new Int32Array(ground.usable.length).fill(-1);
  const done = new Uint8Array(ground.usable.length);
  const heap = new Heap();
  cost[from] = 0;
  heap.push(0, from);
  for (let cell = heap.pop(); cell >= 0; cell = heap.pop()) {
    if (done[cell] === 1) continue;
    done[cell] = 1;
    if (isGoal(cell)) {
      const way: number[] = [];
      for (let at = cell; at >= 0; at = before[at] as number) way.push(at);
      return way.toReversed();
    }
    for (const [shift, length] of steps(ground.columns)) {
      const next = cell + shift;
      if (ground.usable[next] !== 1 || done[next] === 1) continue;
      const total = (cost[cell] as number) + length * price(cell, next);
      if (total >= (cost[next] as number)) continue;
      cost[next] = total;
      before[next] = cell;
      heap.push(total, next);
    }
  }
  return null;
};

/** Nearest usable cell to a place, in the largest connected piece of the ground. */
export const nearestCell = (ground: Ground, piece: Uint8Array, at: LonLat): number => {
  let best = -1;
  let least = Infinity;
  const k = Math.cos((at[1] * Math.PI) / 180);
  for (let cell = 0; cell < piece.length; cell += 1) {
    if (piece[cell] !== 1) continue;
    const centre = ground.centre(cell);
    const far = ((centre[0] - at[0]) * k) ** 2 + (centre[1] - at[1]) ** 2;
    if (far >= least) continue;
    least = far;
    best = cell;
  }
  return best;
};

/** The largest connected set of usable cells, as flags. */
export const largestPiece = (ground: Ground): Uint8Array => {
  const seen = new Uint8Array(ground.usable.length);
  let best: number[] = [];
  for (let start = 0; start < seen.length; start += 1) {
    if (ground.usable[start] !== 1 || seen[start] === 1) continue;
    const piece = [start];
    seen[start] = 1;
    for (let i = 0; i < piece.length; i += 1) {
      for (const [shift] of steps(ground.columns)) {
        const next = (piece[i] as number) + shift;
        if (ground.usable[next] !== 1 || seen[next] === 1) continue;
        seen[next] = 1;
        piece.push(next);
      }
    }
    if (piece.length > best.length) best = piece;
  }
  const flags = new Uint8Array(seen.length);
  for (const cell of best) flags[cell] = 1;
  return flags;
};
