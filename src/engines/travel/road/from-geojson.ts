import type { LonLat } from '#core/base/geo.ts';
import { distance_m, isLonLat } from '#core/base/geo.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { MODE_BIT, ROAD_CLASSES, WAY_FLAG } from './data.ts';
import type { RoadData } from './data.ts';

/** A feature that cannot be used: its id, or `#n` counted from 1 where it has none, and what is wrong with it. */
export interface FeatureFault {
  readonly code: 'road-feature-invalid';
  readonly feature: string;
  readonly what: Text;
}

/** What `roads.geojson` may name; the rest of `ROAD_CLASSES` comes from richer sources. */
const CLASSES: readonly string[] = ['trunk', 'primary', 'secondary', 'street', 'track', 'path'];
const VEHICLES = MODE_BIT.motorcycle | MODE_BIT.car | MODE_BIT.truck | MODE_BIT.emergency;
const FASTEST_KMH = 250;

interface Road {
  readonly id: string;
  readonly class: string;
  readonly speed_kmh: number;
  readonly foot: boolean;
  readonly bridge: boolean;
  readonly name: Text | null;
  readonly line: readonly LonLat[];
}

/**
 * Roads from the parsed `roads.geojson` of a place directory (docs/operating/place-directory.md): lines used both ways, that meet where they
 * have a point in common to the last digit (1e-7 of a degree here, a centimetre). Each feature is a way of the same id, so that closing it
 * by id closes it. A `path` is for people on foot; every other class carries all vehicles.
 * Takes some 20 ms for 10,000 points. The same features in another order give the same roads.
 */
export const roadsFromGeoJson = (collection: unknown): Result<RoadData, FeatureFault> => {
  const features = isRecord(collection) ? collection['features'] : null;
  if (!Array.isArray(features)) return err(fault('-', '文件里没有 features 列表', 'the file has no list of features'));
  const roads: Road[] = [];
  const ids = new Set<string>();
  for (const [i, feature] of (features as unknown[]).entries()) {
    const road = readRoad(feature, `#${i + 1}`);
    if (!road.ok) return road;
    const { id } = road.value;
    if (ids.has(id)) return err(fault(id, '编号重复', 'its id is there twice'));
    ids.add(id);
    roads.push(road.value);
  }
  return ok(assemble(roads.toSorted((one, other) => (one.id < other.id ? -1 : 1))));
};

