import type { RoadData, RoadWays } from '#engines/travel/road/data.ts';
import { MODE_BIT, ROAD_CLASSES } from '#engines/travel/road/data.ts';

/** East of one another, far enough not to touch. */
const APART_E7 = 4_0000_000;
const FERRY_S = 1800;

/**
 * An archipelago of equal islands, each joined to the next by a car ferry between their ports: how the work grows with the map. The first island
 * keeps its place.
 * @param port a node of the island that roads lead to
 */
export const archipelago = (island: RoadData, islands: number, port: number): RoadData => {
  const nodes = island.node_lon_e7.length;
  const edges = island.edge_from.length;
  const ways = island.ways.id.length;
  const ferries = islands - 1;
  const ferry = Int32Array.from({ length: ferries }, (_, at) => at);
  const car = MODE_BIT.car | MODE_BIT.emergency | MODE_BIT.motorcycle | MODE_BIT.foot | MODE_BIT.truck;
  const ends = (column: Int32Array, further: number): Int32Array =>
    Int32Array.from([...shifted(column, islands, nodes), ...ferry.map((at) => (at + further) * nodes + port)]);
  return {
    node_lon_e7: shifted(island.node_lon_e7, islands, APART_E7),
    node_lat_e7: shifted(island.node_lat_e7, islands, 0),
    node_barred: again(island.node_barred, islands, 0),
    edge_from: ends(island.edge_from, 0),
    edge_to: ends(island.edge_to, 1),
    edge_way: Int32Array.from([...shifted(island.edge_way, islands, ways), ...ferry.map((at) => islands * ways + at)]),
    edge_length_m: Float32Array.from([...again(island.edge_length_m, islands, 0), ...ferry.map(() => 10_000)]),
    edge_forward: again(island.edge_forward, islands, ferries).fill(car, islands * edges),
    edge_backward: again(island.edge_backward, islands, ferries).fill(car, islands * edges),
    edge_speed_kmh: again(island.edge_speed_kmh, islands, ferries),
    edge_fixed_s: again(island.edge_fixed_s, islands, ferries).fill(FERRY_S, islands * edges),
    shape_start: shapes(island, islands, ferries),
    shape_lon_e7: shifted(island.shape_lon_e7, islands, APART_E7),
    shape_lat_e7: shifted(island.shape_lat_e7, islands, 0),
    ways: moreWays(island.ways, islands, ferries),
    bans: Array.from({ length: islands }, (_, copy) =>
      island.bans.map(({ edges: own, at, modes }) => ({
        edges: own.map((edge) => edge + copy * edges),
        at: at + copy * nodes,
        modes,
      })),
    ).flat(),
  };
};

/** One column for every island in turn, the next one's numbers higher by a step. */
const shifted = (column: Int32Array, islands: number, step: number): Int32Array => {
  const all = new Int32Array(column.length * islands);
  for (let copy = 0; copy < islands; copy += 1) {
    for (let at = 0; at < column.length; at += 1) all[copy * column.length + at] = (column[at] ?? 0) + copy * step;
  }
  return all;
};

type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** One column as often as there are islands, with empty places behind. */
const again = <T extends Column>(column: T, islands: number, more: number): T => {
  const all = new (column.constructor as new (length: number) => T)(column.length * islands + more);
  for (let copy = 0; copy < islands; copy += 1) all.set(column, copy * column.length);
  return all;
};

const shapes = (island: RoadData, islands: number, ferries: number): Int32Array => {
  const points = island.shape_lon_e7.length;
  const starts = shifted(island.shape_start.subarray(0, -1), islands, points);
  return Int32Array.from([...starts, ...Array.from({ length: ferries + 1 }, () => islands * points)]);
};

const moreWays = (ways: RoadWays, islands: number, ferries: number): RoadWays => ({
  id: [
    ...Array.from({ length: islands }, (_, copy) => ways.id.map((id) => `${id}@${copy}`)).flat(),
    ...Array.from({ length: ferries }, (_, at) => `ferry/${at}`),
  ],
  class: again(ways.class, islands, ferries).fill(ROAD_CLASSES.indexOf('ferry'), islands * ways.class.length),
  flags: again(ways.flags, islands, ferries),
  name: [...Array.from({ length: islands }, () => ways.name).flat(), ...Array.from({ length: ferries }, () => null)],
  max_height_cm: again(ways.max_height_cm, islands, ferries),
  max_width_cm: again(ways.max_width_cm, islands, ferries),
  max_weight_kg: again(ways.max_weight_kg, islands, ferries),
});
