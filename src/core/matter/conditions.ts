import type { Json } from '#core/base/json.ts';
import type { Condition, Rule } from './kind.ts';
import type { FactState, Matter } from './matter.ts';

/** The parts of a matter a condition looks at. */
export type Judged = Pick<Matter, 'state' | 'level' | 'facts' | 'parts'>;

/** The present value of a fact: the single one, or the latest of a set or log; undefined when nobody stated it. */
export const valueOf = (facts: Readonly<Record<string, FactState>>, name: string): Json | undefined =>
  facts[name]?.stated.at(-1)?.value;

export const holds = (condition: Condition, matter: Judged): boolean => {
  if ('fact' in condition) return condition.in.includes(valueOf(matter.facts, condition.fact) ?? null);
  if ('has' in condition) return matter.facts[condition.has] !== undefined;
  if ('state' in condition) return condition.state.includes(matter.state);
  if ('level' in condition) return condition.level.includes(matter.level);
  if ('some' in condition) return somePart(matter, condition.some, condition.in);
  if ('none' in condition) return !somePart(matter, condition.none, condition.in);
  if ('not' in condition) return !holds(condition.not, matter);
  if ('all' in condition) return condition.all.every((one) => holds(one, matter));
  return condition.any.some((one) => holds(one, matter));
};

const somePart = (matter: Judged, part: string, states: readonly string[]): boolean => {
  for (const key in matter.parts) {
    const one = matter.parts[key];
    if (one !== undefined && one.part === part && states.includes(one.state)) return true;
  }
  return false;
};

/** The state the first matching rule leads to; the present one when none matches. */
export const destination = (to: string | readonly Rule[] | undefined, matter: Judged): string => {
  if (to === undefined) return matter.state;
  if (typeof to === 'string') return to;
  return to.find((rule) => holds(rule.when, matter))?.to ?? matter.state;
};