const fault = (feature: string, zh: string, en: string): FeatureFault => ({
  code: 'road-feature-invalid',
  feature,
  what: text(zh, en),
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const readRoad = (feature: unknown, number: string): Result<Road, FeatureFault> => {
  const properties = isRecord(feature) && isRecord(feature['properties']) ? feature['properties'] : {};
  const { id, class: kind, speed_kmh, foot, bridge } = properties;
  const name = properties['name'] ?? null;
  if (typeof id !== 'string' || id === '') return err(fault(number, '缺少编号 id', 'it has no id'));
  if (typeof kind !== 'string' || !CLASSES.includes(kind))
    return err(fault(id, `class 须为 ${CLASSES.join('、')} 之一`, `class must be one of ${CLASSES.join(', ')}`));
  if (typeof speed_kmh !== 'number' || !(speed_kmh >= 1 && speed_kmh <= FASTEST_KMH))
    return err(fault(id, `speed_kmh 须为 1 至 ${FASTEST_KMH}`, `speed_kmh must be 1 to ${FASTEST_KMH}`));
  if (typeof foot !== 'boolean' || typeof bridge !== 'boolean')
    return err(fault(id, 'foot 和 bridge 须为 true 或 false', 'foot and bridge must be true or false'));
  if (name !== null && !isText(name))
    return err(fault(id, 'name 须为 null 或中英文两种写法', 'name must be null or in both languages'));
  const line = readLine(isRecord(feature) ? feature['geometry'] : null);
  if (line === null)
    return err(
      fault(
        id,
        '须为 LineString，至少两个不同的点，经度在前，坐标在范围内',
        'it must be a LineString of two or more different points, longitude first, within the world',
      ),
    );
  return ok({ id, class: kind, speed_kmh, foot, bridge, name, line });
};

const isText = (value: unknown): value is Text =>
  isRecord(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string';

/** The points, rounded, without repetitions in a row; null when it is no line. */
const readLine = (geometry: unknown): LonLat[] | null => {
  if (!isRecord(geometry) || geometry['type'] !== 'LineString' || !Array.isArray(geometry['coordinates'])) return null;
  const line: LonLat[] = [];
  for (const point of geometry['coordinates'] as unknown[]) {
    if (!Array.isArray(point)) return null;
    const [lon, lat] = point as unknown[];
    if (typeof lon !== 'number' || typeof lat !== 'number' || !isLonLat([lon, lat])) return null;
    const at: LonLat = [Math.round(lon * 1e7), Math.round(lat * 1e7)];
    const before = line.at(-1);
    if (before === undefined || before[0] !== at[0] || before[1] !== at[1]) line.push(at);
  }
  return line.length < 2 ? null : line;
};

/** Points (degrees × 1e7) where a line ends, or that are passed more than once, by their key. */
const junctionsOf = (roads: readonly Road[]): Set<string> => {
  const seen = new Set<string>();
  const junctions = new Set<string>();
  for (const { line } of roads)
    line.forEach((at, i) => {
      const key = keyOf(at);
      if (i === 0 || i === line.length - 1 || seen.has(key)) junctions.add(key);
      seen.add(key);
    });
  return junctions;
};

const keyOf = (at: LonLat): string => `${at[0]},${at[1]}`;

interface Edge {
  readonly way: number;
  readonly line: readonly LonLat[];
}

const assemble = (roads: readonly Road[]): RoadData => {
  const junctions = junctionsOf(roads);
  const edges: Edge[] = [];
  roads.forEach(({ line }, way) => {
    let from = 0;
    for (let i = 1; i < line.length; i += 1) {
      if (!junctions.has(keyOf(line[i] as LonLat))) continue;
      edges.push({ way, line: line.slice(from, i + 1) });
      from = i;
    }
  });
  const numbers = new Map<string, number>();
  const nodes: LonLat[] = [];
  const nodeOf = (at: LonLat): number => {
    const key = keyOf(at);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, nodes.length);
    nodes.push(at);
    return nodes.length - 1;
  };
  const edge_from = Int32Array.from(edges, ({ line }) => nodeOf(line[0] as LonLat));
  const edge_to = Int32Array.from(edges, ({ line }) => nodeOf(line.at(-1) as LonLat));
  const road = ({ way }: Edge): Road => roads[way] as Road;
  const modes = Uint8Array.from(edges, (edge) => modesOf(road(edge)));
  return {
    node_lon_e7: Int32Array.from(nodes, (at) => at[0]),
    node_lat_e7: Int32Array.from(nodes, (at) => at[1]),
    node_barred: new Uint8Array(nodes.length),
    edge_from,
    edge_to,
    edge_way: Int32Array.from(edges, ({ way }) => way),
    edge_length_m: Float32Array.from(edges, ({ line }) => lengthOf(line)),
    edge_forward: modes,
    edge_backward: modes.slice(),
    edge_speed_kmh: Uint8Array.from(edges, (edge) =>
      road(edge).class === 'path' ? 0 : Math.max(1, Math.round(road(edge).speed_kmh)),
    ),
    edge_fixed_s: new Uint32Array(edges.length),
    ...shapesOf(edges),
    ways: waysOf(roads),
    bans: [],
  };
};

const modesOf = (road: Road): number => (road.class === 'path' ? 0 : VEHICLES) | (road.foot ? MODE_BIT.foot : 0);

const lengthOf = (line: readonly LonLat[]): number => {
  let length_m = 0;
  for (let i = 1; i < line.length; i += 1)
    length_m += distance_m(degrees(line[i - 1] as LonLat), degrees(line[i] as LonLat));
  return length_m;
};

const degrees = (at: LonLat): LonLat => [at[0] / 1e7, at[1] / 1e7];

const shapesOf = (edges: readonly Edge[]): Pick<RoadData, 'shape_start' | 'shape_lon_e7' | 'shape_lat_e7'> => {
  const shape_start = new Int32Array(edges.length + 1);
  edges.forEach(({ line }, i) => {
    shape_start[i + 1] = (shape_start[i] as number) + line.length - 2;
  });
  const points = edges.flatMap(({ line }) => line.slice(1, -1));
  return {
    shape_start,
    shape_lon_e7: Int32Array.from(points, (at) => at[0]),
    shape_lat_e7: Int32Array.from(points, (at) => at[1]),
  };
};

const waysOf = (roads: readonly Road[]): RoadData['ways'] => ({
  id: roads.map(({ id }) => id),
  class: Uint8Array.from(roads, (road) => (ROAD_CLASSES as readonly string[]).indexOf(road.class)),
  flags: Uint8Array.from(roads, ({ bridge }) => (bridge ? WAY_FLAG.bridge : 0)),
  name: roads.map(({ name }) => (name === null ? null : text(name.zh, name.en))),
  max_height_cm: new Uint16Array(roads.length),
  max_width_cm: new Uint16Array(roads.length),
  max_weight_kg: new Uint32Array(roads.length),
});
