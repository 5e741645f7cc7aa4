import { useSyncExternalStore } from 'react';
import { isMatterId } from '#core/base/ids.ts';

/** What is open is in the address, so that a second window, a reload or a link shows the same. */
const subscribe = (listener: () => void): (() => void) => {
  globalThis.addEventListener('hashchange', listener);
  return () => globalThis.removeEventListener('hashchange', listener);
};
const read = (): string => decodeURIComponent(location.hash.replace(/^#\/?/, ''));

export const useOpenMatter = (): readonly [string | null, (id: string | null) => void] => {
  const held = useSyncExternalStore(subscribe, read);
  return [isMatterId(held) ? held : null, openMatter];
};
export const openMatter = (id: string | null): void => {
  const next = id === null ? '#' : `#${encodeURIComponent(id)}`;
  if (location.hash === next) return;
  history.replaceState(null, '', next);
  globalThis.dispatchEvent(new HashChangeEvent('hashchange'));
};
