import type { Text } from '#core/base/text.ts';
import { call } from './client.ts';

/** A named place to search for and jump to. */
export interface Place {
  readonly id: string;
  readonly name: Text;
  /** What sort of place, for the second line of a suggestion. */
  readonly sort: 'district' | 'township' | 'island' | 'pier';
  readonly lon: number;
  readonly lat: number;
}

type Raw = Readonly<Record<string, unknown>>;

/** All named places with a position: islands and piers, then towns and villages. */
export const places = async (): Promise<readonly Place[]> => {
  const answer = await call<Readonly<Record<string, unknown>>>('/api/places');
  return [
    ...read(answer['places'], 'township'),
    ...read(answer['townships'], 'township'),
    ...read(answer['islands'], 'island'),
    ...read(answer['piers'], 'pier'),
    ...read(answer['districts'], 'district'),
  ];
};

const read = (list: unknown, sort: Place['sort']): readonly Place[] =>
  rowsIn(list).flatMap((row) => {
    const { lon, lat } = row;
    if (typeof lon !== 'number' || typeof lat !== 'number') return [];
    return [{ id: textOf(row['id']) || textOf(row['code']) || `${lon},${lat}`, name: nameOf(row), sort, lon, lat }];
  });

/** The rows of a list, of an object that holds one, or of a GeoJSON collection of points. */
const rowsIn = (list: unknown): readonly Raw[] => {
  if (Array.isArray(list)) return list as readonly Raw[];
  if (typeof list !== 'object' || list === null) return [];
  const features = (list as { readonly features?: unknown }).features;
  if (Array.isArray(features))
    return (features as readonly PointFeature[]).map(({ properties, geometry: { coordinates } }) => ({
      ...properties,
      lon: coordinates[0],
      lat: coordinates[1],
    }));
  return Object.values(list).flatMap((inner: unknown) => (Array.isArray(inner) ? (inner as readonly Raw[]) : []));
};
interface PointFeature {
  readonly properties: Raw;
  readonly geometry: { readonly coordinates: readonly [number, number] };
}

/** Ids are numbers in some lists. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const nameOf = (row: Raw): Text => {
  const name = row['name'];
  if (typeof name === 'string') return { zh: name, en: name };
  const { zh, en } = (typeof name === 'object' && name !== null ? name : row) as {
    readonly zh?: unknown;
    readonly en?: unknown;
  };
  const first = textOf(zh) || textOf(en);
  return { zh: first, en: textOf(en) || first };
};

/** Words for a position, or null where nothing is near. Asked in a body: where somebody is belongs in no address or log. */
export const placeAt = async ({ lon, lat }: { readonly lon: number; readonly lat: number }): Promise<Text | null> =>
  (await call<{ readonly words: Text | null }>('/api/places/at', { method: 'POST', body: { lon, lat } })).words;

/** The best matches of `words`, those that begin with it first. */
export const search = (all: readonly Place[], words: string, limit = 8): readonly Place[] => {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const score = (place: Place): number => {
    const found = [place.name.zh, place.name.en].map((name) => ({
      at: name.toLowerCase().indexOf(wanted),
      length: name.length,
    }));
    return Math.min(...found.map((one) => (one.at < 0 ? Infinity : one.at * 100 + one.length)));
  };
  return all
    .map((place) => ({ place, score: score(place) }))
    .filter((one) => one.score < Infinity)
    .toSorted((a, b) => a.score - b.score)
    .slice(0, limit)
    .map((one) => one.place);
};
