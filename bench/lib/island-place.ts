import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import type { BuiltRoads } from '#engines/travel/road/built.ts';
import { writeRoads } from '#rim/places/roads.ts';

const E7 = 1e7;
/** Land is drawn so far beyond the outermost road. */
const BEYOND_DEG = 0.02;
const NAME = { zh: '测速岛', en: 'Benchmark island' };
const DISTRICT = '990001';

/** A place directory of built roads and nothing else: one block of land as large as the roads reach, one district, no piers. */
export const writePlace = (dir: string, roads: BuiltRoads): void => {
  mkdirSync(dir, { recursive: true });
  const { node_lon_e7: lon, node_lat_e7: lat } = roads.data;
  const [west, east] = [Math.min(...lon) / E7 - BEYOND_DEG, Math.max(...lon) / E7 + BEYOND_DEG];
  const [south, north] = [Math.min(...lat) / E7 - BEYOND_DEG, Math.max(...lat) / E7 + BEYOND_DEG];
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
    'roads.geojson': collection([]),
    'piers.geojson': collection([]),
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
