import type { SeaMesh } from './mesh.ts';
import { planeOf } from './mesh.ts';
import type { LonLat } from '#core/base/geo.ts';
import type { Extent } from './walls.ts';

/** Directions a turning point is told apart in: eight on either side of its corner. */
export const SECTORS = 16;
const HALF = SECTORS / 2;
/** A hair added to what is seen, for rounding. */
const SPARE = 1e-6;

/** Looks out from turning points over the mesh, in the directions a taut way may leave them. */
export interface Sight {
  /**
   * Turning points that no shore hides; one may be there twice. Writes into `horizon_m` how far is seen at most in each sector of the
   * turning point. The list is used again by the next call.
   */
  readonly fromNode: (node: number, horizon_m: Float32Array) => Int32Array;
}

/** @param wedge covectors of each turning point in degrees, as in SeaWays */
export const createSight = (mesh: SeaMesh, wedge: Float32Array, extent: Extent): Sight => {
  const nodes = wedge.length / 4;
  const unit = degreeOf(extent);
  const edgeOf = new Int32Array(nodes).fill(-1);
  mesh.corner.forEach((point, edge) => {
    if (point < nodes) edgeOf[point] = edge;
  });
  const look = createLook(mesh, nodes);
  return {
    fromNode: (node, horizon_m) => {
      look.begin(node, edgeOf[node] as number);
      const at = node * 4;
      const lowX = (wedge[at] as number) / unit[0];
      const lowY = (wedge[at + 1] as number) / unit[1];
      const highX = (wedge[at + 2] as number) / unit[0];
      const highY = (wedge[at + 3] as number) / unit[1];
      if (lowX === 0 && lowY === 0) {
        horizon_m.fill(Infinity, node * SECTORS, (node + 1) * SECTORS);
        const turns = [1, 0, 0, 1, -1, 0, 0, -1, 1, 0] as const;
        for (let i = 0; i < 8; i += 2)
          look.along(turns[i] as number, turns[i + 1] as number, turns[i + 2] as number, turns[i + 3] as number);
        return look.seen();
      }
      look.along(-lowY, lowX, -highY, highX);
      look.horizon(horizon_m, node * SECTORS);
      look.along(lowY, -lowX, highY, -highX);
      look.horizon(horizon_m, node * SECTORS + HALF);
      return look.seen();
    },
  };
};

/** The entry of the horizons a direction (degrees) falls in; -1 where no taut way bends at the node. Sides as in `fromNode`. */
export const sectorOf = (wedge: Float32Array, node: number, dx: number, dy: number): number => {
  const at = node * 4;
  const low = (wedge[at] as number) * dx + (wedge[at + 1] as number) * dy;
  const high = (wedge[at + 2] as number) * dx + (wedge[at + 3] as number) * dy;
  if (low * high > 0) return -1;
  const share = low === high ? 0 : low / (low - high);
  const side = low < 0 || (low === 0 && high > 0) ? 0 : HALF;
  return node * SECTORS + side + Math.min(HALF - 1, Math.floor(share * HALF));
};

interface Look {
  readonly begin: (node: number, edge: number) => void;
  /** Sees what lies between two directions less than half a turn apart, from the right one to the left one. */
  readonly along: (rightX: number, rightY: number, leftX: number, leftY: number) => void;
  readonly horizon: (into: Float32Array, from: number) => void;
  readonly seen: () => Int32Array;
}

/**
 * Triangular expansion (Bungiu, Hemmer, Hershberger, Huang, Kröller 2014): the cone of sight goes on through every edge that is no shore
 * and narrows at its ends.
 */
