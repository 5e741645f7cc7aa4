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
  /** What was asked, to tell a repeat from a key used twice (`askedBy`). */
  readonly asked: string;
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
    const asked = askedOf(event);
    if (asked !== null) this.put(key, { at: event.time[0], asked, done: answered(null, event, matter) });
  }

  entries(): IterableIterator<[string, Answer]> {
    return this.#answers.entries();
  }
}

/** Names what a command asks, from the command or from the event it led to. */
export const askedBy = {
  raise: (kind: string): string => `raise:${kind}`,
  step: (matter: MatterId, step: string, subject: string | null): string => `${matter}:${step}:${subject ?? ''}`,
};

/** What a `stepped` event says about the command behind it. */
interface SteppedBody {
  readonly step?: string;
  readonly parts?: readonly { readonly subject: string }[];
  /** Other matters the force was engaged in when it was offered this one. */
  readonly elsewhere?: readonly MatterId[];
}

/** What the command behind this event asked; null when the event is not the first of a command on a matter. */
export const askedOf = (event: Envelope): string | null => {
  if (event.matter === null) return null;
  if (event.type === 'raised') return askedBy.raise(event.kind);
  const body = event.body as SteppedBody;
  return event.type === 'stepped' && body.step !== undefined
    ? askedBy.step(event.matter, body.step, body.parts?.[0]?.subject ?? null)
    : null;
};

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
