import type { AccountId, MatterId, SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import type { Text } from '#core/base/text.ts';
import type { Envelope } from '#core/ledger/envelope.ts';

/** Register name of events between sites. */
export const SITE_REGISTER = 'site';
/** Asks that were answered or withdrawn, kept for people. */
const SETTLED_MAX = 500;

/** A step on another site's matter, as it was asked for: what stands in the ledger of the site that asks. */
export interface AskBody {
  readonly owner: SiteId;
  readonly matter: MatterId;
  readonly step: string;
  readonly subject: string | null;
  readonly facts: JsonObject;
  /** Of who asks, as its site established them. */
  readonly roles: readonly string[];
  readonly units: readonly string[];
  /** Idempotency key of the command; null when the caller gave none. */
  readonly key: string | null;
}

/** Why an owner did not do what it was asked. */
export interface Declined {
  readonly code: string;
  readonly words: Text | null;
}

export interface Ask extends AskBody {
  /** The site that asks, and the event of its ledger by which it does. */
  readonly site: SiteId;
  readonly seq: number;
  readonly actor: AccountId;
  readonly at: Instant;
  readonly state: 'waiting' | 'withdrawn' | 'done' | 'declined';
  readonly declined: Declined | null;
}

const keyOf = (site: string, seq: number): string => `${site}/${seq}`;

/** Steps that were asked of other sites, and what became of them: all sites' together, each from its own ledger. */
export class Asks {
  readonly #waiting = new Map<string, Ask>();
  readonly #settled = new Map<string, Ask>();
  /** Answers that came before what they answer: the two stand in different ledgers. */
  readonly #early = new Map<string, Ask['declined']>();

  /** @returns the ask it changed; null when it is no event between sites */
  fold(event: Envelope): Ask | null {
    if (event.kind !== SITE_REGISTER) return null;
    switch (event.type) {
      case 'asked':
        return this.#asked(event);
      case 'withdrawn':
        return this.#settle(keyOf(event.site, Number(event.body['ask'])), 'withdrawn', null);
      case 'answered':
        return this.#answered(event);
      default:
        return null;
    }
  }

  #asked(event: Envelope): Ask {
    const key = keyOf(event.site, event.seq);
    const ask: Ask = {
      ...(event.body as unknown as AskBody),
      site: event.site,
      seq: event.seq,
      actor: event.actor,
      at: event.time[0],
      state: 'waiting',
      declined: null,
    };
    this.#waiting.set(key, ask);
    const early = this.#early.get(key);
    if (early === undefined) return ask;
    this.#early.delete(key);
    return this.#settle(key, early === null ? 'done' : 'declined', early) ?? ask;
  }

  #answered(event: Envelope): Ask | null {
    const body = event.body as unknown as {
      readonly site: string;
      readonly ask: number;
      readonly declined: Declined | null;
    };
    const key = keyOf(body.site, body.ask);
    const ask = this.#waiting.get(key) ?? this.#settled.get(key);
    if (ask === undefined) {
      this.#early.set(key, body.declined);
      return null;
    }
    // Only the owner can say what became of it.
    return ask.owner === event.site
      ? this.#settle(key, body.declined === null ? 'done' : 'declined', body.declined)
      : null;
  }

  /** One that was withdrawn too late was done all the same, and says so. */
  #settle(key: string, state: Ask['state'], declined: Ask['declined']): Ask | null {
    const ask = this.#waiting.get(key) ?? (state === 'withdrawn' ? undefined : this.#settled.get(key));
    if (ask === undefined) return null;
    const settled = { ...ask, state, declined };
    this.#waiting.delete(key);
    this.#settled.delete(key);
    this.#settled.set(key, settled);
    const oldest = this.#settled.keys().next().value;
    if (this.#settled.size > SETTLED_MAX && oldest !== undefined) this.#settled.delete(oldest);
    return settled;
  }

  get(site: SiteId, seq: number): Ask | null {
    const key = keyOf(site, seq);
    return this.#waiting.get(key) ?? this.#settled.get(key) ?? null;
  }

  /** What waits for an answer, in the order it was learnt of. */
  waiting(): IterableIterator<Ask> {
    return this.#waiting.values();
  }

  /** The same command of the same person, when it was asked before. */
  repeated(site: SiteId, actor: AccountId, key: string): Ask | null {
    for (const asks of [this.#waiting, this.#settled])
      for (const ask of asks.values()) if (ask.site === site && ask.actor === actor && ask.key === key) return ask;
    return null;
  }

  all(): readonly Ask[] {
    return [...this.#settled.values(), ...this.#waiting.values()];
  }

  /** Places one from a snapshot. */
  put(ask: Ask): void {
    (ask.state === 'waiting' ? this.#waiting : this.#settled).set(keyOf(ask.site, ask.seq), ask);
  }
}
