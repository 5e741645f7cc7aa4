import type { Hash, SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Digest, Verifier } from '#core/ledger/digest.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { verifyHead } from '#core/ledger/heads.ts';
import { contradicts, isFork, judge, sizeOf, weigh } from './copy.ts';
import type { Copy, Fork, Piece } from './copy.ts';
import { Holding } from './holding.ts';
import type { Give, Message, Proof } from './message.ts';
import type { Alarm, Asked, ExchangeSetup, Input, Output } from './spi.ts';

/** Asks and writes under way at once, over all ledgers (S7). */
const UNDER_WAY_MAX = 8;

/** A linked site. */
interface Peer {
  /** The size of each ledger it says it holds. */
  readonly holds: Map<SiteId, number>;
}

/**
 * The exchange of ledgers between one site and its peers, rules S1–S9 of docs/RULES.md. It has no clock, disk or network: inputs go in with
 * the time, outputs come out, and the same inputs give the same outputs. What is durable is what it was told is `kept`, `grown` or there
 * at the start; after a crash it begins anew from that.
 */
export class Exchange {
  readonly #setup: ExchangeSetup;
  readonly #holdings = new Map<SiteId, Holding>();
  readonly #peers = new Map<SiteId, Peer>();
  readonly #strangers = new Set<SiteId>();
  #outputs: Output[] = [];
  #now: Instant;
  #tellAt: Instant;
  /** Neighbours a site that was put back has not heard from yet. */
  readonly #unheard: Set<SiteId>;
  #held: boolean;
  /** A person was told that this site is behind, and it still is. */
  #isToldBehind = false;
  /** Its own ledger grew since it started: what is signed after that and is not here was not signed here. */
  #hasGrown = false;
  #isStolen = false;

  /** @param copies what is durable of each ledger, its own among them */
  constructor(setup: ExchangeSetup, copies: Iterable<Copy>, now: Instant) {
    this.#setup = setup;
    this.#now = now;
    this.#tellAt = (now + setup.tell_ms) as Instant;
    this.#unheard = new Set(setup.is_restored ? setup.neighbours : []);
    this.#held = this.#unheard.size > 0;
    for (const copy of copies) this.#holdings.set(copy.origin, new Holding(copy));
  }

  /** Where each ledger stands here, and the largest head heard of it: what lags is the difference (S4). */
  get holdings(): ReadonlyMap<SiteId, Holding> {
    return this.#holdings;
  }

  /** True while own commands are to be refused. */
  get holds(): boolean {
    return this.#held;
  }

