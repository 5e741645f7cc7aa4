import { accountId } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import { nextStamp } from '#core/base/instant.ts';
import type { Instant, Stamp } from '#core/base/instant.ts';
import { extend, tipOf } from '#core/ledger/chain.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { GENESIS } from '#core/ledger/envelope.ts';
import { signHead } from '#core/ledger/heads.ts';
import { consistencyProof } from '#core/ledger/merkle.ts';
import { EMPTY_TREE, grow, rootOf } from '#core/ledger/tree.ts';
import type { Copy } from '#sites/copy.ts';
import type { Exchange } from '#sites/exchange.ts';
import type { Give, Proof } from '#sites/message.ts';
import type { Asked, ExchangeSetup, Input, Output } from '#sites/spi.ts';
import { Disk } from './disk.ts';
import { pretendDigest, pretendSigner, secretOf } from './pretend.ts';

export type ExchangeClass = typeof Exchange;

/** Most events given at once. */
const PIECE = 50;

/** A site: what it has on disk, and while it runs, its exchange. */
export class Node {
  readonly id: SiteId;
  readonly disk = new Disk();
  /** Null while it is down. */
  exchange: Exchange | null = null;
  /** Rises with every start: what was under way before is void. */
  life = 0;
  /** Own events are on their way to the disk. */
  writing = false;
  wasPutBack = false;
  /** Events of its own its neighbours had when it started on a disk that was put back. */
  toHaveBack = 0;
  /** It wrote something since it started. */
  hasWritten = false;
  #stamp: Stamp | null = null;

  constructor(id: SiteId) {
    this.id = id;
  }

  start(make: ExchangeClass, setup: Omit<ExchangeSetup, 'self' | 'digest'>, now: Instant): void {
    this.disk.ledger(this.id);
    this.life += 1;
    this.hasWritten = false;
    this.exchange = new make({ ...setup, self: this.id, digest: pretendDigest }, this.disk.copies(), now);
  }

  crash(): void {
    this.life += 1;
    this.writing = false;
    this.exchange = null;
  }

  take(input: Input, now: Instant): readonly Output[] {
    return this.exchange?.take(input, now) ?? [];
  }

  /**
   * Texts and head of new events, signed and not yet on disk.
   * @param on what they go on from: its own ledger unless told
   */
  decide(
    count: number,
    now: Instant,
    on: Copy = this.disk.copy(this.id),
  ): { readonly texts: readonly string[]; readonly head: SignedHead } {
    const { tree, head } = on;
    const chain = { site: this.id, size: tree.size, last: head?.last ?? GENESIS };
    const stamps = Array.from({ length: count }, () => (this.#stamp = nextStamp(this.#stamp, now)));
    const drafts = stamps.map(() => DRAFT);
    const { chain: grown, events } = extend(pretendDigest, chain, drafts, stamps);
    const hashesAfter = events.map((event) => event.hash);
    const root = rootOf(pretendDigest, grow(pretendDigest, tree, hashesAfter));
    const signed = signHead(pretendSigner(secretOf(this.id)), { ...tipOf(grown, this.#stamp ?? [now, 0]), root });
    return { texts: events.map((event) => event.text), head: signed };
  }

  read({ origin, after }: Asked): Give | null {
    const ledger = this.disk.ledgers.get(origin);
    if (ledger === undefined) return null;
    const head = ledger.heads.findLast((one) => one.size > after && one.size <= after + PIECE);
    const next = head ?? ledger.heads.find((one) => one.size > after);
    if (next === undefined) return null;
    return { type: 'give', origin, after, texts: ledger.texts.slice(after, next.size), head: next };
  }

  prove(origin: SiteId, size: number, head: SignedHead): Proof | null {
    const hashes = this.disk.ledgers.get(origin)?.hashes.slice(0, head.size) ?? [];
    if (hashes.length < head.size || size > head.size) return null;
    const root = rootOf(pretendDigest, grow(pretendDigest, EMPTY_TREE, hashes.slice(0, size)));
    return { type: 'proof', origin, size, root, head, path: consistencyProof(pretendDigest, hashes, size) };
  }
}

const DRAFT = {
  matter: null,
  kind: 'drill',
  type: 'happened',
  actor: accountId('somebody'),
  purpose: null,
  command: null,
  body: {},
};
