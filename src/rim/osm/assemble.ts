import { EARTH_RADIUS_M } from '#core/base/geo.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { roadWaysOf } from './kept-ways.ts';
import type { KeptWays } from './kept-ways.ts';
import { NODE, releaseNodes } from './nodes.ts';
import type { Nodes } from './nodes.ts';
import { FERRY_CLASS, createWayReader, eachPiece } from './pieces-of-way.ts';
import type { WayCut, WayReader } from './pieces-of-way.ts';
import type { Tallies } from './read-ways.ts';

/** Roads without what is made from them (times of ferries, forbidden turns). */
export interface Assembled {
  readonly data: RoadData;
  /** Edges of way w (its number in `data.ways`): `way_start[w] … way_start[w + 1]`. */
  readonly way_start: Int32Array;
  /** Number in `data.ways` of a way by its place among those kept; -1 where nothing of it lies in the extract. */
  readonly number_of_way: Int32Array;
  /** Number of a node with a rule by its id; -1 where it is no node of the graph. */
  readonly nodeOf: (id: number) => number;
  readonly isOnRoad: (node: number) => boolean;
  /** Ferry ways that lead beyond the extract, by place. */
  readonly cuts: ReadonlyMap<number, WayCut>;
}

/**
 * Splits the ways at junctions, barriers and points with rules, and lays everything out in arrays of just the right size.
 * Gives back the memory of `nodes` and of the nodes of ways when it is done with them, before it makes the texts of ways.
 * @param vias ids of nodes with rules
 */
export const assemble = (kept: KeptWays, nodes: Nodes, vias: ReadonlySet<number>, tallies: Tallies): Assembled => {
  const reader = createWayReader(kept, nodes);
  const cuts = markEnds(kept, nodes, reader, tallies);
  const counts = countPieces(kept, nodes, reader);
  const numbering = numberNodes(nodes);
  const used = kept.order.filter((way) => counts.pieces_of_way[way] !== 0);
  const number_of_way = new Int32Array(kept.id.length).fill(-1);
  for (const [number, way] of used.entries()) number_of_way[way] = number;
  const arrays = emptyArrays(counts.pieces, counts.points);
  const way_start = new Int32Array(used.length + 1);
  const fill = createFiller(nodes, numbering, arrays);
  const inOrder = kept.order.every((way, i) => way === i);
  for (const [number, way] of used.entries()) {
    way_start[number] = fill.edges();
    if (inOrder) kept.refs.release(kept.ref_start[way] as number);
    reader.stretches(way, (places, from, to) => {
      eachPiece(places, from, to, nodes.flags, (first, last) => fill.piece(kept, way, number, places, first, last));
    });
  }
  way_start[used.length] = fill.edges();
  const nodeOf = new Map([...vias].map((id) => [id, numbering.nodeAt(nodes.ids.placeOf(id))]));
  releaseNodes(nodes);
  kept.refs.release(Infinity);
  return {
    data: {
      ...numbering.columns,
      ...arrays,
      edge_fixed_s: new Uint32Array(counts.pieces),
      ways: roadWaysOf(kept, used),
      bans: [],
    },
    way_start,
    number_of_way,
    nodeOf: (id) => nodeOf.get(id) ?? -1,
    isOnRoad: (node) => numbering.on_road[node] === 1,
    cuts,
  };
};

/** Ends of stretches become junctions; what roads touch is marked, so that it is known where ferries land. */
const markEnds = (kept: KeptWays, { flags }: Nodes, reader: WayReader, tallies: Tallies): Map<number, WayCut> => {
  const cuts = new Map<number, WayCut>();
  const mark = (place: number, bits: number): void => {
    flags[place] = (flags[place] as number) | bits;
  };
  for (const way of kept.order) {
    const ferry = kept.class[way] === FERRY_CLASS;
    let any = false;
    const cut = reader.stretches(way, (places, from, to) => {
      any = true;
      mark(places[from] as number, NODE.junction);
      mark(places[to] as number, NODE.junction);
      if (!ferry) for (let i = from; i <= to; i += 1) mark(places[i] as number, NODE.onRoad);
    });
    if (cut.missing > 0 && ferry) cuts.set(way, cut);
    const object = `way/${kept.id[way] as number}`;
    if (!any) tallies.dropped.add(cut.missing > 0 ? 'outside' : 'one-node', object);
    else if (cut.missing > 0) tallies.noted.add(cut.open || !ferry ? 'cut' : 'bridged', object);
  }
  return cuts;
};

interface Counts {
  readonly pieces: number;
  readonly points: number;
  readonly pieces_of_way: Uint32Array;
}

