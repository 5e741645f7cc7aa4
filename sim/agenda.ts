import { log } from './log.ts';

type Work = () => unknown;

/** What is to be done later, one thing per key: a new plan for a key replaces the old one. */
export class Agenda {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  plan(key: string, delay_ms: number, work: Work): void {
    this.cancel(key);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      void run(work);
    }, delay_ms);
    this.#timers.set(key, timer);
  }

  cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  has(key: string): boolean {
    return this.#timers.has(key);
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}

/** Nothing that goes wrong in one plan may end the others. */
const run = async (work: Work): Promise<void> => {
  try {
    await work();
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
  }
};
