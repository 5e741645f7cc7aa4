import { MODE_BIT, ROAD_CLASSES } from './data.ts';
import type { RoadData, RoadMode } from './data.ts';

/** Roads one can get round on count as a network of their own from this length on; shorter ones are pockets. */
const NETWORK_M = 5000;

const FERRY = ROAD_CLASSES.indexOf('ferry');

/**
 * 1 for every edge from which a mode gets to a network of some size and back; 0 in pockets: behind a gate, in a yard drawn apart from its
 * street, on a piece of a one-way road cut off by the border of the map. Forbidden turns and closures are not looked at.
 * Networks are the strongly connected parts (Tarjan 1972) of the nodes; some 5 ms for 30,000.
 */
export const openEdges = (data: RoadData, mode: RoadMode): Uint8Array => {
  const bit = MODE_BIT[mode];
  const part = partsOf(data, bit);
  const length_m = new Float64Array(part.length);
  const edges = data.edge_from.length;
  for (let edge = 0; edge < edges; edge += 1) {
    const from = part[data.edge_from[edge] as number] as number;
    const uses = (((data.edge_forward[edge] as number) | (data.edge_backward[edge] as number)) & bit) !== 0;
    const ferry = data.ways.class[data.edge_way[edge] as number] === FERRY;
    if (uses && !ferry && from === part[data.edge_to[edge] as number])
      length_m[from] = (length_m[from] as number) + (data.edge_length_m[edge] as number);
  }
  const open = new Uint8Array(edges);
  for (let edge = 0; edge < edges; edge += 1) {
    const from = (length_m[part[data.edge_from[edge] as number] as number] as number) >= NETWORK_M;
    const to = (length_m[part[data.edge_to[edge] as number] as number] as number) >= NETWORK_M;
    const forward = ((data.edge_forward[edge] as number) & bit) !== 0;
    const backward = ((data.edge_backward[edge] as number) & bit) !== 0;
    const leaves = (forward && to) || (backward && from);
    const comes = (forward && from) || (backward && to);
    open[edge] = leaves && comes ? 1 : 0;
  }
  return open;
};

/** Nodes one gets to from a node: `to[starts[n] … starts[n + 1]]`. */
interface Steps {
  readonly starts: Int32Array;
  readonly to: Int32Array;
}

/** A node where the mode may not pass leads nowhere: it is a part of its own. */
const stepsOf = (data: RoadData, bit: number): Steps => {
  const starts = new Int32Array(data.node_lon_e7.length + 1);
  const each = (visit: (from: number, to: number) => void): void => {
    for (let edge = 0; edge < data.edge_from.length; edge += 1) {
      const from = data.edge_from[edge] as number;
      const to = data.edge_to[edge] as number;
      const passes = (node: number): boolean => ((data.node_barred[node] as number) & bit) === 0;
      if (((data.edge_forward[edge] as number) & bit) !== 0 && passes(from)) visit(from, to);
      if (((data.edge_backward[edge] as number) & bit) !== 0 && passes(to)) visit(to, from);
    }
  };
  each((from) => (starts[from + 1] = (starts[from + 1] as number) + 1));
  for (let node = 1; node < starts.length; node += 1)
    starts[node] = (starts[node] as number) + (starts[node - 1] as number);
  const to = new Int32Array(starts.at(-1) as number);
  const next = starts.slice();
  each((from, node) => {
    const slot = next[from] as number;
    to[slot] = node;
    next[from] = slot + 1;
  });
  return { starts, to };
};

/** Number of the strongly connected part of every node. Tarjan's algorithm with a stack of its own instead of recursion. */
const partsOf = (data: RoadData, bit: number): Int32Array => {
  const { starts, to } = stepsOf(data, bit);
  const nodes = starts.length - 1;
  const part = new Int32Array(nodes).fill(-1);
  const seen = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const next = starts.slice(0, nodes);
  const path = new Int32Array(nodes);
  const waiting = new Int32Array(nodes);
  let [time, parts, deep, wait] = [0, 0, 0, 0];
  const enter = (node: number): void => {
    seen[node] = time;
    low[node] = time;
    time += 1;
    path[deep++] = node;
    waiting[wait++] = node;
  };
  const leave = (node: number): void => {
    deep -= 1;
    const before = path[deep - 1];
    if (deep > 0) low[before as number] = Math.min(low[before as number] as number, low[node] as number);
    if (low[node] !== seen[node]) return;
    let member;
    do {
      member = waiting[--wait] as number;
      part[member] = parts;
    } while (member !== node);
    parts += 1;
  };
  for (let root = 0; root < nodes; root += 1) {
    if (seen[root] !== -1) continue;
    enter(root);
    while (deep > 0) {
      const node = path[deep - 1] as number;
      const slot = next[node] as number;
      if (slot === starts[node + 1]) {
        leave(node);
        continue;
      }
      next[node] = slot + 1;
      const other = to[slot] as number;
      if (seen[other] === -1) enter(other);
      else if (part[other] === -1) low[node] = Math.min(low[node] as number, seen[other] as number);
    }
  }
  return part;
};
