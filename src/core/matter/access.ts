import type { Actor } from './actor.ts';
import type { Fact, Grant, Kind } from './kind.ts';
import type { Matter } from './matter.ts';

/**
 * Whether one of the grants covers the actor. Deny by default: no grant, no access.
 * @param matter null while it is being raised: only unbound grants can hold then
 * @param subject the part's subject a command is about, if any
 */
export const granted = (
  kind: Kind,
  grants: readonly Grant[],
  actor: Actor,
  matter: Matter | null,
  subject: string | null = null,
): boolean => {
  if (matter !== null && actor.sites !== '*' && !actor.sites.includes(matter.site)) return false;
  return grants.some((grant) => actor.roles.includes(grant.role) && bound(kind, grant, actor, matter, subject));
};

const bound = (kind: Kind, grant: Grant, actor: Actor, matter: Matter | null, subject: string | null): boolean => {
  const to = grant.bound;
  if (to === undefined) return true;
  if (to === 'subject') return subject !== null && actor.units.includes(subject);
  if (matter === null) return false;
  if (to === 'raiser') return matter.raised_by === actor.account;
  if (to === 'receipt') return actor.receipt === matter.id;
  if ('part' in to) return actsInPart(kind, actor, matter, to.part, to.kept === true);
  // All values count: of a set every unit named is in, and while rivals wait to be settled neither is shut out.
  const stated = matter.facts[to.fact]?.stated ?? [];
  return stated.some(({ value }) => typeof value === 'string' && actor.units.includes(value));
};

/** Whoever declined, or was called back, has no more to do with it; whoever has worked on it may keep it in sight. */
const actsInPart = (kind: Kind, actor: Actor, matter: Matter, part: string, kept: boolean): boolean =>
  actor.units.some((unit) => {
    const state = kind.parts[part]?.states[matter.parts[`${part}/${unit}`]?.state ?? ''];
    return state !== undefined && (state.active || (kept && state.keeps === true));
  });

export const maySee = (kind: Kind, actor: Actor, matter: Matter): boolean => granted(kind, kind.sees, actor, matter);

/** Whether the actor may read this fact of a matter it can see. Holders of the receipt read only what is declared open. */
export const mayReadFact = (kind: Kind, fact: Fact, actor: Actor, matter: Matter): boolean => {
  if (fact.reads !== undefined) return granted(kind, fact.reads, actor, matter);
  if (actor.receipt === matter.id && actor.roles.every((role) => role === 'reporter')) return fact.open === true;
  return true;
};
