import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Digest, Verifier } from '#core/ledger/digest.ts';
import type { StoredEvent } from '#core/ledger/envelope.ts';
import { consistencyProof, rootOfLeaves } from '#core/ledger/merkle.ts';
import type { Copy } from '#sites/copy.ts';
import { Exchange } from '#sites/exchange.ts';
import { Links } from '#sites/links.ts';
import type { Clocks, LinkChange, LinkState } from '#sites/links.ts';
import type { Alarm, Input, Output } from '#sites/spi.ts';
import type { OwnLedger } from './own-ledger.ts';
import type { Copies, Link, Word } from './ports.ts';
import type { Folded, Views } from './views/views.ts';

/** Events in one piece, at most, where heads are near enough: about half a megabyte. */
const PIECE_EVENTS = 1000;
/** Every neighbour is told of every ledger this often. */
const TELL_MS = 60_000;
/** Alarms kept for people. */
const ALARMS_MAX = 100;

export interface LinkingSetup {
  readonly self: SiteId;
  /** Parent and children. */
  readonly neighbours: readonly SiteId[];
  /** The key of a site of the deployment; null for a stranger. */
  readonly verifierOf: (site: SiteId) => Verifier | null;
  readonly own: OwnLedger;
  readonly copies: Copies;
  /** What is durable of each other ledger. */
  readonly held: readonly Copy[];
  readonly digest: Digest;
  readonly views: Views;
  readonly clocks: () => Clocks;
  readonly link: Link;
  /** Told of what came from other sites, once it is durable and folded. */
  readonly onFolded: (folded: readonly Folded[]) => void;
  readonly onAlarm: (alarm: Alarm) => void;
  readonly onFault: (error: unknown) => void;
}

/** An alarm, and when it was raised by this site's wall clock. */
export interface Raised {
  readonly alarm: Alarm;
  readonly at: Instant;
}

/** A ledger as it is held here. */
export interface HeldLedger {
  readonly origin: SiteId;
  readonly size: number;
  /** Events its site is known to have signed for and that are not here. */
  readonly lag: number;
  /** When the last event held was recorded, by the clock of its site; null while there is none. */
  readonly as_of: Instant | null;
  readonly forked: boolean;
}

/** Runs the exchange of ledgers of a site: its words over the link, its reads and writes on the stores, what it learns into the views. */
export class Linking {
  readonly #setup: LinkingSetup;
  readonly #exchange: Exchange;
  readonly #links: Links;
  readonly #alarms: Raised[] = [];
  #growing: Promise<void> | null = null;
  #grewAgain = false;

  constructor(setup: LinkingSetup) {
    const { self, digest, verifierOf, neighbours, own, held } = setup;
    this.#setup = setup;
    this.#links = new Links(neighbours);
    const exchange = {
      self,
      digest,
      verifierOf,
      neighbours,
      concerns: () => true,
      tell_ms: TELL_MS,
      is_restored: false,
    };
    this.#exchange = new Exchange(exchange, [own.copy, ...held], this.#steady());
  }

  /** True while own commands are to be refused: this site lacks events it signed for, or somebody else has its key (S8). */
  get holds(): boolean {
    return this.#exchange.holds;
  }

  get alarms(): readonly Raised[] {
    return this.#alarms;
  }

  links(): readonly LinkState[] {
    return this.#links.states();
  }

