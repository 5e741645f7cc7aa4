import { compareStamps } from '#core/base/instant.ts';
import { bothIn, readFirst } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import type { Json } from '#core/base/json.ts';
import { maySee } from '#core/matter/access.ts';
import type { Actor } from '#core/matter/actor.ts';
import { valueOf } from '#core/matter/conditions.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Kinds } from '../views/book.ts';
import type { Views } from '../views/views.ts';

/** Longest title on one line. */
const TITLE_LENGTH = 80;

/** A fact's value in words: the choice's name, or the value itself; of what was written in both languages the reader's own first. */
export const factWords = (kind: Kind, name: string, value: Json | undefined): Text | null => {
  const fact = kind.facts[name];
  if (fact === undefined || value === undefined || value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  // A moment is read in the reader's zone, by a screen: as a number it would tell nobody anything.
  if (fact.type === 'instant') return null;
  if (fact.type === 'choice') return fact.choices?.[value] ?? null;
  return (fact.type === 'line' ? bothIn(String(value)) : null) ?? readFirst(String(value));
};

const titleOf = (kind: Kind, matter: Matter): Text => {
  const words = kind.row.title
    .map((name) => factWords(kind, name, valueOf(matter.facts, name)))
    .filter((one) => one !== null);
  if (words.length === 0) return kind.name;
  return { zh: clip(words.map((one) => one.zh).join(' · ')), en: clip(words.map((one) => one.en).join(' · ')) };
};

const clip = (line: string): string => {
  const flat = line.replaceAll(/\s+/g, ' ');
  return flat.length <= TITLE_LENGTH ? flat : `${flat.slice(0, TITLE_LENGTH - 1)}…`;
};

const textOf = (matter: Matter, name: string | undefined): string | null => {
  const value = name === undefined ? undefined : valueOf(matter.facts, name);
  return typeof value === 'string' ? value : null;
};

/** The line of a list for one matter. */
export const rowOf = (kind: Kind, matter: Matter) => ({
  id: matter.id,
  kind: matter.kind,
  site: matter.site as string,
  level: matter.level,
  state: matter.state,
  open: kind.states[matter.state]?.open === true,
  outcome: matter.outcome,
  title: titleOf(kind, matter),
  place: textOf(matter, kind.row.place),
  position: placed(kind.row.position === undefined ? undefined : valueOf(matter.facts, kind.row.position)),
  urgency: textOf(matter, kind.row.urgency),
  raised_ms: matter.raised[0] as number,
  changed_ms: matter.changed[0] as number,
  seq: matter.seq,
  clocks: Object.entries(matter.clocks).map(([key, clock]) => ({
    key,
    clock: clock.clock,
    level: clock.level,
    subject: clock.subject,
    since_ms: clock.since as number,
    due_ms: clock.due as number | null,
    fired_ms: clock.fired as number | null,
  })),
  parts: Object.values(matter.parts).map((part) => ({
    part: part.part,
    subject: part.subject,
    state: part.state,
    active: kind.parts[part.part]?.states[part.state]?.active === true,
    since_ms: part.since as number,
  })),
});
export type Row = ReturnType<typeof rowOf>;

const placed = (value: Json | undefined): { lon: number; lat: number; accuracy_m?: number } | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as unknown as { lon: number; lat: number; accuracy_m?: number })
    : null;

export interface RowFilter {
  readonly state: 'open' | 'closed' | 'all';
  readonly kind: string | null;
  /** Words that must stand in the title, place or number. */
  readonly words: string | null;
  /** Only matters this force or agency has a part in. */
  readonly unit: string | null;
  readonly limit: number;
  /** Number of the last matter of the page before; null for the first page. */
  readonly before: string | null;
}

/** Matters the actor may see: open ones, last raised first; then closed ones, last closed first. */
export const listRows = (
  views: Views,
  actor: Actor,
  filter: RowFilter,
): { rows: readonly Row[]; next: string | null } => {
  const found: Row[] = [];
  let reached = filter.before === null;
  for (const matter of inOrder(views, filter.state)) {
    if (!reached) {
      reached = matter.id === filter.before;
      continue;
    }
    const kind = views.kinds.get(matter.kind);
    if (kind === undefined || (filter.kind !== null && matter.kind !== filter.kind)) continue;
    if (filter.unit !== null && !hasUnit(kind, matter, filter.unit)) continue;
    if (!maySee(kind, actor, matter)) continue;
    const row = rowOf(kind, matter);
    if (filter.words !== null && !matches(row, filter.words)) continue;
    if (found.length === filter.limit) return { rows: found, next: found.at(-1)?.id ?? null };
    found.push(row);
  }
  return { rows: found, next: null };
};

/** Closed matters are many and already in order; only the open ones are sorted. */
function* inOrder(views: Views, state: RowFilter['state']): Generator<Matter> {
  if (state !== 'closed') yield* [...views.book.open()].toSorted(byAge);
  if (state === 'open') return;
  const closed = [...views.book.closed()];
  for (let index = closed.length - 1; index >= 0; index -= 1) {
    const matter = closed[index];
    if (matter !== undefined) yield matter;
  }
}

const byAge = (a: Matter, b: Matter): number => compareStamps(b.raised, a.raised) || (a.id < b.id ? 1 : -1);

const hasUnit = (kind: Kind, matter: Matter, unit: string): boolean =>
  Object.values(matter.parts).some((part) => part.subject === unit) ||
  Object.keys(matter.facts).some(
    (name) => kind.facts[name]?.type === 'unit' && matter.facts[name]?.stated.some((one) => one.value === unit),
  );

const matches = (row: Row, words: string): boolean => {
  const inside = `${row.id} ${row.title.zh} ${row.title.en} ${row.place ?? ''}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => inside.includes(word));
};

/** Whether the actor may see this matter; false for kinds this site does not know. */
export const sees = (kinds: Kinds, actor: Actor, matter: Matter): boolean => {
  const kind = kinds.get(matter.kind);
  return kind !== undefined && maySee(kind, actor, matter);
};
