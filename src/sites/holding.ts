import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { headText } from '#core/ledger/heads.ts';
import { emptyCopy, sizeOf } from './copy.ts';
import type { Copy, Fork, Piece } from './copy.ts';
import type { Give } from './message.ts';

/** Gives that wait while one of the same ledger is being written. More are let go of: they are asked for later (S7). */
export const DEFERRED_MAX = 4;
/** After a write that failed, or when everybody was asked in vain, the next try waits so long; twice as long each time it was in vain again. */
const REST_MS = 5_000;
const REST_MS_MAX = 320_000;
/** An ask that is not met waits so long at first, longer than a satellite link takes to answer; twice as long each time it was too short. */
const ASK_MS = 20_000;
const ASK_MS_MAX = 640_000;

interface Deferred {
  readonly from: SiteId;
  readonly give: Give;
}

/** One ledger as a site holds it, and what is under way about it. */
export class Holding {
  #copy: Copy;
  /** The largest head its origin is known to have signed. */
  #newest: SignedHead | null;
  #fork: Fork | null = null;
  /** Being written. */
  piece: Piece | null = null;
  #deferred: Deferred[] = [];
  #asked: { readonly peer: SiteId; readonly after: number; readonly until: Instant } | null = null;
  /** Peers that were asked for what comes next and did not give it. */
  readonly #inVain = new Set<SiteId>();
  #restsUntil: Instant | null = null;
  #rest_ms = REST_MS;
  #patience_ms = ASK_MS;

  constructor(copy: Copy) {
    this.#copy = copy;
    this.#newest = copy.head;
  }

  static empty(origin: SiteId): Holding {
    return new Holding(emptyCopy(origin));
  }

  get copy(): Copy {
    return this.#copy;
  }

  get newest(): SignedHead | null {
    return this.#newest;
  }

  get fork(): Fork | null {
    return this.#fork;
  }

  /** Events known to exist and not held. */
  get lag(): number {
    return Math.max(0, (this.#newest?.size ?? 0) - sizeOf(this.#copy));
  }

  get deferredCount(): number {
    return this.#deferred.length;
  }

  get isBusy(): boolean {
    return this.#asked !== null || this.piece !== null;
  }

  /** When an ask runs out or a rest ends; null while neither is under way. */
  due(now: Instant): Instant | null {
    if (this.#asked !== null) return this.#asked.until;
    return this.#restsUntil !== null && this.#restsUntil > now && this.lag > 0 ? this.#restsUntil : null;
  }

  isWanting(now: Instant): boolean {
    const rests = this.#restsUntil !== null && now < this.#restsUntil;
    return this.lag > 0 && !this.isBusy && this.#fork === null && !rests;
  }

  /** True for a head that needs no second look at its signature. */
  isKnown(head: SignedHead): boolean {
    const text = headText(head);
    return [this.#newest, this.#copy.head].some((one) => one !== null && headText(one) === text);
  }

  note(head: SignedHead): void {
    if (head.size > (this.#newest?.size ?? 0)) this.#newest = head;
  }

  grow(after: Copy): void {
    this.#copy = after;
    this.piece = null;
    this.#asked = null;
    this.#inVain.clear();
    this.#rest_ms = REST_MS;
    this.#patience_ms = ASK_MS;
  }

  /** A write failed: the piece is asked for again after a rest. */
  drop(now: Instant): void {
    this.piece = null;
    this.#deferred = [];
    this.#rest(now);
  }

  #rest(now: Instant): void {
    this.#restsUntil = (now + this.#rest_ms) as Instant;
    this.#rest_ms = Math.min(2 * this.#rest_ms, REST_MS_MAX);
  }

  defer(from: SiteId, give: Give): void {
    if (this.#deferred.length < DEFERRED_MAX) this.#deferred.push({ from, give });
  }

  takeDeferred(): Deferred | null {
    return this.#deferred.shift() ?? null;
  }

  ask(peer: SiteId, after: number, now: Instant): void {
    this.#asked = { peer, after, until: (now + this.#patience_ms) as Instant };
  }

  /** A give came: if it is the one asked for, the ask is met, whatever it turns out to hold. */
  answered(peer: SiteId, after: number): void {
    if (this.#asked?.peer !== peer || this.#asked.after !== after) return;
    this.#asked = null;
    this.#inVain.add(peer);
  }

  lacks(peer: SiteId): void {
    if (this.#asked?.peer === peer) this.#asked = null;
    this.#inVain.add(peer);
  }

  expire(now: Instant): void {
    if (this.#asked === null || now < this.#asked.until) return;
    this.#inVain.add(this.#asked.peer);
    this.#asked = null;
    this.#patience_ms = Math.min(2 * this.#patience_ms, ASK_MS_MAX);
  }

  /** A peer is out of reach, or new: what it was asked for is asked for elsewhere, and it may be asked again. */
  forget(peer: SiteId): void {
    if (this.#asked?.peer === peer) this.#asked = null;
    this.#inVain.delete(peer);
    this.#restsUntil = null;
  }

  /** Whom to ask next of those able; when all were asked in vain, all over again after a rest. */
  next(able: readonly SiteId[], now: Instant): SiteId | null {
    const fresh = able.find((peer) => !this.#inVain.has(peer));
    if (fresh !== undefined) return fresh;
    if (able.length > 0) {
      this.#inVain.clear();
      this.#rest(now);
    }
    return null;
  }

  freeze(fork: Fork): void {
    this.#fork = fork;
    this.#deferred = [];
    this.#asked = null;
  }
}
