import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { newKey } from '../api/client.ts';
import { ApiError, isOffline } from '../api/problem.ts';
import { useLink } from '../stream/live.tsx';
import { type Action, type Answer, drain } from './queue.ts';

const KEY = 'qundao.outbox';
const listeners = new Set<() => void>();
const load = (): readonly Action[] => {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(held) ? (held as readonly Action[]) : [];
  } catch {
    return [];
  }
};
let actions = load();
const read = (): readonly Action[] => actions;
/** Kept on the phone before anything else happens with it: a dead battery loses nothing. */
const write = (next: readonly Action[]): void => {
  actions = next;
  localStorage.setItem(KEY, JSON.stringify(next));
  listeners.forEach((listener) => listener());
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export type NewAction = Pick<Action, 'matter' | 'step' | 'subject' | 'facts' | 'name'>;
interface Outbox {
  readonly actions: readonly Action[];
  readonly take: (action: NewAction) => void;
  readonly dismiss: (key: string) => void;
}
const Context = createContext<Outbox | null>(null);
export const useOutbox = (): Outbox => {
  const outbox = use(Context);
  if (outbox === null) throw new Error('useOutbox outside of OutboxProvider');
  return outbox;
};

const send = async (action: Action): Promise<Answer> => {
  try {
    await calls.takeStep(
      action.matter,
      action.step,
      { subject: action.subject, facts: { ...action.facts } },
      action.key,
    );
    return { type: 'done' };
  } catch (error) {
    if (isOffline(error) || !(error instanceof ApiError)) return { type: 'no-link' };
    return { type: 'refused', problem: error.problem };
  }
};

const AGAIN_MS = 5_000;

/** Sends when something is taken, when the link comes back, and every few seconds while something waits. */
export const OutboxProvider = (props: { readonly children: ReactNode }): ReactNode => {
  const cache = useQueryClient();
  const link = useLink();
  const held = useSyncExternalStore(subscribe, read);
  const running = useRef(false);
  const run = useCallback(async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    const touched = new Set(read().map((one) => one.matter));
    await drain(read, write, send);
    running.current = false;
    for (const id of touched) await cache.invalidateQueries({ queryKey: KEYS.matter(id) });
  }, [cache]);
  const waits = held.some((one) => one.refused === null);
  useEffect(() => {
    if (!waits) return;
    void run();
    const timer = setInterval(() => void run(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, held.length, link.state, run]);
  const outbox = useMemo(
    (): Outbox => ({
      actions: held,
      take: (action) => write([...read(), { ...action, key: newKey(), at_ms: Date.now(), refused: null }]),
      dismiss: (key) => write(read().filter((one) => one.key !== key)),
    }),
    [held],
  );
  return <Context value={outbox}>{props.children}</Context>;
};
