import type { Text } from '#core/base/text.ts';
import type { Fact, Grant, Kind, Step, Takes } from '#core/matter/kind.ts';

/** Answer of `GET /api/kinds`: everything declared, as data. */
export interface Declared {
  readonly kinds: readonly Kind[];
  readonly roles: Readonly<Record<string, Text>>;
  readonly forces: Readonly<Record<string, { readonly name: Text }>>;
  readonly skills: Readonly<Record<string, Text>>;
}

/** Steps every kind has; the room draws them, so they are no buttons. */
export const ROOM_STEPS: ReadonlySet<string> = new Set(['say', 'attach']);

export const kindOf = (declared: Declared | undefined, id: string): Kind | undefined =>
  declared?.kinds.find((kind) => kind.id === id);

/** True when a grant names the role with no binding to a matter. */
const grantsAny = (grants: readonly Grant[], roles: readonly string[]): boolean =>
  grants.some((grant) => roles.includes(grant.role));

/** Kinds that someone with these roles may raise; those that send forces come first. */
export const raisable = (declared: Declared | undefined, roles: readonly string[]): readonly Kind[] =>
  (declared?.kinds ?? [])
    .filter((kind) => grantsAny(kind.raise.who, roles))
    .toSorted((a, b) => Number(b.dispatch !== undefined) - Number(a.dispatch !== undefined));

/** What someone with these roles sees of matters: all of some kind, only those bound to them, or none at all. */
export const sight = (declared: Declared | undefined, roles: readonly string[]): 'all' | 'own' | 'none' => {
  const grants = (declared?.kinds ?? []).flatMap((kind) => kind.sees).filter((grant) => roles.includes(grant.role));
  if (grants.length === 0) return 'none';
  return grants.some((grant) => grant.bound === undefined) ? 'all' : 'own';
};

/** Whether someone with these roles may send forces to matters of some kind. */
export const maySend = (declared: Declared | undefined, roles: readonly string[]): boolean =>
  (declared?.kinds ?? []).some((kind) => {
    const offer = kind.dispatch === undefined ? undefined : kind.steps[kind.dispatch.offer];
    return offer !== undefined && grantsAny(offer.who, roles);
  });

/** Who may destroy sealed facts, as the server has it. */
const ERASERS: readonly string[] = ['commander', 'admin'];
export const mayErase = (roles: readonly string[]): boolean => roles.some((role) => ERASERS.includes(role));

export interface Asked {
  readonly name: string;
  readonly fact: Fact;
  readonly required: boolean;
}
/** The facts a step or a raise asks for, as the kind orders them. */
export const asked = (kind: Kind, takes: Takes): readonly Asked[] =>
  Object.entries(takes).flatMap(([name, need]) => {
    const fact = kind.facts[name];
    return fact === undefined ? [] : [{ name, fact, required: need === 'required' }];
  });

/** First fact of a type among those asked. */
export const firstOf = (facts: readonly Asked[], type: Fact['type']): Asked | undefined =>
  facts.find((one) => one.fact.type === type);

export const stepOf = (kind: Kind | undefined, step: string): Step | undefined => kind?.steps[step];

/** Words of the state, the outcome, the level; the bare id when a newer server knows more than this page. */
export const stateName = (kind: Kind | undefined, state: string): Text => kind?.states[state]?.name ?? bare(state);
export const outcomeName = (kind: Kind | undefined, outcome: string): Text =>
  kind?.outcomes[outcome]?.name ?? bare(outcome);
export const levelName = (kind: Kind | undefined, level: string): Text =>
  kind?.levels.find((one) => one.id === level)?.name ?? bare(level);
export const partStateName = (kind: Kind | undefined, part: string, state: string): Text =>
  kind?.parts[part]?.states[state]?.name ?? bare(state);

const bare = (id: string): Text => ({ zh: id, en: id });
