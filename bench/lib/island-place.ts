import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import type { BuiltRoads } from '#engines/travel/road/built.ts';
import { MODE_BIT, ROAD_CLASSES } from '#engines/travel/road/data.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { writeRoads } from '#rim/places/roads.ts';

const E7 = 1e7;
/** Land is drawn so far beyond the outermost road, and a pier has open water so far off it. */
const BEYOND_DEG = 0.002;
const OFF_DEG = 0.006;
const NAME = { zh: '测速岛', en: 'Benchmark island' };
const DISTRICT = '990001';

/** Ends of the roads a car uses: not those of ferries to other shores. */
const carNodes = (data: RoadData): readonly LonLat[] => {
  const ferry = ROAD_CLASSES.indexOf('ferry');
  return [...data.edge_from].flatMap((node, edge): LonLat[] => {
    const isRoad = data.ways.class[data.edge_way[edge] ?? 0] !== ferry;
    const isCars = ((data.edge_forward[edge] ?? 0) & MODE_BIT.car) !== 0;
    return isRoad && isCars ? [[(data.node_lon_e7[node] ?? 0) / E7, (data.node_lat_e7[node] ?? 0) / E7]] : [];
  });
};

const most = (nodes: readonly LonLat[], of: (at: LonLat) => number): LonLat =>
  nodes.reduce((best, one) => (of(one) > of(best) ? one : best));

const pier = (id: string, [lon, lat]: LonLat, [east, north]: LonLat) => ({
  type: 'Feature',
  properties: { id, kind: 'passenger', name: NAME, island: 1, draught_m: 3, sea: [lon + east, lat + north] },
  geometry: { type: 'Point', coordinates: [lon, lat] },
});

/** A place directory of built roads and little else: one block of land as large as the roads reach, one district, two piers. */
export const writePlace = (dir: string, roads: BuiltRoads): void => {
  mkdirSync(dir, { recursive: true });
  const nodes = carNodes(roads.data);
  const eastern = most(nodes, ([lon]) => lon);
  const northern = most(nodes, ([, lat]) => lat);
  const [west, east] = [most(nodes, ([lon]) => -lon)[0] - BEYOND_DEG, eastern[0] + BEYOND_DEG];
  const [south, north] = [most(nodes, ([, lat]) => -lat)[1] - BEYOND_DEG, northern[1] + BEYOND_DEG];
  const [middleLon, middleLat] = [(west + east) / 2, (south + north) / 2];
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const collection = (features: readonly unknown[]) => ({ type: 'FeatureCollection', features });
  const land = {
    type: 'Feature',
    properties: { id: 1, kind: 'island', km2: 1, adcode: DISTRICT, name: NAME.zh },
    geometry: { type: 'Polygon', coordinates: [corners] },
  };
  const files = {
    'land.geojson': { ...collection([land]), bbox: [west, south, east, north] },
    'piers.geojson': collection([pier('pier-east', eastern, [OFF_DEG, 0]), pier('pier-north', northern, [0, OFF_DEG])]),
    'islands.json': { islands: [{ id: 1, ...NAME, district: DISTRICT, lon: middleLon, lat: middleLat, km2: 1 }] },
    'admin.json': {
      city: { code: '990000', ...NAME },
      districts: [{ code: DISTRICT, ...NAME }],
      townships: [],
      villages: [],
    },
    'places.json': { note: 'Benchmark.', places: [] },
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(dir, name), JSON.stringify(content));
  writeRoads(dir, roads);
};

/** So many response cars, for `import forces`. */
export const writeForces = (file: string, homes: readonly LonLat[]): void => {
  const forces = homes.map((home, at) => ({
    id: `car-${at}`,
    kind: 'car',
    name: { zh: `测速车${at}`, en: `Benchmark car ${at}` },
    call_sign: `测${at}`,
    tier: 'station',
    district: null,
    home,
    skills: ['patrol'],
    gear: [],
    seats: 3,
    crew: 2,
  }));
  writeFileSync(file, JSON.stringify({ forces }));
};
