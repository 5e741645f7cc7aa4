import type { RoadWeights } from '#engines/travel/road/customise.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { secondsOf } from '#engines/travel/road/weight.ts';
import { peer } from './peers.ts';

interface Link {
  readonly data: number;
}
interface Node {
  readonly id: number;
}
interface Graph {
  readonly addLink: (from: number, to: number, seconds: number) => unknown;
}
interface Options {
  readonly oriented: boolean;
  readonly distance: (from: Node, to: Node, link: Link) => number;
  readonly heuristic: (from: Node, to: Node) => number;
}
interface Finders {
  readonly nba: (graph: Graph, options: Options) => { readonly find: (from: number, to: number) => readonly Node[] };
}

const E7 = 1e7;
const METRES_PER_DEGREE = 111_195;
/** Nobody is faster: then the straight way is never longer than a way by road. */
const MAX_MS = 140 / 3.6;

/** The same roads in ngraph, asked pair by pair by its fastest search that is exact (NBA*, from both ends). It knows no turns and joins no positions. */
export const openNgraph = (data: RoadData, { edge }: RoadWeights): ((from: number, to: number) => number) => {
  const createGraph = peer<(options: { multigraph: boolean }) => Graph>('ngraph.graph');
  const paths = peer<Finders>('ngraph.path');
  const graph = createGraph({ multigraph: true });
  const add = (from: number, to: number, weight: number): void => {
    if (weight < Infinity) graph.addLink(from, to, secondsOf(weight));
  };
  data.edge_from.forEach((from, at) => {
    const to = data.edge_to[at] ?? 0;
    add(from, to, edge[2 * at] ?? Infinity);
    add(to, from, edge[2 * at + 1] ?? Infinity);
  });
  const degrees = (e7: Int32Array): Float64Array => Float64Array.from(e7, (value) => value / E7);
  const lon = degrees(data.node_lon_e7);
  const lat = degrees(data.node_lat_e7);
  const shrink = Math.cos(((lat[0] ?? 0) * Math.PI) / 180) * 0.99;
  const finder = paths.nba(graph, {
    oriented: true,
    distance: (_from, _to, link) => link.data,
    heuristic: (from, to) => {
      const east = ((lon[from.id] ?? 0) - (lon[to.id] ?? 0)) * shrink;
      const north = (lat[from.id] ?? 0) - (lat[to.id] ?? 0);
      return (Math.hypot(east, north) * METRES_PER_DEGREE) / MAX_MS;
    },
  });
  return (from, to) => finder.find(from, to).length;
};
