/**
 * Makes data/zhoushan/ from the shared source data: `node tools/zhoushan/generate.ts <directory of shared data>`.
 * Deterministic: the same sources give the same bytes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import { buildSeaMask } from './seamask.ts';
import { between } from '#world/places/geometry.ts';
import { buildLand } from '#world/places/land.ts';
import type { Land, LandCollection } from '#world/places/land.ts';
import type { Force } from '#world/forces/force.ts';
import type { PlacesFile } from '#world/places/gazetteer.ts';
import { inventForces } from './forces.ts';
import { layIsland } from './island.ts';
import type { PlacedPier } from './island.ts';
import { placesFile, adminFile, islandsFile } from './names.ts';
import type { AdminSource, IslandSource } from './names.ts';
import { round5 } from './roads.ts';
import type { Road } from './roads.ts';
import { BRIDGES, HELIPADS, PIERS, TOWNS, VILLAGES } from './tables.ts';
import type { Spot } from './tables.ts';

const shared = process.argv[2];
if (shared === undefined) {
  process.stderr.write('usage: node tools/zhoushan/generate.ts <directory of shared data>\n');
  process.exit(2);
}
const out = join(import.meta.dirname, '..', '..', 'data', 'zhoushan');
mkdirSync(out, { recursive: true });
const read = (name: string): unknown => JSON.parse(readFileSync(join(shared, 'zhoushan', name), 'utf8'));
const write = (name: string, value: string): void => {
  writeFileSync(join(out, name), `${value}\n`);
  process.stdout.write(`${name}: ${Math.round(value.length / 1024)} kB\n`);
};

const main = (): void => {
  const source = read('zhoushan_land.geojson') as LandCollection & { readonly attribution: string };
  write('land.geojson', collection(source.features, { attribution: source.attribution, bbox: source.bbox ?? null }));
  const land = buildLand(source);
  const mask = buildSeaMask(land);
  const roads: Road[] = [];
  const piers: PlacedPier[] = [];
  const spots = new Map<Spot, LonLat>();
  const masses = new Set([...TOWNS, ...VILLAGES, ...PIERS].map((row) => row.mass));
  for (const end of BRIDGES.flatMap((row) => [row.from, row.to]))
    if (kindOf(land, end.mass) === 'island') masses.add(end.mass);
  for (const mass of [...masses].toSorted((a, b) => a - b)) {
    const made = layIsland(land, mask, mass, km2Of(land, mass));
    roads.push(...made.roads);
    piers.push(...made.piers);
    for (const [hint, at] of made.spots) spots.set(hint, at);
  }
  roads.push(...bridges(land, spots));
  write(
    'roads.geojson',
    collection(roads.map(roadFeature), { note: 'Illustrative skeleton, generated; not a survey.' }),
  );
  write(
    'piers.geojson',
    collection([...piers.map(pierFeature), ...helipads(land)], { note: 'Illustrative; not real piers’ data.' }),
  );
  const admin = read('zhoushan_admin.json') as AdminSource;
  write('admin.json', adminFile(admin));
  write('islands.json', islandsFile(read('zhoushan_islands.json') as IslandSource));
  const places = placesFile(admin, spots);
  write('places.json', places);
  const towns = (JSON.parse(places) as PlacesFile).places.filter((place) => place.kind === 'township');
  write('forces.json', forcesFile(inventForces({ towns, piers, roads })));
  const points = roads.reduce((sum, road) => sum + road.line.length, 0);
  process.stdout.write(`${roads.length} roads, ${points} road points, ${piers.length} piers\n`);
};

const km2Of = (land: Land, mass: number): number => land.parts.find((part) => part.id === mass)?.km2 ?? 0;
const kindOf = (land: Land, mass: number): string => land.parts.find((part) => part.id === mass)?.kind ?? 'island';

/** One feature a line, so that a change is seen in a diff. */
const collection = (features: readonly unknown[], extra: Readonly<Record<string, unknown>>): string => {
  const head = JSON.stringify({ type: 'FeatureCollection', ...extra }).slice(0, -1);
  return `${head},"features":[\n${features.map((feature) => JSON.stringify(feature)).join(',\n')}\n]}`;
};

const forcesFile = (forces: readonly Force[]): string =>
  `{"note":"Invented for the demonstration; no real unit or person.","forces":[\n${forces.map((one) => JSON.stringify(one)).join(',\n')}\n]}`;

const roadFeature = (road: Road): unknown => {
  const { line, ...properties } = road;
  return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates: line } };
};

const pierFeature = (pier: PlacedPier): unknown => ({
  type: 'Feature',
  properties: {
    id: pier.id,
    kind: pier.kind,
    name: { zh: `${pier.zh}（示意）`, en: `${pier.en} (illustrative)` },
    island: pier.mass,
    draught_m: pier.draught_m,
    sea: pier.sea,
    ...(pier.tide_min_m === null ? {} : { tide_min_m: pier.tide_min_m }),
  },
  geometry: { type: 'Point', coordinates: pier.land },
});

const helipads = (land: Land): unknown[] =>
  HELIPADS.map((row) => {
    if (land.partAt(row.at)?.id !== row.mass) throw new Error(`${row.id} is not on its land`);
    return {
      type: 'Feature',
      properties: {
        id: row.id,
        kind: 'helipad',
        name: { zh: `${row.zh}（示意）`, en: `${row.en} (illustrative)` },
        island: row.mass,
        draught_m: null,
        sea: null,
      },
      geometry: { type: 'Point', coordinates: row.at },
    };
  });

/** Straight decks between the bridgeheads; on the mainland, where no roads are laid, just to the head. */
const bridges = (land: Land, spots: ReadonlyMap<Spot, LonLat>): Road[] =>
  BRIDGES.map((row) => {
    const end = (side: (typeof BRIDGES)[number]['from']): LonLat => {
      const at = spots.get(side.at) ?? ashore(land, side.mass, side.at);
      if (land.partAt(at)?.id !== side.mass)
        throw new Error(`${row.id}: ${String(at)} is not on land mass ${side.mass}`);
      return at;
    };
    return {
      id: row.id,
      class: row.speed_kmh >= 80 ? 'trunk' : 'primary',
      speed_kmh: row.speed_kmh,
      foot: row.foot,
      bridge: true,
      name: { zh: row.zh, en: row.en },
      island: row.to.mass,
      line: [end(row.from), end(row.to)],
    };
  });

/** The place itself when it is on that land, else a little inside the nearest shore. */
const ashore = (land: Land, mass: number, at: Spot): LonLat => {
  if (land.partAt(at)?.id === mass) return round5(at);
  const shore = land.nearestShore(at, 15_000, mass);
  if (shore === null) throw new Error(`no shore of ${mass} near ${String(at)}`);
  return round5(between(at, shore.at, 1 + 60 / shore.distance_m));
};

main();
