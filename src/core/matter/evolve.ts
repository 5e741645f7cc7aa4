import type { AccountId, MatterId, SiteId } from '#core/base/ids.ts';
import type { Instant, Stamp } from '#core/base/instant.ts';
import type { Json } from '#core/base/json.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { applyClocks } from './clocks.ts';
import type { Change, Happening, PartMove } from './happening.ts';
import type { Kind } from './kind.ts';
import type { FactState, Link, Matter, PartOf, Stated } from './matter.ts';

/** Who states something, when and where. */
interface Saying {
  readonly by: AccountId;
  readonly at: Stamp;
  readonly site: SiteId;
}

/** A matter before anything has happened to it. */
export const blank = (
  kind: Kind,
  id: MatterId,
  context: { readonly actor: { readonly account: AccountId }; readonly now: Instant; readonly site: SiteId },
): Matter => ({
  id,
  kind: kind.id,
  site: context.site,
  level: kind.levels[0]?.id ?? '',
  state: kind.initial,
  outcome: null,
  facts: {},
  parts: {},
  clocks: {},
  links: [],
  firsts: {},
  raised_by: context.actor.account,
  receipt: null,
  raised: [context.now, 0],
  changed: [context.now, 0],
  seq: 0,
  erased: false,
});

/** Applies a change as a decision sees it: who and when are those of the context. */
export const applyChange = (
  kind: Kind,
  matter: Matter,
  change: Change,
  context: { readonly actor: { readonly account: AccountId }; readonly now: Instant; readonly site: SiteId },
): Matter => apply(kind, matter, change, { by: context.actor.account, at: [context.now, 0], site: context.site });

/**
 * The matter after one event. Events of a type this program does not know leave everything but the position unchanged.
 * @param matter null only for the event that raised it
 * @throws RangeError when the first event of a matter is not `raised`
 */
export const evolve = (kind: Kind, matter: Matter | null, event: Envelope): Matter => {
  const happening = { type: event.type, body: event.body } as unknown as Happening;
  const saying: Saying = { by: event.actor, at: event.time, site: event.site };
  const before = matter ?? begin(kind, event, happening);
  const after = happen(kind, before, happening, saying);
  return { ...after, changed: event.time, seq: event.seq };
};

const begin = (kind: Kind, event: Envelope, happening: Happening): Matter => {
  if (happening.type !== 'raised' || event.matter === null) {
    throw new RangeError(`event ${event.seq} is not the beginning of a matter`);
  }
  const context = { actor: { account: event.actor }, now: event.time[0], site: event.site };
  const origin = happening.body.origin;
  return {
    ...blank(kind, event.matter, context),
    raised: event.time,
    receipt: happening.body.receipt ?? null,
    links: origin === undefined ? [] : [{ to: origin.matter, relation: origin.relation, outgoing: true }],
    firsts: { raised: event.time[0], [`state:${happening.body.state}`]: event.time[0] },
  };
};

const happen = (kind: Kind, matter: Matter, happening: Happening, saying: Saying): Matter => {
  switch (happening.type) {
    case 'raised':
      return apply(kind, matter, happening.body, saying);
    case 'stepped': {
      const after = apply(kind, matter, happening.body, saying);
      const link = happening.body.link;
      return {
        ...after,
        firsts: mark(after.firsts, `step:${happening.body.step}`, saying.at[0]),
        links: link === undefined ? after.links : addLink(after.links, { ...link, outgoing: true }),
      };
    }
    case 'fired':
      return fire(kind, matter, happening.body, saying);
    case 'linked': {
      const { from, relation } = happening.body;
      return { ...matter, links: addLink(matter.links, { to: from, relation, outgoing: false }) };
    }
    case 'erased':
      return { ...matter, erased: true };
    default:
      return matter;
  }
};

const fire = (
  kind: Kind,
  matter: Matter,
  body: Extract<Happening, { type: 'fired' }>['body'],
  saying: Saying,
): Matter => {
  const running = matter.clocks[body.clock];
  const marked =
    running === undefined
      ? matter
      : { ...matter, clocks: { ...matter.clocks, [body.clock]: { ...running, fired: saying.at[0] } } };
  const after = apply(kind, marked, body, saying);
  return { ...after, firsts: mark(after.firsts, `clock:${running?.clock ?? body.clock}`, saying.at[0]) };
};

const apply = (kind: Kind, matter: Matter, change: Change, saying: Saying): Matter => ({
  ...matter,
  level: change.level ?? matter.level,
  state: change.state ?? matter.state,
  outcome: change.outcome === undefined ? matter.outcome : change.outcome,
  facts: change.facts === undefined ? matter.facts : stateFacts(kind, matter.facts, change.facts, saying),
  parts: change.parts === undefined ? matter.parts : moveParts(matter.parts, change.parts, saying.at[0]),
  clocks: applyClocks(matter.clocks, change.start, change.stop),
  firsts: change.state === undefined ? matter.firsts : mark(matter.firsts, `state:${change.state}`, saying.at[0]),
});

const mark = (firsts: Matter['firsts'], name: string, at: Instant): Matter['firsts'] =>
  firsts[name] === undefined ? { ...firsts, [name]: at } : firsts;

const stateFacts = (
  kind: Kind,
  facts: Matter['facts'],
  changed: Readonly<Record<string, Json>>,
  saying: Saying,
): Matter['facts'] => {
  const next: Record<string, FactState> = { ...facts };
  for (const name in changed) {
    const value = changed[name];
    if (value === undefined) continue;
    const merge = kind.facts[name]?.merge ?? 'single';
    next[name] = { stated: merged(merge, next[name]?.stated ?? [], value, saying), conflict: false };
  }
  return next;
};

const merged = (
  merge: 'single' | 'set' | 'log',
  before: readonly Stated[],
  value: Json,
  saying: Saying,
): readonly Stated[] => {
  if (merge === 'single') return [{ value, ...saying }];
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  const added = values.map((one): Stated => ({ value: one, ...saying }));
  if (merge === 'log') return [...before, ...added];
  const known = new Set(before.map((one) => JSON.stringify(one.value)));
  const fresh = added.filter((one) => {
    const seen = known.has(JSON.stringify(one.value));
    known.add(JSON.stringify(one.value));
    return !seen;
  });
  return [...before, ...fresh];
};

const moveParts = (parts: Matter['parts'], moves: readonly PartMove[], at: Instant): Matter['parts'] => {
  const next: Record<string, PartOf> = { ...parts };
  for (const { of, subject, to } of moves) {
    const key = `${of}/${subject}`;
    next[key] = { part: of, subject, state: to, since: at, firsts: mark(next[key]?.firsts ?? {}, to, at) };
  }
  return next;
};

const addLink = (links: readonly Link[], link: Link): readonly Link[] =>
  links.some((one) => one.to === link.to && one.relation === link.relation && one.outgoing === link.outgoing)
    ? links
    : [...links, link];
