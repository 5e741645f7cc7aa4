import type { LonLat } from '#core/base/geo.ts';
import { release } from '#core/base/release.ts';
import type { RoadData } from '#engines/travel/road/data.ts';

/** Parts of the network between which no edge leads, for whoever may use `modes`; ways in one direction join too. */
export interface Components {
  readonly count: number;
  /** The longest few, longest first. */
  readonly largest: readonly Component[];
  /** Share of all length that lies in the longest. */
  readonly main_share: number;
}

export interface Component {
  readonly edges: number;
  readonly length_m: number;
  /** One way of it, and where it begins, to find it on a map. */
  readonly way: string;
  readonly at: LonLat;
}

const TOLD = 5;

/** Joins nodes by their edges (union by smaller number, paths halved), then sums up what hangs together. */
export const componentsOf = (data: RoadData, modes: number): Components => {
  const { root, parent } = joinNodes(data, modes);
  const sums = new Map<number, { edges: number; length_m: number; first: number }>();
  let total_m = 0;
  for (let edge = 0; edge < data.edge_from.length; edge += 1) {
    if (!isUsed(data, edge, modes)) continue;
    const length_m = data.edge_length_m[edge] as number;
    const key = root(data.edge_from[edge] as number);
    const sum = sums.get(key) ?? { edges: 0, length_m: 0, first: edge };
    sum.edges += 1;
    sum.length_m += length_m;
    total_m += length_m;
    sums.set(key, sum);
  }
  release(parent);
  const order = [...sums.values()].sort((a, b) => b.length_m - a.length_m || a.first - b.first);
  const largest = order.slice(0, TOLD).map(({ edges, length_m, first }) => {
    const node = data.edge_from[first] as number;
    const at: LonLat = [(data.node_lon_e7[node] as number) / 1e7, (data.node_lat_e7[node] as number) / 1e7];
    return { edges, length_m: Math.round(length_m), way: data.ways.id[data.edge_way[first] as number] as string, at };
  });
  return { count: sums.size, largest, main_share: total_m > 0 ? (order[0]?.length_m ?? 0) / total_m : 0 };
};

const isUsed = (data: RoadData, edge: number, modes: number): boolean =>
  (((data.edge_forward[edge] as number) | (data.edge_backward[edge] as number)) & modes) !== 0;

const joinNodes = (
  data: RoadData,
  modes: number,
): { readonly root: (node: number) => number; readonly parent: Int32Array } => {
  const parent = new Int32Array(data.node_lon_e7.length);
  for (let node = 0; node < parent.length; node += 1) parent[node] = node;
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let edge = 0; edge < data.edge_from.length; edge += 1) {
    if (!isUsed(data, edge, modes)) continue;
    const a = root(data.edge_from[edge] as number);
    const b = root(data.edge_to[edge] as number);
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  return { root, parent };
};
