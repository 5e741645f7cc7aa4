import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE, turn } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import type { Land, LandPart } from '#world/places/land.ts';
import { simplify } from '#world/places/simplify.ts';
import type { SeaMask } from './seamask.ts';
import { wayOut } from './wayout.ts';

/** The sea ways as stored: turning points off headlands and the clear lines between them. */
export interface SeaGraph {
  readonly nodes: readonly LonLat[];
  /** Pairs of node numbers, one after the other. */
  readonly edges: readonly number[];
  /** Node of each pier's sea point. */
  readonly piers: Readonly<Record<string, number>>;
}

interface Corner {
  readonly at: LonLat;
  /** The bend it was pushed off and its neighbours on the simplified shore; null for a pier's point or a repair. */
  readonly bend: readonly [at: LonLat, before: LonLat, after: LonLat] | null;
}

const SIMPLIFY_M = 60;
const PUSH_M = 150;
/** Longest single clear line. Longer ways are made of several. */
const LONGEST_M = 60_000;

/**
 * A reduced visibility graph (after Lozano-Pérez & Wesley 1979): corners are the outward bends of the simplified shore, pushed
 * off it; two corners are joined when the line between them is clear and touches the shore's bends as a taut rope would.
 * Slow (tens of seconds): made once, when the data is made.
 */
export const buildSeaGraph = (
  land: Land,
  mask: SeaMask,
  piers: readonly { readonly id: string; readonly sea: LonLat }[],
): SeaGraph => {
  const corners: Corner[] = piers.map((pier) => ({ at: pier.sea, bend: null }));
  const coasts: number[][] = [];
  const taken = new Map<number, number>();
  for (const part of land.parts.filter(wanted)) {
    for (const rings of part.polygons) for (const ring of rings) coasts.push(addCorners(ring, mask, taken, corners));
  }
  const edges: number[] = [];
  for (let i = 0; i < corners.length; i += 1) {
    for (let j = i + 1; j < corners.length; j += 1) if (joined(mask, corners[i], corners[j])) edges.push(i, j);
  }
  for (const coast of coasts) followCoast(mask, corners, edges, coast);
  repair(mask, corners, edges);
  return {
    nodes: corners.map((corner) => [round(corner.at[0]), round(corner.at[1])]),
    edges: thinned(corners, edges),
    piers: Object.fromEntries(piers.map((pier, i) => [pier.id, i])),
  };
};

/** Coasts without a district are another city's: those far from every district's land need no corners. */
const wanted = (part: LandPart): boolean => part.adcode !== undefined || (part.east > 121.65 && part.north > 29.55);

/** An edge is left out when going by a third corner is longer by less than this share. */
const DETOUR = 0.002;

/** Fewer edges, longest first, at the price of ways a few parts in a thousand longer. */
const thinned = (corners: readonly Corner[], edges: readonly number[]): number[] => {
  const length = (a: number, b: number): number => distance_m((corners[a] as Corner).at, (corners[b] as Corner).at);
  const neighbours = corners.map(() => new Map<number, number>());
  const all: { a: number; b: number; length: number }[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const [a, b] = [edges[i] as number, edges[i + 1] as number];
    if (a === b || neighbours[a]?.has(b) === true) continue;
    const edge = { a, b, length: length(a, b) };
    neighbours[a]?.set(b, edge.length);
    neighbours[b]?.set(a, edge.length);
    all.push(edge);
  }
  all.sort((one, other) => other.length - one.length || one.a - other.a || one.b - other.b);
  for (const { a, b, length: straight } of all) {
    for (const [c, first] of neighbours[a] as Map<number, number>) {
      const second = neighbours[b]?.get(c);
      if (second === undefined || first + second > straight * (1 + DETOUR)) continue;
      neighbours[a]?.delete(b);
      neighbours[b]?.delete(a);
      break;
    }
  }
  return neighbours.flatMap((list, a) =>
    [...list.keys()]
      .filter((b) => b > a)
      .toSorted((x, y) => x - y)
      .flatMap((b) => [a, b]),
  );
};

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Adds the outward bends of a ring; gives their numbers in the order of the coast. */
const addCorners = (ring: Ring, mask: SeaMask, taken: Map<number, number>, corners: Corner[]): number[] => {
  const coast: number[] = [];
  const line = closedSimple(ring);
  const n = line.length - 1;
  if (n < 2) return coast;
  let area = 0;
  for (let i = 0; i < n; i += 1) area += turn([0, 0], line[i] as LonLat, line[i + 1] as LonLat);
  const sense = area >= 0 ? 1 : -1;
  for (let i = 0; i < n; i += 1) {
    const at = line[i] as LonLat;
    const before = line[(i + n - 1) % n] as LonLat;
    const after = line[(i + 1) % n] as LonLat;
    if (n > 2 && turn(before, at, after) * sense <= 0) continue;
    const open = pushed(mask, at, before, after);
    if (open === null) continue;
    const known = taken.get(mask.cellOf(open));
    coast.push(known ?? corners.length);
    if (known !== undefined) continue;
    taken.set(mask.cellOf(open), corners.length);
    corners.push({ at: open, bend: [at, before, after] });
  }
  return coast;
};

/** Farthest detour between neighbouring corners of a coast that is still followed cell by cell. */
const FOLLOW_M = 4000;

