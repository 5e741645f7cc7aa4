import Delaunator from 'delaunator';
import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Extent } from './walls.ts';

/**
 * Triangles between turning points and shores, on which sight is followed. Shores are edges of it; where that cannot be had (shores that
 * cross each other) some are missing and too much is seen: sight only proposes, what it proposes is measured against the walls.
 * Half-edges as in delaunator, but counterclockwise: edge e of triangle e / 3 runs from point `corner[e]` to that of the next edge.
 */
export interface SeaMesh {
  /** Metres east of the western and north of the southern border on the plane of the middle latitude. Turning points come first. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly corner: Int32Array;
  /** The other half of an edge; -1 at the rim. */
  readonly twin: Int32Array;
  /** 1 where the edge is a shore. */
  readonly shore: Uint8Array;
}

/** Shores that are no edge yet are halved and all is triangulated anew, so many times. */
const ROUNDS = 8;

/** @param pieces shores and barred borders as lon, lat, lon, lat */
export const buildMesh = (lon: Float64Array, lat: Float64Array, pieces: Float64Array, extent: Extent): SeaMesh => {
  const upright = planeOf(extent);
  // Delaunator turns clockwise where north is up; mirrored, its triangles turn the other way.
  const plane = (at: LonLat): readonly [number, number] => [upright(at)[0], -upright(at)[1]];
  const coords: number[] = [];
  lon.forEach((value, i) => coords.push(...plane([value, lat[i] as number])));
  const { west, south, east, north } = extent;
  const rim: readonly LonLat[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  for (const at of rim) coords.push(...plane(at));
  let open = piecesBetween(pieces, coords, plane);
  const placed: number[] = [];
  for (let round = 0; ; round += 1) {
    const net = new Delaunator(Float64Array.from(coords));
    const into = edgeInto(net.triangles, net.halfedges, coords.length / 2);
    const all = [...placed, ...open];
    const missing: number[] = [];
    const shore = new Uint8Array(net.triangles.length);
    placed.length = 0;
    for (let i = 0; i < all.length; i += 2) {
      const [a, b] = [all[i] as number, all[i + 1] as number];
      const edge = edgeBetween(net.triangles, net.halfedges, into, a, b);
      if (edge < 0) {
        missing.push(a, b);
        continue;
      }
      placed.push(a, b);
      shore[edge] = 1;
      if ((net.halfedges[edge] as number) >= 0) shore[net.halfedges[edge] as number] = 1;
    }
    if (missing.length === 0 || round === ROUNDS) {
      const points = Float64Array.from(coords);
      return {
        x: points.filter((_, i) => i % 2 === 0),
        y: points.filter((_, i) => i % 2 === 1).map((y) => -y),
        corner: Int32Array.from(net.triangles),
        twin: Int32Array.from(net.halfedges),
        shore,
      };
    }
    open = halved(missing, coords);
  }
};

/** Metres on the plane of the middle latitude: straight lines on the map stay straight. */
export const planeOf = ({ west, south, north }: Extent): ((at: LonLat) => readonly [x: number, y: number]) => {
  const kx = metresPerDegreeLon((south + north) / 2);
  return (at) => [(at[0] - west) * kx, (at[1] - south) * METRES_PER_DEGREE];
};

/** The pieces as pairs of point numbers; points they share are one. Adds the points. */
const piecesBetween = (
  pieces: Float64Array,
  coords: number[],
  plane: (at: LonLat) => readonly [number, number],
): number[] => {
  const known = new Map<string, number>();
  const pairs: number[] = [];
  const pointAt = (slot: number): number => {
    const at: LonLat = [pieces[slot] as number, pieces[slot + 1] as number];
    const key = `${at[0]},${at[1]}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, coords.length / 2);
    coords.push(...plane(at));
    return coords.length / 2 - 1;
  };
  for (let slot = 0; slot < pieces.length; slot += 4) {
    const [a, b] = [pointAt(slot), pointAt(slot + 2)];
    if (a !== b) pairs.push(a, b);
  }
  return pairs;
};

const halved = (pairs: readonly number[], coords: number[]): number[] => {
  const halves: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const [a, b] = [pairs[i] as number, pairs[i + 1] as number];
    const middle = coords.length / 2;
    coords.push(
      ((coords[a * 2] as number) + (coords[b * 2] as number)) / 2,
      ((coords[a * 2 + 1] as number) + (coords[b * 2 + 1] as number)) / 2,
    );
    halves.push(a, middle, middle, b);
  }
  return halves;
};

const nextEdge = (edge: number): number => (edge % 3 === 2 ? edge - 2 : edge + 1);

/** An edge that ends at each point; for points on the rim the one from which a turn reaches all the others. */
const edgeInto = (corner: ArrayLike<number>, twin: ArrayLike<number>, points: number): Int32Array => {
  const into = new Int32Array(points).fill(-1);
  for (let edge = 0; edge < corner.length; edge += 1) {
    const end = corner[nextEdge(edge)] as number;
    if (into[end] === -1 || twin[edge] === -1) into[end] = edge;
  }
  return into;
};

const edgeBetween = (
  corner: ArrayLike<number>,
  twin: ArrayLike<number>,
  into: Int32Array,
  a: number,
  b: number,
): number => {
  const first = into[a] as number;
  for (let edge = first; edge >= 0;) {
    const out = nextEdge(edge);
    if (corner[edge] === b) return edge;
    if (corner[nextEdge(out)] === b) return out;
    edge = twin[out] as number;
    if (edge === first) return -1;
  }
  return -1;
};
