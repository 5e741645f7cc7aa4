import { z } from 'zod';
import type { LonLat } from '#core/base/geo.ts';
import { isLonLat } from '#core/base/geo.ts';

const position = z.tuple([z.number(), z.number()]).rest(z.number());
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('MultiPoint'), coordinates: z.array(position) }),
]);
const feature = z.object({ type: z.literal('Feature'), geometry });
const points = z.union([
  z.object({ type: z.literal('FeatureCollection'), features: z.array(feature) }),
  feature,
  geometry,
]);

/**
 * The points of any GeoJSON object made of points, in order.
 * @throws Error that names what is not a point, or not on the earth
 */
export const pointsOf = (value: unknown): readonly LonLat[] => {
  const parsed = points.safeParse(value);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error), { cause: parsed.error });
  const found = geometriesOf(parsed.data).flatMap(({ type, coordinates }) =>
    type === 'Point' ? [coordinates] : coordinates,
  );
  return found.map(([lon, lat], index) => {
    const at: LonLat = [lon, lat];
    if (!isLonLat(at)) throw new Error(`point ${index}: ${lon}, ${lat} is not on the earth`);
    return at;
  });
};

const geometriesOf = (value: z.infer<typeof points>): readonly z.infer<typeof geometry>[] => {
  if (value.type === 'FeatureCollection') return value.features.map((one) => one.geometry);
  return value.type === 'Feature' ? [value.geometry] : [value];
};
