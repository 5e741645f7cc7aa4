import type { MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import type { Matter } from '#core/matter/matter.ts';

/** What a command is answered with: nothing but what its events say, so that a repeat gets the very same. */
export interface Done {
  readonly matter: MatterId;
  readonly seq: number;
  readonly state: string;
  readonly outcome: string | null;
  /** Other matters touched by it: raised or linked. */
  readonly also: readonly MatterId[];
  readonly warnings: readonly Text[];
}

export interface Answer {
  readonly at: Instant;
  readonly done: Done;
}

/** Repeats are recognised for this long. */
const KEEP_MS = 3 * 86_400_000;

/** Answers by idempotency key (with the account it belongs to). Oldest first; older ones than three days are forgotten. */
export class Answers {
  readonly #answers = new Map<string, Answer>();

  get(key: string): Answer | null {
    return this.#answers.get(key) ?? null;
  }

  put(key: string, answer: Answer): void {
    this.#answers.set(key, answer);
    for (const [oldest, one] of this.#answers) {
      if (one.at > answer.at - KEEP_MS) break;
      this.#answers.delete(oldest);
    }
  }

  /** Folds an event that came from a command with a key. */
  fold(event: Envelope, matter: Matter): void {
    if (event.command === null) return;
    const key = `${event.actor}:${event.command}`;
    const known = this.#answers.get(key);
    if (known !== undefined) {
      this.#answers.set(key, { ...known, done: answered(known.done, event, matter) });
      return;
    }
    this.put(key, { at: event.time[0], done: answered(null, event, matter) });
  }

  entries(): IterableIterator<[string, Answer]> {
    return this.#answers.entries();
  }
}

/** What an event says about the command behind it. */
interface SteppedBody {
  /** Other matters the force was engaged in when it was offered this one. */
  readonly elsewhere?: readonly MatterId[];
}

/** The answer after one more event of the same command; the first event makes it. */
export const answered = (sofar: Done | null, event: Envelope, matter: Matter): Done => {
  if (sofar !== null) {
    if (event.type === 'contended' || matter.id === sofar.matter || sofar.also.includes(matter.id)) return sofar;
    return { ...sofar, also: [...sofar.also, matter.id] };
  }
  const elsewhere = (event.body as SteppedBody).elsewhere ?? [];
  return {
    matter: matter.id,
    seq: event.seq,
    state: matter.state,
    outcome: matter.outcome,
    also: [],
    warnings: elsewhere.map((id) => text(`该力量同时投入 ${id}`, `This force is also engaged in ${id}`)),
  };
};
