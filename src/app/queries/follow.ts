import type { LonLat } from '#core/base/geo.ts';
import { accountId } from '#core/base/ids.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import type { Text } from '#core/base/text.ts';
import type { Actor } from '#core/matter/actor.ts';
import { possibleSteps } from '#core/matter/machine.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { positionOf } from '../dispatching.ts';
import type { Dispatching } from '../dispatching.ts';
import type { Standing } from '../views/roster.ts';
import type { Views } from '../views/views.ts';
import { rowOf } from './rows.ts';

/** Whoever holds a receipt: no account, one matter, one role. */
export const receiptHolder = (matter: Matter): Actor => ({
  account: accountId('receipt'),
  roles: ['reporter'],
  sites: '*',
  units: [],
  receipt: matter.id,
});

/** What the reporter may know: where it stands in plain words, who is coming and when, and what was said to them. */
export const followView = (
  views: Views,
  dispatching: Dispatching,
  kind: Kind,
  matter: Matter,
  events: readonly Envelope[],
) => {
  const row = rowOf(kind, matter);
  return {
    number: matter.id as string,
    kind: matter.kind,
    state: matter.state,
    open: row.open,
    tells: row.open ? (kind.states[matter.state]?.tells ?? kind.name) : (outcomeTells(kind, matter) ?? kind.name),
    outcome: outcomeTells(kind, matter),
    raised_ms: row.raised_ms,
    changed_ms: row.changed_ms,
    coming: comingOf(views, dispatching, kind, matter),
    position: row.position,
    facts: openFacts(kind, matter),
    history: historyOf(kind, events),
    rated: kind.rating !== undefined && matter.done.includes(kind.rating),
    may: [
      ...new Set(
        possibleSteps(kind, matter, receiptHolder(matter))
          .filter((one) => one.refused === null)
          .map((one) => one.step),
      ),
    ],
  };
};

const outcomeTells = (kind: Kind, matter: Matter): Text | null =>
  matter.outcome === null ? null : (kind.outcomes[matter.outcome]?.tells ?? null);

const openFacts = (kind: Kind, matter: Matter): Record<string, unknown> => {
  const facts: Record<string, unknown> = {};
  for (const name in matter.facts) {
    const fact = kind.facts[name];
    if (fact?.open !== true || fact.personal === true) continue;
    const values = matter.facts[name]?.stated.map((one) => one.value) ?? [];
    facts[name] = fact.merge === 'single' ? values.at(-1) : values;
  }
  return facts;
};

/** Changes of state, and nothing of who did what inside. */
const historyOf = (kind: Kind, events: readonly Envelope[]): { time_ms: number; words: Text }[] =>
  events
    .map((event) => ({ time_ms: event.time[0] as number, state: (event.body as { readonly state?: string }).state }))
    .filter((one) => one.state !== undefined)
    .map(({ time_ms, state }) => ({ time_ms, words: kind.states[state ?? '']?.tells ?? kind.name }));

const comingOf = (views: Views, dispatching: Dispatching, kind: Kind, matter: Matter) => {
  const coming: Standing[] = [];
  let on_scene = 0;
  for (const part of Object.values(matter.parts)) {
    const standing = views.roster.get(part.subject as never);
    const shows = kind.dispatch?.shows[part.state];
    if (standing === null || part.part !== kind.dispatch?.part) continue;
    if (shows === 'on_scene') on_scene += 1;
    if (shows === 'on_the_way') coming.push(standing);
  }
  const to: LonLat | null = positionOf(kind, matter.facts);
  const positions = coming
    .map((standing) => views.positions.get(standing.force.id))
    .filter((position) => position !== null)
    .map((position) => ({ lon: position.at[0], lat: position.at[1] }));
  const eta_s = to === null || coming.length === 0 || !dispatching.isReady ? null : dispatching.nearest_s(coming, to);
  return { count: coming.length, eta_s, on_scene, positions };
};
