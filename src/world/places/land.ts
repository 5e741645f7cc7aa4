import type { LonLat } from '#core/base/geo.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE, insideRing, nearestOnSegment, segmentsMeet } from './geometry.ts';
import type { Ring } from './geometry.ts';
import type { AreaGeometry, FeatureCollection } from './geojson.ts';

export interface LandProperties {
  /** Number of the land mass; parts of one mass in two districts share it. */
  readonly id: number;
  readonly kind: 'island' | 'mainland';
  readonly km2: number;
  /** Code of the district, where the data knows it. */
  readonly adcode?: string;
  readonly name?: string;
}
/** `bbox` (west, south, east, north) is the mapped area, sea included; without it the land's own extent counts. */
export type LandCollection = FeatureCollection<AreaGeometry, LandProperties> & {
  readonly bbox?: readonly [number, number, number, number];
};

export interface LandPart extends LandProperties {
  /** Outer ring first in each polygon; further rings are holes. */
  readonly polygons: readonly (readonly Ring[])[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The land of a deployment, indexed. Its borders between districts on one land mass are no shore. */
export interface Land {
  readonly parts: readonly LandPart[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** The part a point lies on; null at sea. */
  readonly partAt: (at: LonLat) => LandPart | null;
  /** True when the straight line touches a shore. */
  readonly crossesShore: (a: LonLat, b: LonLat) => boolean;
  /** Where the straight line a → b meets a shore, as ascending shares (0 … 1) of its length. */
  readonly shoreCrossings: (a: LonLat, b: LonLat) => readonly number[];
  /** Nearest point of any shore within `reach_m`, or null. `mass` narrows it to one land mass. */
  readonly nearestShore: (
    at: LonLat,
    reach_m: number,
    mass?: number,
  ) => { readonly at: LonLat; readonly distance_m: number; readonly mass: number } | null;
  /** Shore segments as lon, lat, lon, lat, one after the other. */
  readonly shore: Float64Array;
}

const CELL_DEG = 0.01;

/** Builds the index. Some 20 ms for 19,000 shore segments. */
export const buildLand = (collection: LandCollection): Land => {
  const parts = collection.features.map(toPart);
  const { shore, masses } = shoreOf(parts);
  const [west, south, east, north] = collection.bbox ?? extentOf(parts);
  const grid = bucketShore(shore, west, south, east, north);
  const partGrid = bucketParts(parts, west, south, grid.columns, grid.rows);
  return {
    parts,
    west,
    south,
    east,
    north,
    shore,
    partAt: (at) => {
      const column = Math.floor((at[0] - west) / CELL_DEG);
      const row = Math.floor((at[1] - south) / CELL_DEG);
      if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return null;
      const near = partGrid[row * grid.columns + column] ?? [];
      return near.find((part) => partHolds(part, at)) ?? null;
    },
    crossesShore: (a, b) => crosses(grid, shore, a, b),
    shoreCrossings: (a, b) => crossings(grid, shore, a, b),
    nearestShore: (at, reach_m, mass) => nearest(grid, shore, masses, at, reach_m, mass),
  };
};

const extentOf = (parts: readonly LandPart[]): readonly [number, number, number, number] => [
  Math.min(...parts.map((part) => part.west)),
  Math.min(...parts.map((part) => part.south)),
  Math.max(...parts.map((part) => part.east)),
  Math.max(...parts.map((part) => part.north)),
];

const partHolds = (part: LandPart, at: LonLat): boolean =>
  at[0] >= part.west &&
  at[0] <= part.east &&
  at[1] >= part.south &&
  at[1] <= part.north &&
  part.polygons.some((rings) => rings.filter((ring) => insideRing(ring, at)).length % 2 === 1);

const toPart = (feature: LandCollection['features'][number]): LandPart => {
  const { geometry, properties } = feature;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const points = polygons.flat(2);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return { ...properties, polygons, west, south, east, north };
};

/** All ring segments but those that two parts of one mass share: these are district borders on land. */
const shoreOf = (parts: readonly LandPart[]): { shore: Float64Array; masses: Int32Array } => {
  const count = new Map<string, number>();
  const segments: { a: LonLat; b: LonLat; mass: number; key: string }[] = [];
  for (const part of parts) {
    for (const ring of part.polygons.flat()) {
      for (let i = 1; i < ring.length; i += 1) {
        const a = ring[i - 1] as LonLat;
        const b = ring[i] as LonLat;
        const ends = [`${a[0]},${a[1]}`, `${b[0]},${b[1]}`].toSorted();
        const key = `${part.id}:${ends.join(':')}`;
        count.set(key, (count.get(key) ?? 0) + 1);
        segments.push({ a, b, mass: part.id, key });
      }
    }
  }
  const kept = segments.filter((segment) => count.get(segment.key) === 1);
  const shore = new Float64Array(kept.length * 4);
  kept.forEach(({ a, b }, i) => shore.set([a[0], a[1], b[0], b[1]], i * 4));
  return { shore, masses: Int32Array.from(kept, (segment) => segment.mass) };
};

interface Grid {
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  /** Items of cell i are `items[starts[i] … starts[i + 1]]`. */
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

const bucketShore = (shore: Float64Array, west: number, south: number, east: number, north: number): Grid => {
  const columns = Math.floor((east - west) / CELL_DEG) + 1;
  const rows = Math.floor((north - south) / CELL_DEG) + 1;
  const empty = { west, south, columns, rows, starts: new Uint32Array(columns * rows + 1), items: new Uint32Array(0) };
  const n = shore.length / 4;
  const each = (visit: (cell: number, item: number) => void): void => {
    for (let i = 0; i < n; i += 1)
      eachCell(empty, pointOf(shore, i, 0), pointOf(shore, i, 2), (cell) => visit(cell, i));
  };
  each((cell) => (empty.starts[cell + 1] = (empty.starts[cell + 1] ?? 0) + 1));
  for (let i = 1; i < empty.starts.length; i += 1)
    empty.starts[i] = (empty.starts[i] ?? 0) + (empty.starts[i - 1] ?? 0);
  const items = new Uint32Array(empty.starts[columns * rows] ?? 0);
  const next = empty.starts.slice();
  each((cell, item) => {
    const slot = next[cell] ?? 0;
    items[slot] = item;
    next[cell] = slot + 1;
  });
  return { ...empty, items };
};

const bucketParts = (
  parts: readonly LandPart[],
  west: number,
  south: number,
  columns: number,
  rows: number,
): (readonly LandPart[])[] => {
  const cells: LandPart[][] = Array.from({ length: columns * rows }, () => []);
  for (const part of parts) {
    const top = Math.floor((part.north - south) / CELL_DEG);
    const right = Math.floor((part.east - west) / CELL_DEG);
    for (let row = Math.floor((part.south - south) / CELL_DEG); row <= top; row += 1) {
      for (let column = Math.floor((part.west - west) / CELL_DEG); column <= right; column += 1) {
        cells[row * columns + column]?.push(part);
      }
    }
  }
  return cells;
};

const pointOf = (shore: Float64Array, item: number, from: number): LonLat => [
  shore[item * 4 + from] as number,
  shore[item * 4 + from + 1] as number,
];

/** Visits every cell the segment a–b passes (and a hair's breadth more), row by row. */
const eachCell = (grid: Grid, a: LonLat, b: LonLat, visit: (cell: number) => void): void => {
  const hair = 1e-9;
  const [low, high] = a[1] <= b[1] ? [a, b] : [b, a];
  const bottom = Math.max(0, Math.floor((low[1] - grid.south - hair) / CELL_DEG));
  const top = Math.min(grid.rows - 1, Math.floor((high[1] - grid.south + hair) / CELL_DEG));
  const slope = high[1] === low[1] ? null : (high[0] - low[0]) / (high[1] - low[1]);
  for (let row = bottom; row <= top; row += 1) {
    const from = Math.max(low[1], grid.south + row * CELL_DEG);
    const to = Math.min(high[1], grid.south + (row + 1) * CELL_DEG);
    const x1 = slope === null ? low[0] : low[0] + (from - low[1]) * slope;
    const x2 = slope === null ? high[0] : low[0] + (to - low[1]) * slope;
    const left = Math.max(0, Math.floor((Math.min(x1, x2) - grid.west - hair) / CELL_DEG));
    const right = Math.min(grid.columns - 1, Math.floor((Math.max(x1, x2) - grid.west + hair) / CELL_DEG));
    for (let column = left; column <= right; column += 1) visit(row * grid.columns + column);
  }
};

const crosses = (grid: Grid, shore: Float64Array, a: LonLat, b: LonLat): boolean => {
  let found = false;
  eachCell(grid, a, b, (cell) => {
    if (found) return;
    const end = grid.starts[cell + 1] as number;
    for (let slot = grid.starts[cell] as number; slot < end && !found; slot += 1) {
      const item = grid.items[slot] as number;
      found = segmentsMeet(a, b, pointOf(shore, item, 0), pointOf(shore, item, 2));
    }
  });
  return found;
};

const crossings = (grid: Grid, shore: Float64Array, a: LonLat, b: LonLat): readonly number[] => {
  const seen = new Map<number, number>();
  eachCell(grid, a, b, (cell) => {
    const end = grid.starts[cell + 1] as number;
    for (let slot = grid.starts[cell] as number; slot < end; slot += 1) {
      const item = grid.items[slot] as number;
      const c = pointOf(shore, item, 0);
      const d = pointOf(shore, item, 2);
      if (seen.has(item) || !segmentsMeet(a, b, c, d)) continue;
      const slant = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
      seen.set(item, slant === 0 ? 0 : ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / slant);
    }
  });
  return [...seen.values()].toSorted((one, other) => one - other);
};

const nearest = (
  grid: Grid,
  shore: Float64Array,
  masses: Int32Array,
  at: LonLat,
  reach_m: number,
  mass: number | undefined,
): { at: LonLat; distance_m: number; mass: number } | null => {
  const dx = reach_m / metresPerDegreeLon(at[1]);
  const dy = reach_m / METRES_PER_DEGREE;
  const left = Math.max(0, Math.floor((at[0] - dx - grid.west) / CELL_DEG));
  const right = Math.min(grid.columns - 1, Math.floor((at[0] + dx - grid.west) / CELL_DEG));
  const top = Math.min(grid.rows - 1, Math.floor((at[1] + dy - grid.south) / CELL_DEG));
  let best: { at: LonLat; distance_m: number; mass: number } | null = null;
  for (let row = Math.max(0, Math.floor((at[1] - dy - grid.south) / CELL_DEG)); row <= top; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const cell = row * grid.columns + column;
      const end = grid.starts[cell + 1] as number;
      for (let slot = grid.starts[cell] as number; slot < end; slot += 1) {
        const item = grid.items[slot] as number;
        if (mass !== undefined && masses[item] !== mass) continue;
        const found = nearestOnSegment(at, pointOf(shore, item, 0), pointOf(shore, item, 2));
        if (found.distance_m > reach_m || (best !== null && found.distance_m >= best.distance_m)) continue;
        best = { at: found.at, distance_m: found.distance_m, mass: masses[item] as number };
      }
    }
  }
  return best;
};
