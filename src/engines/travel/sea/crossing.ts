import type { LonLat } from '#core/base/geo.ts';
import { segmentsMeet } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';

/**
 * Where a ring crosses or touches itself other than where its pieces follow each other; null where it is simple. Pieces are compared by
 * longitude, west to east: quick for shores, whose pieces are short.
 */
export const selfCrossing = (ring: Ring): LonLat | null => {
  const pieces = ring
    .slice(1)
    .map((end, i) => ({ a: ring[i] as LonLat, b: end, number: i }))
    .filter(({ a, b }) => a[0] !== b[0] || a[1] !== b[1])
    .map((piece, i) => ({
      ...piece,
      number: i,
      west: Math.min(piece.a[0], piece.b[0]),
      east: Math.max(piece.a[0], piece.b[0]),
    }));
  const follow = (one: number, other: number): boolean =>
    Math.abs(one - other) === 1 || Math.abs(one - other) === pieces.length - 1;
  let open: typeof pieces = [];
  for (const piece of pieces.toSorted((one, other) => one.west - other.west || one.number - other.number)) {
    open = open.filter((other) => other.east >= piece.west);
    const met = open.find((other) =>
      follow(piece.number, other.number) ? foldsBack(piece, other) : segmentsMeet(piece.a, piece.b, other.a, other.b),
    );
    if (met !== undefined) return piece.a;
    open.push(piece);
  }
  return null;
};

interface Piece {
  readonly a: LonLat;
  readonly b: LonLat;
}

/** Two pieces that follow each other lie on one another. */
const foldsBack = (one: Piece, other: Piece): boolean => {
  const same = (p: LonLat, q: LonLat): boolean => p[0] === q[0] && p[1] === q[1];
  if (same(one.a, other.b) && same(one.b, other.a)) return true;
  const shared = same(one.b, other.a) ? one.b : one.a;
  const [p, q] = [same(one.a, shared) ? one.b : one.a, same(other.a, shared) ? other.b : other.a];
  const [ux, uy, vx, vy] = [p[0] - shared[0], p[1] - shared[1], q[0] - shared[0], q[1] - shared[1]];
  return ux * vy - uy * vx === 0 && ux * vx + uy * vy > 0;
};
