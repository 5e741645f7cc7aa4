import type { Hash, SiteId } from '#core/base/ids.ts';
import type { Digest } from '#core/ledger/digest.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { grow } from '#core/ledger/tree.ts';
import type { Tree } from '#core/ledger/tree.ts';
import { EMPTY_TREE } from '#core/ledger/tree.ts';
import type { Copy } from '#sites/copy.ts';
import type { Give } from '#sites/message.ts';
import type { Store } from './ports.ts';

const READ_EVENTS = 5000;

/** What the exchange of ledgers needs of the site's own: where it stands, pieces between signed heads, hashes for proofs. */
export class OwnLedger {
  readonly #store: Store;
  readonly #digest: Digest;
  readonly #self: SiteId;
  #tree: Tree = EMPTY_TREE;
  #head: SignedHead | null = null;
  /** Kept heads, sizes rising; read again when more is asked for than they reach to. */
  #checkpoints: readonly SignedHead[] = [];

  constructor(store: Store, digest: Digest, self: SiteId) {
    this.#store = store;
    this.#digest = digest;
    this.#self = self;
  }

  get copy(): Copy {
    return { origin: this.#self, tree: this.#tree, head: this.#head };
  }

  /** Goes on to the durable head. @returns the texts since; null when there are none, or too many to be given in one piece */
  async catchUp(): Promise<{ readonly after: Copy; readonly texts: readonly string[] } | null> {
    const head = await this.#store.head();
    const before = this.#tree.size;
    if (head === null || head.size <= before) return null;
    const texts: string[] = [];
    for (let after = before; after < head.size;) {
      const events = await this.#store.read(after, Math.min(READ_EVENTS, head.size - after));
      if (events.length === 0) return null;
      this.#tree = grow(this.#digest, this.#tree, hashesOf(events));
      after += events.length;
      if (head.size - before <= READ_EVENTS) texts.push(...events.map((event) => event.text));
    }
    this.#head = head;
    return { after: this.copy, texts };
  }

  /** See `Copies.give`. */
  async give(after: number, limit: number): Promise<Give | null> {
    const head = await this.#headAfter(after, limit);
    if (head === null) return null;
    const texts: string[] = [];
    while (after + texts.length < head.size) {
      const events = await this.#store.read(
        after + texts.length,
        Math.min(READ_EVENTS, head.size - after - texts.length),
      );
      if (events.length === 0) return null;
      texts.push(...events.map((event) => event.text));
    }
    return { type: 'give', origin: this.#self, after, texts, head };
  }

  async #headAfter(after: number, limit: number): Promise<SignedHead | null> {
    const newest = this.#head;
    if (newest === null || newest.size <= after) return null;
    if (newest.size <= after + limit) return newest;
    const known = between(this.#checkpoints, after, limit);
    if (known !== null) return known;
    this.#checkpoints = await this.#store.checkpoints();
    return between(this.#checkpoints, after, limit) ?? newest;
  }

  /** Leaf hashes of the first `size` events. */
  async hashes(size: number): Promise<readonly Hash[]> {
    const hashes: Hash[] = [];
    while (hashes.length < size) {
      const events = await this.#store.read(hashes.length, Math.min(READ_EVENTS, size - hashes.length));
      if (events.length === 0) break;
      hashes.push(...hashesOf(events));
    }
    return hashes;
  }
}

const hashesOf = (events: readonly StoredEvent[]): readonly Hash[] => events.map((event) => event.hash);

/** The farthest head within so many events, or the next one. */
const between = (heads: readonly SignedHead[], after: number, limit: number): SignedHead | null => {
  const within = heads.findLast((one) => one.size > after && one.size <= after + limit);
  return within ?? heads.find((one) => one.size > after) ?? null;
};
