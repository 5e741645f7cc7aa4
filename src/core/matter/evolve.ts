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
  done: [],
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
): Matter => {
  const after = { ...matter };
  apply(kind, after, change, { by: context.actor.account, at: [context.now, 0], site: context.site });
  return after;
};

/**
 * The matter after one event. Events of a type this program does not know leave everything but the position unchanged.
 * @param matter null only for the event that raised it
 * @throws RangeError when the first event of a matter is not `raised`
 */
export const evolve = (kind: Kind, matter: Matter | null, event: Envelope): Matter => {
  const happening = { type: event.type, body: event.body } as unknown as Happening;
  const after: Growing = matter === null ? begin(kind, event, happening) : { ...matter };
  after.changed = event.time;
  after.seq = event.seq;
  happen(kind, after, happening, { by: event.actor, at: event.time, site: event.site });
  return after;
};

/** A copy nobody else has seen yet: one is made for each event, and changed until it is the matter after it. */
type Growing = { -readonly [Name in keyof Matter]: Matter[Name] };

const begin = (kind: Kind, event: Envelope, happening: Happening): Growing => {
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

const happen = (kind: Kind, after: Growing, happening: Happening, saying: Saying): void => {
  switch (happening.type) {
    case 'raised':
      return apply(kind, after, happening.body, saying);
    case 'stepped': {
      const { step, link } = happening.body;
      apply(kind, after, happening.body, saying);
      after.firsts = mark(after.firsts, `step:${step}`, saying.at[0]);
      if (kind.steps[step]?.once === true) after.done = [...after.done, step];
      if (link !== undefined) after.links = addLink(after.links, { ...link, outgoing: true });
      return;
    }
    case 'fired':
      return fire(kind, after, happening.body, saying);
    case 'linked': {
      const { from, relation } = happening.body;
      after.links = addLink(after.links, { to: from, relation, outgoing: false });
      return;
    }
    case 'erased':
      after.erased = true;
      return;
    default:
  }
};

const fire = (
  kind: Kind,
  after: Growing,
  body: Extract<Happening, { type: 'fired' }>['body'],
  saying: Saying,
): void => {
  const running = after.clocks[body.clock];
  if (running !== undefined) {
    after.clocks = { ...after.clocks, [body.clock]: { ...running, fired: saying.at[0] } };
  }
  apply(kind, after, body, saying);
  after.firsts = mark(after.firsts, `clock:${running?.clock ?? body.clock}`, saying.at[0]);
};

const apply = (kind: Kind, after: Growing, change: Change, saying: Saying): void => {
  if (change.level !== undefined) after.level = change.level;
  if (change.outcome !== undefined) {
    after.outcome = change.outcome;
    after.done = [];
  }
  if (change.facts !== undefined) after.facts = stateFacts(kind, after.facts, change.facts, saying);
  if (change.parts !== undefined) after.parts = moveParts(after.parts, change.parts, saying.at[0]);
  after.clocks = applyClocks(after.clocks, change.start, change.stop);
  if (change.state !== undefined) {
    after.state = change.state;
    after.firsts = mark(after.firsts, `state:${change.state}`, saying.at[0]);
  }
};

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
