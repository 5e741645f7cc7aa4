import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { PierCollection } from '#engines/travel/hubs.ts';
import type { Travel } from '#engines/travel/spi.ts';
import { CodedError } from '#wire/errors.ts';
import { buildLand } from '#world/places/land.ts';
import type { LandCollection } from '#world/places/land.ts';
import { loadTravel } from './travel.ts';
import { reasonOf } from './write.ts';

const collection = z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(z.looseObject({})) });
const NO_PIERS: PierCollection = { type: 'FeatureCollection', features: [] };

/**
 * Travel of a place directory that need not be a whole one: roads are enough (what `import osm` makes); its land, piers, lines and the
 * rest count where they are there. Nothing is closed, and nothing is known of the weather.
 * @throws CodedError naming the file and what is wrong in it
 */
export const loadTravelAlone = (dir: string): Travel => {
  const land = read<LandCollection>(dir, 'land.geojson');
  const piers = read<PierCollection>(dir, 'piers.geojson') ?? NO_PIERS;
  const { under } = loadTravel(dir, land === null ? null : buildLand(land), piers);
  return under({ closures: [], weather: new Map(), boats: [] });
};

/** Null when there is no such file. */
const read = <T>(dir: string, name: string): T | null => {
  const file = path.join(dir, name);
  if (!existsSync(file)) return null;
  try {
    return collection.parse(JSON.parse(readFileSync(file, 'utf8'))) as unknown as T;
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : reasonOf(error).en;
    throw new CodedError('place-file-malformed', { values: { file, what } });
  }
};
