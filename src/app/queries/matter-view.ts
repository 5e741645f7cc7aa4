import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { isSealed } from '#core/ledger/seals.ts';
import { granted, mayReadFact } from '#core/matter/access.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Kind } from '#core/matter/kind.ts';
import { possibleSteps } from '#core/matter/machine.ts';
import type { Matter } from '#core/matter/matter.ts';
import { measure } from '#core/matter/measure.ts';
import type { Views } from '../views/views.ts';
import type { Standing } from '../views/roster.ts';
import { rowOf } from './rows.ts';
import { eventWords } from './words.ts';

/**
 * Everything of a matter this actor may see: facts it may read (sealed ones without their value), and its steps now.
 * @param mayAct false where nothing can be done about it: another site's matter, and no way to ask for a step
 */
export const matterView = (kind: Kind, matter: Matter, actor: Actor, mayAct: boolean) => ({
  ...rowOf(kind, matter),
  facts: visibleFacts(kind, matter, actor),
  links: [...matter.links],
  firsts: { ...matter.firsts } as Record<string, number>,
  measures: { ...measure(kind, matter) },
  steps: (mayAct ? possibleSteps(kind, matter, actor) : []).map(({ step, subject, refused }) => ({
    step,
    subject,
    refused: refused === null ? null : (refused.words ?? text('现在不能', 'Not now')),
  })),
  tells: kind.states[matter.state]?.tells ?? kind.name,
  erased: matter.erased,
  may_speak: mayAct && granted(kind, kind.speaks, actor, matter),
});

const visibleFacts = (kind: Kind, matter: Matter, actor: Actor) => {
  const facts: Record<
    string,
    { stated: { value: unknown; sealed: boolean; by: string; at_ms: number }[]; conflict: boolean }
  > = {};
  for (const name in matter.facts) {
    const fact = kind.facts[name];
    const state = matter.facts[name];
    if (fact === undefined || state === undefined || !mayReadFact(kind, fact, actor, matter)) continue;
    facts[name] = {
      conflict: state.conflict,
      stated: state.stated.map((one) => {
        const sealed = isSealed(one.value);
        return { value: sealed ? null : one.value, sealed, by: one.by, at_ms: one.at[0] };
      }),
    };
  }
  return facts;
};

/** The name of a force, or the id itself when the register does not know it. */
export const unitName =
  (views: Views) =>
  (unit: string): Text => {
    const standing = views.roster.get(unit as never);
    return standing === null ? { zh: unit, en: unit } : standing.force.name;
  };

/** An event as a screen shows it: a line of words, the facts stated in it that the actor may read, and whether it is told. */
export const eventView = (views: Views, event: Envelope, matter: Matter | null, actor: Actor) => {
  const kind = event.matter === null ? undefined : views.kinds.get(event.kind);
  const mayRead = (name: string): boolean => {
    const fact = kind?.facts[name];
    return kind !== undefined && matter !== null && fact !== undefined && mayReadFact(kind, fact, actor, matter);
  };
  const facts: Record<string, unknown> = {};
  const stated = (event.body as { readonly facts?: Readonly<Record<string, unknown>> }).facts;
  if (stated !== undefined && !Array.isArray(stated)) {
    for (const [name, value] of Object.entries(stated)) if (!isSealed(value) && mayRead(name)) facts[name] = value;
  }
  return {
    seq: event.seq,
    matter: event.matter,
    kind: event.kind,
    type: event.type,
    time_ms: event.time[0] as number,
    actor: event.actor,
    words: eventWords(kind, event, unitName(views), mayRead),
    facts,
    told: kind !== undefined && matter !== null && isTold(kind, event, matter, actor),
  };
};

/** Whether a clock that ran out names this actor among those it tells. */
const isTold = (kind: Kind, event: Envelope, matter: Matter, actor: Actor): boolean => {
  if (event.type !== 'fired') return false;
  const key = (event.body as { readonly clock?: string }).clock ?? '';
  const clock = kind.clocks[key.split(/[@/]/)[0] ?? ''];
  return clock !== undefined && granted(kind, clock.fires.tells, actor, matter);
};

/** A force with what it is, does and where it is. */
export const forceView = (views: Views, standing: Standing) => {
  const { force } = standing;
  const position = views.positions.get(force.id);
  return {
    id: force.id as string,
    kind: force.kind as string,
    name: force.name,
    call_sign: force.call_sign,
    tier: force.tier as string,
    district: force.district,
    skills: [...force.skills] as string[],
    gear: [...force.gear],
    seats: force.seats,
    crew: force.crew,
    state: standing.state,
    on_duty: standing.on_duty,
    unavailable: standing.unavailable,
    home: { lon: force.home[0], lat: force.home[1] },
    engaged: standing.engaged.map((one) => ({
      matter: one.matter as string,
      state: one.state,
      since_ms: one.since as number,
    })),
    position:
      position === null
        ? null
        : {
            lon: position.at[0],
            lat: position.at[1],
            time_ms: position.time as number,
            accuracy_m: position.accuracy_m,
            speed_kmh: position.speed_kmh,
            heading_deg: position.heading_deg,
            source: position.source as string,
          },
  };
};
