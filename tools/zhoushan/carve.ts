import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import { seeded } from '#core/base/random.ts';
import { cheapest, distances, largestPiece, nearestCell } from './ground.ts';
import type { Ground } from './ground.ts';

/** Classes of road, best first. */
export const CLASSES = ['trunk', 'primary', 'secondary', 'street', 'track', 'path'] as const;
export type RoadClass = (typeof CLASSES)[number];

/** Roads laid on a ground: pairs of neighbouring cells with the best class laid there. */
export interface Carving {
  readonly ground: Ground;
  readonly piece: Uint8Array;
  /** Key of the pair `low * cells + high` → number of its class. */
  readonly edges: Map<number, number>;
  readonly touched: Uint8Array;
}

export interface Anchor {
  readonly at: LonLat;
  readonly streets_m: number;
  /** Trunk roads lead to it. */
  readonly bridge: boolean;
}

export const startCarving = (ground: Ground): Carving => ({
  ground,
  piece: largestPiece(ground),
  edges: new Map(),
  touched: new Uint8Array(ground.usable.length),
});

const lay = (carving: Carving, way: readonly number[], roadClass: RoadClass): void => {
  const rank = CLASSES.indexOf(roadClass);
  const n = carving.ground.usable.length;
  for (let i = 1; i < way.length; i += 1) {
    const a = Math.min(way[i - 1] as number, way[i] as number);
    const b = Math.max(way[i - 1] as number, way[i] as number);
    const key = a * n + b;
    carving.edges.set(key, Math.min(rank, carving.edges.get(key) ?? rank));
    carving.touched[a] = 1;
    carving.touched[b] = 1;
  }
};

/** Smooth pseudo-random field in 0 … 1: what hills would do to a road, where no elevation is known. */
export const field = (x: number, y: number, seed: number): number => {
  const corner = (cx: number, cy: number): number =>
    seeded(Math.imul(cx, 73_856_093) ^ Math.imul(cy, 19_349_663) ^ seed)();
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const smooth = (t: number): number => t * t * (3 - 2 * t);
  const u = smooth(x - x0);
  const v = smooth(y - y0);
  const low = corner(x0, y0) * (1 - u) + corner(x0 + 1, y0) * u;
  const high = corner(x0, y0 + 1) * (1 - u) + corner(x0 + 1, y0 + 1) * u;
  return low * (1 - v) + high * v;
};

/** Price of a step: dear on imagined hills inland, cheap where a road lies already. */
const pricing = (carving: Carving): ((from: number, to: number) => number) => {
  const { ground } = carving;
  const n = ground.usable.length;
  const scale = 1200 / ground.cell_m;
  const hills = new Float32Array(n);
  for (let cell = 0; cell < n; cell += 1) {
    if (ground.usable[cell] !== 1) continue;
    const inland_m = (ground.inland[cell] as number) * ground.cell_m;
    const rough = field(
      (cell % ground.columns) / scale,
      Math.floor(cell / ground.columns) / scale,
      ground.mass * 77 + 5,
    );
    const rise = Math.min(1, Math.max(0, (inland_m - 250) / 1500));
    const shoreline = inland_m < ground.cell_m * 2 ? 0.6 : 0;
    hills[cell] = 1 + 5 * rise * rough * rough + shoreline;
  }
  return (from, to) => {
    const laid = carving.edges.get(Math.min(from, to) * n + Math.max(from, to));
    return laid === undefined ? (hills[to] as number) : 0.35;
  };
};

/** Main roads between anchors: a minimum tree, and for each its second nearest neighbour. */
export const layMain = (
  carving: Carving,
  anchors: readonly Anchor[],
  corridors: readonly (readonly [number, number])[],
): void => {
  const cells = anchors.map((anchor) => nearestCell(carving.ground, carving.piece, anchor.at));
  const price = pricing(carving);
  const go = (a: number, b: number, roadClass: RoadClass): void => {
    const goal = cells[b];
    const way = cheapest(carving.ground, cells[a] as number, (cell) => cell === goal, price);
    if (way !== null) lay(carving, way, roadClass);
  };
  const small = carving.ground.cell_m < 100;
  for (const [a, b] of corridors) go(a, b, 'trunk');
  for (const [a, b] of tree(anchors)) {
    const bridge = anchors[a]?.bridge === true || anchors[b]?.bridge === true;
    go(a, b, bridge ? 'trunk' : small ? 'secondary' : 'primary');
  }
  anchors.forEach((anchor, a) => {
    const second = anchors
      .map((other, b) => ({ b, far: distance_m(anchor.at, other.at) }))
      .filter(({ b }) => b !== a)
      .toSorted((x, y) => x.far - y.far || x.b - y.b)[1];
    if (second !== undefined) go(a, second.b, 'secondary');
  });
  if (cells.length === 1) carving.touched[cells[0] as number] = 1;
};

/** Minimum spanning tree by straight distance (Prim). */
const tree = (anchors: readonly Anchor[]): [number, number][] => {
  const inside = new Set<number>([0]);
  const links: [number, number][] = [];
  while (inside.size < anchors.length) {
    let best: [number, number] = [-1, -1];
    let least = Infinity;
    for (const a of inside) {
      anchors.forEach((anchor, b) => {
        const far = distance_m((anchors[a] as Anchor).at, anchor.at);
        if (inside.has(b) || far >= least) return;
        least = far;
        best = [a, b];
      });
    }
    links.push(best);
    inside.add(best[1]);
  }
  return links;
};