/** Joins neighbouring corners of a coast that do not see each other over a gentle bulge of the shore. */
const followCoast = (mask: SeaMask, corners: Corner[], edges: number[], coast: readonly number[]): void => {
  coast.forEach((one, i) => {
    const other = coast[(i + 1) % coast.length] as number;
    const a = (corners[one] as Corner).at;
    const b = (corners[other] as Corner).at;
    if (one === other || distance_m(a, b) > FOLLOW_M || mask.clear(a, b)) return;
    const way = wayOut(mask, a, (at) => (mask.clear(at, b) ? other : -1), 6000);
    if (way === null) return;
    let from = one;
    for (const at of way.line.slice(1)) {
      corners.push({ at, bend: null });
      edges.push(from, corners.length - 1);
      from = corners.length - 1;
    }
    edges.push(from, other);
  });
};

/** Simplified ring, cut at two far points so that a closed line can be shortened. */
const closedSimple = (ring: Ring): LonLat[] => {
  const start = ring[0] as LonLat;
  let far = 0;
  ring.forEach((at, i) => {
    if (distance_m(start, at) > distance_m(start, ring[far] as LonLat)) far = i;
  });
  return [...simplify(ring.slice(0, far + 1), SIMPLIFY_M).slice(0, -1), ...simplify(ring.slice(far), SIMPLIFY_M)];
};

/** An open point off a bend, away from the land between its sides. */
const pushed = (mask: SeaMask, at: LonLat, before: LonLat, after: LonLat): LonLat | null => {
  const kx = metresPerDegreeLon(at[1]);
  const unit = (to: LonLat): [number, number] => {
    const x = (at[0] - to[0]) * kx;
    const y = (at[1] - to[1]) * METRES_PER_DEGREE;
    const length = Math.hypot(x, y) || 1;
    return [x / length, y / length];
  };
  const one = unit(before);
  const other = unit(after);
  const x = one[0] + other[0];
  const y = one[1] + other[1];
  const length = Math.hypot(x, y) || 1;
  const target: LonLat = [at[0] + ((x / length) * PUSH_M) / kx, at[1] + ((y / length) * PUSH_M) / METRES_PER_DEGREE];
  if (mask.isOpen(target)) return target;
  const near = mask.openAround(target, 200).next();
  return near.done === true ? null : near.value;
};

const joined = (mask: SeaMask, one: Corner | undefined, other: Corner | undefined): boolean => {
  if (one === undefined || other === undefined) return false;
  if (Math.abs(one.at[0] - other.at[0]) > 0.63 || Math.abs(one.at[1] - other.at[1]) > 0.55) return false;
  if (!taut(one, other.at) || !taut(other, one.at)) return false;
  return distance_m(one.at, other.at) <= LONGEST_M && mask.clear(one.at, other.at);
};

/** Sine of the angle by which both sides may lie across the line and still count as one side: pushing turns lines a little. */
const SLACK = 0.3;

/** False when the line would cut into the bend's outer angle, where no shortest way ever runs. */
const taut = (corner: Corner, to: LonLat): boolean => {
  if (corner.bend === null) return true;
  const [bend, before, after] = corner.bend;
  const one = sine(corner.at, to, bend, before);
  const other = sine(corner.at, to, bend, after);
  return !((one > SLACK && other < -SLACK) || (one < -SLACK && other > SLACK));
};

/** Sine of the angle from the direction at → to to the direction bend → side. */
const sine = (at: LonLat, to: LonLat, bend: LonLat, side: LonLat): number => {
  const k = Math.cos((at[1] * Math.PI) / 180);
  const ux = (to[0] - at[0]) * k;
  const uy = to[1] - at[1];
  const vx = (side[0] - bend[0]) * k;
  const vy = side[1] - bend[1];
  return (ux * vy - uy * vx) / (Math.hypot(ux, uy) * Math.hypot(vx, vy) || 1);
};

/** Joins what the lines left apart, cell by cell around the corner that hides it. */
const repair = (mask: SeaMask, corners: Corner[], edges: number[]): void => {
  for (;;) {
    const group = groups(corners.length, edges);
    const size = new Map<number, number>();
    for (const root of group) size.set(root, (size.get(root) ?? 0) + 1);
    const main = [...size.entries()].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
    const lone = group.findIndex((root) => root !== main);
    if (lone < 0) return;
    const others = corners.map((_, i) => i).filter((i) => group[i] === main);
    const sees = (at: LonLat): number =>
      others.find(
        (i) => distance_m(at, (corners[i] as Corner).at) < 8000 && mask.clear(at, (corners[i] as Corner).at),
      ) ?? -1;
    const way = wayOut(mask, (corners[lone] as Corner).at, sees);
    if (way === null) throw new Error(`no water way from ${String((corners[lone] as Corner).at)}`);
    let from = lone;
    for (const at of way.line.slice(1)) {
      corners.push({ at, bend: null });
      edges.push(from, corners.length - 1);
      from = corners.length - 1;
    }
    edges.push(from, way.node);
  }
};

const groups = (count: number, edges: readonly number[]): number[] => {
  const parent = Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let i = 0; i < edges.length; i += 2) parent[root(edges[i] as number)] = root(edges[i + 1] as number);
  return parent.map((_, i) => root(i));
};
