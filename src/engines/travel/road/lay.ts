import { release } from '#core/base/release.ts';
import { dataMisfit, graphMisfit } from './check.ts';
import type { RoadData, RoadNet } from './data.ts';
import { bansIn, SECTION_NAMES, textsOf } from './file.ts';
import { graphOf } from './graph.ts';
import { layHierarchy } from './hierarchy.ts';
import { contractionOrder } from './order.ts';
import type { Numbers, Section } from './sections.ts';
import { turnsBy, turnTables } from './turns.ts';
import type { TurnTables } from './turns.ts';

/** Puts finished numbers away until the file is written. The array may be given back; it is not looked at again. */
export type Put = (name: string, numbers: Numbers) => Section;

/** Roads of which all is put away that neither the graph nor its order is made of. */
export interface LaidMap {
  readonly laid: readonly Section[];
  readonly net: RoadNet;
  readonly turns: TurnTables;
}

/**
 * The first step of building roads without ever having all of them in memory: puts away shapes, texts and what else only the file needs.
 * `data` is used up. After this 26 bytes per edge and 13 per node are left in memory.
 */
export const layMap = (data: RoadData, put: Put): LaidMap => {
  checked(dataMisfit(data));
  const { id: _id, name: _name, ...ways } = data.ways;
  const { node_lon_e7, node_lat_e7, node_barred, edge_from, edge_to, edge_forward, edge_backward, bans } = data;
  const { edge_way, edge_length_m, edge_speed_kmh, edge_fixed_s, shape_start, shape_lon_e7, shape_lat_e7 } = data;
  const laid = [
    ...putAll(put, 'text.', textsOf(data.ways)),
    ...putAll(put, 'ways.', ways),
    ...putAll(put, 'data.', { edge_way, edge_length_m, edge_speed_kmh, edge_fixed_s }),
  ];
  const turns = turnTables(data);
  laid.push(...putAll(put, 'data.', { shape_start, shape_lon_e7, shape_lat_e7 }));
  const net = { node_lon_e7, node_lat_e7, node_barred, edge_from, edge_to, edge_forward, edge_backward, bans };
  return { laid, net, turns };
};

/**
 * The second step: graph, order and hierarchy, each array put away when the next is no longer made from it. The net is used up.
 * @returns the sections of the file, in their order: the same bytes as `encodeRoads(buildRoads(data))`
 */
export const layBuilt = ({ laid, net, turns }: LaidMap, put: Put): readonly Section[] => {
  const { node_lon_e7, node_lat_e7, node_barred, edge_from, edge_to, edge_forward, edge_backward, bans } = net;
  const graph = graphOf(net, turnsBy(turns));
  release(turns.leaving_deg, turns.degree);
  checked(graphMisfit(net, graph));
  const { state_edge, edge_state, arc_turn, ...arcs } = graph;
  const all = [...laid, ...putAll(put, 'bans.', bansIn(bans)), ...putAll(put, 'graph.', { arc_turn })];
  all.push(...putAll(put, 'data.', { node_barred, edge_forward, edge_backward }));
  const order = contractionOrder(net, graph);
  all.push(...putAll(put, 'data.', { node_lon_e7, node_lat_e7, edge_from, edge_to }));
  all.push(...putAll(put, 'graph.', { state_edge, edge_state }));
  layHierarchy(order, arcs, (name, numbers) => all.push(put(`order.${name}`, numbers)));
  all.push(...putAll(put, 'graph.', arcs));
  const byName = new Map(all.map((section) => [section.name, section]));
  return SECTION_NAMES.map((name) => byName.get(name)).filter((section) => section !== undefined);
};

const putAll = (put: Put, prefix: string, arrays: Readonly<Record<string, Numbers>>): readonly Section[] =>
  Object.entries(arrays).map(([name, numbers]) => put(prefix + name, numbers));

const checked = (misfit: string | null): void => {
  if (misfit !== null) throw new RangeError(`${misfit} does not fit the rest of the roads`);
};