/** Streets around a town: rows and columns of cells at uneven spacing, some stretches left out. */
export const layStreets = (carving: Carving, anchor: Anchor, seed: number): void => {
  const { ground, piece } = carving;
  const centre = nearestCell(ground, piece, anchor.at);
  const random = seeded(seed);
  const radius = Math.max(3, Math.round(anchor.streets_m / ground.cell_m));
  const column = centre % ground.columns;
  const row = Math.floor(centre / ground.columns);
  const lines = (): number[] => {
    const offsets: number[] = [];
    const block = 420 / ground.cell_m;
    for (let at = -radius; at <= radius; at += Math.max(2, Math.round(block * (0.7 + 0.7 * random()))))
      offsets.push(at);
    return offsets;
  };
  const xs = lines();
  const ys = lines();
  const inside = (dx: number, dy: number): boolean =>
    Math.hypot(dx, dy) <= radius && piece[(row + dy) * ground.columns + column + dx] === 1;
  const cellAt = (dx: number, dy: number): number => (row + dy) * ground.columns + column + dx;
  const stretch = (from: readonly [number, number], to: readonly [number, number]): void => {
    const count = Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]);
    const way: number[] = [];
    for (let i = 0; i <= count; i += 1) {
      const dx = from[0] + Math.sign(to[0] - from[0]) * i;
      const dy = from[1] + Math.sign(to[1] - from[1]) * i;
      if (!inside(dx, dy)) return;
      way.push(cellAt(dx, dy));
    }
    lay(carving, way, 'street');
  };
  xs.forEach((x, i) => {
    ys.forEach((y, j) => {
      const right = xs[i + 1];
      const up = ys[j + 1];
      if (right !== undefined && random() > 0.13) stretch([x, y], [right, y]);
      if (up !== undefined && random() > 0.13) stretch([x, y], [x, up]);
    });
  });
};

/** A road from a place to what is laid already; gives the cell it starts from. */
export const laySpur = (carving: Carving, at: LonLat, roadClass: RoadClass): number => {
  const from = nearestCell(carving.ground, carving.piece, at);
  if (from < 0 || carving.touched[from] === 1) return from;
  const way = cheapest(carving.ground, from, (cell) => carving.touched[cell] === 1, pricing(carving));
  if (way !== null) lay(carving, way, roadClass);
  carving.touched[from] = 1;
  return from;
};

/** Roads until no land is farther than `reach_m` from one: the coast, the valleys, the far ends. */
export const layCover = (carving: Carving, reach_m: number, roadClass: RoadClass): void => {
  const { ground, piece } = carving;
  for (let round = 0; round < 200; round += 1) {
    const far = distances(ground.columns, piece, (cell) => carving.touched[cell] === 1, true);
    let worst = -1;
    for (let cell = 0; cell < far.length; cell += 1) {
      if (piece[cell] !== 1 || !Number.isFinite(far[cell])) continue;
      if (worst < 0 || (far[cell] as number) > (far[worst] as number)) worst = cell;
    }
    if (worst < 0 || (far[worst] as number) * ground.cell_m < reach_m) return;
    const way = cheapest(ground, worst, (cell) => carving.touched[cell] === 1, pricing(carving));
    if (way === null) return;
    lay(carving, way, roadClass);
  }
};

/** Joins dead ends that lie close together but far apart by road, so that the coast road closes into loops. */
export const closeLoops = (carving: Carving, near_m: number, roadClass: RoadClass): void => {
  const { ground } = carving;
  const n = ground.usable.length;
  const degree = new Map<number, number>();
  for (const key of carving.edges.keys()) {
    for (const cell of [Math.floor(key / n), key % n]) degree.set(cell, (degree.get(cell) ?? 0) + 1);
  }
  const ends = [...degree.entries()].filter(([, count]) => count === 1).map(([cell]) => cell);
  for (const end of ends) {
    const own = new Set(near(ground, carving, end, near_m * 2));
    const way = cheapest(
      ground,
      end,
      (cell) => carving.touched[cell] === 1 && !own.has(cell),
      (_from, to) => (own.has(to) && to !== end ? 1.5 : 1),
    );
    if (way !== null && way.length * ground.cell_m <= near_m) lay(carving, way, roadClass);
  }
};

/** Cells within `reach_m` of `from` along laid roads. */
const near = (ground: Ground, carving: Carving, from: number, reach_m: number): number[] => {
  const n = ground.usable.length;
  const neighbours = [
    1,
    -1,
    ground.columns,
    -ground.columns,
    ground.columns + 1,
    ground.columns - 1,
    1 - ground.columns,
    -1 - ground.columns,
  ];
  const seen = new Map<number, number>([[from, 0]]);
  const queue = [from];
  for (let i = 0; i < queue.length; i += 1) {
    const cell = queue[i] as number;
    const far = seen.get(cell) as number;
    if (far * ground.cell_m >= reach_m) continue;
    for (const shift of neighbours) {
      const next = cell + shift;
      if (seen.has(next) || !carving.edges.has(Math.min(cell, next) * n + Math.max(cell, next))) continue;
      seen.set(next, far + 1);
      queue.push(next);
    }
  }
  return queue;
};
