import type { AccountId, Hash, MatterId, SiteId } from '#core/base/ids.ts';
import type { Stamp } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';

/** Version of the envelope this program writes. Later versions read from disk are kept byte for byte and not interpreted. */
export const ENVELOPE_VERSION = 1;

/**
 * One event of a site's ledger. The stored form is its exact JSON text; `prev` chains it to the event before.
 * `seq` counts from 1 without gaps within a site.
 */
export interface Envelope {
  readonly v: number;
  readonly site: SiteId;
  readonly seq: number;
  readonly time: Stamp;
  /** The matter it belongs to; null for events about the site itself (forces, accounts, places). */
  readonly matter: MatterId | null;
  /** Kind of the matter (`incident`), or the register it belongs to (`force`, `account`, `site`). */
  readonly kind: string;
  readonly type: string;
  readonly actor: AccountId;
  /** Why personal data was touched; null where none was. */
  readonly purpose: string | null;
  /** Idempotency key of the command that caused it; null when the caller gave none. */
  readonly command: string | null;
  readonly body: JsonObject;
  /** Hash of the event before; `GENESIS` for the first. */
  readonly prev: Hash;
}

/** An event as decided, before the ledger gives it its place. */
export type Draft = Pick<Envelope, 'matter' | 'kind' | 'type' | 'actor' | 'purpose' | 'command' | 'body'>;

/** What a store keeps of an event: its place, its exact text, and the RFC 6962 leaf hash of that text. */
export interface StoredEvent {
  readonly seq: number;
  readonly matter: MatterId | null;
  readonly text: string;
  readonly hash: Hash;
}

/** `prev` of the very first event: 64 zeros. */
export const GENESIS = '0'.repeat(64) as Hash;

/** Where the chain ends at one moment: what becomes a head when the store adds the root and signs. */
export interface Tip {
  readonly site: SiteId;
  /** Number of events. */
  readonly size: number;
  /** Hash of event `size`; `GENESIS` when size is 0. */
  readonly last: Hash;
  readonly time: Stamp;
}

/** A tree head (RFC 6962 §3.5 in spirit): what a site can vouch for at one moment. */
export interface Head extends Tip {
  /** Merkle tree root over the leaf hashes of events 1 … size. */
  readonly root: Hash;
}

/**
 * A head the site vouches for. One is made with every group commit (the *head*); one every minute and every 1,000 events is kept
 * (a *checkpoint*).
 */
export interface SignedHead extends Head {
  /** Ed25519 signature, base64, over `signedText(head)`. */
  readonly signature: string;
}
