import type { ForceView, MatterRow } from '#wire/api.ts';
import type { Place } from '../api/places.ts';

/** What a line typed after `/` means. */
export type Command =
  | { readonly type: 'dispatch'; readonly matter: string; readonly force: string }
  | { readonly type: 'no-matter'; readonly number: string }
  | { readonly type: 'no-force'; readonly sign: string }
  /** A bare number that is no rank; `ranked` is false where there is no ranking yet to read it from. */
  | { readonly type: 'no-rank'; readonly sign: string; readonly ranked: boolean }
  | { readonly type: 'search'; readonly words: string };

/** A force among the candidates of the matter a line speaks of. */
export interface Ranked {
  readonly force: string;
  readonly rank: number;
  readonly eta_s: number;
}

const DISPATCH = /^d\s+(\S+)\s+(\S.*)$/i;
/** A dispatch still being typed: its matter, or after the space its force. */
const MATTER_PART = /^d\s+(\S*)$/i;
const FORCE_PART = /^d\s+(\S+)\s+(.*)$/i;

/**
 * `d 12 ptu3` dispatches a force to the open matter whose running number is 12: the force of that call sign, id or name, the
 * candidate of that rank, or the only one on duty whose call sign or name begins so. A bare number is a whole call sign or a
 * rank and never the beginning of a name. Everything else is a search.
 * @param ranked candidates of that matter; null while they are not known
 */
export const parseCommand = (
  line: string,
  rows: readonly MatterRow[],
  forces: readonly ForceView[],
  ranked: readonly Ranked[] | null = null,
): Command => {
  const [, number, sign] = DISPATCH.exec(line.trim()) ?? [];
  if (number === undefined || sign === undefined) return { type: 'search', words: line.trim() };
  const matter = matterByNumber(number, rows);
  if (matter === null) return { type: 'no-matter', number };
  const force = forceBySign(sign, forces, ranked ?? []);
  if (force !== null) return { type: 'dispatch', matter, force };
  return isNumber(sign) ? { type: 'no-rank', sign, ranked: ranked !== null } : { type: 'no-force', sign };
};

/** The matter a dispatch that is being typed speaks of; null before it is named. */
export const matterOf = (line: string, rows: readonly MatterRow[]): string | null => {
  const [, number] = FORCE_PART.exec(line.trimStart()) ?? [];
  return number === undefined ? null : matterByNumber(number, rows);
};

const running = (row: MatterRow): number => Number(row.id.split('-').at(-1));

const matterByNumber = (number: string, rows: readonly MatterRow[]): string | null => {
  const exact = rows.find((row) => row.id.toLowerCase() === number.toLowerCase());
  if (exact !== undefined) return exact.id;
  if (!/^\d+$/.test(number)) return null;
  const ending = rows.filter((row) => row.open && running(row) === Number(number));
  return ending.length === 1 ? (ending[0]?.id ?? null) : null;
};

/** Without case, blanks and hyphens. */
export const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s-]/g, '');
const isNumber = (sign: string): boolean => /^\d+$/.test(plain(sign));
/** What a force answers to, plain. */
export const spellings = (force: ForceView): readonly string[] =>
  [force.call_sign, force.name.zh, force.name.en].map((one) => plain(one));

/** Id of the one force a sign means, or null. */
export const forceBySign = (sign: string, forces: readonly ForceView[], ranked: readonly Ranked[]): string | null => {
  const wanted = plain(sign);
  const only = (found: readonly ForceView[]): string | null => (found.length === 1 ? (found[0]?.id ?? null) : null);
  const exact = forces.find((force) => plain(force.call_sign) === wanted || force.id === sign.toLowerCase());
  if (exact !== undefined) return exact.id;
  if (isNumber(sign)) return ranked.find((one) => String(one.rank) === sign)?.force ?? null;
  return (
    only(forces.filter((force) => spellings(force).includes(wanted))) ??
    only(forces.filter((force) => force.on_duty && spellings(force).some((one) => one.startsWith(wanted))))
  );
};

