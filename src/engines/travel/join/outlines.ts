import type { LonLat } from '#core/base/geo.ts';
import { insideRing } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';

/** Cells of a map, row by row from the south-west. */
export interface CellGrid {
  readonly west: number;
  readonly south: number;
  readonly cell_lon: number;
  readonly cell_lat: number;
  readonly columns: number;
  readonly rows: number;
}

/** East, north, west, south, in columns and rows; going on with the inside to the left. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/**
 * Areas of the cells that are inside: outer rings against the clock, holes with it, as GeoJSON wants them. Cells that touch only at a corner
 * are areas of their own. Borders are followed from corner to corner, each once.
 */
export const outlines = (grid: CellGrid, isInside: (cell: number) => boolean): readonly (readonly Ring[])[] => {
  const { columns, rows } = grid;
  const inside = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < columns && row < rows && isInside(row * columns + column);
  // A border step is named by the corner it starts at and its direction.
  const steps = new Set<number>();
  const nameOf = (column: number, row: number, direction: number): number =>
    (row * (columns + 1) + column) * 4 + direction;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (!inside(column, row)) continue;
      if (!inside(column, row - 1)) steps.add(nameOf(column, row, 0));
      if (!inside(column + 1, row)) steps.add(nameOf(column + 1, row, 1));
      if (!inside(column, row + 1)) steps.add(nameOf(column + 1, row + 1, 2));
      if (!inside(column - 1, row)) steps.add(nameOf(column, row + 1, 3));
    }
  }
  const rings: (readonly (readonly [number, number])[])[] = [];
  for (const first of steps) rings.push(follow(steps, first, columns, nameOf));
  return grouped(rings, grid);
};

/** One ring, its steps taken out; at a corner where two areas touch it keeps to its own by turning left. */
const follow = (
  steps: Set<number>,
  first: number,
  columns: number,
  nameOf: (column: number, row: number, direction: number) => number,
): readonly (readonly [number, number])[] => {
  const ring: (readonly [number, number])[] = [];
  let direction = first % 4;
  const corner = Math.floor(first / 4);
  let column = corner % (columns + 1);
  let row = Math.floor(corner / (columns + 1));
  let name = first;
  while (steps.delete(name)) {
    const [dx, dy] = STEPS[direction] as readonly [number, number];
    column += dx;
    row += dy;
    const turns = [(direction + 1) % 4, direction, (direction + 3) % 4];
    const next = turns.find((turn) => steps.has(nameOf(column, row, turn)));
    if (next === undefined) {
      ring.push([column, row]);
      break;
    }
    if (next !== direction) ring.push([column, row]);
    direction = next;
    name = nameOf(column, row, direction);
  }
  return ring;
};

const grouped = (
  rings: readonly (readonly (readonly [number, number])[])[],
  grid: CellGrid,
): readonly (readonly Ring[])[] => {
  const placed = (ring: readonly (readonly [number, number])[]): Ring => {
    const points = ring.map(([column, row]): LonLat => [
      grid.west + column * grid.cell_lon,
      grid.south + row * grid.cell_lat,
    ]);
    return [...points, points[0] as LonLat];
  };
  const outer = rings.filter((ring) => area(ring) > 0).map((ring) => ({ size: area(ring), rings: [placed(ring)] }));
  outer.sort((a, b) => a.size - b.size);
  for (const hole of rings.filter((ring) => area(ring) < 0)) {
    const ring = placed(hole);
    const within = inner(ring, grid);
    outer.find((one) => insideRing(one.rings[0] as Ring, within) && one.size > -area(hole))?.rings.push(ring);
  }
  return outer.map((one) => one.rings).toReversed();
};

/** A point just inside a hole’s first corner, clear of all borders. */
const inner = (ring: Ring, grid: CellGrid): LonLat => {
  const [lon, lat] = ring[0] as LonLat;
  for (const [dx, dy] of [
    [0.5, 0.5],
    [-0.5, 0.5],
    [0.5, -0.5],
    [-0.5, -0.5],
  ] as const) {
    const at: LonLat = [lon + dx * grid.cell_lon, lat + dy * grid.cell_lat];
    if (insideRing(ring, at)) return at;
  }
  return [lon, lat];
};

const area = (ring: readonly (readonly [number, number])[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] as readonly [number, number];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
