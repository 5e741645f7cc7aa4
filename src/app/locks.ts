/**
 * One command at a time per matter and per force: a decision sees everything durable before it, and nothing half done.
 * Keys are taken together, so two commands can never wait for each other.
 */
export class Locks {
  readonly #held = new Map<string, Promise<void>>();

  /** Runs `work` once all keys are free; frees them when it ends, well or not. */
  async with<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    while (keys.some((key) => this.#held.has(key))) {
      for (const key of keys) await this.#held.get(key);
    }
    const { promise, resolve: free } = Promise.withResolvers<void>();
    for (const key of keys) this.#held.set(key, promise);
    try {
      return await work();
    } finally {
      for (const key of keys) this.#held.delete(key);
      free();
    }
  }
}
