import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';

/** Turning points by cells of a coarse grid, so that far ones need not be looked at one by one. */
export interface Cells {
  /** Nodes of cell i are `nodes[starts[i] … starts[i + 1]]`; only cells with nodes are kept. */
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
  /** West, south, east, north of the nodes of each cell. */
  readonly box: Float64Array;
  /** Metres in a degree of longitude on the southern and northern border of each cell. */
  readonly kxSouth: Float64Array;
  readonly kxNorth: Float64Array;
}

/** Nodes in a cell, about. */
const FULL = 40;

export const cellsOf = (lon: Float64Array, lat: Float64Array): Cells => {
  const n = lon.length;
  const [west, south, east, north] = boxOf(lon, lat);
  const side = Math.max(1, Math.ceil(Math.sqrt((2 * n) / FULL)));
  const cell = Int32Array.from(lon, (value, i) => {
    const column = Math.min(side - 1, Math.floor(((value - west) / (east - west || 1)) * side));
    const row = Math.min(side - 1, Math.floor((((lat[i] as number) - south) / (north - south || 1)) * side));
    return row * side + column;
  });
  const nodes = Int32Array.from(lon, (_, i) => i).toSorted(
    (one, other) => (cell[one] as number) - (cell[other] as number) || one - other,
  );
  const starts: number[] = [];
  nodes.forEach((node, i) => {
    if (i === 0 || cell[node] !== cell[nodes[i - 1] as number]) starts.push(i);
  });
  const box = new Float64Array(starts.length * 4);
  starts.forEach((start, i) => {
    const inside = nodes.subarray(start, starts[i + 1] ?? n);
    box.set(
      boxOf(
        Float64Array.from(inside, (node) => lon[node] as number),
        Float64Array.from(inside, (node) => lat[node] as number),
      ),
      i * 4,
    );
  });
  const kxOf = (border: number): Float64Array =>
    Float64Array.from(starts, (_, i) => metresPerDegreeLon(box[i * 4 + border] as number));
  return { starts: Int32Array.from([...starts, n]), nodes, box, kxSouth: kxOf(1), kxNorth: kxOf(3) };
};

const boxOf = (
  lon: Float64Array,
  lat: Float64Array,
): readonly [west: number, south: number, east: number, north: number] => [
  lon.reduce((least, value) => Math.min(least, value), Infinity),
  lat.reduce((least, value) => Math.min(least, value), Infinity),
  lon.reduce((most, value) => Math.max(most, value), -Infinity),
  lat.reduce((most, value) => Math.max(most, value), -Infinity),
];

/** Least distance from a point to the nodes of each cell; a little less than the true one, never more. */
export const leastTo_m = (cells: Cells, at: LonLat): ((cell: number) => number) => {
  const { box, kxSouth, kxNorth } = cells;
  const kxHere = metresPerDegreeLon(at[1]);
  return (cell) => {
    const south = box[cell * 4 + 1] as number;
    const north = box[cell * 4 + 3] as number;
    const x = Math.max(0, (box[cell * 4] as number) - at[0], at[0] - (box[cell * 4 + 2] as number));
    const y = Math.max(0, south - at[1], at[1] - north) * METRES_PER_DEGREE;
    const kx = Math.min(kxHere, kxSouth[cell] as number, kxNorth[cell] as number);
    return Math.sqrt(x * kx * x * kx + y * y);
  };
};
