import type { Text } from '#core/base/text.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { ConditionsView } from '#wire/conditions.ts';
import { asked, type Asked, type Declared } from '../api/kinds.ts';
import type { Closable } from './closable.ts';

export type Closure = ConditionsView['closures'][number];
/** Holds now, begins later, or its time is over while nobody opened it again. */
export type Standing = 'now' | 'later' | 'over';

export const standingOf = ({ from, until }: Pick<Closure, 'from' | 'until'>, now_ms: number): Standing => {
  if (until !== null && until <= now_ms) return 'over';
  return from > now_ms ? 'later' : 'now';
};

const ORDER: readonly Standing[] = ['over', 'now', 'later'];
/** What has to be looked at first: overdue ones, then what holds, soonest to end first, then what is to come. */
export const inOrder = (closures: readonly Closure[], now_ms: number): readonly Closure[] =>
  closures.toSorted(
    (a, b) =>
      ORDER.indexOf(standingOf(a, now_ms)) - ORDER.indexOf(standingOf(b, now_ms)) ||
      (a.until ?? Infinity) - (b.until ?? Infinity) ||
      a.from - b.from ||
      a.matter.localeCompare(b.matter),
  );

/** Kinds whose matters keep others from using something. */
export const closingKinds = (declared: Declared | undefined): readonly Kind[] =>
  (declared?.kinds ?? []).filter((kind) => kind.closes !== undefined);

/** The kind someone with these roles closes things with; null when they close nothing. */
export const closingKindFor = (declared: Declared | undefined, roles: readonly string[]): Kind | null =>
  closingKinds(declared).find((kind) => kind.raise.who.some((grant) => roles.includes(grant.role))) ?? null;

/** The step that opens again what a matter of this kind closed, and asks for nothing; null where there is none. */
export const reopeningStep = (kind: Kind): string | null =>
  Object.entries(kind.steps).find(
    ([, step]) =>
      step.part === undefined &&
      typeof step.to === 'string' &&
      kind.states[step.to]?.open === false &&
      !Object.values(step.takes).includes('required'),
  )?.[0] ?? null;

/**
 * What the small form asks besides what is closed and where: why and until when first, then the rest as declared.
 * A closure that begins later is raised like any other matter.
 */
export const closingFields = (kind: Kind): readonly Asked[] => {
  const { closes } = kind;
  if (closes === undefined) return [];
  const told = new Set([closes.what, closes.from, kind.row.place, kind.row.position]);
  const first = [closes.why, closes.until];
  const place = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  return asked(kind, kind.raise.takes)
    .filter((one) => !told.has(one.name))
    .toSorted((a, b) => place(a.name) - place(b.name));
};

/** A name in both languages on two lines, as facts of one line keep it. */
const bothLines = ({ zh, en }: Text): string => (zh === en ? zh : `${zh}\n${en}`);

/** What the form does not ask because the map knows it. */
export const factsOfThing = (kind: Kind, thing: Closable, name: Text): Readonly<Record<string, unknown>> => ({
  ...(kind.closes === undefined ? {} : { [kind.closes.what]: thing.id }),
  ...(kind.row.place === undefined ? {} : { [kind.row.place]: bothLines(name) }),
  ...(kind.row.position === undefined ? {} : { [kind.row.position]: { lon: thing.at[0], lat: thing.at[1] } }),
});
