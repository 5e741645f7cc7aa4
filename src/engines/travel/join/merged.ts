import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE } from '#world/places/geometry.ts';
import type { CellGrid } from './outlines.ts';
import { gridOver } from './reached.ts';
import type { TimeMap } from './reached.ts';

/** Most cells in a row or column of a map made of several. */
const ACROSS = 500;
/** From how many times finer on cells are put in one by one. */
const FINER = 1.5;

/** One way of moving, drawn: only cells on land count, only those at sea, or both. */
export interface Shown {
  readonly map: TimeMap;
  readonly onLand: boolean | null;
}

/**
 * The earliest of several maps, on one grid as fine as the finest of them allows: a place reached in two ways is in one area. A single map stays
 * as it is; land has the word where a map counts there only.
 * @param isLand null where the land is not known: then every cell counts
 */
export const merged = (shown: readonly Shown[], isLand: ((at: LonLat) => boolean) | null): TimeMap | null => {
  const [first] = shown;
  if (first === undefined) return null;
  const grid = shown.length === 1 ? first.map.grid : gridAround(shown.map((one) => one.map.grid));
  const made = { grid, time_s: new Float32Array(grid.columns * grid.rows).fill(Infinity) };
  for (const { map, onLand } of shown) {
    const counts = (at: LonLat): boolean => onLand === null || isLand === null || isLand(at) === onLand;
    // Of much finer cells none is left out; coarse ones are looked up, so that nothing between them is.
    if (map.grid.cell_lat < grid.cell_lat / FINER) putInto(made, map, counts);
    else lookUp(made, map, counts);
  }
  return made;
};

type Counts = (at: LonLat) => boolean;

/** Every cell of a map into the one its middle lies in. */
const putInto = ({ grid, time_s }: TimeMap, map: TimeMap, counts: Counts): void => {
  for (let own = 0; own < map.time_s.length; own += 1) {
    const own_s = map.time_s[own] as number;
    if (own_s === Infinity) continue;
    const at = middleOf(map.grid, own);
    const cell = cellAt(grid, at);
    if (own_s < (time_s[cell] ?? -1) && counts(at)) time_s[cell] = own_s;
  }
};

/** What a map says at the middle of every cell. */
const lookUp = ({ grid, time_s }: TimeMap, map: TimeMap, counts: Counts): void => {
  for (let cell = 0; cell < time_s.length; cell += 1) {
    const at = middleOf(grid, cell);
    const there_s = map.time_s[cellAt(map.grid, at)] ?? Infinity;
    if (there_s < (time_s[cell] as number) && counts(at)) time_s[cell] = there_s;
  }
};

/** The middle of a cell. */
export const middleOf = (grid: CellGrid, cell: number): LonLat => [
  grid.west + ((cell % grid.columns) + 0.5) * grid.cell_lon,
  grid.south + (Math.floor(cell / grid.columns) + 0.5) * grid.cell_lat,
];

/** -1 for a position off the grid. */
const cellAt = (grid: CellGrid, [lon, lat]: LonLat): number => {
  const column = Math.floor((lon - grid.west) / grid.cell_lon);
  const row = Math.floor((lat - grid.south) / grid.cell_lat);
  const isOn = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
  return isOn ? row * grid.columns + column : -1;
};

/** A grid over several, with cells as fine as the finest, or as `ACROSS` of them allow. */
const gridAround = (grids: readonly CellGrid[]): CellGrid => {
  const west = Math.min(...grids.map((one) => one.west));
  const south = Math.min(...grids.map((one) => one.south));
  const east = Math.max(...grids.map((one) => one.west + one.columns * one.cell_lon));
  const north = Math.max(...grids.map((one) => one.south + one.rows * one.cell_lat));
  const finest_m = Math.min(...grids.map((one) => one.cell_lat)) * METRES_PER_DEGREE;
  return gridOver(west, south, east, north, finest_m, ACROSS);
};
