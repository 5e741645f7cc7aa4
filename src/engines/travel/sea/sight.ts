import type { LonLat } from '#core/base/geo.ts';
import type { SeaMesh } from './mesh.ts';
import { planeOf } from './mesh.ts';
import type { Extent } from './walls.ts';

/** Looks round on the mesh. */
export interface Sight {
  /**
   * Numbers of the turning points that no shore hides from a place; one may be there twice. Holds until the next call: the list is
   * used again.
   */
  readonly from: (at: LonLat) => Int32Array;
  /** The same from a turning point. */
  readonly fromNode: (node: number) => Int32Array;
}

type Look = (triangle: number, x: number, y: number) => Int32Array;
const NOTHING = new Int32Array(0);

/** Side of the table of triangles from which places are looked for. */
const TABLE = 64;
/** A place is moved this much, in metres, off the corners and edges it may stand on. */
const ASIDE_M = 1e-4;

/** @param nodes how many of the mesh's points are turning points */
export const createSight = (mesh: SeaMesh, nodes: number, extent: Extent): Sight => {
  const plane = planeOf(extent);
  const start = tableOf(mesh, plane([extent.east, extent.north]));
  const edgeOf = new Int32Array(nodes).fill(-1);
  mesh.corner.forEach((point, edge) => {
    if (point < nodes) edgeOf[point] = edge;
  });
  const look = createLook(mesh, nodes);
  return {
    from: (at) => {
      const [x, y] = plane(at);
      const triangle = locate(mesh, start(x, y), x, y);
      return triangle < 0 ? NOTHING : lookAside(mesh, look, triangle, x, y);
    },
    fromNode: (node) => {
      const edge = edgeOf[node] as number;
      return edge < 0
        ? NOTHING
        : lookAside(mesh, look, Math.floor(edge / 3), mesh.x[node] as number, mesh.y[node] as number);
    },
  };
};

/** From a hair's breadth inside the triangle, so that no edge is seen from its end. */
const lookAside = (mesh: SeaMesh, look: Look, triangle: number, x: number, y: number): Int32Array => {
  const [a, b, c] = [mesh.corner[triangle * 3], mesh.corner[triangle * 3 + 1], mesh.corner[triangle * 3 + 2]] as [
    number,
    number,
    number,
  ];
  const dx = ((mesh.x[a] as number) + (mesh.x[b] as number) + (mesh.x[c] as number)) / 3 - x;
  const dy = ((mesh.y[a] as number) + (mesh.y[b] as number) + (mesh.y[c] as number)) / 3 - y;
  const aside = ASIDE_M / Math.max(ASIDE_M, Math.hypot(dx, dy));
  return look(triangle, x + dx * aside, y + dy * aside);
};

/** Some triangle near each square of a table. */
const tableOf = (mesh: SeaMesh, [width, height]: readonly [number, number]): ((x: number, y: number) => number) => {
  const table = new Int32Array(TABLE * TABLE);
  const squareOf = (x: number, y: number): number => {
    const column = Math.min(TABLE - 1, Math.max(0, Math.floor((x / width) * TABLE)));
    const row = Math.min(TABLE - 1, Math.max(0, Math.floor((y / height) * TABLE)));
    return row * TABLE + column;
  };
  mesh.corner.forEach((point, edge) => {
    table[squareOf(mesh.x[point] as number, mesh.y[point] as number)] = Math.floor(edge / 3);
  });
  for (let i = 1; i < table.length; i += 1) if (table[i] === 0) table[i] = table[i - 1] as number;
  return (x, y) => table[squareOf(x, y)] as number;
};

const nextEdge = (edge: number): number => (edge % 3 === 2 ? edge - 2 : edge + 1);

/** Twice the area of the triangle of an edge and a point: negative on the outer side. */
const side = (mesh: SeaMesh, edge: number, x: number, y: number): number => {
  const a = mesh.corner[edge] as number;
  const b = mesh.corner[nextEdge(edge)] as number;
  const ax = mesh.x[a] as number;
  const ay = mesh.y[a] as number;
  return ((mesh.x[b] as number) - ax) * (y - ay) - ((mesh.y[b] as number) - ay) * (x - ax);
};

/** Walks from triangle to triangle towards the place; -1 outside the mesh. */
const locate = (mesh: SeaMesh, from: number, x: number, y: number): number => {
  let triangle = from;
  for (let step = 0; step < mesh.corner.length; step += 1) {
    let out = -1;
    for (let edge = triangle * 3; edge < triangle * 3 + 3 && out < 0; edge += 1) {
      if (side(mesh, edge, x, y) < -1e-9) out = edge;
    }
    if (out < 0) return triangle;
    const twin = mesh.twin[out] as number;
    if (twin < 0) return -1;
    triangle = Math.floor(twin / 3);
  }
  return -1;
};

/**
 * Triangular expansion (Bungiu, Hemmer, Hershberger, Huang, Kröller 2014): the cone of sight goes on through every edge that is no shore
 * and narrows at its ends.
 */
const createLook = (mesh: SeaMesh, nodes: number): Look => {
  const { corner, twin, shore } = mesh;
  let seen = new Int32Array(1024);
  let edges = new Int32Array(1024);
  /** Directions of the right and left side of each cone. */
  let cones = new Float64Array(4096);
  let count = 0;
  let depth = 0;
  const report = (point: number): void => {
    if (point >= nodes) return;
    if (count === seen.length) seen = grownInts(seen);
    seen[count] = point;
    count += 1;
  };
  const push = (edge: number, rightX: number, rightY: number, leftX: number, leftY: number): void => {
    const other = twin[edge] as number;
    if (other < 0 || shore[edge] === 1) return;
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
  return (triangle, x, y) => {
    count = 0;
    depth = 0;
    for (let edge = triangle * 3; edge < triangle * 3 + 3; edge += 1) {
      const a = corner[edge] as number;
      const b = corner[nextEdge(edge)] as number;
      report(a);
      push(
        edge,
        (mesh.x[a] as number) - x,
        (mesh.y[a] as number) - y,
        (mesh.x[b] as number) - x,
        (mesh.y[b] as number) - y,
      );
    }
    while (depth > 0) {
      depth -= 1;
      const edge = edges[depth] as number;
      const rightX = cones[depth * 4] as number;
      const rightY = cones[depth * 4 + 1] as number;
      const leftX = cones[depth * 4 + 2] as number;
      const leftY = cones[depth * 4 + 3] as number;
      const one = nextEdge(edge);
      const two = nextEdge(one);
      const tip = corner[two] as number;
      const tipX = (mesh.x[tip] as number) - x;
      const tipY = (mesh.y[tip] as number) - y;
      const offRight = rightX * tipY - rightY * tipX;
      const offLeft = tipX * leftY - tipY * leftX;
      if (offRight >= 0 && offLeft >= 0) report(tip);
      if (offRight > 0) {
        if (offLeft > 0) push(one, rightX, rightY, tipX, tipY);
        else push(one, rightX, rightY, leftX, leftY);
      }
      if (offLeft > 0) {
        if (offRight > 0) push(two, tipX, tipY, leftX, leftY);
        else push(two, rightX, rightY, leftX, leftY);
      }
    }
    return seen.subarray(0, count);
  };
};

const grownInts = (list: Int32Array): Int32Array<ArrayBuffer> => {
  const longer = new Int32Array(list.length * 2);
  longer.set(list);
  return longer;
};