/** What may come next in a dispatch that is being typed; `line` is the line with it filled in. */
export type Hint =
  | { readonly type: 'matter'; readonly row: MatterRow; readonly line: string }
  | {
      readonly type: 'send';
      readonly matter: string;
      readonly force: ForceView;
      /** Null for one that is no candidate. */
      readonly ranked: Ranked | null;
      readonly line: string;
    };

export interface HintSources {
  /** Open matters, most urgent first. */
  readonly rows: readonly MatterRow[];
  readonly takesForces: (row: MatterRow) => boolean;
  readonly forces: readonly ForceView[];
  readonly ranked: readonly Ranked[];
  /** What a force is called in the person's language. */
  readonly sign: (force: ForceView) => string;
}

const HINTS_MAX = 8;

/** Completions of a dispatch line: matters first, then forces, the candidates by rank before the rest. */
export const hints = (line: string, from: HintSources): readonly Hint[] => {
  const typed = line.trimStart();
  const [, number] = MATTER_PART.exec(typed) ?? [];
  if (number !== undefined) return matterHints(number.toLowerCase(), from);
  const matter = matterOf(line, from.rows);
  const [, , sign] = FORCE_PART.exec(typed) ?? [];
  return matter === null || sign === undefined ? [] : forceHints(matter, sign.trim(), from);
};

const matterHints = (wanted: string, { rows, takesForces }: HintSources): readonly Hint[] =>
  rows
    .filter(takesForces)
    .filter((row) =>
      /^\d*$/.test(wanted)
        ? String(running(row)).startsWith(wanted.replace(/^0+/, ''))
        : `${row.id} ${row.title.zh} ${row.title.en} ${row.place ?? ''}`.toLowerCase().includes(wanted),
    )
    .slice(0, HINTS_MAX)
    .map((row) => ({ type: 'matter', row, line: `d ${nameIn(rows, row)} ` }));

/** The running number where one open matter has it, else the whole number. */
const nameIn = (rows: readonly MatterRow[], row: MatterRow): string => {
  const short = String(running(row));
  return matterByNumber(short, rows) === row.id ? short : row.id;
};

const forceHints = (matter: string, sign: string, from: HintSources): readonly Hint[] => {
  const wanted = plain(sign);
  const row = from.rows.find((one) => one.id === matter);
  const start = row === undefined ? matter : nameIn(from.rows, row);
  const found = from.forces.flatMap((force) => {
    const ranked = from.ranked.find((one) => one.force === force.id) ?? null;
    const fits = spellings(force).some((one) => one.includes(wanted)) || String(ranked?.rank) === wanted;
    return fits && (ranked !== null || force.on_duty) ? [{ force, ranked }] : [];
  });
  const place = ({ force, ranked }: (typeof found)[number]): number =>
    String(ranked?.rank) === wanted || plain(force.call_sign) === wanted ? 0 : (ranked?.rank ?? Infinity);
  return found
    .toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .slice(0, HINTS_MAX)
    .map(({ force, ranked }) => ({ type: 'send', matter, force, ranked, line: `d ${start} ${callIn(force, from)}` }));
};

/** The sign in the person's language where only this force has it, else the call sign. */
const callIn = (force: ForceView, { forces, sign }: HintSources): string => {
  const said = sign(force);
  return forceBySign(said, forces, []) === force.id ? said : force.call_sign;
};

export type Found =
  | { readonly type: 'matter'; readonly row: MatterRow }
  | { readonly type: 'force'; readonly force: ForceView }
  | { readonly type: 'place'; readonly place: Place };

const EACH = 5;
/**
 * Matters, forces and places that hold the words.
 * @param also matters the server found for them: those that are not among the rows, such as closed ones
 */
export const find = (
  words: string,
  rows: readonly MatterRow[],
  forces: readonly ForceView[],
  places: readonly Place[],
  also: readonly MatterRow[] = [],
): readonly Found[] => {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const holds = (...texts: readonly (string | null)[]): boolean =>
    texts.some((text) => text?.toLowerCase().includes(wanted) === true);
  const held = rows.filter((row) => holds(row.id, row.title.zh, row.title.en, row.place));
  return [
    ...[...held, ...also.filter((row) => !held.some((one) => one.id === row.id))]
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
