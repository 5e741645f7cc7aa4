import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { ROAD_CLASSES, WAY_FLAG } from '../road/data.ts';
import type { RoadData, RoadMode } from '../road/data.ts';
import type { Climb, RoadMetric, RoadPath } from '../road/roads.ts';
import { RULES, seconds, WORDS } from '../rules.ts';
import type { LegMode } from '../spi.ts';
import type { Ground } from './place.ts';
import { lineLength_m } from './legs.ts';
import type { Legs } from './legs.ts';
import { endedAt, isDoor, onFootFrom } from './parking.ts';

const MODE: Readonly<Record<RoadMode, LegMode>> = {
  foot: 'foot',
  motorcycle: 'motorcycle',
  car: 'car',
  truck: 'truck',
  emergency: 'car',
};
const FERRY = ROAD_CLASSES.indexOf('ferry');

/** A way over roads as legs: what is driven or walked, ferries that are part of the roads, and the rest on foot where a vehicle stays behind. */
export interface RoadTrip {
  readonly ground: Ground;
  readonly metric: RoadMetric;
  readonly from: Climb | null;
  readonly to: Climb;
  readonly target: LonLat;
  readonly duration_s: number;
  /** Set when the vehicle is left at the end of its roads and the rest is walked: how one walks, and to where. */
  readonly leaves: { readonly foot: RoadMetric; readonly to: Climb } | null;
}

/** Adds the legs of a trip that is known to take so long; straight over open ground where the roads are not the way. */
export const addRoadTrip = (legs: Legs, trip: RoadTrip): void => {
  const { ground, metric, target } = trip;
  const arrive = legs.now + trip.duration_s * 1000;
  const path = trip.from === null ? null : ground.place.roads.path(metric, trip.from, trip.to);
  const mode = MODE[metric.profile.mode];
  if (path === null || path.duration_s > trip.duration_s + 0.5) {
    legs.go(mode, arrive, [target], { confidence: 'usual' });
    return;
  }
  const end = path.line.at(-1) ?? target;
  if (trip.leaves === null || endedAt(end, trip.to.points).some(isDoor)) {
    addPath(legs, ground.place.roads.data, path, mode, trip.duration_s);
    extend(legs, mode, arrive, target);
    return;
  }
  const walk = walkFrom(trip, trip.leaves, end);
  const left_s = RULES.park_s + (walk?.duration_s ?? seconds(distance_m(end, target), RULES.cross_country_kmh));
  addPath(legs, ground.place.roads.data, path, mode, Math.max(0, trip.duration_s - left_s));
  legs.wait(legs.now + RULES.park_s * 1000, { via: [WORDS.park] });
  if (walk !== null) addPath(legs, ground.place.roads.data, walk, 'foot', Math.max(0, (arrive - legs.now) / 1000));
  extend(legs, 'foot', arrive, target);
};

/** The way on foot from where the vehicle is left; null where that is straight over open ground. */
const walkFrom = (trip: RoadTrip, { foot, to }: NonNullable<RoadTrip['leaves']>, end: LonLat): RoadPath | null => {
  const { roads } = trip.ground.place;
  const onFoot = onFootFrom(end, trip.to.points);
  const straight_m = distance_m(end, trip.target);
  if (onFoot.length === 0 || straight_m <= RULES.yard_m) return null;
  return roads.path(foot, roads.depart(foot, onFoot), to);
};

/** The straight end of a way on the same mode belongs to the leg before it. */
const extend = (legs: Legs, mode: LegMode, arrive: number, target: LonLat): void => {
  const last = legs.list.at(-1);
  if (last === undefined || last.mode !== mode || last.line.length < 2) {
    legs.go(mode, arrive, [target]);
    return;
  }
  legs.list.pop();
  legs.at = last.from;
  legs.now = last.start;
  legs.go(mode, arrive, [...last.line, target], { ...last, distance_m: last.distance_m + distance_m(last.to, target) });
};

/** Cuts a path where a ferry that is part of the roads begins or ends. */
const addPath = (legs: Legs, data: RoadData, path: RoadPath, mode: LegMode, total_s: number): void => {
  const parts = partsOf(data, path);
  const fixed_s = parts.reduce((sum, part) => sum + (part.ferry ? part.fixed_s : 0), 0);
  const moving_m = parts.reduce((sum, part) => sum + (part.ferry ? 0 : part.length_m), 0);
  const end = legs.now + total_s * 1000;
  parts.forEach((part, i) => {
    const free_s = Math.max(0, total_s - fixed_s);
    const takes_s = part.ferry ? part.fixed_s : moving_m === 0 ? 0 : (free_s * part.length_m) / moving_m;
    const arrive = i === parts.length - 1 ? end : Math.min(end, legs.now + takes_s * 1000);
    legs.go(part.ferry ? 'ferry' : mode, arrive, part.line, {
      via: part.via,
      refs: part.refs,
      confidence: part.ferry ? 'assumed' : 'usual',
    });
  });
};

interface Part {
  readonly ferry: boolean;
  readonly line: LonLat[];
  readonly refs: string[];
  readonly via: Text[];
  fixed_s: number;
  length_m: number;
}

const partsOf = (data: RoadData, path: RoadPath): readonly Part[] => {
  const ferries = path.edges.map((edge) => data.ways.class[data.edge_way[edge] as number] === FERRY);
  const parts: Part[] = [];
  let point = 0;
  path.edges.forEach((edge, i) => {
    const ferry = ferries[i] === true;
    let part = parts.at(-1);
    if (part === undefined || part.ferry !== ferry) {
      const from = point;
      point = i === 0 ? 0 : nodeBetween(data, path, i, point);
      part?.line.push(...path.line.slice(from + 1, point + 1));
      part = { ferry, line: [path.line[point] as LonLat], refs: [], via: [], fixed_s: 0, length_m: 0 };
      parts.push(part);
    }
    describe(data, edge, part);
  });
  const last = parts.at(-1);
  last?.line.push(...path.line.slice(point + 1));
  for (const part of parts) part.length_m = lineLength_m(part.line);
  return parts;
};

const describe = (data: RoadData, edge: number, part: Part): void => {
  const way = data.edge_way[edge] as number;
  const id = data.ways.id[way] as string;
  if (part.refs.at(-1) !== id) part.refs.push(id);
  part.fixed_s += data.edge_fixed_s[edge] as number;
  const name = data.ways.name[way] ?? null;
  const told = part.ferry || ((data.ways.flags[way] as number) & WAY_FLAG.bridge) !== 0;
  if (told && name !== null && part.via.at(-1)?.zh !== name.zh) part.via.push(name);
};

/** Place in the line of the node between an edge of the path and the one before. */
const nodeBetween = (data: RoadData, path: RoadPath, i: number, from: number): number => {
  const [before, edge] = [path.edges[i - 1] as number, path.edges[i] as number];
  const ends = [data.edge_from[before], data.edge_to[before]];
  const shared = [data.edge_from[edge] as number, data.edge_to[edge] as number].filter((node) => ends.includes(node));
  const points = shared.map((node) => [
    (data.node_lon_e7[node] as number) / 1e7,
    (data.node_lat_e7[node] as number) / 1e7,
  ]);
  for (let k = from; k < path.line.length; k += 1) {
    const [lon, lat] = path.line[k] as LonLat;
    if (points.some(([x, y]) => Math.abs((x as number) - lon) < 1e-7 && Math.abs((y as number) - lat) < 1e-7)) return k;
  }
  return from;
};
