import type { LonLat } from '#core/base/geo.ts';
import { ROAD_CLASSES, WAY_FLAG } from '../road/data.ts';
import type { Roads } from '../road/roads.ts';

/** Positions of the nodes of ways, by id. @param numbers places of the ways in the road data */
export const linesOfWays = (
  data: Roads['data'],
  ids: readonly string[],
  numbers: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly LonLat[]> => {
  const lines = new Map(ids.map((id) => [numbers.get(id) ?? -1, { id, line: [] as LonLat[] }]));
  data.edge_way.forEach((way, edge) => {
    const found = lines.get(way);
    for (const node of found === undefined ? [] : [data.edge_from[edge] as number, data.edge_to[edge] as number])
      found?.line.push([(data.node_lon_e7[node] as number) / 1e7, (data.node_lat_e7[node] as number) / 1e7]);
  });
  return new Map([...lines.values()].map(({ id, line }) => [id, line]));
};

const FERRY_CLASS = ROAD_CLASSES.indexOf('ferry');
/** True for bridges and ferries: people on foot cannot use them either when they are closed. */
export const isOverWater = (data: Roads['data'], way: number): boolean =>
  ((data.ways.flags[way] as number) & WAY_FLAG.bridge) !== 0 || data.ways.class[way] === FERRY_CLASS;
