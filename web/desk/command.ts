import type { ForceView, MatterRow } from '#wire/api.ts';
import type { Place } from '../api/places.ts';

/** What a line typed after `/` means. */
export type Command =
  | { readonly type: 'dispatch'; readonly matter: string; readonly force: string }
  | { readonly type: 'no-matter'; readonly number: string }
  | { readonly type: 'no-force'; readonly sign: string }
  | { readonly type: 'search'; readonly words: string };

const DISPATCH = /^d\s+(\S+)\s+(\S.*)$/i;

/**
 * `d 12 ptu3` dispatches the force whose call sign or id begins so to the open matter whose running number ends so.
 * Everything else is a search.
 */
export const parseCommand = (line: string, rows: readonly MatterRow[], forces: readonly ForceView[]): Command => {
  const [, number, sign] = DISPATCH.exec(line.trim()) ?? [];
  if (number === undefined || sign === undefined) return { type: 'search', words: line.trim() };
  const matter = matterByNumber(number, rows);
  if (matter === null) return { type: 'no-matter', number };
  const force = forceBySign(sign, forces);
  return force === null ? { type: 'no-force', sign } : { type: 'dispatch', matter, force };
};

const matterByNumber = (number: string, rows: readonly MatterRow[]): string | null => {
  const exact = rows.find((row) => row.id.toLowerCase() === number.toLowerCase());
  if (exact !== undefined) return exact.id;
  if (!/^\d+$/.test(number)) return null;
  const ending = rows.filter((row) => row.open && Number(row.id.split('-').at(-1)) === Number(number));
  return ending.length === 1 ? (ending[0]?.id ?? null) : null;
};

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s-]/g, '');
const forceBySign = (sign: string, forces: readonly ForceView[]): string | null => {
  const wanted = plain(sign);
  const exact = forces.find((force) => plain(force.call_sign) === wanted || force.id === sign.toLowerCase());
  if (exact !== undefined) return exact.id;
  const beginning = forces.filter((force) => plain(force.call_sign).startsWith(wanted));
  return beginning.length === 1 ? (beginning[0]?.id ?? null) : null;
};

export type Found =
  | { readonly type: 'matter'; readonly row: MatterRow }
  | { readonly type: 'force'; readonly force: ForceView }
  | { readonly type: 'place'; readonly place: Place };

const EACH = 5;
/** Matters, forces and places that hold the words. */
export const find = (
  words: string,
  rows: readonly MatterRow[],
  forces: readonly ForceView[],
  places: readonly Place[],
): readonly Found[] => {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const holds = (...texts: readonly (string | null)[]): boolean =>
    texts.some((text) => text?.toLowerCase().includes(wanted) === true);
  return [
    ...rows
      .filter((row) => holds(row.id, row.title.zh, row.title.en, row.place))
      .slice(0, EACH)
      .map((row): Found => ({ type: 'matter', row })),
    ...forces
      .filter((force) => holds(force.id, force.call_sign, force.name.zh, force.name.en))
      .slice(0, EACH)
      .map((force): Found => ({ type: 'force', force })),
    ...places
      .filter((place) => holds(place.name.zh, place.name.en))
      .slice(0, EACH)
      .map((place): Found => ({ type: 'place', place })),
  ];
};
