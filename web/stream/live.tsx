import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { EventView } from '#wire/api.ts';
import { call } from '../api/client.ts';
import { patch } from './patch.ts';
import { type Link, makeStream, type Stream } from './stream.ts';

/** Older events are history, not news. */
const FRESH_MS = 30_000;

const Context = createContext<Stream | null>(null);

/**
 * Opens the stream while mounted and keeps the caches true. `onEvents` hears what is new, for sounds.
 * `lookBack`: how many ledger positions before now are fetched at the start.
 */
export const Live = (props: {
  readonly children: ReactNode;
  readonly onEvents: (events: readonly EventView[]) => void;
  readonly lookBack: number;
}): ReactNode => {
  const cache = useQueryClient();
  const { onEvents, lookBack } = props;
  const stream = useMemo(() => {
    let wasCut = false;
    return makeStream({
      look_back: lookBack,
      onMessage: (message) => {
        // What failed while the line was cut is asked again; nobody has to press anything.
        if (wasCut) void cache.refetchQueries({ predicate: (query) => query.state.status === 'error' });
        wasCut = false;
        patch(cache, message);
        if (message.type !== 'batch') return;
        const fresh = message.events.filter((event) => message.now_ms - event.time_ms < FRESH_MS);
        if (fresh.length > 0) onEvents(fresh);
      },
      probe: () => call('/api/site', { open: true }),
      // Asked as an ordinary call: an ended session then opens the sign-in above the page.
      onCut: () => {
        wasCut = true;
        void call('/api/session').catch(() => undefined);
      },
    });
  }, [cache, onEvents, lookBack]);
  useEffect(() => {
    stream.start();
    return stream.stop;
  }, [stream]);
  return <Context value={stream}>{props.children}</Context>;
};

const NONE: Link = { state: 'connecting', heard_ms: null, skew_ms: 0, seq: null };
const still = (): (() => void) => () => undefined;

export const useLink = (): Link => {
  const stream = use(Context);
  return useSyncExternalStore(stream?.subscribe ?? still, stream?.link ?? (() => NONE));
};
