import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { newKey } from '../api/client.ts';
import { ApiError, isOffline } from '../api/problem.ts';
import { useLink } from '../stream/live.tsx';
import { type Action, type Answer, drain, heldFor_ms, HOLD_MS, released, takenBack } from './queue.ts';
import { makeShelf } from './shelf.ts';

const KEY = 'qundao.outbox';
const listeners = new Set<() => void>();
const { read, write: keep } = makeShelf(localStorage, KEY);
const write = (next: readonly Action[]): void => {
  keep(next);
  listeners.forEach((listener) => listener());
};
/** Hears of what another page of the same phone did as well. */
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
};

export type NewAction = Pick<Action, 'matter' | 'step' | 'subject' | 'facts' | 'name'>;
interface Outbox {
  readonly actions: readonly Action[];
  /** Takes an action: sent at once, or kept back a moment when it can be taken back. */
  readonly take: (action: NewAction, keptBack?: boolean) => void;
  readonly takeBack: (action: Action) => void;
  /** The action that was to be taken back when it had gone already; until read. */
  readonly tooLate: Action | null;
  readonly readTooLate: () => void;
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

/** The device says that it has no network at all; a link that is merely bad is found out by trying. */
export const isCutOff = (): boolean => !navigator.onLine;

const AGAIN_MS = 5_000;

/** Sends when something is taken, when the link comes back, and every few seconds while something waits. */
export const OutboxProvider = (props: { readonly children: ReactNode }): ReactNode => {
  const cache = useQueryClient();
  const link = useLink();
  const held = useSyncExternalStore(subscribe, read);
  const running = useRef(false);
  const [tooLate, setTooLate] = useState<Action | null>(null);
  const run = useCallback(async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    const touched = new Set(read().map((one) => one.matter));
    try {
      await drain(read, write, send, Date.now, isCutOff);
    } finally {
      running.current = false;
    }
    for (const id of touched) await cache.invalidateQueries({ queryKey: KEYS.matter(id) });
  }, [cache]);
  const waits = held.some((one) => one.refused === null);
  useEffect(() => {
    if (!waits) return;
    void run();
    const timer = setInterval(() => void run(), AGAIN_MS);
    const soon = read().map((one) => setTimeout(() => void run(), heldFor_ms(one, Date.now())));
    return () => {
      clearInterval(timer);
      soon.forEach(clearTimeout);
    };
  }, [waits, held.length, link.state, run]);
  useReleaseWhenAway(run);
  const outbox = useMemo(
    (): Outbox => ({
      actions: held,
      take: (action, keptBack) => write([...read(), made(action, keptBack === true)]),
      takeBack: (action) => {
        const before = read();
        const after = takenBack(before, action.key, Date.now(), isCutOff());
        if (after.length < before.length) write(after);
        else setTooLate(action);
      },
      tooLate,
      readTooLate: () => setTooLate(null),
      dismiss: (key) => write(read().filter((one) => one.key !== key)),
    }),
    [held, tooLate],
  );
  return <Context value={outbox}>{props.children}</Context>;
};

const made = (action: NewAction, keptBack: boolean): Action => {
  const at_ms = Date.now();
  return {
    ...action,
    key: newKey(),
    at_ms,
    refused: null,
    ...(keptBack ? { held_until_ms: at_ms + HOLD_MS } : {}),
  };
};

/** The timers of a page in a pocket stand still: what is kept back goes before. */
const useReleaseWhenAway = (run: () => Promise<void>): void => {
  useEffect(() => {
    const away = (): void => {
      if (document.visibilityState !== 'hidden') return;
      write(released(read()));
      void run();
    };
    document.addEventListener('visibilitychange', away);
    return () => document.removeEventListener('visibilitychange', away);
  }, [run]);
};