const createLook = (mesh: SeaMesh, nodes: number): Look => {
  const { corner, twin, shore } = mesh;
  const next = Int32Array.from(corner, (_, edge) => (edge % 3 === 2 ? edge - 2 : edge + 1));
  const farthest = new Float64Array(HALF);
  let seen = new Int32Array(1024);
  let edges = new Int32Array(1024);
  /** Directions of the right and left side of each cone. */
  let cones = new Float64Array(4096);
  let count = 0;
  let depth = 0;
  let [x, y, start] = [0, 0, -1];
  let [fromX, fromY, toX, toY] = [0, 0, 0, 0];
  const report = (point: number): void => {
    if (point >= nodes) return;
    if (count === seen.length) seen = grownInts(seen);
    seen[count] = point;
    count += 1;
  };
  const shareOf = (dx: number, dy: number): number => {
    const low = fromX * dy - fromY * dx;
    const high = dx * toY - dy * toX;
    return low + high === 0 ? 0 : low / (low + high);
  };
  const ends = (edge: number, rightX: number, rightY: number, leftX: number, leftY: number): void => {
    const a = corner[edge] as number;
    const b = corner[next[edge] as number] as number;
    const ax = (mesh.x[a] as number) - x;
    const ay = (mesh.y[a] as number) - y;
    const bx = (mesh.x[b] as number) - x;
    const by = (mesh.y[b] as number) - y;
    const far_m = Math.sqrt(Math.max(ax * ax + ay * ay, bx * bx + by * by));
    const first = Math.max(0, Math.floor((shareOf(rightX, rightY) - SPARE) * HALF));
    const last = Math.min(HALF - 1, Math.floor((shareOf(leftX, leftY) + SPARE) * HALF));
    for (let i = first; i <= last; i += 1) farthest[i] = Math.max(farthest[i] as number, far_m);
  };
  const push = (edge: number, rightX: number, rightY: number, leftX: number, leftY: number): void => {
    const other = twin[edge] as number;
    if (other < 0 || shore[edge] === 1) {
      ends(edge, rightX, rightY, leftX, leftY);
      return;
    }
    if (depth === edges.length) {
      edges = grownInts(edges);
      const wider = new Float64Array(cones.length * 2);
      wider.set(cones);
      cones = wider;
    }
    edges[depth] = other;
    cones[depth * 4] = rightX;
    cones[depth * 4 + 1] = rightY;
    cones[depth * 4 + 2] = leftX;
    cones[depth * 4 + 3] = leftY;
    depth += 1;
  };
  /** What of the cone falls on the edge across a triangle; nothing where they lie apart. */
  const begin = (edge: number): void => {
    const a = corner[edge] as number;
    const b = corner[next[edge] as number] as number;
    const ax = (mesh.x[a] as number) - x;
    const ay = (mesh.y[a] as number) - y;
    const bx = (mesh.x[b] as number) - x;
    const by = (mesh.y[b] as number) - y;
    const aInside = fromX * ay - fromY * ax >= 0 && ax * toY - ay * toX >= 0;
    const bInside = fromX * by - fromY * bx >= 0 && bx * toY - by * toX >= 0;
    const fromInside = ax * fromY - ay * fromX > 0 && fromX * by - fromY * bx > 0;
    const toInside = ax * toY - ay * toX > 0 && toX * by - toY * bx > 0;
    if (aInside) report(a);
    if (bInside) report(b);
    if (!(aInside || fromInside) || !(bInside || toInside)) return;
    push(edge, aInside ? ax : fromX, aInside ? ay : fromY, bInside ? bx : toX, bInside ? by : toY);
  };
  const expand = (): void => {
    while (depth > 0) {
      depth -= 1;
      const edge = edges[depth] as number;
      const rightX = cones[depth * 4] as number;
      const rightY = cones[depth * 4 + 1] as number;
      const leftX = cones[depth * 4 + 2] as number;
      const leftY = cones[depth * 4 + 3] as number;
      const one = next[edge] as number;
      const two = next[one] as number;
      const tip = corner[two] as number;
      const tipX = (mesh.x[tip] as number) - x;
      const tipY = (mesh.y[tip] as number) - y;
      const offRight = rightX * tipY - rightY * tipX;
      const offLeft = tipX * leftY - tipY * leftX;
      if (offRight >= 0 && offLeft >= 0) report(tip);
      if (offRight > 0) push(one, rightX, rightY, offLeft > 0 ? tipX : leftX, offLeft > 0 ? tipY : leftY);
      if (offLeft > 0) push(two, offRight > 0 ? tipX : rightX, offRight > 0 ? tipY : rightY, leftX, leftY);
    }
  };
  return {
    begin: (node, edge) => {
      [x, y, start] = [mesh.x[node] as number, mesh.y[node] as number, edge];
      count = 0;
    },
    along: (rightX, rightY, leftX, leftY) => {
      [fromX, fromY, toX, toY] = [rightX, rightY, leftX, leftY];
      farthest.fill(0);
      if (start < 0) return;
      // Turning points stand in the water, never on the rim: the turn round them closes.
      let edge = start;
      do {
        begin(next[edge] as number);
        edge = twin[next[next[edge] as number] as number] as number;
      } while (edge >= 0 && edge !== start);
      expand();
    },
    horizon: (into, from) => {
      for (let i = 0; i < HALF; i += 1) into[from + i] = (farthest[i] as number) * 1.001 + 1;
    },
    seen: () => seen.subarray(0, count),
  };
};

const grownInts = (list: Int32Array): Int32Array<ArrayBuffer> => {
  const longer = new Int32Array(list.length * 2);
  longer.set(list);
  return longer;
};

/** Width and height, in metres, of one degree on the plane of the mesh. */
export const degreeOf = (extent: Extent): readonly [number, number] => {
  const at: LonLat = [extent.west + 1, extent.south + 1];
  return planeOf(extent)(at);
};
