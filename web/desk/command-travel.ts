import type { ForceView } from '#wire/api.ts';
import { type Closable, closableName, searchClosables } from '../travel/closable.ts';
import type { Closure } from '../travel/closures.ts';
import { forceBySign, plain, spellings } from './command.ts';

/** A line about travel: `close <id or name>`, `open <id or name>`, `reach <force> <minutes>`; the Chinese verbs mean the same. */
const VERBS = {
  close: /^(close|封闭)\s+(.*)$/i,
  open: /^(open|恢复)\s+(.*)$/i,
  reach: /^(reach|可达)\s+(.*)$/i,
} as const;
type Verb = keyof typeof VERBS;
interface Said {
  readonly verb: Verb;
  /** The verb as it was typed: completing a line keeps it. */
  readonly said: string;
  readonly words: string;
}

export type TravelCommand =
  | { readonly type: 'close'; readonly words: string; readonly thing: Closable | null }
  | { readonly type: 'open'; readonly words: string; readonly closed: Closed | null }
  | {
      readonly type: 'reach';
      readonly words: string;
      readonly force: ForceView | null;
      readonly minutes: number | null;
    };

/** Something closed, and what it is where the map has it. */
export interface Closed {
  readonly closure: Closure;
  readonly thing: Closable | null;
}

export interface TravelSources {
  readonly things: ReadonlyMap<string, Closable>;
  readonly closures: readonly Closure[];
  readonly forces: readonly ForceView[];
  /** False for somebody who may not close: the words are then searched for like any others. */
  readonly closes: boolean;
  readonly sign: (force: ForceView) => string;
}

/** The verb of a line and what follows it; null for a line about something else. */
export const travelVerb = (line: string): Said | null => {
  for (const [verb, form] of Object.entries(VERBS) as [Verb, RegExp][]) {
    const [, said, words] = form.exec(line.trimStart()) ?? [];
    if (said !== undefined && words !== undefined) return { verb, said, words: words.trim() };
  }
  return null;
};

/** What a line about travel means; null for any other line. What it names is found only where it is one thing and no other. */
export const parseTravel = (line: string, from: TravelSources): TravelCommand | null => {
  const { verb, words } = travelVerb(line) ?? {};
  if (verb === undefined || words === undefined || words === '' || (verb !== 'reach' && !from.closes)) return null;
  if (verb === 'close') return { type: 'close', words, thing: thingBy(words, from) };
  if (verb === 'open') return { type: 'open', words, closed: only(closedBy(words, from)) };
  const [sign, minutes] = signAndMinutes(words);
  const id = forceBySign(sign, from.forces, []);
  return { type: 'reach', words: sign, force: from.forces.find((one) => one.id === id) ?? null, minutes };
};

/** `昌国03 10`: the last word is minutes where it is a number and something stands before it. */
const signAndMinutes = (words: string): readonly [sign: string, minutes: number | null] => {
  const [, sign, minutes] = /^(.*\S)\s+(\d{1,3})(?:\s*(?:min|分))?$/i.exec(words) ?? [];
  return sign === undefined || Number(minutes) === 0 ? [words, null] : [sign, Number(minutes)];
};

const only = <One>(found: readonly One[]): One | null => (found.length === 1 ? (found[0] ?? null) : null);

const isCalled = (thing: Closable, words: string): boolean =>
  [thing.id, thing.name?.zh ?? '', thing.name?.en ?? ''].some((one) => plain(one) === plain(words));
const thingBy = (words: string, { things }: TravelSources): Closable | null => {
  const found = searchClosables(things.values(), words);
  return only(found.filter((one) => isCalled(one, words))) ?? only(found);
};

/** Closed things whose id, name or matter holds the words; all of them for no words. */
const closedBy = (words: string, { closures, things }: TravelSources): readonly Closed[] => {
  const all = closures.map((closure) => ({ closure, thing: things.get(closure.what) ?? null }));
  const held = all.filter(({ closure, thing }) =>
    [closure.what, closure.matter, thing?.name?.zh ?? '', thing?.name?.en ?? ''].some((one) =>
      plain(one).includes(plain(words)),
    ),
  );
  const exact = held.filter((one) => plain(one.closure.what) === plain(words));
  return exact.length === 1 ? exact : held;
};

export type TravelHint =
  | { readonly type: 'close'; readonly thing: Closable; readonly line: string }
  | { readonly type: 'open'; readonly closed: Closed; readonly line: string }
  | { readonly type: 'reach'; readonly force: ForceView; readonly minutes: number | null; readonly line: string };

const HINTS_MAX = 8;

/** Completions of a line about travel; none for any other line. */
export const travelHints = (line: string, from: TravelSources): readonly TravelHint[] => {
  const typed = travelVerb(line);
  if (typed === null) return [];
  const { verb, said, words } = typed;
  if (verb === 'reach') return reachHints(typed, from);
  if (!from.closes) return [];
  if (verb === 'close') {
    const found = words === '' ? [...from.things.values()].filter((one) => one.sort === 'bridge') : null;
    return (found ?? searchClosables(from.things.values(), words, HINTS_MAX))
      .slice(0, HINTS_MAX)
      .map((thing) => ({ type: 'close', thing, line: `${said} ${thing.id}` }));
  }
  return closedBy(words, from)
    .slice(0, HINTS_MAX)
    .map((closed) => ({ type: 'open', closed, line: `${said} ${closed.closure.what}` }));
};

const reachHints = ({ said, words }: Said, { forces, sign }: TravelSources): readonly TravelHint[] => {
  const [named, minutes] = signAndMinutes(words);
  const wanted = plain(named);
  return forces
    .filter((force) => force.on_duty && spellings(force).some((one) => one.includes(wanted)))
    .toSorted((a, b) => Number(plain(b.call_sign) === wanted) - Number(plain(a.call_sign) === wanted))
    .slice(0, HINTS_MAX)
    .map((force) => ({ type: 'reach', force, minutes, line: `${said} ${sign(force)} ${minutes ?? 10}` }));
};

/** What a closed thing is called. */
export const closedName = ({ closure, thing }: Closed) =>
  thing === null ? { zh: closure.what, en: closure.what } : closableName(thing);
