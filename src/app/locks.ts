/**
 * One command at a time per matter and per force: a decision sees everything durable before it, and nothing half done.
 * Keys are taken together, so two commands can never wait for each other.
 */
export class Locks {
  readonly #held = new Map<string, Promise<void>>();

  /** Runs `work` once all keys are free; frees them when it ends, well or not. */
  async with<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    for (;;) {
      const waiting = keys.map((key) => this.#held.get(key)).filter((one) => one !== undefined);
      if (waiting.length === 0) break;
      await Promise.all(waiting);
    }
    let free = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    for (const key of keys) this.#held.set(key, held);
    try {
      return await work();
    } finally {
      for (const key of keys) this.#held.delete(key);
      free();
    }
  }
}