/** Counts pieces and the points between their ends. A ring that would begin and end at one junction gets another halfway. */
const countPieces = (kept: KeptWays, { flags }: Nodes, reader: WayReader): Counts => {
  let pieces = 0;
  let points = 0;
  const pieces_of_way = new Uint32Array(kept.id.length);
  for (const way of kept.order) {
    reader.stretches(way, (places, from, to) => {
      const count = (first: number, last: number): void => {
        pieces += 1;
        points += last - first - 1;
        pieces_of_way[way] = (pieces_of_way[way] as number) + 1;
      };
      eachPiece(places, from, to, flags, (first, last) => {
        const middle = (first + last) >> 1;
        if (places[first] !== places[last] || middle === first) return count(first, last);
        flags[places[middle] as number] = (flags[places[middle] as number] as number) | NODE.junction;
        count(first, middle);
        count(middle, last);
      });
    });
  }
  return { pieces, points, pieces_of_way };
};

interface Numbering {
  readonly columns: Pick<RoadData, 'node_lon_e7' | 'node_lat_e7' | 'node_barred'>;
  readonly on_road: Uint8Array;
  readonly nodeAt: (place: number) => number;
}

/** Junctions that lie in the extract, in the order of their ids. From here on `lon_e7` of a junction's place holds its number: one array less. */
const numberNodes = ({ flags, lon_e7, lat_e7 }: Nodes): Numbering => {
  const wanted = NODE.junction | NODE.located;
  const isNode = (place: number): boolean => ((flags[place] as number) & wanted) === wanted;
  let count = 0;
  for (let place = 0; place < flags.length; place += 1) if (isNode(place)) count += 1;
  const columns = {
    node_lon_e7: new Int32Array(count),
    node_lat_e7: new Int32Array(count),
    node_barred: new Uint8Array(count),
  };
  const on_road = new Uint8Array(count);
  let node = 0;
  for (let place = 0; place < flags.length; place += 1) {
    if (!isNode(place)) continue;
    columns.node_lon_e7[node] = lon_e7[place] as number;
    columns.node_lat_e7[node] = lat_e7[place] as number;
    columns.node_barred[node] = (flags[place] as number) & NODE.barred;
    on_road[node] = ((flags[place] as number) & NODE.onRoad) === 0 ? 0 : 1;
    lon_e7[place] = node;
    node += 1;
  }
  return { columns, on_road, nodeAt: (place) => (place >= 0 && isNode(place) ? (lon_e7[place] as number) : -1) };
};

type Arrays = Omit<RoadData, 'node_lon_e7' | 'node_lat_e7' | 'node_barred' | 'edge_fixed_s' | 'ways' | 'bans'>;

const emptyArrays = (edges: number, points: number): Arrays => ({
  edge_from: new Int32Array(edges),
  edge_to: new Int32Array(edges),
  edge_way: new Int32Array(edges),
  edge_length_m: new Float32Array(edges),
  edge_forward: new Uint8Array(edges),
  edge_backward: new Uint8Array(edges),
  edge_speed_kmh: new Uint8Array(edges),
  shape_start: new Int32Array(edges + 1),
  shape_lon_e7: new Int32Array(points),
  shape_lat_e7: new Int32Array(points),
});

interface Filler {
  /** Edges so far. */
  readonly edges: () => number;
  readonly piece: (
    kept: KeptWays,
    way: number,
    number: number,
    places: Int32Array,
    first: number,
    last: number,
  ) => void;
}

const createFiller = (nodes: Nodes, { columns, nodeAt }: Numbering, arrays: Arrays): Filler => {
  let edge = 0;
  let point = 0;
  return {
    edges: () => edge,
    piece: (kept, way, number, places, first, last) => {
      const from = nodeAt(places[first] as number);
      const to = nodeAt(places[last] as number);
      let [lon, lat] = [columns.node_lon_e7[from] as number, columns.node_lat_e7[from] as number];
      let length_m = 0;
      for (let i = first + 1; i < last; i += 1) {
        const [nextLon, nextLat] = [
          nodes.lon_e7[places[i] as number] as number,
          nodes.lat_e7[places[i] as number] as number,
        ];
        length_m += metresBetween(lon, lat, nextLon, nextLat);
        [lon, lat] = [nextLon, nextLat];
        arrays.shape_lon_e7[point] = lon;
        arrays.shape_lat_e7[point] = lat;
        point += 1;
      }
      length_m += metresBetween(lon, lat, columns.node_lon_e7[to] as number, columns.node_lat_e7[to] as number);
      arrays.edge_from[edge] = from;
      arrays.edge_to[edge] = to;
      arrays.edge_way[edge] = number;
      arrays.edge_length_m[edge] = length_m;
      arrays.edge_forward[edge] = kept.forward[way] as number;
      arrays.edge_backward[edge] = kept.backward[way] as number;
      arrays.edge_speed_kmh[edge] = kept.speed_kmh[way] as number;
      edge += 1;
      arrays.shape_start[edge] = point;
    },
  };
};

const RADIANS = Math.PI / 180e7;

/** The haversine formula on degrees × 1e7, as `distance_m` of core/base/geo.ts, without making pairs. */
const metresBetween = (lon1: number, lat1: number, lon2: number, lat2: number): number => {
  const sinLat = Math.sin(((lat2 - lat1) * RADIANS) / 2);
  const sinLon = Math.sin(((lon2 - lon1) * RADIANS) / 2);
  const chord = sinLat * sinLat + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
};
