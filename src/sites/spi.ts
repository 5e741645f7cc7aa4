import type { SiteId } from '#core/base/ids.ts';
import type { Digest, Verifier } from '#core/ledger/digest.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import type { Copy, Fork } from './copy.ts';
import type { Give, Message, Proof } from './message.ts';

export interface ExchangeSetup {
  readonly self: SiteId;
  readonly digest: Digest;
  /** The key of a site of the deployment; null for a stranger. */
  readonly verifierOf: (site: SiteId) => Verifier | null;
  /** Whether a peer is to be told of a ledger and given of it: upward all, downward what concerns it. */
  readonly concerns: (peer: SiteId, origin: SiteId) => boolean;
  /** Every peer is told of every ledger this often, whatever happened before: what was lost on the way is found so (S6). */
  readonly tell_ms: number;
  /**
   * True when this site was put back from a copy that may be old. It then waits until each of `neighbours` has told what it holds,
   * or a person says that it is to go on (S8).
   */
  readonly is_restored: boolean;
  readonly neighbours: readonly SiteId[];
}

/** What happens to a site's exchange. */
export type Input =
  | { readonly type: 'linked'; readonly peer: SiteId }
  | { readonly type: 'cut'; readonly peer: SiteId }
  /** Own events became durable. */
  | { readonly type: 'grown'; readonly after: Copy; readonly texts: readonly string[] }
  | { readonly type: 'heard'; readonly from: SiteId; readonly message: Message }
  /** What `keep` asked for is durable, or could not be written. */
  | { readonly type: 'kept' | 'not-kept'; readonly origin: SiteId }
  /** What `read` asked for; no texts where there is nothing after `after`. */
  | { readonly type: 'read'; readonly to: SiteId; readonly give: Give | null; readonly ask: Asked }
  | { readonly type: 'proved'; readonly to: SiteId; readonly proof: Proof }
  /** A person says that a site that was put back is to go on without having heard from all its neighbours. */
  | { readonly type: 'go-on' }
  | { readonly type: 'tick' };

/** What somebody asked for. */
export interface Asked {
  readonly origin: SiteId;
  readonly after: number;
}

/** What a site's exchange wants done. */
export type Output =
  | { readonly type: 'send'; readonly to: SiteId; readonly message: Message }
  /** Make these events of a ledger durable, then say `kept`. */
  | { readonly type: 'keep'; readonly origin: SiteId; readonly events: readonly StoredEvent[]; readonly after: Copy }
  /** These are durable now: views may fold them. */
  | { readonly type: 'fold'; readonly origin: SiteId; readonly events: readonly StoredEvent[] }
  /** Read what was asked for, up to a signed head, and say `read`. */
  | { readonly type: 'read'; readonly to: SiteId; readonly ask: Asked }
  /** Prove that the ledger under `head` begins with its first `size` events, and say `proved`. */
  | {
      readonly type: 'prove';
      readonly to: SiteId;
      readonly origin: SiteId;
      readonly size: number;
      readonly head: SignedHead;
    }
  | { readonly type: 'alarm'; readonly alarm: Alarm }
  /** Own commands are to be refused, or may be taken again (S8). */
  | { readonly type: 'hold' | 'resume' };

/** For a person. */
export type Alarm =
  | { readonly code: 'forked'; readonly fork: Fork }
  /** This site signed for more events than it holds: it was put back to an older state. */
  | { readonly code: 'behind'; readonly head: SignedHead; readonly held: number }
  /** Somebody else signs with this site's key: these events go on from what it wrote itself since it started. */
  | { readonly code: 'stolen'; readonly head: SignedHead }
  | { readonly code: 'unsigned'; readonly origin: SiteId; readonly from: SiteId }
  | { readonly code: 'stranger'; readonly origin: SiteId; readonly from: SiteId };
