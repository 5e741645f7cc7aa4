import type { ChildProcess } from 'node:child_process';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

export interface Kept {
  /** Ends the process and starts it no more. */
  readonly stop: () => void;
}

/**
 * Keeps a process running. When it ends, or cannot be started, it is started again after a second, then after twice as long each
 * time, up to a minute; one that has lasted that long begins anew.
 * @param start starts it; may throw
 * @param ended told how it ended by itself: an exit code, null for a signal, or why it did not start
 */
export const keepRunning = (start: () => ChildProcess, ended: (how: unknown) => void): Kept => {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let wait_ms = FIRST_WAIT_MS;
  let begun_ms = 0;

  const again = (how: unknown): void => {
    if (stopped) return;
    ended(how);
    if (Date.now() - begun_ms >= LONGEST_WAIT_MS) wait_ms = FIRST_WAIT_MS;
    timer = setTimeout(run, wait_ms);
    wait_ms = Math.min(2 * wait_ms, LONGEST_WAIT_MS);
  };
  const run = (): void => {
    begun_ms = Date.now();
    try {
      child = start();
    } catch (error) {
      again(error);
      return;
    }
    const over = Promise.withResolvers<unknown>();
    child.once('exit', over.resolve);
    child.once('error', over.resolve);
    void over.promise.then(again);
  };
  run();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      child?.kill('SIGTERM');
    },
  };
};
