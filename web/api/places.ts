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

/** All named places with a position. */
export const places = async (): Promise<readonly Place[]> => {
  const answer = await call<Readonly<Record<string, readonly Raw[]>>>('/api/places');
  return [
    ...read(answer['townships'], 'township'),
    ...read(answer['islands'], 'island'),
    ...read(answer['piers'], 'pier'),
    ...read(answer['districts'], 'district'),
  ];
};

const read = (rows: readonly Raw[] | undefined, sort: Place['sort']): readonly Place[] =>
  (rows ?? []).flatMap((row) => {
    const at = positionOf(row);
    return at === null ? [] : [{ id: String(row['id'] ?? row['code'] ?? ''), name: nameOf(row), sort, ...at }];
  });

const positionOf = (row: Raw): { readonly lon: number; readonly lat: number } | null => {
  const [lon, lat] = Array.isArray(row['at']) ? (row['at'] as unknown[]) : [row['lon'], row['lat']];
  return typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null;
};
const nameOf = (row: Raw): Text => {
  const name = row['name'];
  if (typeof name === 'string') return { zh: name, en: name };
  const { zh, en } = (typeof name === 'object' && name !== null ? name : row) as { readonly zh?: unknown; readonly en?: unknown };
  const first = String(zh ?? en ?? '');
  return { zh: first, en: String(en ?? first) };
};

/** The best matches of `words`, those that begin with it first. */
export const search = (all: readonly Place[], words: string, limit = 8): readonly Place[] => {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const score = (place: Place): number => {
    const found = [place.name.zh, place.name.en].map((name) => ({ at: name.toLowerCase().indexOf(wanted), length: name.length }));
    return Math.min(...found.map((one) => (one.at < 0 ? Infinity : one.at * 100 + one.length)));
  };
  return all
    .map((place) => ({ place, score: score(place) }))
    .filter((one) => one.score < Infinity)
    .toSorted((a, b) => a.score - b.score)
    .slice(0, limit)
    .map((one) => one.place);
};
