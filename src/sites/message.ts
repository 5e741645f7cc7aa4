import type { Hash, SiteId } from '#core/base/ids.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import type { Fork } from './copy.ts';

/** Version of the messages this program sends. What comes with a later one is not interpreted (S9). */
export const MESSAGE_VERSION = 1;

/**
 * What sites say to each other about ledgers. Each says all it needs by itself, so that lost, repeated and reordered ones do no harm;
 * none is believed: heads carry their site's signature, events are judged by a head that covers them.
 */
export type Message =
  /** The newest signed head of each ledger the sender holds durably: all of them, or only of those that grew. */
  | { readonly type: 'tell'; readonly heads: readonly SignedHead[]; readonly all: boolean }
  /** Asks for what comes after event `after`, up to some signed head. */
  | { readonly type: 'ask'; readonly origin: SiteId; readonly after: number }
  /** Events after `after`, their exact texts, up to the event the head is for. */
  | {
      readonly type: 'give';
      readonly origin: SiteId;
      readonly after: number;
      readonly texts: readonly string[];
      readonly head: SignedHead;
    }
  /** The answer to an `ask` that cannot be met. */
  | { readonly type: 'lack'; readonly origin: SiteId; readonly after: number }
  /** What was given does not go with what the sender holds: is the ledger under `head` the one that goes on from event `size`? */
  | { readonly type: 'doubt'; readonly origin: SiteId; readonly size: number }
  /** Root of the first `size` events, and the proof (RFC 9162 §2.1.4) that the tree under `head` begins with them. */
  | {
      readonly type: 'proof';
      readonly origin: SiteId;
      readonly size: number;
      readonly root: Hash;
      readonly head: SignedHead;
      readonly path: readonly Hash[];
    }
  /** A site signed twice; whoever has its key can see it by this alone. */
  | { readonly type: 'fork'; readonly fork: Fork };

export type Give = Extract<Message, { type: 'give' }>;
export type Proof = Extract<Message, { type: 'proof' }>;
