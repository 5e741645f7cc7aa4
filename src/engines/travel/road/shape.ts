import type { RoadData } from './data.ts';

/** Longitude and latitude in degrees of the point `i` of an edge: 0 is `edge_from`, then its shape, the last is `edge_to`. */
export const lonAt = (data: RoadData, edge: number, i: number): number =>
  pointAt(data, edge, i, data.node_lon_e7, data.shape_lon_e7) / 1e7;
export const latAt = (data: RoadData, edge: number, i: number): number =>
  pointAt(data, edge, i, data.node_lat_e7, data.shape_lat_e7) / 1e7;

const pointAt = (data: RoadData, edge: number, i: number, nodes: Int32Array, shape: Int32Array): number => {
  if (i === 0) return nodes[data.edge_from[edge] as number] as number;
  const slot = (data.shape_start[edge] as number) + i - 1;
  return (slot < (data.shape_start[edge + 1] as number) ? shape[slot] : nodes[data.edge_to[edge] as number]) as number;
};

/** Degrees from one longitude to another the shorter way round, -180 … 180. */
export const degreesEast = (from: number, to: number): number => {
  const degrees = to - from;
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
};
