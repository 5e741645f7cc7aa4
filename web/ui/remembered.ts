import { useSyncExternalStore } from 'react';

/** A small choice of this person on this machine (theme, language, mute), shared by all components and remembered. */
export interface Remembered<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** @param parse turns what was stored (or null) into a value; whatever is not understood becomes the default */
export const remembered = <T extends string | boolean>(
  key: string,
  parse: (stored: string | null) => T,
): Remembered<T> => {
  const listeners = new Set<() => void>();
  let value = parse(read(key));
  const tell = (): void => listeners.forEach((listener) => listener());
  globalThis.addEventListener('storage', (event) => {
    if (event.key !== key) return;
    value = parse(event.newValue);
    tell();
  });
  return {
    get: () => value,
    set: (next) => {
      value = next;
      write(key, String(next));
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export const useRemembered = <T>(store: Remembered<T>): readonly [T, (value: T) => void] => [
  useSyncExternalStore(store.subscribe, store.get),
  store.set,
];

// A browser that forbids storage still works; it only forgets.
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const write = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
};
