import type { Action } from './queue.ts';

/** The part of the browser's storage that is used; every page of the phone sees the same. */
export interface Store {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

export interface Shelf {
  /** What is kept, as the last page that wrote left it; the same object until something changes. */
  readonly read: () => readonly Action[];
  readonly write: (actions: readonly Action[]) => void;
}

/** Keeps the actions on the phone before anything else happens with them: a dead battery loses nothing. */
export const makeShelf = (store: Store, key: string): Shelf => {
  let text = store.getItem(key);
  let actions = parsed(text);
  return {
    read: () => {
      const stored = store.getItem(key);
      if (stored !== text) {
        text = stored;
        actions = parsed(stored);
      }
      return actions;
    },
    write: (next) => {
      const written = JSON.stringify(next);
      actions = next;
      store.setItem(key, written);
      text = written;
    },
  };
};

const parsed = (text: string | null): readonly Action[] => {
  try {
    const held: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(held) ? (held as readonly Action[]) : [];
  } catch {
    return [];
  }
};
