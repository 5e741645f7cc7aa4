import { useSyncExternalStore } from 'react';

/** One ticking second for all that ages on a screen, so that a hundred rows do not own a hundred timers. */
const listeners = new Set<() => void>();
let second = Math.floor(Date.now() / 1000);
let timer: ReturnType<typeof setInterval> | undefined;

const tick = (): void => {
  const next = Math.floor(Date.now() / 1000);
  if (next === second) return;
  second = next;
  listeners.forEach((listener) => listener());
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

let skew_ms = 0;
/** Ages are counted on the server's clock: a desk whose own clock is wrong still shows right ages. */
export const setSkew = (ms: number): void => {
  skew_ms = ms;
};

/** Now in milliseconds on the server's clock, renewed every second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => second) * 1000 + skew_ms;
