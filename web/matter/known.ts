import { type Language, bothIn } from '#core/base/text.ts';
import type { Kind, Step } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import type { Facts } from '../api/calls.ts';
import type { Asked } from '../api/kinds.ts';
import { isBlank } from './values.ts';

type Held = Pick<MatterView, 'level' | 'facts'>;

/** True for a step that does nothing but state facts anew: what is known already is then corrected, not asked afresh. */
const corrects = (step: Step): boolean =>
  step.to === undefined && step.part === undefined && step.opens === undefined && step.level === undefined;

/**
 * What is known of the facts a step asks for; the form begins with it. A step that moves the matter on asks for a new
 * decision and begins empty, but for the level, which is where the matter stands.
 */
export const knownFacts = (step: Step, fields: readonly Asked[], matter: Held, language: Language): Facts => {
  const known: Facts = {};
  for (const { name, fact } of fields) {
    const value = isLevelOf(step, name) ? matter.level : corrects(step) ? lastStated(matter, name) : undefined;
    if (isBlank(value) || fact.merge !== 'single' || !allowed(fact.choices, value)) continue;
    // A field of one line cannot hold words written in both languages; what is not changed is not stated anew.
    known[name] = fact.type === 'line' && typeof value === 'string' ? (bothIn(value)?.[language] ?? value) : value;
  }
  return known;
};

const isLevelOf = (step: Step, name: string): boolean => typeof step.level === 'object' && step.level.fact === name;

const lastStated = (matter: Held, name: string): unknown => {
  const last = matter.facts[name]?.stated.at(-1);
  return last === undefined || last.sealed ? undefined : last.value;
};

const allowed = (choices: Kind['facts'][string]['choices'], value: unknown): boolean =>
  choices === undefined || (typeof value === 'string' && value in choices);

/** True where a form asks and a step would do nothing with the answer it has: it states nothing new and moves nothing. */
export const doesNothing = (step: Step, fields: readonly Asked[], stated: Facts): boolean =>
  corrects(step) && fields.length > 0 && Object.keys(stated).length === 0;

/** What to send of a form that began with `known`: what was changed, and what the step cannot do without. */
export const toState = (fields: readonly Asked[], known: Facts, facts: Facts): Facts => {
  const stated: Facts = {};
  for (const { name, required } of fields) {
    const value = facts[name];
    if (!isBlank(value) && (required || JSON.stringify(value) !== JSON.stringify(known[name]))) stated[name] = value;
  }
  return stated;
};
