import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '#core/base/instant.ts';

/** The time of the replay: it stands still between commands, so that everything a command does happens at its moment. */
export interface VirtualClock {
  readonly now: () => Instant;
  /** Goes on to `at`, not before the wall clock has followed at the chosen speed. Never goes back. */
  readonly moveTo: (at: Instant) => Promise<void>;
}

/** @param speed times real time; null as fast as possible */
export const virtualClock = (start: Instant, speed: number | null, signal?: AbortSignal): VirtualClock => {
  const began_ms = performance.now();
  let at = start;
  return {
    now: () => at,
    moveTo: async (next) => {
      if (speed !== null) {
        const wait_ms = began_ms + (next - start) / speed - performance.now();
        if (wait_ms > 0) await sleep(wait_ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      }
      if (next > at) at = next;
    },
  };
};
