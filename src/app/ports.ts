import type { Hash, MatterId, SiteId } from '#core/base/ids.ts';
import type { SignedHead, StoredEvent, Tip } from '#core/ledger/envelope.ts';
import type { Copy } from '#sites/copy.ts';
import type { Beat } from '#sites/links.ts';
import type { Give, Message } from '#sites/message.ts';

/**
 * Why a store could not do what it was asked. `full` and `broken` leave everything acknowledged before intact. held: nothing is wrong with the store, but this site may
 * not go on with its ledger (S8).
 */
export type StoreFault = 'full' | 'broken' | 'conflict' | 'locked' | 'corrupt' | 'closed' | 'held';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: StoreFault;
  /** Sequence number of the first event concerned, where one can be named. */
  readonly seq: number | null;
  constructor(fault: StoreFault, message: string, seq: number | null = null) {
    super(message);
    this.fault = fault;
    this.seq = seq;
  }
}

/**
 * Events that become durable together, or not at all, and the head that vouches for them. The store makes it of a tip: it keeps the
 * Merkle tree, adds the root and signs. One that came signed (another site's) is kept as it is.
 */
export interface Batch {
  /** Consecutive; the first is the durable head's size + 1. */
  readonly events: readonly StoredEvent[];
  readonly head: Tip | SignedHead;
  /** True when `head` is to be kept for ever as a checkpoint. */
  readonly checkpoint: boolean;
}

/**
 * The durable ledger of one site. One process at a time may hold it.
 * An `append` that resolved survives kill -9 and power loss. One that rejected left nothing behind; only where the answer was lost and the
 * store is closed before it can find out (`closed`), the next start shows it.
 */
export interface Store {
  /** Latest durable head; null while the ledger is empty. */
  readonly head: () => Promise<SignedHead | null>;
  /**
   * Appends batches in the order of the calls; several may be under way, each is its own transaction.
   * When one fails, those queued after it fail too (`conflict`), so that the chain has no hole.
   */
  readonly append: (batch: Batch) => Promise<void>;
  /** Events after `seq`, at most `limit`, in order. Rejects with `corrupt` and the seq when a text does not have its hash. */
  readonly read: (after: number, limit: number) => Promise<readonly StoredEvent[]>;
  /** All events of one matter, in order. */
  readonly ofMatter: (matter: MatterId) => Promise<readonly StoredEvent[]>;
  readonly checkpoints: () => Promise<readonly SignedHead[]>;
  /** Keeps a checkpoint without events (the minute passed), made like the head of a batch. */
  readonly keepCheckpoint: (head: Tip | SignedHead) => Promise<void>;
  /** Of a store that may lose its connection: why nothing can be written now, known before anything is tried; null when it can be. */
  readonly outage?: () => StoreError | null;
  /** Calls `lost` whenever an outage begins. */
  readonly onOutage?: (lost: (outage: StoreError) => void) => void;
  readonly close: () => Promise<void>;
}

/** Copies of other sites' ledgers, as far as their signed heads reach. What is kept of one is the beginning of it, without a gap (S1). */
export interface Copies {
  /** Where each stands. Rejects with `corrupt` when what is kept of one is not what its site signed for. */
  readonly all: () => Promise<readonly Copy[]>;
  /** Durable when it resolves. Rejects with `conflict` when the events do not follow what is there. @param after the copy with them */
  readonly append: (events: readonly StoredEvent[], after: Copy) => Promise<void>;
  readonly read: (origin: SiteId, after: number, limit: number) => Promise<readonly StoredEvent[]>;
  readonly ofMatter: (matter: MatterId) => Promise<readonly StoredEvent[]>;
  /** What comes after an event, up to the farthest signed head within so many events, or the next one; null when there is nothing. */
  readonly give: (origin: SiteId, after: number, limit: number) => Promise<Give | null>;
  /** Leaf hashes of the first `size` events. */
  readonly hashes: (origin: SiteId, size: number) => Promise<readonly Hash[]>;
  readonly close: () => Promise<void>;
}

/** The way to the neighbouring sites. It may lose, repeat, delay and reorder what it carries; it says nothing about whether anybody hears. */
export interface Link {
  readonly send: (to: SiteId, word: Word) => void;
  /** Nothing was heard of a neighbour for long: what leads there is to be made anew, where that is this side's to do. */
  readonly renew: (peer: SiteId) => void;
  readonly close: () => Promise<void>;
}
/** What travels over a link. */
export type Word = Message | Beat;
/**
 * @param from the neighbour whose right to speak as that site the transport has established
 * @param word null for a sign of life: part of a word that is not complete yet
 */
export type Heard = (from: SiteId, word: Word | null) => void;

/** Snapshots of views: a cache that may be deleted at any time. A damaged one reads as absent. */
export interface Snapshots {
  /** The newest intact snapshot of that name, as the lines that were put, or null. */
  readonly get: (name: string) => Promise<{ readonly seq: number; readonly lines: readonly string[] } | null>;
  readonly put: (name: string, seq: number, lines: Iterable<string>) => Promise<void>;
}

/** Photos and other files, by the hash of their content. */
export interface Files {
  readonly has: (id: string) => Promise<boolean>;
  /** Deletes them for good. Whoever asks has made sure that nothing else names them. */
  readonly erase: (ids: readonly string[]) => Promise<void>;
}

/** Keys of sealed facts, one per matter, apart from the ledger. */
export interface SealKeys {
  /** The matter's key, 32 bytes; null when it was destroyed or never made. */
  readonly get: (matter: MatterId) => Uint8Array | null;
  /** Stores a key; durable when it resolves. Refuses to replace one, or to make one anew after destruction. */
  readonly put: (matter: MatterId, key: Uint8Array) => Promise<void>;
  /** Overwrites and forgets the key; durable when it resolves. Idempotent. */
  readonly destroy: (matter: MatterId) => Promise<void>;
  readonly destroyed: (matter: MatterId) => boolean;
  readonly close: () => Promise<void>;
}
