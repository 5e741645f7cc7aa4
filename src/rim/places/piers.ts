import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { LonLat } from '#core/base/geo.ts';
import { isLonLat } from '#core/base/geo.ts';
import { CodedError } from '#wire/errors.ts';
import { reasonOf } from './write.ts';

const PIERS_FILE = 'piers.geojson';

/** Where boats put in. */
export interface PierSpot {
  readonly id: string;
  readonly at: LonLat;
}

const schema = z.object({
  features: z.array(
    z.object({
      properties: z.object({ id: z.string().min(1), kind: z.string().optional() }),
      geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]).rest(z.number()) }),
    }),
  ),
});

/**
 * Ids and positions of the piers, ramps and beaches of a place directory, none where it has no `piers.geojson`. Landing grounds for
 * helicopters are not among them.
 * @throws CodedError place-file-unreadable, place-file-malformed
 */
export const readPiers = (dir: string): readonly PierSpot[] => {
  const file = path.join(dir, PIERS_FILE);
  if (!existsSync(file)) return [];
  return parse(file, textOf(file)).features.flatMap(({ properties: { id, kind }, geometry }): readonly PierSpot[] => {
    const at: LonLat = [geometry.coordinates[0], geometry.coordinates[1]];
    return kind === 'helipad' || !isLonLat(at) ? [] : [{ id, at }];
  });
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CodedError('place-file-unreadable', { values: { file, what: reasonOf(error) } });
  }
};

const parse = (file: string, content: string): z.infer<typeof schema> => {
  try {
    return schema.parse(JSON.parse(content));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CodedError('place-file-malformed', { values: { file, what } });
  }
};
