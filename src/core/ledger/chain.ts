import type { Hash, SiteId } from '#core/base/ids.ts';
import type { Stamp } from '#core/base/instant.ts';
import type { Digest } from './digest.ts';
import { ENVELOPE_VERSION, GENESIS } from './envelope.ts';
import type { Draft, StoredEvent } from './envelope.ts';
import { pushLeaf, rootOfPeaks } from './merkle.ts';
import type { Peaks } from './merkle.ts';

/** Where a site's ledger stands: all that is needed to add the next event and to sign for those before. */
export interface Chain {
  readonly site: SiteId;
  /** Number of events; the next has seq `size + 1`. */
  readonly size: number;
  /** Hash of the last event; `GENESIS` when there is none. */
  readonly last: Hash;
  readonly peaks: Peaks;
}

export const emptyChain = (site: SiteId): Chain => ({ site, size: 0, last: GENESIS, peaks: [] });

/** Merkle root over the chain's events. */
export const rootOf = (digest: Digest, chain: Chain): Hash => rootOfPeaks(digest, chain.peaks);

export interface Grown {
  readonly chain: Chain;
  readonly events: readonly StoredEvent[];
}

/**
 * Gives drafts their places after `chain`. The old chain stays valid, so a failed append is undone by keeping it.
 * @param stamps the time of each draft, same length
 */
export const extend = (digest: Digest, chain: Chain, drafts: readonly Draft[], stamps: readonly Stamp[]): Grown => {
  const peaks = [...chain.peaks];
  const events: StoredEvent[] = [];
  let { size, last } = chain;
  for (const [index, draft] of drafts.entries()) {
    const time = stamps[index];
    if (time === undefined) throw new RangeError(`draft ${index} has no stamp`);
    const text = eventText(chain.site, size + 1, time, draft, last);
    last = digest.leaf(text);
    pushLeaf(digest, peaks, size, last);
    size += 1;
    events.push({ seq: size, matter: draft.matter, text, hash: last });
  }
  return { chain: { site: chain.site, size, last, peaks }, events };
};

/**
 * The chain after an event that is already stored; its hash is taken as given (check it before).
 * For bulk work, `startVerify` in verify.ts does this without a copy per event.
 */
export const follow = (digest: Digest, chain: Chain, event: StoredEvent): Chain => {
  if (event.seq !== chain.size + 1) throw new RangeError(`event ${event.seq} does not follow ${chain.size}`);
  const peaks = [...chain.peaks];
  pushLeaf(digest, peaks, chain.size, event.hash);
  return { site: chain.site, size: event.seq, last: event.hash, peaks };
};

/** The exact stored text. The order of the keys is part of the format: readers find site, seq and prev by it. */
const eventText = (site: SiteId, seq: number, time: Stamp, draft: Draft, prev: Hash): string =>
  JSON.stringify({
    v: ENVELOPE_VERSION,
    site,
    seq,
    time,
    matter: draft.matter,
    kind: draft.kind,
    type: draft.type,
    actor: draft.actor,
    purpose: draft.purpose,
    command: draft.command,
    body: draft.body,
    prev,
  });
