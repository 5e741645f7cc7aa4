import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { PierCollection } from '#engines/travel/hubs.ts';
import { loadTravel } from '#rim/places/travel.ts';
import type { NamedPlace, PlacesFile } from '#world/places/gazetteer.ts';
import { buildLand } from '#world/places/land.ts';
import type { LandCollection } from '#world/places/land.ts';

export const directory = path.join(import.meta.dirname, '..', '..', 'data', 'zhoushan');
export const readData = <T>(name: string): T => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as T;

export const land = buildLand(readData<LandCollection>('land.geojson'));
export const loaded = loadTravel(directory, land, readData<PierCollection>('piers.geojson'));
export const { ground } = loaded;
/** Fair weather, with these closed. */
export const travelWith = (closed: readonly string[] = []) =>
  loaded.under({
    closures: closed.map((what) => ({ what, from: instant(0), until: null, why: null })),
    weather: new Map(),
    boats: [],
  });
/** A moment to leave at: Monday afternoon, at four in Zhoushan. Lines run by the timetable of `lines.json`. */
export const NOW = { leave_at: instant(Date.parse('2026-06-01T08:00:00Z')) };

const { places } = readData<PlacesFile>('places.json');

export const placeNamed = (name: string): NamedPlace => {
  const found = places.find((place) => place.short_zh === name);
  if (found === undefined) throw new Error(`no place ${name}`);
  return found;
};

export const at = (name: string): LonLat => [placeNamed(name).lon, placeNamed(name).lat];
