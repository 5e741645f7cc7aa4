import type { QueryClient } from '@tanstack/react-query';
import type { EventView, ForceView, MatterRow, StreamMessage } from '#wire/api.ts';
import type { MatterPage } from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import type { Declared } from '../api/kinds.ts';
import { closingKinds } from '../travel/closures.ts';

/** Lists a message changes. */
const LISTS = [KEYS.open, KEYS.closed, KEYS.forces] as const;

/**
 * A list that is on its way when a message comes may have been made before what the message tells, and would hide it for good: it is asked for
 * again as soon as it is there.
 */
const askAgain = (cache: QueryClient): void => {
  for (const queryKey of LISTS) {
    const query = cache.getQueryCache().find({ queryKey, exact: true });
    if (query?.state.fetchStatus !== 'fetching') continue;
    const stop = cache.getQueryCache().subscribe((event) => {
      if (event.query !== query || query.state.fetchStatus === 'fetching') return;
      stop();
      void cache.invalidateQueries({ queryKey, exact: true });
    });
  }
};

/** Puts a message of the stream into what the screens hold. Opened matters are asked again: their steps depend on who asks. */
export const patch = (cache: QueryClient, message: StreamMessage): void => {
  if (message.type === 'hello') return;
  if (message.type === 'reset') {
    void cache.invalidateQueries();
    return;
  }
  askAgain(cache);
  patchForces(cache, message.forces);
  if (message.rows.length > 0 || message.gone.length > 0) patchRows(cache, message.rows, message.gone);
  patchEvents(cache, message.events);
  patchTold(cache, message);
  patchTravel(cache, message);
  const touched = new Set([...message.rows.map((row) => row.id), ...message.events.map((event) => event.matter)]);
  for (const id of touched) {
    if (id === null) continue;
    void cache.invalidateQueries({ queryKey: KEYS.matter(id) });
    void cache.invalidateQueries({ queryKey: KEYS.candidates(id) });
  }
};

const patchForces = (cache: QueryClient, changed: readonly ForceView[]): void => {
  if (changed.length === 0) return;
  cache.setQueryData<readonly ForceView[]>(KEYS.forces, (held) => (held === undefined ? held : merge(held, changed)));
};

/** `held` with the changed ones in place of their old selves and new ones at the end. */
export const merge = <T extends { readonly id: string }>(held: readonly T[], changed: readonly T[]): readonly T[] => {
  const byId = new Map(changed.map((one) => [one.id, one]));
  const kept = held.map((one) => {
    const next = byId.get(one.id);
    byId.delete(one.id);
    return next ?? one;
  });
  return byId.size === 0 ? kept : [...kept, ...byId.values()];
};

const patchRows = (cache: QueryClient, changed: readonly MatterRow[], gone: readonly string[]): void => {
  for (const [key, wanted] of [
    [KEYS.open, true],
    [KEYS.closed, false],
  ] as const) {
    cache.setQueryData<MatterPage>(key, (held) => {
      if (held === undefined) return held;
      const newest = changed.filter((row) => (held.rows.find((old) => old.id === row.id)?.seq ?? -1) <= row.seq);
      return { ...held, rows: merge(held.rows, newest).filter((row) => row.open === wanted && !gone.includes(row.id)) };
    });
  }
};

const RECENT = 300;
const patchEvents = (cache: QueryClient, fresh: readonly EventView[]): void => {
  if (fresh.length === 0) return;
  cache.setQueryData<readonly EventView[]>(RECENT_EVENTS, (held) => withNews(held ?? [], fresh).slice(-RECENT));
  for (const id of new Set(fresh.map((event) => event.matter))) {
    if (id === null) continue;
    const own = fresh.filter((event) => event.matter === id);
    cache.setQueryData<readonly EventView[]>(KEYS.events(id), (held) =>
      held === undefined ? held : append(held, own),
    );
  }
};
/** Events seen since this screen was opened, all matters. */
export const RECENT_EVENTS = ['events-recent'] as const;

/** Deadlines that passed and of which this session is told, the latest of each matter; those seen are taken out again. */
export const TOLD = ['told'] as const;
/** What is older is no news; the list shows it as late all the same. */
const TOLD_MS = 15 * 60_000;
const patchTold = (cache: QueryClient, message: Extract<StreamMessage, { readonly type: 'batch' }>): void => {
  const told = message.events.filter((event) => event.told && message.now_ms - event.time_ms < TOLD_MS);
  if (told.length === 0) return;
  const latest = new Map(told.map((event) => [event.matter, event]));
  cache.setQueryData<readonly EventView[]>(TOLD, (held) => [
    ...(held ?? []).filter((event) => !latest.has(event.matter)),
    ...latest.values(),
  ]);
};

/** Weather is told under this register, and belongs to no matter. */
const WEATHER = 'weather';
/** Where something was closed or opened, or the weather turned, everything counted by travel is counted again. */
const patchTravel = (
  cache: QueryClient,
  { rows, events }: Extract<StreamMessage, { readonly type: 'batch' }>,
): void => {
  const closing = new Set(closingKinds(cache.getQueryData<Declared>(KEYS.kinds)).map((kind) => kind.id));
  const turned = events.some((event) => event.kind === WEATHER || closing.has(event.kind));
  if (!turned && !rows.some((row) => closing.has(row.kind))) return;
  for (const queryKey of [KEYS.conditions, ['candidates'], ['journey'], KEYS.ways, KEYS.reach])
    void cache.invalidateQueries({ queryKey });
};

/** Events of several sites stand in ledgers of their own: a position alone names none of them. */
export const eventKey = ({ matter, type, seq, time_ms }: EventView): string =>
  `${matter ?? ''}/${type}/${seq}/${time_ms}`;

const withNews = (held: readonly EventView[], fresh: readonly EventView[]): readonly EventView[] => {
  const known = new Set(held.map(eventKey));
  return [...held, ...fresh.filter((event) => !known.has(eventKey(event)))];
};

/** Events of one matter stand in one ledger. */
const append = (held: readonly EventView[], fresh: readonly EventView[]): readonly EventView[] => {
  const last = held.at(-1)?.seq ?? -1;
  return [...held, ...fresh.filter((event) => event.seq > last)];
};
