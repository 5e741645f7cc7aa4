import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { simplify } from '#world/places/simplify.ts';

/**
 * A shore with fewer corners: no point of it lies farther than `tolerance_m` from the result. Pieces are followed from end to end; where
 * they fork or end the corner stays. The order and direction of the pieces do not matter.
 * @param pieces lon, lat, lon, lat of each piece
 */
export const outlined = (pieces: Float64Array, tolerance_m: number): Float64Array => {
  const simple: number[] = [];
  for (const chain of chainsOf(pieces)) {
    const line = simplified(chain, tolerance_m);
    for (let i = 1; i < line.length; i += 1) {
      const [a, b] = [line[i - 1] as LonLat, line[i] as LonLat];
      simple.push(a[0], a[1], b[0], b[1]);
    }
  }
  return Float64Array.from(simple);
};

/** A closed line is cut at its first point and the one farthest from it. */
const simplified = (chain: readonly LonLat[], tolerance_m: number): readonly LonLat[] => {
  const first = chain[0] as LonLat;
  const last = chain[chain.length - 1] as LonLat;
  if (first[0] !== last[0] || first[1] !== last[1]) return simplify(chain, tolerance_m);
  let far = 0;
  chain.forEach((at, i) => {
    if (distance_m(first, at) > distance_m(first, chain[far] as LonLat)) far = i;
  });
  return [...simplify(chain.slice(0, far + 1), tolerance_m).slice(0, -1), ...simplify(chain.slice(far), tolerance_m)];
};

/** Lines made of pieces that follow each other, from the westernmost (then southernmost) point on. */
const chainsOf = (pieces: Float64Array): readonly (readonly LonLat[])[] => {
  const ends = new Map<string, { readonly at: LonLat; readonly pieces: number[] }>();
  const keyOf = (slot: number): string => `${pieces[slot] as number},${pieces[slot + 1] as number}`;
  for (let slot = 0; slot < pieces.length; slot += 2) {
    const key = keyOf(slot);
    const known = ends.get(key);
    if (known === undefined)
      ends.set(key, { at: [pieces[slot] as number, pieces[slot + 1] as number], pieces: [slot >> 2] });
    else known.pieces.push(slot >> 2);
  }
  const used = new Uint8Array(pieces.length / 4);
  const follow = (key: string, piece: number): readonly LonLat[] => {
    const start = ends.get(key);
    const line: LonLat[] = start === undefined ? [] : [start.at];
    let [at, next] = [key, piece];
    for (;;) {
      used[next] = 1;
      at = keyOf(next * 4) === at ? keyOf(next * 4 + 2) : keyOf(next * 4);
      const end = ends.get(at);
      if (end === undefined) return line;
      line.push(end.at);
      const onward = end.pieces.find((other) => used[other] === 0);
      if (onward === undefined || end.pieces.length !== 2) return line;
      next = onward;
    }
  };
  const ordered = [...ends.entries()].toSorted(
    ([, one], [, other]) => one.at[0] - other.at[0] || one.at[1] - other.at[1],
  );
  const farEnd = (key: string, piece: number): string =>
    keyOf(piece * 4) === key ? keyOf(piece * 4 + 2) : keyOf(piece * 4);
  const chains: (readonly LonLat[])[] = [];
  for (const forksOnly of [true, false]) {
    for (const [key, end] of ordered) {
      if (forksOnly && end.pieces.length === 2) continue;
      const open = end.pieces.filter((piece) => used[piece] === 0);
      for (const piece of open.toSorted((one, other) => (farEnd(key, one) < farEnd(key, other) ? -1 : 1)))
        if (used[piece] === 0) chains.push(follow(key, piece));
    }
  }
  return chains;
};
