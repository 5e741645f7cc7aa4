import { matterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Random } from '#core/base/random.ts';
import type { JsonObject } from '#core/base/json.ts';
import { ENVELOPE_VERSION, GENESIS } from '#core/ledger/envelope.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { PLAIN_CALENDAR } from '#core/matter/calendar.ts';
import { evolve } from '#core/matter/evolve.ts';
import { edgesOf } from '#core/matter/graph.ts';
import type { Kind } from '#core/matter/kind.ts';
import { decideStep } from '#core/matter/machine.ts';
import type { Matter } from '#core/matter/matter.ts';
import { choicesOf, subjectsOf, suitedActor } from './walk-gen.ts';
import { SITE } from './walk.ts';

const TRIES_MAX = 400;

/**
 * Whether some sequence of allowed steps by suitable people closes the matter now, without waiting for a clock. Looks first
 * where fewer steps and fewer bound forces remain.
 */
export const closeSomehow = (kind: Kind, start: Matter, now: Instant, random: Random): boolean => {
  const far = distances(kind);
  const score = (matter: Matter): number => (far.get(matter.state) ?? 99) * 2 + bound(kind, matter);
  const open: Matter[] = [start];
  const seen = new Set<string>([shape(start)]);
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const matter = open.toSorted((a, b) => score(a) - score(b))[0];
    if (matter === undefined) return false;
    if (kind.states[matter.state]?.open === false) return true;
    open.splice(open.indexOf(matter), 1);
    for (const next of followers(kind, matter, now, random)) {
      if (seen.has(shape(next))) continue;
      seen.add(shape(next));
      open.push(next);
    }
  }
  return false;
};

const bound = (kind: Kind, matter: Matter): number =>
  Object.values(matter.parts).filter((one) => kind.parts[one.part]?.states[one.state]?.active === true).length;

const shape = (matter: Matter): string =>
  `${matter.state} ${matter.level} ${Object.entries(matter.parts)
    .map(([key, part]) => `${key}=${part.state}`)
    .join(' ')}`;

/** Fewest steps from each state to a closed one. */
const distances = (kind: Kind): ReadonlyMap<string, number> => {
  const edges = edgesOf(kind).filter((edge) => edge.step !== null);
  const far = new Map<string, number>();
  for (const [name, state] of Object.entries(kind.states)) if (!state.open) far.set(name, 0);
  for (const [name, steps] of far) {
    for (const edge of edges) if (edge.to === name && !far.has(edge.from)) far.set(edge.from, steps + 1);
  }
  return far;
};

/** What every allowed step could make of the matter. New parts are not begun: they only bind more. */
const followers = (kind: Kind, matter: Matter, now: Instant, random: Random): readonly Matter[] => {
  const found: Matter[] = [];
  for (const [name, step] of Object.entries(kind.steps)) {
    const moves = step.to !== undefined || step.part !== undefined || step.level !== undefined;
    if (!moves || step.part?.from === 'none') continue;
    for (const subject of subjectsOf(matter, step)) {
      const actor = suitedActor(step.who, matter, subject);
      if (actor === null) continue;
      for (const facts of choicesOf(random, kind, step.takes)) {
        const context = { actor, now, calendar: PLAIN_CALENDAR, site: SITE };
        const decided = decideStep(
          kind,
          matter,
          { step: name, subject, facts: { ...facts, ...elsewhere(step.links?.fact) } },
          context,
        );
        if (!decided.ok) continue;
        const { type, body } = decided.value.happening;
        found.push(evolve(kind, matter, eventOf(matter, type, body as unknown as JsonObject, now)));
      }
    }
  }
  return found;
};

/** A link must lead to another matter. */
const elsewhere = (fact: string | undefined): Record<string, string> =>
  fact === undefined ? {} : { [fact]: matterId('PT-261122-0001') };

const eventOf = (matter: Matter, type: string, body: JsonObject, now: Instant): Envelope => ({
  v: ENVELOPE_VERSION,
  site: SITE,
  seq: matter.seq + 1,
  time: [now, 0],
  matter: matter.id,
  kind: matter.kind,
  type,
  actor: matter.raised_by,
  purpose: null,
  command: null,
  body,
  prev: GENESIS,
});
