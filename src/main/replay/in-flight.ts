import type { Instant } from '#core/base/instant.ts';

interface Flight {
  readonly at: Instant;
  readonly landed: Promise<void>;
}

/** Commands that were handed in and are not yet answered. The first one that failed for a defect or a full disk stops the replay. */
export class InFlight {
  readonly #flights = new Set<Flight>();
  readonly #byKey = new Map<string, Flight>();
  readonly #max: number;
  #failed: { readonly error: unknown } | null = null;

  constructor(max: number) {
    this.#max = max;
  }

  /** When the oldest of them was handed in; null when there is none. */
  get oldest(): Instant | null {
    return this.#flights.values().next().value?.at ?? null;
  }

  add(keys: readonly string[], at: Instant, work: Promise<void>): void {
    const flight: Flight = {
      at,
      landed: work
        .catch((error: unknown) => {
          this.#failed ??= { error };
        })
        .then(() => {
          this.#flights.delete(flight);
          for (const key of keys) if (this.#byKey.get(key) === flight) this.#byKey.delete(key);
        }),
    };
    this.#flights.add(flight);
    for (const key of keys) this.#byKey.set(key, flight);
  }

  /** Waits until nothing with one of the keys is under way, and there is room for one more. */
  async free(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#byKey.get(key)?.landed;
    while (this.#flights.size >= this.#max) await Promise.race([...this.#flights].map((flight) => flight.landed));
    this.#check();
  }

  async all(): Promise<void> {
    while (this.#flights.size > 0) await Promise.all([...this.#flights].map((flight) => flight.landed));
    this.#check();
  }

  #check(): void {
    if (this.#failed !== null) throw this.#failed.error;
  }
}
