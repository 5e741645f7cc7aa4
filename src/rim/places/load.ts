import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { Engines } from '#app/dispatching.ts';
import { rank } from '#engines/dispatch/rank.ts';
import type { PierCollection } from '#engines/travel/hubs.ts';
import { createGazetteer } from '#world/places/gazetteer.ts';
import type { PlacesFile } from '#world/places/gazetteer.ts';
import { buildLand } from '#world/places/land.ts';
import type { LandCollection } from '#world/places/land.ts';
import type { ServedPlaces } from '../http/context.ts';
import { loadTravel } from './travel.ts';
import { linesLayer, watersLayer } from './water-layers.ts';

/** Files of a place directory that are sent to screens as they are. */
const LAYERS = ['land', 'roads', 'piers'] as const;

export interface LoadedPlace {
  readonly engines: Engines;
  readonly served: ServedPlaces;
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
 * @throws PlaceError naming the file that is missing or not JSON, or the pier that joins nothing
 */
export const loadPlace = (dir: string): LoadedPlace => {
  try {
    return loadFrom(dir);
  } catch (error) {
    throw new PlaceError(dir, error);
  }
};

const loadFrom = (dir: string): LoadedPlace => {
  const texts = new Map(LAYERS.map((name) => [name as string, read(dir, `${name}.geojson`)]));
  const parse = <T>(name: string): T => parsed(name, texts.get(name) ?? read(dir, name)) as T;
  const land = buildLand(parse<LandCollection>('land'));
  const piers = parse<PierCollection>('piers');
  const places = parse<PlacesFile>('places.json');
  const gazetteer = createGazetteer(land, places, parse('islands.json'), parse('admin.json'));
  const layers = new Map(texts);
  layers.set('places', placesLayer(places));
  const travel = loadTravel(dir, land, piers).under;
  layers.set('waters', watersLayer(dir));
  layers.set('lines', linesLayer(dir));
  return {
    engines: { travel, rank, districtOf: (at: LonLat) => gazetteer.districtOf(at) },
    served: {
      gazetteer: JSON.stringify({
        ...places,
        admin: parse('admin.json'),
        islands: parse('islands.json'),
        piers,
      }),
      layers,
      describe: (at) => gazetteer.describe(at),
    },
  };
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
