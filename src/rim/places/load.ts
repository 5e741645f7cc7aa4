import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import type { Engines } from '#app/dispatching.ts';
import { rank } from '#engines/dispatch/rank.ts';
import { buildNetwork } from '#engines/travel/network.ts';
import type { PlaceData } from '#engines/travel/network.ts';
import { createTravel } from '#engines/travel/travel.ts';
import { createGazetteer } from '#world/places/gazetteer.ts';
import type { PlacesFile } from '#world/places/gazetteer.ts';
import type { ServedPlaces } from '../http/context.ts';

/** Files of a place directory that are sent to screens as they are. */
const LAYERS = ['land', 'roads', 'piers'] as const;

export interface LoadedPlace {
  readonly engines: Engines;
  readonly served: ServedPlaces;
}

/**
 * Reads a place directory (data/zhoushan, or an import's output) and builds the engines on it.
 * @throws Error naming the file that is missing or not JSON
 */
export const loadPlace = (dir: string): LoadedPlace => {
  const texts = new Map(LAYERS.map((name) => [name as string, read(dir, `${name}.geojson`)]));
  const parse = <T>(name: string): T => JSON.parse(texts.get(name) ?? read(dir, name)) as T;
  const data: PlaceData = {
    land: parse('land'),
    roads: parse('roads'),
    piers: parse('piers'),
    sea: parse('sea.json'),
  };
  const network = buildNetwork(data);
  const places = parse<PlacesFile>('places.json');
  const gazetteer = createGazetteer(network.land, places, parse('islands.json'), parse('admin.json'));
  const layers = new Map(texts);
  layers.set('places', placesLayer(places));
  return {
    engines: { travel: createTravel(network), rank, districtOf: (at: LonLat) => gazetteer.districtOf(at) },
    served: {
      gazetteer: JSON.stringify({
        ...places,
        admin: parse('admin.json'),
        islands: parse('islands.json'),
        piers: data.piers,
      }),
      layers,
      describe: (at) => gazetteer.describe(at),
    },
  };
};

const read = (dir: string, file: string): string => {
  const at = path.join(dir, file);
  try {
    return readFileSync(at, 'utf8');
  } catch (error) {
    throw new Error(`cannot read ${at}: give --place a directory made by the generator or an import`, { cause: error });
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
