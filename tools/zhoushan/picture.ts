/**
 * Draws the made data as an SVG to look at: `node tools/zhoushan/picture.ts <out.svg> [west south east north]`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import type { FeatureCollection, LineGeometry, PointGeometry } from '#world/places/geojson.ts';
import type { LandCollection } from '#world/places/land.ts';

const [out, ...box] = process.argv.slice(2);
if (out === undefined || (box.length !== 0 && box.length !== 4)) {
  process.stderr.write('usage: node tools/zhoushan/picture.ts <out.svg> [west south east north]\n');
  process.exit(2);
}
const data = join(import.meta.dirname, '..', '..', 'data', 'zhoushan');
const read = (name: string): unknown => JSON.parse(readFileSync(join(data, name), 'utf8'));
const [west, south, east, north] =
  box.length === 4 ? (box.map(Number) as [number, number, number, number]) : [121.7, 29.6, 122.95, 30.9];

const WIDTH = 1800;
const scale = WIDTH / (east - west);
const x = (lon: number): string => ((lon - west) * scale).toFixed(1);
const y = (lat: number): string => ((north - lat) * scale * 1.156).toFixed(1);
const points = (line: readonly LonLat[]): string => line.map(([lon, lat]) => `${x(lon)},${y(lat)}`).join(' ');

const COLOURS: Readonly<Record<string, string>> = {
  trunk: '#d00',
  primary: '#e70',
  secondary: '#06c',
  street: '#444',
  track: '#7a4',
  path: '#a3a',
};
const land = (read('land.geojson') as LandCollection).features.flatMap(({ geometry }) =>
  (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).map(
    (rings) => `<polygon points="${points(rings[0] ?? [])}" fill="#eee8d5" stroke="#999" stroke-width=".5"/>`,
  ),
);
const roads = (
  read('roads.geojson') as FeatureCollection<LineGeometry, { class: string; bridge: boolean }>
).features.map(
  ({ geometry, properties }) =>
    `<polyline points="${points(geometry.coordinates)}" fill="none" stroke="${COLOURS[properties.class] ?? '#000'}" stroke-width="${properties.bridge ? 3 : 1.2}"/>`,
);
const piers = (
  read('piers.geojson') as FeatureCollection<PointGeometry, { name: { zh: string }; sea: LonLat | null }>
).features.map(
  ({ geometry: { coordinates: at }, properties }) =>
    `<circle cx="${x(at[0])}" cy="${y(at[1])}" r="3.5" fill="#00a"/>${properties.sea === null ? '' : `<polyline points="${points([at, properties.sea])}" stroke="#00a"/>`}<text x="${x(at[0])}" y="${y(at[1])}" font-size="9" fill="#00a">${properties.name.zh.replace('（示意）', '')}</text>`,
);
const towns = (read('places.json') as { places: { zh: string; lon: number; lat: number }[] }).places.map(
  (place) => `<text x="${x(place.lon)}" y="${y(place.lat)}" font-size="14" font-weight="bold">${place.zh}</text>`,
);
const height = (north - south) * scale * 1.156;
writeFileSync(
  out,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height.toFixed(0)}" font-family="Noto Sans CJK SC"><rect width="100%" height="100%" fill="#cfe3f0"/>${[...land, ...roads, ...piers, ...towns].join('\n')}</svg>`,
);
