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
  const look = new Look(mesh, nodes);
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
        return look.seen;
      }
      look.along(-lowY, lowX, -highY, highX);
      look.horizon(horizon_m, node * SECTORS);
      look.along(lowY, -lowX, highY, -highX);
      look.horizon(horizon_m, node * SECTORS + HALF);
      return look.seen;
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

/**
 * Triangular expansion (Bungiu, Hemmer, Hershberger, Huang, Kröller 2014): the cone of sight goes on through every edge that is no shore
 * and narrows at its ends.
 */
class Look {
  readonly #mesh: SeaMesh;
  readonly #nodes: number;
  /** The edge after each one in its triangle. */
  readonly #next: Int32Array;
  readonly #farthest = new Float64Array(HALF);
  #seen = new Int32Array(1024);
  #count = 0;
  #edges = new Int32Array(1024);
  /** Directions of the right and left side of each cone that waits. */
  #cones = new Float64Array(4096);
  #depth = 0;
  #x = 0;
  #y = 0;
  #start = -1;
  /** Right and left side of all that is looked at. */
  #side = [0, 0, 0, 0] as readonly [number, number, number, number];

  constructor(mesh: SeaMesh, nodes: number) {
    this.#mesh = mesh;
    this.#nodes = nodes;
    this.#next = Int32Array.from(mesh.corner, (_, edge) => (edge % 3 === 2 ? edge - 2 : edge + 1));
  }

  /** @param edge one that begins at the node; -1 when the mesh has left the node out */
  begin(node: number, edge: number): void {
    this.#x = this.#mesh.x[node] as number;
    this.#y = this.#mesh.y[node] as number;
    this.#start = edge;
    this.#count = 0;
  }

  get seen(): Int32Array {
    return this.#seen.subarray(0, this.#count);
  }

  /** Sees what lies between two directions less than half a turn apart, from the right one to the left one. */
  along(rightX: number, rightY: number, leftX: number, leftY: number): void {
    this.#side = [rightX, rightY, leftX, leftY];
    this.#farthest.fill(0);
    if (this.#start < 0) return;
    // Turning points stand in the water, never on the rim: the turn round them closes.
    let edge = this.#start;
    do {
      this.#open(this.#next[edge] as number);
      edge = this.#mesh.twin[this.#next[this.#next[edge] as number] as number] as number;
    } while (edge >= 0 && edge !== this.#start);
    this.#expand();
  }

  horizon(into: Float32Array, from: number): void {
    for (let i = 0; i < HALF; i += 1) into[from + i] = (this.#farthest[i] as number) * 1.001 + 1;
  }

  #report(point: number): void {
    if (point >= this.#nodes) return;
    if (this.#count === this.#seen.length) this.#seen = grownInts(this.#seen);
    this.#seen[this.#count] = point;
    this.#count += 1;
  }

  /** What of the view falls on the edge across a triangle; nothing where they lie apart. */
  #open(edge: number): void {
    const [fromX, fromY, toX, toY] = this.#side;
    const { corner, x, y } = this.#mesh;
    const a = corner[edge] as number;
    const b = corner[this.#next[edge] as number] as number;
    const ax = (x[a] as number) - this.#x;
    const ay = (y[a] as number) - this.#y;
    const bx = (x[b] as number) - this.#x;
    const by = (y[b] as number) - this.#y;
    const aInside = fromX * ay - fromY * ax >= 0 && ax * toY - ay * toX >= 0;
    const bInside = fromX * by - fromY * bx >= 0 && bx * toY - by * toX >= 0;
    const fromInside = ax * fromY - ay * fromX > 0 && fromX * by - fromY * bx > 0;
    const toInside = ax * toY - ay * toX > 0 && toX * by - toY * bx > 0;
    if (aInside) this.#report(a);
    if (bInside) this.#report(b);
    if (!(aInside || fromInside) || !(bInside || toInside)) return;
    this.#push(edge, aInside ? ax : fromX, aInside ? ay : fromY, bInside ? bx : toX, bInside ? by : toY);
  }

  #push(edge: number, rightX: number, rightY: number, leftX: number, leftY: number): void {
    const other = this.#mesh.twin[edge] as number;
    if (other < 0 || this.#mesh.shore[edge] === 1) {
      this.#end(edge, rightX, rightY, leftX, leftY);
      return;
    }
    if (this.#depth === this.#edges.length) {
      this.#edges = grownInts(this.#edges);
      const wider = new Float64Array(this.#cones.length * 2);
      wider.set(this.#cones);
      this.#cones = wider;
    }
    const at = this.#depth * 4;
    this.#edges[this.#depth] = other;
    this.#cones[at] = rightX;
    this.#cones[at + 1] = rightY;
    this.#cones[at + 2] = leftX;
    this.#cones[at + 3] = leftY;
    this.#depth += 1;
  }

  #expand(): void {
    const { corner, x, y } = this.#mesh;
    const next = this.#next;
    while (this.#depth > 0) {
      this.#depth -= 1;
      const edge = this.#edges[this.#depth] as number;
      const at = this.#depth * 4;
      const rightX = this.#cones[at] as number;
      const rightY = this.#cones[at + 1] as number;
      const leftX = this.#cones[at + 2] as number;
      const leftY = this.#cones[at + 3] as number;
      const one = next[edge] as number;
      const two = next[one] as number;
      const tip = corner[two] as number;
      const tipX = (x[tip] as number) - this.#x;
      const tipY = (y[tip] as number) - this.#y;
      const offRight = rightX * tipY - rightY * tipX;
      const offLeft = tipX * leftY - tipY * leftX;
      if (offRight >= 0 && offLeft >= 0) this.#report(tip);
      if (offRight > 0) this.#push(one, rightX, rightY, offLeft > 0 ? tipX : leftX, offLeft > 0 ? tipY : leftY);
      if (offLeft > 0) this.#push(two, offRight > 0 ? tipX : rightX, offRight > 0 ? tipY : rightY, leftX, leftY);
    }
  }

  /** A cone that ends at a shore: what is behind it is out of sight in the sectors it covers. */
  #end(edge: number, rightX: number, rightY: number, leftX: number, leftY: number): void {
    const { corner, x, y } = this.#mesh;
    const a = corner[edge] as number;
    const b = corner[this.#next[edge] as number] as number;
    const ax = (x[a] as number) - this.#x;
    const ay = (y[a] as number) - this.#y;
    const bx = (x[b] as number) - this.#x;
    const by = (y[b] as number) - this.#y;
    const far_m = Math.sqrt(Math.max(ax * ax + ay * ay, bx * bx + by * by));
    const first = Math.max(0, Math.floor((this.#shareOf(rightX, rightY) - SPARE) * HALF));
    const last = Math.min(HALF - 1, Math.floor((this.#shareOf(leftX, leftY) + SPARE) * HALF));
    for (let i = first; i <= last; i += 1) {
      if (far_m > (this.#farthest[i] as number)) this.#farthest[i] = far_m;
    }
  }

  /** How far a direction lies from the right side (0) to the left side (1) of the view. */
  #shareOf(dx: number, dy: number): number {
    const [fromX, fromY, toX, toY] = this.#side;
    const low = fromX * dy - fromY * dx;
    const high = dx * toY - dy * toX;
    return low + high === 0 ? 0 : low / (low + high);
  }
}

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
