import { TURNS } from './arrays.ts';
import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import { ROAD_CLASSES } from './data.ts';
import type { RoadData, RoadNet } from './data.ts';

type List = ArrayLike<number>;

/** Name of the first array that does not fit the others (its length, or a number that points nowhere); null when all fit. */
export const misfitOf = (data: RoadData, graph: GraphArrays, hierarchy: HierarchyArrays): string | null =>
  dataMisfit(data) ?? graphMisfit(data, graph) ?? hierarchyMisfit(graph, hierarchy);

/** The same for roads alone, as an importer makes them. */
export const dataMisfit = (data: RoadData): string | null => {
  const nodes = data.node_lon_e7.length;
  const edges = data.edge_from.length;
  const ways = data.ways.id.length;
  return first([
    ['node_lon_e7', within(data.node_lon_e7, nodes, -180e7, 180e7)],
    ['node_lat_e7', within(data.node_lat_e7, nodes, -90e7, 90e7)],
    ['node_barred', data.node_barred.length === nodes],
    ['edge_from', within(data.edge_from, edges, 0, nodes - 1)],
    ['edge_to', within(data.edge_to, edges, 0, nodes - 1)],
    ['edge_way', within(data.edge_way, edges, 0, ways - 1)],
    ['edge_length_m', within(data.edge_length_m, edges, 0, 1e8)],
    ['edge_forward', data.edge_forward.length === edges],
    ['edge_backward', data.edge_backward.length === edges],
    ['edge_speed_kmh', data.edge_speed_kmh.length === edges],
    ['edge_fixed_s', data.edge_fixed_s.length === edges],
    ['shape_start', starts(data.shape_start, edges, data.shape_lon_e7.length)],
    ['shape_lon_e7', within(data.shape_lon_e7, data.shape_lat_e7.length, -180e7, 180e7)],
    ['shape_lat_e7', within(data.shape_lat_e7, data.shape_lon_e7.length, -90e7, 90e7)],
    ['ways.class', within(data.ways.class, ways, 0, ROAD_CLASSES.length - 1)],
    ['ways.flags', data.ways.flags.length === ways],
    ['ways.name', data.ways.name.length === ways],
    ['ways.max_height_cm', data.ways.max_height_cm.length === ways],
    ['ways.max_width_cm', data.ways.max_width_cm.length === ways],
    ['ways.max_weight_kg', data.ways.max_weight_kg.length === ways],
    ['bans', data.bans.every((ban) => ban.edges.length > 1 && within(ban.edges, ban.edges.length, 0, edges - 1))],
    ['bans.at', data.bans.every((ban) => ban.at >= 0 && ban.at < nodes)],
  ]);
};

/** The same for the graph of a net. */
export const graphMisfit = (data: RoadNet, graph: GraphArrays): string | null => {
  const states = graph.state_edge.length;
  const arcs = graph.arc_to.length;
  const directed = data.edge_from.length * 2;
  return first([
    ['state_edge', within(graph.state_edge, states, 0, directed - 1)],
    ['edge_state', within(graph.edge_state, directed, -1, states - 1)],
    ['arc_start', starts(graph.arc_start, states, arcs)],
    ['arc_to', within(graph.arc_to, arcs, 0, states - 1)],
    ['arc_modes', graph.arc_modes.length === arcs],
    ['arc_turn', within(graph.arc_turn, arcs, 0, TURNS.length - 1)],
  ]);
};

const hierarchyMisfit = (graph: GraphArrays, hierarchy: HierarchyArrays): string | null => {
  const { rank_state, parent, up_start, up_head, up_arc, down_start, down_head, down_arc } = hierarchy;
  const states = graph.state_edge.length;
  const arcs = graph.arc_to.length;
  return first([
    ['rank_state', within(rank_state, states, 0, states - 1)],
    ['parent', parent.length === states && parent.every((to, rank) => to === -1 || (to > rank && to < states))],
    ['up_start', starts(up_start, states, up_head.length)],
    ['up_head', leadUp(up_start, up_head, states)],
    ['up_arc', within(up_arc, up_head.length, -1, arcs - 1)],
    ['down_start', starts(down_start, states, down_head.length)],
    ['down_head', leadUp(down_start, down_head, states)],
    ['down_arc', within(down_arc, down_head.length, -1, arcs - 1)],
  ]);
};

const first = (checks: readonly (readonly [name: string, fits: boolean])[]): string | null =>
  checks.find(([, fits]) => !fits)?.[0] ?? null;

const within = (list: List, length: number, least: number, most: number): boolean => {
  if (list.length !== length) return false;
  for (let i = 0; i < length; i += 1) {
    const value = list[i] as number;
    if (!(value >= least && value <= most)) return false;
  }
  return true;
};

/** True for starts of `count` runs that follow each other from 0 to `end`. */
const starts = (list: List, count: number, end: number): boolean => {
  if (list.length !== count + 1 || list[0] !== 0 || list[count] !== end) return false;
  for (let i = 0; i < count; i += 1) if ((list[i] as number) > (list[i + 1] as number)) return false;
  return true;
};

/** True when every arc kept at a rank is one with a higher rank. Looks only where the starts are right. */
const leadUp = (start: List, head: List, states: number): boolean => {
  for (let rank = 0; rank < states; rank += 1)
    for (let slot = start[rank] as number; slot < (start[rank + 1] as number); slot += 1) {
      const other = head[slot] as number;
      if (!(other > rank && other < states)) return false;
    }
  return true;
};
