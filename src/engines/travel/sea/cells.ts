import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';

/** Turning points by cells, so that far ones need not be looked at one by one. */
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

/** Nodes in a cell, at most. */
const FULL = 16;

/** Halved and halved again across the longer side (a k-d tree's leaves): cells are small where the nodes are many. */
export const cellsOf = (lon: Float64Array, lat: Float64Array): Cells => {
  const nodes = Int32Array.from(lon, (_, i) => i);
  const starts: number[] = [];
  const boxes: number[] = [];
  const split = (from: number, to: number): void => {
    const inside = nodes.subarray(from, to);
    const box = boxOf(inside, lon, lat);
    const wide = (box[2] - box[0]) * Math.cos((box[1] * Math.PI) / 180) > box[3] - box[1];
    const [first, second] = wide ? [lon, lat] : [lat, lon];
    if (inside.length <= FULL) {
      if (inside.length > 0) starts.push(from);
      if (inside.length > 0) boxes.push(...box);
      return;
    }
    inside.sort(
      (one, other) =>
        (first[one] as number) - (first[other] as number) ||
        (second[one] as number) - (second[other] as number) ||
        one - other,
    );
    const middle = (from + to) >> 1;
    split(from, middle);
    split(middle, to);
  };
  split(0, nodes.length);
  const box = Float64Array.from(boxes);
  const kxOf = (border: number): Float64Array =>
    Float64Array.from(starts, (_, i) => metresPerDegreeLon(box[i * 4 + border] as number));
  return { starts: Int32Array.from([...starts, nodes.length]), nodes, box, kxSouth: kxOf(1), kxNorth: kxOf(3) };
};

const boxOf = (
  nodes: Int32Array,
  lon: Float64Array,
  lat: Float64Array,
): readonly [west: number, south: number, east: number, north: number] => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of nodes) {
    west = Math.min(west, lon[node] as number);
    south = Math.min(south, lat[node] as number);
    east = Math.max(east, lon[node] as number);
    north = Math.max(north, lat[node] as number);
  }
  return [west, south, east, north];
};

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