  /** When the next `tick` has something to do. */
  get due(): Instant {
    const waiting = [...this.#holdings.values()].map((holding) => holding.due(this.#now)).filter((due) => due !== null);
    return Math.min(this.#tellAt, ...waiting) as Instant;
  }

  take(input: Input, now: Instant): readonly Output[] {
    this.#now = now;
    this.#handle(input);
    this.#askAll();
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  #handle(input: Input): void {
    switch (input.type) {
      case 'linked':
        this.#peers.set(input.peer, { holds: new Map() });
        return this.#tellAllTo(input.peer);
      case 'cut':
        this.#peers.delete(input.peer);
        for (const holding of this.#holdings.values()) holding.forget(input.peer);
        return;
      case 'grown':
        return this.#grown(input.after, input.texts);
      case 'heard':
        return this.#heard(input.from, input.message);
      case 'kept':
        return this.#kept(input.origin);
      case 'not-kept':
        return this.#holdings.get(input.origin)?.drop(this.#now);
      case 'read':
        return this.#answer(input.to, input.ask, input.give);
      case 'proved':
        return this.#send(input.to, input.proof);
      case 'go-on':
        this.#unheard.clear();
        return this.#lookAtOwn();
      case 'tick':
        return this.#tick();
    }
  }

  #heard(from: SiteId, message: Message): void {
    if (!this.#peers.has(from)) return;
    switch (message.type) {
      case 'tell':
        return this.#toldAll(from, message.heads, message.all);
      case 'ask':
        return this.#asked(from, { origin: message.origin, after: message.after });
      case 'give':
        return this.#given(from, message);
      case 'lack':
        return this.#holdings.get(message.origin)?.lacks(from);
      case 'doubt':
        return this.#doubted(from, message.origin, message.size);
      case 'proof':
        return this.#proven(from, message);
      case 'fork':
        return this.#forked(from, message.fork);
    }
  }

  #asked(from: SiteId, ask: Asked): void {
    const { origin, after } = ask;
    this.#peers.get(from)?.holds.set(origin, after);
    if (this.#setup.concerns(from, origin)) this.#outputs.push({ type: 'read', to: from, ask });
    else this.#send(from, { type: 'lack', origin, after });
  }

  /** A peer has told what it holds when it told all of it, and nothing was misheard: what is missing may be what matters (S8). */
  #toldAll(from: SiteId, heads: readonly SignedHead[], all: boolean): void {
    const isSound = heads.map((head) => this.#told(from, head)).every(Boolean);
    if (all && isSound && this.#unheard.delete(from)) this.#lookAtOwn();
  }

  /** A peer holds a ledger as far as this head. @returns false when its site did not sign it */
  #told(from: SiteId, head: SignedHead): boolean {
    const holding = this.#holdingOf(head.site, from);
    if (holding === null) return true;
    if (!holding.isKnown(head) && !verifyHead(this.#verifier(head.site), head)) {
      this.#unsigned(head.site, from);
      return false;
    }
    this.#peers.get(from)?.holds.set(head.site, head.size);
    this.#noteHead(holding, head);
    return true;
  }

  #noteHead(holding: Holding, head: SignedHead): void {
    const fork = contradicts(holding.copy, head);
    if (fork !== null) return this.#freeze(holding, fork);
    holding.note(head);
    if (holding.copy.origin === this.#setup.self) this.#lookAtOwn();
  }

  /** A site that was put back to an older state writes nothing until it has all that it signed for (S8). */
  #lookAtOwn(): void {
    const own = this.#holdings.get(this.#setup.self);
    const isBehind = (own?.lag ?? 0) > 0;
    if (isBehind && !this.#isToldBehind) this.#alarmBehind(own);
    this.#isToldBehind = isBehind;
    if (isBehind) this.#hold();
    else if (this.#held && this.#unheard.size === 0 && !this.#isStolen && (own?.fork ?? null) === null) {
      this.#held = false;
      this.#outputs.push({ type: 'resume' });
    }
  }

  #alarmBehind(own: Holding | undefined): void {
    const head = own?.newest ?? null;
    if (own !== undefined && head !== null) this.#alarm({ code: 'behind', head, held: sizeOf(own.copy) });
  }

  #hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#outputs.push({ type: 'hold' });
  }

  #given(from: SiteId, give: Give): void {
    const holding = this.#holdingOf(give.origin, from);
    if (holding === null || holding.fork !== null) return;
    if (holding.piece !== null) return holding.defer(from, give);
    holding.answered(from, give.after);
    const judged = judge(holding.copy, give, this.#judge(give.origin));
    if (typeof judged === 'object') {
      // Who gives events has them (S3).
      const holds = this.#peers.get(from)?.holds;
      holds?.set(give.origin, Math.max(holds.get(give.origin) ?? 0, give.head.size));
      return this.#accept(holding, judged.fits);
    }
    if (judged === 'unsigned') return this.#unsigned(give.origin, from);
    if (judged === 'gap') this.#told(from, give.head);
    if (judged === 'differs') this.#send(from, { type: 'doubt', origin: give.origin, size: sizeOf(holding.copy) });
  }

  #accept(holding: Holding, piece: Piece): void {
    if (holding.copy.origin === this.#setup.self && this.#hasGrown) return this.#stolen(piece.head);
    holding.piece = piece;
    const { events, after } = piece;
    this.#outputs.push({ type: 'keep', origin: holding.copy.origin, events, after });
  }

  /** A key that others have vouches for nothing any more: no more is written until a person has given the site a new one. */
  #stolen(head: SignedHead): void {
    if (!this.#isStolen) this.#alarm({ code: 'stolen', head });
    this.#isStolen = true;
    this.#hold();
  }

  /** Durable: only now is it held, told and folded (S3). */
  #kept(origin: SiteId): void {
    const holding = this.#holdings.get(origin);
    const piece = holding?.piece ?? null;
    if (holding === undefined || piece === null) return;
    holding.grow(piece.after);
    this.#outputs.push({ type: 'fold', origin, events: piece.events });
    this.#noteHead(holding, piece.head);
    this.#passOn(
      origin,
      piece.head,
      piece.events.map((event) => event.text),
    );
    const next = holding.takeDeferred();
    if (next !== null) this.#given(next.from, next.give);
  }

