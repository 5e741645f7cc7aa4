import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Land } from '#world/places/land.ts';

/** Size of a cell in degrees: about 48 × 50 m at 30° N. */
const CELL_LON = 0.0005;
const CELL_LAT = 0.00045;
const OPEN = 0;
const NEAR_SHORE = 1;
const LAND = 2;

/**
 * The water boats may use, as cells of about 50 m. A cell is open when neither it nor any of its eight neighbours touches land,
 * and when it joins the open sea: boats keep at least one cell (45–50 m) from every shore, and a line through open cells
 * only can never touch land. A strait narrower than about 150 m counts as closed.
 */
export interface SeaMask {
  readonly columns: number;
  readonly rows: number;
  readonly isOpen: (at: LonLat) => boolean;
  /** True when every cell the straight line passes is open. */
  readonly clear: (a: LonLat, b: LonLat) => boolean;
  /** Cell number of a position; -1 outside the mapped area. */
  readonly cellOf: (at: LonLat) => number;
  readonly centre: (cell: number) => LonLat;
  readonly openCell: (cell: number) => boolean;
  /**
   * Centres of open cells around a position, nearest rings first, by distance within a ring.
   * @param reach_m how far to look
   */
  readonly openAround: (at: LonLat, reach_m: number) => Generator<LonLat, void>;
}

/** Builds the mask; about 0.3 s and one byte a cell (14 MB) for Zhoushan. */
export const buildSeaMask = (land: Land): SeaMask => {
  const west = land.west;
  const south = land.south;
  const columns = Math.ceil((land.east - west) / CELL_LON);
  const rows = Math.ceil((land.north - south) / CELL_LAT);
  const cells = new Uint8Array(columns * rows);
  fillLand(cells, columns, rows, land);
  markShore(cells, columns, rows, land);
  widen(cells, columns, rows);
  closeLakes(cells, columns, rows);
  const cellOf = (at: LonLat): number => {
    const column = Math.floor((at[0] - west) / CELL_LON);
    const row = Math.floor((at[1] - south) / CELL_LAT);
    return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
  };
  const centre = (cell: number): LonLat => [
    west + ((cell % columns) + 0.5) * CELL_LON,
    south + (Math.floor(cell / columns) + 0.5) * CELL_LAT,
  ];
  const openCell = (cell: number): boolean => cells[cell] === OPEN;
  return {
    columns,
    rows,
    cellOf,
    centre,
    openCell,
    isOpen: (at) => openCell(cellOf(at)),
    clear: (a, b) => lineIsOpen(cells, columns, rows, west, south, a, b),
    openAround: function* (at, reach_m) {
      yield* around({ columns, rows, cellOf, centre, openCell }, at, reach_m);
    },
  };
};

/** Even-odd fill of cell centres, row by row. */
const fillLand = (cells: Uint8Array, columns: number, rows: number, land: Land): void => {
  for (const part of land.parts) {
    for (const rings of part.polygons) {
      const crossings: number[][] = [];
      const first = Math.max(0, Math.floor((part.south - land.south) / CELL_LAT) - 1);
      for (const ring of rings) {
        for (let i = 1; i < ring.length; i += 1) {
          addCrossings(crossings, first, rows, land, ring[i - 1] as LonLat, ring[i] as LonLat);
        }
      }
      crossings.forEach((xs, offset) => {
        xs.sort((a, b) => a - b);
        const base = (first + offset) * columns;
        for (let i = 1; i < xs.length; i += 2) {
          const from = Math.max(0, Math.ceil((xs[i - 1] as number) - 0.5));
          const to = Math.min(columns, Math.ceil((xs[i] as number) - 0.5));
          if (to > from) cells.fill(LAND, base + from, base + to);
        }
      });
    }
  }
};

/** Where one ring segment cuts the centre lines of the rows, in columns. */
const addCrossings = (crossings: number[][], first: number, rows: number, land: Land, a: LonLat, b: LonLat): void => {
  if (a[1] === b[1]) return;
  const [low, high] = a[1] < b[1] ? [a, b] : [b, a];
  const from = Math.max(0, Math.ceil((low[1] - land.south) / CELL_LAT - 0.5));
  const to = Math.min(rows, Math.ceil((high[1] - land.south) / CELL_LAT - 0.5));
  for (let row = from; row < to; row += 1) {
    const lat = land.south + (row + 0.5) * CELL_LAT;
    const lon = low[0] + ((lat - low[1]) / (high[1] - low[1])) * (high[0] - low[0]);
    (crossings[row - first] ??= []).push((lon - land.west) / CELL_LON);
  }
};

/** Every cell a shore segment passes is land, however little of it. */
const markShore = (cells: Uint8Array, columns: number, rows: number, land: Land): void => {
  const { shore, west, south } = land;
  for (let i = 0; i < shore.length; i += 4) {
    const ax = ((shore[i] as number) - west) / CELL_LON;
    const ay = ((shore[i + 1] as number) - south) / CELL_LAT;
    const bx = ((shore[i + 2] as number) - west) / CELL_LON;
    const by = ((shore[i + 3] as number) - south) / CELL_LAT;
    passed(ax, ay, bx, by, (column, row) => {
      if (column >= 0 && row >= 0 && column < columns && row < rows) cells[row * columns + column] = LAND;
      return true;
    });
  }
};

const widen = (cells: Uint8Array, columns: number, rows: number): void => {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (cells[row * columns + column] !== LAND) continue;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r += 1) {
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c += 1) {
          const cell = r * columns + c;
          if (cells[cell] === OPEN) cells[cell] = NEAR_SHORE;
        }
      }
    }
  }
};

