import { useSyncExternalStore } from 'react';

/** The one-time code of a set-up link (`/desk/#setup=…`), or null in any other address. */
export const setupTokenIn = (hash: string): string | null => {
  const token = new URLSearchParams(hash.replace(/^#\/?/, '')).get('setup');
  return token === null || token === '' ? null : token;
};

const subscribe = (listener: () => void): (() => void) => {
  globalThis.addEventListener('hashchange', listener);
  return () => globalThis.removeEventListener('hashchange', listener);
};

/** The code in the address now; a link opened in a page that stands open already changes nothing else. */
export const useSetupToken = (): string | null => useSyncExternalStore(subscribe, () => setupTokenIn(location.hash));

/** A used code has no business in the address. */
export const forgetSetupToken = (): void => {
  if (setupTokenIn(location.hash) === null) return;
  history.replaceState(null, '', location.pathname);
  globalThis.dispatchEvent(new HashChangeEvent('hashchange'));
};