  #grown(after: Copy, texts: readonly string[]): void {
    const own = this.#holdings.get(this.#setup.self);
    if (own === undefined || after.head === null) return;
    own.grow(after);
    own.note(after.head);
    this.#hasGrown = true;
    this.#passOn(after.origin, after.head, texts);
  }

  /** Peers that stand where these events begin are given them; the others are told. */
  #passOn(origin: SiteId, head: SignedHead, texts: readonly string[]): void {
    const after = head.size - texts.length;
    for (const [peer, { holds }] of this.#peers) {
      const theirs = holds.get(origin) ?? 0;
      if (!this.#setup.concerns(peer, origin) || theirs >= head.size) continue;
      if (theirs === after) {
        // Sent on the strength of what it will hold; if it does not arrive, the next `tell` finds out.
        holds.set(origin, head.size);
        this.#send(peer, { type: 'give', origin, after, texts, head });
      } else this.#send(peer, { type: 'tell', heads: [head], all: false });
    }
  }

  #answer(to: SiteId, ask: Asked, give: Give | null): void {
    if (give === null) this.#send(to, { type: 'lack', origin: ask.origin, after: ask.after });
    else this.#send(to, give);
  }

  #doubted(from: SiteId, origin: SiteId, size: number): void {
    const holding = this.#holdings.get(origin);
    const head = holding?.copy.head ?? null;
    if (head === null || size > head.size || size === 0 || !this.#setup.concerns(from, origin)) return;
    this.#outputs.push({ type: 'prove', to: from, origin, size, head });
  }

  #proven(from: SiteId, proof: Proof): void {
    const holding = this.#holdingOf(proof.origin, from);
    if (holding === null || holding.fork !== null) return;
    const weighed = weigh(holding.copy, proof, this.#judge(proof.origin));
    if (typeof weighed === 'object') this.#freeze(holding, weighed);
  }

  #forked(from: SiteId, fork: Fork): void {
    const holding = this.#holdingOf(fork.origin, from);
    if (holding !== null && isFork(fork, this.#judge(fork.origin))) this.#freeze(holding, fork);
  }

  /** What was signed twice goes on from neither: the copy stays where it is until a person decides, and the others are shown (S5). */
  #freeze(holding: Holding, fork: Fork): void {
    if (holding.fork !== null) return;
    holding.freeze(fork);
    this.#alarm({ code: 'forked', fork });
    for (const peer of this.#peers.keys()) this.#showForkTo(peer, fork);
    if (fork.origin === this.#setup.self) this.#hold();
  }

  #tick(): void {
    for (const holding of this.#holdings.values()) holding.expire(this.#now);
    if (this.#now < this.#tellAt) return;
    this.#tellAt = (this.#now + this.#setup.tell_ms) as Instant;
    for (const peer of this.#peers.keys()) this.#tellAllTo(peer);
  }

  #showForkTo(peer: SiteId, fork: Fork): void {
    if (this.#setup.concerns(peer, fork.origin)) this.#send(peer, { type: 'fork', fork });
  }

  #tellAllTo(peer: SiteId): void {
    for (const { fork } of this.#holdings.values()) if (fork !== null) this.#showForkTo(peer, fork);
    const heads = [...this.#holdings.values()]
      .filter(({ copy }) => this.#setup.concerns(peer, copy.origin))
      .map(({ copy }) => copy.head)
      .filter((head) => head !== null);
    this.#send(peer, { type: 'tell', heads, all: true });
  }

  /** Asks for what is missing, as far as there is room (S4, S7). */
  #askAll(): void {
    let room = UNDER_WAY_MAX;
    for (const holding of this.#holdings.values()) if (holding.isBusy) room -= 1;
    for (const holding of this.#holdings.values()) {
      if (room <= 0) return;
      if (!holding.isWanting(this.#now)) continue;
      const peer = this.#whoHas(holding);
      if (peer === null) continue;
      const after = sizeOf(holding.copy);
      holding.ask(peer, after, this.#now);
      this.#send(peer, { type: 'ask', origin: holding.copy.origin, after });
      room -= 1;
    }
  }

  /** A linked peer that says it holds more; one that was not asked in vain before another that was. */
  #whoHas(holding: Holding): SiteId | null {
    const size = sizeOf(holding.copy);
    const able = [...this.#peers]
      .filter(([, { holds }]) => (holds.get(holding.copy.origin) ?? 0) > size)
      .map(([peer]) => peer);
    return holding.next(able, this.#now);
  }

  /** What is held of a site's ledger; null for a stranger, of whom a person is told once. */
  #holdingOf(origin: SiteId, from: SiteId): Holding | null {
    const known = this.#holdings.get(origin);
    if (known !== undefined) return known;
    if (this.#setup.verifierOf(origin) === null) {
      if (!this.#strangers.has(origin)) this.#alarm({ code: 'stranger', origin, from });
      this.#strangers.add(origin);
      return null;
    }
    const holding = Holding.empty(origin);
    this.#holdings.set(origin, holding);
    return holding;
  }

  #judge(origin: SiteId) {
    return { digest: this.#setup.digest, verifier: this.#verifier(origin) };
  }

  #verifier(origin: SiteId): Verifier {
    return this.#setup.verifierOf(origin) ?? NOBODY;
  }

  #unsigned(origin: SiteId, from: SiteId): void {
    this.#alarm({ code: 'unsigned', origin, from });
  }

  #alarm(alarm: Alarm): void {
    this.#outputs.push({ type: 'alarm', alarm });
  }

  #send(to: SiteId, message: Message): void {
    if (this.#peers.has(to)) this.#outputs.push({ type: 'send', to, message });
  }
}

const NOBODY: Verifier = { verify: () => false };

/** What two sites must agree on when nothing lags: the ledgers they both hold, and where each ends. */
export const stateOf = (holdings: ReadonlyMap<SiteId, Holding>, digest: Digest): Hash =>
  digest.leaf(
    [...holdings.values()]
      .filter(({ copy }) => copy.head !== null)
      .map(({ copy }) => `${copy.origin} ${sizeOf(copy)} ${copy.head?.root ?? ''}`)
      .toSorted()
      .join('\n'),
  );
