import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { RoadData } from './data.ts';

/** Points of a directed edge in the order they are passed, its ends included. */
export const edgeLine = (data: RoadData, directed: number): LonLat[] => {
  const edge = directed >> 1;
  const line = [nodeAt(data, data.edge_from[edge] as number)];
  for (let at = data.shape_start[edge] as number; at < (data.shape_start[edge + 1] as number); at++) {
    line.push([(data.shape_lon_e7[at] as number) / 1e7, (data.shape_lat_e7[at] as number) / 1e7]);
  }
  line.push(nodeAt(data, data.edge_to[edge] as number));
  return directed % 2 === 0 ? line : line.reverse();
};

/** Where a node lies. */
export const nodeAt = (data: RoadData, node: number): LonLat => [
  (data.node_lon_e7[node] as number) / 1e7,
  (data.node_lat_e7[node] as number) / 1e7,
];

/** The part of a line between two shares of its length, without the points at the cuts themselves. */
export const innerPoints = (line: readonly LonLat[], from: number, to: number): LonLat[] => {
  const along = [0];
  for (let at = 1; at < line.length; at++) {
    along.push((along[at - 1] as number) + distance_m(line[at - 1] as LonLat, line[at] as LonLat));
  }
  const whole = along.at(-1) as number;
  return line.filter((_, at) => (along[at] as number) > from * whole && (along[at] as number) < to * whole);
};

/** Without points that repeat the one before. */
export const withoutRepeats = (line: readonly LonLat[]): LonLat[] =>
  line.filter(([lon, lat], at) => at === 0 || lon !== line[at - 1]?.[0] || lat !== line[at - 1]?.[1]);
