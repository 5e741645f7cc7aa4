import { ROAD_CLASSES, WAY_FLAG } from '#engines/travel/road/data.ts';
import type { RoadData } from '#engines/travel/road/data.ts';

/** A shape bends no less than this off the straight line, in metres: half a finger's breadth on the nearest map there is. */
const BEND_M = 2;
/** The layer has no more points than this (some 10 MB of text, 2 MB compressed): of a larger map the smallest roads are left out, class by class. */
const MOST_POINTS = 400_000;
/** What is said of a way is as long as so many points. */
const POINTS_OF_WAY = 5;
const METRES_PER_E7 = 0.0111;
/** Positions are told to a metre. */
const STEP_E7 = 100;

/**
 * Built roads as they are drawn: GeoJSON, a feature a way with `id`, `class`, `name` where it has one and `bridge` where it is one. Junctions stay where
 * they are, the shape between them is simplified. In pieces, so that it need not be in memory as a whole.
 */
export function* roadsLayer(data: RoadData, mostPoints = MOST_POINTS): Generator<string> {
  const shown = classesShown(data, mostPoints);
  yield '{"type":"FeatureCollection","features":[';
  let comma = '';
  for (let edge = 0; edge < data.edge_way.length;) {
    const first = edge;
    const way = data.edge_way[first] as number;
    while (edge < data.edge_way.length && data.edge_way[edge] === way) edge += 1;
    if (!shown.has(data.ways.class[way] as number)) continue;
    yield `${comma}{"type":"Feature","properties":${propertiesOf(data, way)},"geometry":${geometryOf(data, first, edge)}}\n`;
    comma = ',';
  }
  yield ']}';
}

/** Classes from the largest roads on, ferries first, as long as there is room for their points. */
const classesShown = (data: RoadData, mostPoints: number): ReadonlySet<number> => {
  const points = new Float64Array(ROAD_CLASSES.length);
  data.ways.class.forEach((kind) => (points[kind] = (points[kind] as number) + POINTS_OF_WAY));
  data.edge_way.forEach((way, edge) => {
    const kind = data.ways.class[way] as number;
    points[kind] = (points[kind] as number) + keptPoints(data, edge).length;
  });
  const ferry = ROAD_CLASSES.indexOf('ferry');
  const order = [ferry, ...ROAD_CLASSES.keys()].filter((kind, i) => i === 0 || kind !== ferry);
  let room = mostPoints;
  const full = order.findIndex((kind) => {
    room -= points[kind] as number;
    return room < 0;
  });
  return new Set(full < 0 ? order : order.slice(0, full));
};

const propertiesOf = ({ ways }: RoadData, way: number): string => {
  const name = ways.name[way] ?? null;
  return JSON.stringify({
    id: ways.id[way],
    class: ROAD_CLASSES[ways.class[way] as number],
    ...(name === null ? {} : { name: name.zh === name.en ? name.zh : name }),
    ...(((ways.flags[way] as number) & WAY_FLAG.bridge) === 0 ? {} : { bridge: true }),
  });
};

/** Edges of a way that follow each other are one line. */
const geometryOf = (data: RoadData, first: number, end: number): string => {
  const lines: string[][] = [];
  for (let edge = first; edge < end; edge += 1) {
    const points = keptPoints(data, edge).map(([lon, lat]) => `[${degrees(lon)},${degrees(lat)}]`);
    const goesOn = edge > first && data.edge_from[edge] === data.edge_to[edge - 1];
    if (goesOn) lines.at(-1)?.push(...points.slice(1));
    else lines.push(points);
  }
  const texts = lines.map((line) => `[${line.join(',')}]`);
  return texts.length === 1
    ? `{"type":"LineString","coordinates":${texts[0]}}`
    : `{"type":"MultiLineString","coordinates":[${texts.join(',')}]}`;
};

const degrees = (e7: number): number => (Math.round(e7 / STEP_E7) * STEP_E7) / 1e7;

type Point = readonly [lon_e7: number, lat_e7: number];

/** Both ends of an edge and the points between that its shape needs (Douglas and Peucker 1973). */
const keptPoints = (data: RoadData, edge: number): readonly Point[] => {
  const nodeAt = (node: number): Point => [data.node_lon_e7[node] as number, data.node_lat_e7[node] as number];
  const points: Point[] = [nodeAt(data.edge_from[edge] as number)];
  for (let i = data.shape_start[edge] as number; i < (data.shape_start[edge + 1] as number); i += 1)
    points.push([data.shape_lon_e7[i] as number, data.shape_lat_e7[i] as number]);
  points.push(nodeAt(data.edge_to[edge] as number));
  const isKept = new Uint8Array(points.length);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const farthest = farthestFrom(points, from, to);
    isKept[from] = 1;
    isKept[to] = 1;
    if (farthest > 0) spans.push([from, farthest], [farthest, to]);
  }
  return points.filter((_, i) => isKept[i] === 1);
};

/** The point that lies farthest off the straight line between two others; 0 where none is far enough off. */
const farthestFrom = (points: readonly Point[], from: number, to: number): number => {
  const [a, b] = [points[from] as Point, points[to] as Point];
  const east = Math.cos((a[1] / 1e7) * (Math.PI / 180)) * METRES_PER_E7;
  const [ux, uy] = [(b[0] - a[0]) * east, (b[1] - a[1]) * METRES_PER_E7];
  const length2 = ux * ux + uy * uy;
  let most_m = BEND_M;
  let farthest = 0;
  for (let i = from + 1; i < to; i += 1) {
    const at = points[i] as Point;
    const [x, y] = [(at[0] - a[0]) * east, (at[1] - a[1]) * METRES_PER_E7];
    const share = length2 === 0 ? 0 : Math.max(0, Math.min(1, (x * ux + y * uy) / length2));
    const off_m = Math.hypot(x - share * ux, y - share * uy);
    if (off_m <= most_m) continue;
    most_m = off_m;
    farthest = i;
  }
  return farthest;
};
