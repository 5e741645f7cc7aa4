import type { Logger } from 'pino';

/** Work that comes again and again. */
export interface Round {
  readonly every_ms: number;
  readonly work: () => Promise<unknown>;
}

/**
 * What a running site does by itself. A round that is still under way is not begun again, and none waits for another; a failure is
 * logged, and the next turn tries again.
 */
export const beat = (
  rounds: readonly Round[],
  log: Pick<Logger, 'error'>,
): { run: () => void; stop: () => Promise<void> } => {
  const timers: NodeJS.Timeout[] = [];
  const underWay = new Map<Round, Promise<unknown>>();
  const turn = (round: Round) => (): void => {
    if (underWay.has(round)) return;
    const done = round
      .work()
      .catch((error: unknown) => log.error(error))
      .finally(() => underWay.delete(round));
    underWay.set(round, done);
  };
  return {
    run: () => {
      for (const round of rounds) timers.push(setInterval(turn(round), round.every_ms));
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(underWay.values());
    },
  };
};

/** Closes what was opened, the last first, all of it whatever happens. Rejects with the first failure when the last is closed. */
export const closeAll = async (closers: readonly (() => unknown)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const close of closers.toReversed()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};
