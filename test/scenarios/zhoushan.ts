import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import { buildNetwork } from '#engines/travel/network.ts';
import type { PlaceData } from '#engines/travel/network.ts';
import type { NamedPlace, PlacesFile } from '#world/places/gazetteer.ts';

const directory = path.join(import.meta.dirname, '..', '..', 'data', 'zhoushan');
export const readData = <T>(name: string): T => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as T;

export const placeData: PlaceData = {
  land: readData('land.geojson'),
  roads: readData('roads.geojson'),
  piers: readData('piers.geojson'),
  sea: readData('sea.json'),
};
export const network = buildNetwork(placeData);

const { places } = readData<PlacesFile>('places.json');

export const placeNamed = (name: string): NamedPlace => {
  const found = places.find((place) => place.short_zh === name);
  if (found === undefined) throw new Error(`no place ${name}`);
  return found;
};

export const at = (name: string): LonLat => [placeNamed(name).lon, placeNamed(name).lat];
