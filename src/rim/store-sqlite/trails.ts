import type { MatterId } from '#core/base/ids.ts';

const FIRST_ROOM = 1024;

/**
 * Which events belong to which matter, in memory: for each event the one of its matter before it (4 bytes), for each matter
 * its last. An index on disk would be a page to write for nearly every event of a group; this is filled from the rows that every
 * start reads anyway, and can be filled again at any time.
 */
export class Trails {
  readonly #last = new Map<MatterId, number>();
  /** At `seq`: the matter's event before it; 0 for its first, and for events without a matter. */
  #before = new Uint32Array(FIRST_ROOM);
  #size = 0;

  /** Sequence number of the last event it knows. */
  get size(): number {
    return this.#size;
  }

  /** Takes the next event; one that does not follow the last is left for later. */
  add(seq: number, matter: MatterId | null): void {
    if (seq !== this.#size + 1) return;
    if (seq >= this.#before.length) this.#grow();
    this.#size = seq;
    if (matter === null) return;
    this.#before[seq] = this.#last.get(matter) ?? 0;
    this.#last.set(matter, seq);
  }

  /** Sequence numbers of a matter's events, in order. */
  of(matter: MatterId): readonly number[] {
    const seqs: number[] = [];
    for (let seq = this.#last.get(matter) ?? 0; seq > 0; seq = this.#before[seq] ?? 0) seqs.push(seq);
    return seqs.reverse();
  }

  #grow(): void {
    const grown = new Uint32Array(this.#before.length * 2);
    grown.set(this.#before);
    this.#before = grown;
  }
}
