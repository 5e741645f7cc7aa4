import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { EventView } from '#wire/api.ts';
import closure from '#kinds/command/closure.ts';
import { KEYS } from '../api/cache.ts';
import { patch, RECENT_EVENTS, TOLD } from './patch.ts';

const MINUTE_MS = 60_000;
const NOW_MS = 100 * MINUTE_MS;

const event = (seq: number, matter: string, told: boolean, age_ms = 0): EventView => ({
  seq,
  matter,
  kind: 'incident',
  type: 'fired',
  time_ms: NOW_MS - age_ms,
  actor: 'system',
  words: { zh: '超时', en: 'Overdue' },
  facts: {},
  told,
});
const hear = (cache: QueryClient, events: readonly EventView[]): void =>
  patch(cache, { type: 'batch', seq: 9, now_ms: NOW_MS, rows: [], events: [...events], forces: [], gone: [] });
const told = (cache: QueryClient): readonly number[] =>
  (cache.getQueryData<readonly EventView[]>(TOLD) ?? []).map((one) => one.seq);

test('a deadline is told to whom its clock names, once per matter and the latest of it', () => {
  const cache = new QueryClient();
  hear(cache, [event(1, 'A', true), event(2, 'B', false)]);
  assert.deepEqual(told(cache), [1]);
  hear(cache, [event(3, 'C', true), event(4, 'A', true)]);
  assert.deepEqual(told(cache), [3, 4]);
});

test('what passed long ago is no news', () => {
  const cache = new QueryClient();
  hear(cache, [event(1, 'A', true, 16 * MINUTE_MS), event(2, 'B', true, 14 * MINUTE_MS)]);
  assert.deepEqual(told(cache), [2]);
});

test('a closure or the weather makes what was counted by travel old; other news do not', () => {
  const cache = new QueryClient();
  cache.setQueryData(KEYS.kinds, { kinds: [closure], roles: {}, forces: {}, skills: {} });
  const counted = [KEYS.conditions, KEYS.candidates('A'), KEYS.journey('A', 'f'), [...KEYS.reach, 'car']];
  const old = (events: readonly EventView[]): readonly boolean[] => {
    for (const key of counted) cache.setQueryData(key, {});
    hear(cache, events);
    return counted.map((key) => cache.getQueryState(key)?.isInvalidated === true);
  };
  assert.deepEqual(old([event(1, 'B', false)]), [false, false, false, false]);
  assert.deepEqual(old([{ ...event(2, 'C', false), kind: closure.id }]), [true, true, true, true]);
  assert.deepEqual(old([{ ...event(3, 'C', false), matter: null, kind: 'weather' }]), [true, true, true, true]);
});

test('a list that is on its way when something happens is asked for again, and shows it', async () => {
  const cache = new QueryClient();
  let asked = 0;
  const first = Promise.withResolvers<{ rows: readonly unknown[] }>();
  const queryFn = (): Promise<unknown> => {
    asked += 1;
    return asked === 1 ? first.promise : Promise.resolve({ rows: [{ id: 'A' }] });
  };
  const leave = new QueryObserver(cache, { queryKey: KEYS.open, queryFn }).subscribe(() => undefined);
  hear(cache, [event(1, 'A', false)]);
  first.resolve({ rows: [] });
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  const held = cache.getQueryData(KEYS.open);
  leave();
  cache.clear();
  assert.deepEqual(held, { rows: [{ id: 'A' }] });
});

test('what another site’s ledger tells is news too, whatever its place in that ledger', () => {
  const cache = new QueryClient();
  hear(cache, [event(900, 'A', false)]);
  hear(cache, [event(3, 'B', false), event(900, 'A', false)]);
  const recent = cache.getQueryData<readonly EventView[]>(RECENT_EVENTS) ?? [];
  assert.deepEqual(
    recent.map((one) => [one.matter, one.seq]),
    [
      ['A', 900],
      ['B', 3],
    ],
  );
  cache.clear();
});
