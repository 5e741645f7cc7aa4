/** Who waits: people and machines that are signed in go before the public. */
export type Lane = 'signed-in' | 'anonymous';

/** Tasks of a lane that may wait; each holds a photo in memory. */
export const WAITING_MAX = 20;

/**
 * Runs one task at a time, those of the first lane first, else in the order they came.
 * Answers null at once, without running it, when too many of that lane wait already.
 */
export const lanes = (waiting_max: number = WAITING_MAX) => {
  const waiting: Readonly<Record<Lane, (() => void)[]>> = { 'signed-in': [], anonymous: [] };
  let running = false;
  return async <T>(lane: Lane, task: () => Promise<T>): Promise<{ readonly value: T } | null> => {
    if (running) {
      if (waiting[lane].length >= waiting_max) return null;
      await new Promise<void>((go) => {
        waiting[lane].push(go);
      });
    }
    running = true;
    try {
      return { value: await task() };
    } finally {
      const next = waiting['signed-in'].shift() ?? waiting.anonymous.shift();
      if (next === undefined) running = false;
      else next();
    }
  };
};
