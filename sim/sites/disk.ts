import type { Hash, SiteId } from '#core/base/ids.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { EMPTY_TREE, grow } from '#core/ledger/tree.ts';
import type { Tree } from '#core/ledger/tree.ts';
import type { Copy } from '#sites/copy.ts';
import { pretendDigest } from './pretend.ts';

/** Heads kept besides the newest: one for about so many events, as checkpoints are. */
const HEAD_EVERY = 20;

/** How long a healthy disk takes to make something durable. */
export const FSYNC_MS: readonly [least: number, most: number] = [1, 30];

/** A ledger as it lies on a disk. */
export interface Kept {
  readonly texts: string[];
  readonly hashes: Hash[];
  /** Sizes rising; the last is of all events. */
  readonly heads: SignedHead[];
  /** Over all events. */
  tree: Tree;
}

/** What a site has on disk, and would still have after a crash. */
export class Disk {
  #ledgers = new Map<SiteId, Kept>();
  full = false;
  /** A mark that outlives crashes: it was put back, and its site has not gone on yet. */
  isRestored = false;
  fsync_ms = FSYNC_MS;

  get ledgers(): ReadonlyMap<SiteId, Kept> {
    return this.#ledgers;
  }

  ledger(origin: SiteId): Kept {
    const known = this.#ledgers.get(origin);
    if (known !== undefined) return known;
    const fresh: Kept = { texts: [], hashes: [], heads: [], tree: EMPTY_TREE };
    this.#ledgers.set(origin, fresh);
    return fresh;
  }

  /** @throws RangeError when the events do not follow those there: a store refuses that */
  append(origin: SiteId, texts: readonly string[], head: SignedHead): void {
    const ledger = this.ledger(origin);
    if (ledger.texts.length + texts.length !== head.size) throw new RangeError(`${origin}: does not follow`);
    ledger.texts.push(...texts);
    const hashes = texts.map((text) => pretendDigest.leaf(text));
    ledger.hashes.push(...hashes);
    ledger.tree = grow(pretendDigest, ledger.tree, hashes);
    const before = ledger.heads.at(-2)?.size ?? 0;
    if (ledger.heads.length > 0 && (ledger.heads.at(-1)?.size ?? 0) - before < HEAD_EVERY) ledger.heads.pop();
    ledger.heads.push(head);
  }

  /** What an exchange begins with. */
  copies(): readonly Copy[] {
    return [...this.#ledgers.keys()].map((origin) => this.copy(origin));
  }

  copy(origin: SiteId): Copy {
    const { tree, heads } = this.ledger(origin);
    return { origin, tree, head: heads.at(-1) ?? null };
  }

  backup(): ReadonlyMap<SiteId, Kept> {
    return new Map(
      [...this.#ledgers].map(([origin, { texts, hashes, heads, tree }]) => [
        origin,
        { texts: [...texts], hashes: [...hashes], heads: [...heads], tree },
      ]),
    );
  }

  /** @param isSaid whether who did it left the mark */
  putBack(backup: ReadonlyMap<SiteId, Kept>, isSaid: boolean): void {
    this.#ledgers = new Map(backup);
    this.isRestored = isSaid;
  }
}