  ledgers(): readonly HeldLedger[] {
    return [...this.#exchange.holdings.values()].map(({ copy, lag, fork }) => ({
      origin: copy.origin,
      size: copy.tree.size,
      lag,
      as_of: copy.head?.time[0] ?? null,
      forked: fork !== null,
    }));
  }

  /** A word came from a neighbour. */
  heard(from: SiteId, word: Word | null): void {
    const clocks = this.#setup.clocks();
    for (const change of this.#links.heard(from, clocks)) this.#changed(change);
    if (word === null) return;
    if (word.type === 'beat') this.#links.beaten(from, word, clocks);
    else this.#take({ type: 'heard', from, message: word });
  }

  /** To be called about every second: says that it is here, finds links that fell silent, and what has waited long enough. */
  beat(): void {
    const clocks = this.#setup.clocks();
    for (const { to, beat } of this.#links.beats(clocks)) this.#setup.link.send(to, beat);
    for (const change of this.#links.silent(clocks)) this.#changed(change);
    if (this.#steady() >= this.#exchange.due) this.#take({ type: 'tick' });
  }

  /** Own events became durable. Many at once are one word. */
  grown(): void {
    this.#grewAgain = true;
    this.#growing ??= this.#grow()
      .catch(this.#setup.onFault)
      .finally(() => {
        this.#growing = null;
      });
  }

  async #grow(): Promise<void> {
    while (this.#grewAgain) {
      this.#grewAgain = false;
      const more = await this.#setup.own.catchUp();
      if (more !== null) this.#take({ type: 'grown', ...more });
    }
  }

  async close(): Promise<void> {
    await this.#growing;
    await this.#setup.link.close();
  }

  #changed({ type, peer }: LinkChange): void {
    if (type === 'cut') this.#setup.link.renew(peer);
    this.#take({ type, peer });
  }

  /** The exchange counts on a clock that is never set: one that goes back would have it wait for days. */
  #steady(): Instant {
    return Math.round(this.#setup.clocks().steady) as Instant;
  }

  #take(input: Input): void {
    for (const output of this.#exchange.take(input, this.#steady())) this.#do(output);
  }

  #do(output: Output): void {
    switch (output.type) {
      case 'send':
        return this.#setup.link.send(output.to, output.message);
      case 'keep':
        return this.#later(this.#keep(output));
      case 'fold':
        return this.#fold(output.origin, output.events);
      case 'read':
        return this.#later(this.#read(output));
      case 'prove':
        return this.#later(this.#prove(output));
      case 'alarm':
        return this.#alarm(output.alarm);
      // Whoever records asks `holds`.
      case 'hold':
      case 'resume':
    }
  }

  #later(work: Promise<void>): void {
    work.catch(this.#setup.onFault);
  }

  async #keep({ origin, events, after }: Extract<Output, { type: 'keep' }>): Promise<void> {
    try {
      if (origin === this.#setup.self) throw new RangeError('own events that were lost are taken back at a start only');
      await this.#setup.copies.append(events, after);
    } catch (error) {
      this.#setup.onFault(error);
      this.#take({ type: 'not-kept', origin });
      return;
    }
    this.#take({ type: 'kept', origin });
  }

  #fold(origin: SiteId, events: readonly StoredEvent[]): void {
    const { views, onFolded } = this.#setup;
    const folded: Folded[] = [];
    for (const one of events) {
      const change = views.foldStored(origin, one);
      if (change !== null) folded.push(change);
    }
    onFolded(folded);
  }

  async #read({ to, ask }: Extract<Output, { type: 'read' }>): Promise<void> {
    const { self, own, copies } = this.#setup;
    const { origin, after } = ask;
    const reading = origin === self ? own.give(after, PIECE_EVENTS) : copies.give(origin, after, PIECE_EVENTS);
    const give = await reading.catch((error: unknown) => {
      this.#setup.onFault(error);
      return null;
    });
    this.#take({ type: 'read', to, ask, give });
  }

  async #prove({ to, origin, size, head }: Extract<Output, { type: 'prove' }>): Promise<void> {
    const { self, own, copies, digest } = this.#setup;
    const hashes = origin === self ? await own.hashes(head.size) : await copies.hashes(origin, head.size);
    if (hashes.length < head.size) return;
    const root = rootOfLeaves(digest, hashes.slice(0, size));
    const path = consistencyProof(digest, hashes, size);
    this.#take({ type: 'proved', to, proof: { type: 'proof', origin, size, root, head, path } });
  }

  #alarm(alarm: Alarm): void {
    this.#alarms.push({ alarm, at: this.#setup.clocks().wall });
    if (this.#alarms.length > ALARMS_MAX) this.#alarms.shift();
    this.#setup.onAlarm(alarm);
  }
}