/** Open cells that do not join the largest water (found from the eastern edge) are closed: ponds, lagoons, river reaches. */
const closeLakes = (cells: Uint8Array, columns: number, rows: number): void => {
  const reached = new Uint8Array(cells.length);
  const stack: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const cell = row * columns + columns - 1;
    if (cells[cell] === OPEN) stack.push(cell);
  }
  while (stack.length > 0) {
    const start = stack.pop() as number;
    if (reached[start] === 1) continue;
    const base = start - (start % columns);
    let left = start;
    while (left > base && cells[left - 1] === OPEN) left -= 1;
    let right = start;
    while (right < base + columns - 1 && cells[right + 1] === OPEN) right += 1;
    reached.fill(1, left, right + 1);
    for (const shift of [-columns, columns]) {
      let inRun = false;
      for (let cell = left + shift; cell <= right + shift; cell += 1) {
        const open = cells[cell] === OPEN && reached[cell] === 0;
        if (open && !inRun) stack.push(cell);
        inRun = open;
      }
    }
  }
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (cells[cell] === OPEN && reached[cell] === 0) cells[cell] = NEAR_SHORE;
  }
};

/** Visits the cells on the way from a to b (Amanatides & Woo 1987) until `visit` says false; true when it never did. */
const passed = (
  ax: number,
  ay: number,
  bx: number,
  by: number,
  visit: (column: number, row: number) => boolean,
): boolean => {
  let column = Math.floor(ax);
  let row = Math.floor(ay);
  const lastColumn = Math.floor(bx);
  const lastRow = Math.floor(by);
  const dx = bx - ax;
  const dy = by - ay;
  const stepX = dx > 0 ? 1 : -1;
  const stepY = dy > 0 ? 1 : -1;
  const deltaX = dx === 0 ? Infinity : Math.abs(1 / dx);
  const deltaY = dy === 0 ? Infinity : Math.abs(1 / dy);
  let nextX = dx === 0 ? Infinity : (dx > 0 ? column + 1 - ax : ax - column) * deltaX;
  let nextY = dy === 0 ? Infinity : (dy > 0 ? row + 1 - ay : ay - row) * deltaY;
  let left = Math.abs(lastColumn - column) + Math.abs(lastRow - row);
  for (;;) {
    if (!visit(column, row)) return false;
    if (left === 0) return true;
    left -= 1;
    if (nextX < nextY) {
      column += stepX;
      nextX += deltaX;
    } else {
      row += stepY;
      nextY += deltaY;
    }
  }
};

/** The same walk as `passed`, written out: it is the innermost loop of every sea way. */
const lineIsOpen = (
  cells: Uint8Array,
  columns: number,
  rows: number,
  west: number,
  south: number,
  a: LonLat,
  b: LonLat,
): boolean => {
  const ax = (a[0] - west) / CELL_LON;
  const ay = (a[1] - south) / CELL_LAT;
  const bx = (b[0] - west) / CELL_LON;
  const by = (b[1] - south) / CELL_LAT;
  if (Math.min(ax, ay, bx, by) < 0 || Math.max(ax, bx) >= columns || Math.max(ay, by) >= rows) return false;
  const dx = bx - ax;
  const dy = by - ay;
  const column = Math.floor(ax);
  const row = Math.floor(ay);
  const deltaX = dx === 0 ? Infinity : Math.abs(1 / dx);
  const deltaY = dy === 0 ? Infinity : Math.abs(1 / dy);
  const stepX = dx > 0 ? 1 : -1;
  const stepY = dy > 0 ? columns : -columns;
  let nextX = dx === 0 ? Infinity : (dx > 0 ? column + 1 - ax : ax - column) * deltaX;
  let nextY = dy === 0 ? Infinity : (dy > 0 ? row + 1 - ay : ay - row) * deltaY;
  let cell = row * columns + column;
  let left = Math.abs(Math.floor(bx) - column) + Math.abs(Math.floor(by) - row);
  for (; left > 0; left -= 1) {
    if (cells[cell] !== OPEN) return false;
    if (nextX < nextY) {
      cell += stepX;
      nextX += deltaX;
    } else {
      cell += stepY;
      nextY += deltaY;
    }
  }
  return cells[cell] === OPEN;
};

const around = function* (
  mask: Pick<SeaMask, 'columns' | 'rows' | 'cellOf' | 'centre' | 'openCell'>,
  at: LonLat,
  reach_m: number,
): Generator<LonLat, void> {
  const start = mask.cellOf(at);
  if (start < 0) return;
  const column = start % mask.columns;
  const row = Math.floor(start / mask.columns);
  const rings = Math.ceil(reach_m / 48);
  for (let ring = 0; ring <= rings; ring += 1) {
    const found: { at: LonLat; distance_m: number }[] = [];
    for (let r = row - ring; r <= row + ring; r += 1) {
      if (r < 0 || r >= mask.rows) continue;
      const step = r === row - ring || r === row + ring || ring === 0 ? 1 : 2 * ring;
      for (let c = column - ring; c <= column + ring; c += step) {
        if (c < 0 || c >= mask.columns || !mask.openCell(r * mask.columns + c)) continue;
        const centre = mask.centre(r * mask.columns + c);
        const far = distance_m(at, centre);
        if (far <= reach_m) found.push({ at: centre, distance_m: far });
      }
    }
    found.sort((one, other) => one.distance_m - other.distance_m);
    for (const cell of found) yield cell.at;
  }
};
