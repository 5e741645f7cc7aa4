/**
 * One command at a time per matter and per force: a decision sees everything durable before it, and nothing half done.
 * Keys are taken together, so two commands can never wait for each other.
 */
export class Locks {
  /** Taken keys, each with those who wait for it; null while nobody does. */
  readonly #held = new Map<string, (() => void)[] | null>();

  /** Runs `work` once all keys are free; frees them when it ends, well or not. */
  async with<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const taken = this.take(keys);
    if (taken !== null) await taken;
    try {
      return await work();
    } finally {
      this.free(keys);
    }
  }

  /** Takes all keys; null when that was possible at once. Whoever took them frees them. */
  take(keys: readonly string[]): Promise<void> | null {
    if (this.#firstHeld(keys) !== null) return this.#takeLater(keys);
    for (const key of keys) this.#held.set(key, null);
    return null;
  }

  free(keys: readonly string[]): void {
    for (const key of keys) this.#free(key);
  }

  async #takeLater(keys: readonly string[]): Promise<void> {
    for (let held = this.#firstHeld(keys); held !== null; held = this.#firstHeld(keys)) await this.#freed(held);
    for (const key of keys) this.#held.set(key, null);
  }

  #firstHeld(keys: readonly string[]): string | null {
    for (const key of keys) if (this.#held.has(key)) return key;
    return null;
  }

  #freed(key: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#held.get(key);
      if (waiting === null || waiting === undefined) this.#held.set(key, [resolve]);
      else waiting.push(resolve);
    });
  }

  #free(key: string): void {
    const waiting = this.#held.get(key);
    this.#held.delete(key);
    if (waiting !== null && waiting !== undefined) for (const go of waiting) go();
  }
}
