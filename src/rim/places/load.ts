import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { Engines } from '#app/dispatching.ts';
import { rank } from '#engines/dispatch/rank.ts';
import type { PierCollection } from '#engines/travel/hubs.ts';
import type { Keeper } from '#engines/travel/keeper.ts';
import { createGazetteer } from '#world/places/gazetteer.ts';
import type { AdminFile, Gazetteer, IslandsFile, PlacesFile } from '#world/places/gazetteer.ts';
import { buildLand } from '#world/places/land.ts';
import type { Land, LandCollection } from '#world/places/land.ts';
import type { ServedPlaces } from '../http/context.ts';
import { builtRoadsLayer } from './built-roads-layer.ts';
import { keeperOf } from './kept.ts';
import { hasBuiltRoads, ROADS_DRAWING } from './roads.ts';
import { loadTravel } from './travel.ts';
import type { LoadedTravel } from './travel.ts';
import { linesLayer, watersLayer } from './water-layers.ts';

/** Only OpenStreetMap is imported; its licence wants this wherever the map is shown. */
const OSM_CREDIT = text('道路 © OpenStreetMap 贡献者（ODbL）', 'Roads © OpenStreetMap contributors (ODbL)');

/** Files of a place directory that are sent to screens as they are. */
const LAYERS = ['land', 'piers'] as const;

export interface LoadedPlace {
  readonly engines: Engines;
  readonly served: ServedPlaces;
}

/** Everything of a place but travel and what is drawn of built roads: a matter of a moment. */
export interface ReadPlace {
  readonly land: Land;
  readonly piers: PierCollection;
  readonly gazetteer: Gazetteer;
  readonly served: Omit<ServedPlaces, 'layers'>;
  readonly layers: ReadonlyMap<string, Uint8Array>;
}

/** A place directory that cannot be used; the words say what is wrong with which file. */
export class PlaceError extends Error {
  override readonly name = 'PlaceError';
  readonly words: Text;
  constructor(dir: string, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause);
    const words = text(
      `地点目录 ${dir} 不能用：${what}。格式见 docs/operating/place-directory.md。`,
      `The place directory ${dir} cannot be used: ${what}. Its format: docs/operating/place-directory.md.`,
    );
    super(words.en, { cause });
    this.words = words;
  }
}

/**
 * Reads a place directory (data/zhoushan, or a deployer's own: docs/operating/place-directory.md) and builds the engines on it.
 * What costs time is made when it is first asked for; a server makes it ready before (`openPlace`).
 * @throws PlaceError naming the file that is missing or not JSON, or the pier that joins nothing
 */
export const loadPlace = (dir: string): LoadedPlace =>
  inPlace(dir, () => {
    const place = readPlace(dir);
    const layers = layersOf(dir, place, keeperOf(dir));
    const travel = loadTravel(dir, place.land, place.piers);
    return { engines: enginesOn(place, travel), served: { ...place.served, layers: () => layers } };
  });

/** All layers, with that of the roads where they are built ones; null for one that is not drawn yet. */
export const layersOf = (
  dir: string,
  { layers }: ReadPlace,
  keeper: Keeper | null,
): ReadonlyMap<string, Uint8Array | null> =>
  hasBuiltRoads(dir) ? new Map([...layers, ['roads', keeper && builtRoadsLayer(dir, keeper)]]) : layers;

/** Does something with a place directory. @throws PlaceError for whatever it throws */
export const inPlace = <T>(dir: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw new PlaceError(dir, error);
  }
};

export const enginesOn = ({ gazetteer }: ReadPlace, travel: LoadedTravel | null): Engines => ({
  travel: travel?.under ?? null,
  rank,
  districtOf: (at: LonLat) => gazetteer.districtOf(at),
});

/** Reads the files of a place but those only travel needs. @throws Error naming the file that is missing or not JSON */
export const readPlace = (dir: string): ReadPlace => {
  const { texts, land, piers, gazetteer, described } = readFiles(dir);
  const describe = describing(gazetteer);
  const layers = new Map([...texts].map(([name, content]) => [name, gzipSync(content)]));
  const credit = hasBuiltRoads(dir) ? OSM_CREDIT : null;
  return { land, piers, gazetteer, layers, served: { gazetteer: gzipSync(described), credit, describe } };
};

/** Apart from what is read, so that a function which stays does not keep all of it. */
const describing =
  (gazetteer: Gazetteer): ServedPlaces['describe'] =>
  (at) =>
    gazetteer.describe(at);

const readFiles = (dir: string) => {
  const texts = new Map(LAYERS.map((name) => [name as string, read(dir, `${name}.geojson`)]));
  const parse = <T>(name: string): T => parsed(name, texts.get(name) ?? read(dir, name)) as T;
  const land = buildLand(parse<LandCollection>('land'));
  const piers = parse<PierCollection>('piers');
  const places = parse<PlacesFile>('places.json');
  const [admin, islands] = [parse<AdminFile>('admin.json'), parse<IslandsFile>('islands.json')];
  const gazetteer = createGazetteer(land, places, islands, admin);
  if (!hasBuiltRoads(dir)) texts.set('roads', read(dir, ROADS_DRAWING));
  texts.set('places', placesLayer(places));
  texts.set('waters', watersLayer(dir));
  texts.set('lines', linesLayer(dir));
  return { texts, land, piers, gazetteer, described: JSON.stringify({ ...places, admin, islands, piers }) };
};

const read = (dir: string, file: string): string => {
  try {
    return readFileSync(path.join(dir, file), 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read`, { cause: error });
  }
};

const parsed = (name: string, content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch (error) {
    const file = LAYERS.some((layer) => layer === name) ? `${name}.geojson` : name;
    throw new Error(`${file} is not JSON`, { cause: error });
  }
};

/** Named places as points, for labels. */
const placesLayer = (places: PlacesFile): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: places.places.map(({ lon, lat, ...properties }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  });
