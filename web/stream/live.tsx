import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { EventView } from '#wire/api.ts';
import { patch } from './patch.ts';
import { type Link, makeStream, type Stream } from './stream.ts';

const Context = createContext<Stream | null>(null);

/** Opens the stream while mounted and keeps the caches true. `onEvents` hears what is new, for sounds and notices. */
export const Live = (props: { readonly children: ReactNode; readonly onEvents?: (events: readonly EventView[]) => void }): ReactNode => {
  const cache = useQueryClient();
  const { onEvents } = props;
  const stream = useMemo(
    () =>
      makeStream((message) => {
        patch(cache, message);
        if (message.type === 'batch' && message.events.length > 0) onEvents?.(message.events);
      }),
    [cache, onEvents],
  );
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
