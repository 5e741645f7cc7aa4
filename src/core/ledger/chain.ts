import type { Hash, SiteId } from '#core/base/ids.ts';
import type { Stamp } from '#core/base/instant.ts';
import type { Digest } from './digest.ts';
import { ENVELOPE_VERSION, GENESIS } from './envelope.ts';
import type { Draft, StoredEvent, Tip } from './envelope.ts';

/** Where a site's ledger stands: all that is needed to add the next event. The tree under its root grows where heads are signed. */
export interface Chain {
  readonly site: SiteId;
  /** Number of events; the next has seq `size + 1`. */
  readonly size: number;
  /** Hash of the last event; `GENESIS` when there is none. */
  readonly last: Hash;
}

export const emptyChain = (site: SiteId): Chain => ({ site, size: 0, last: GENESIS });

/** The tip of a chain as it stands. */
export const tipOf = (chain: Chain, time: Stamp): Tip => ({
  site: chain.site,
  size: chain.size,
  last: chain.last,
  time,
});

export interface Grown {
  readonly chain: Chain;
  readonly events: readonly StoredEvent[];
}

/**
 * Gives drafts their places after `chain`. The old chain stays valid, so a failed append is undone by keeping it.
 * @param stamps the time of each draft, same length
 */
export const extend = (digest: Digest, chain: Chain, drafts: readonly Draft[], stamps: readonly Stamp[]): Grown => {
  const events: StoredEvent[] = [];
  let { size, last } = chain;
  for (const [index, draft] of drafts.entries()) {
    const time = stamps[index];
    if (time === undefined) throw new RangeError(`draft ${index} has no stamp`);
    const text = eventText(chain.site, size + 1, time, draft, last);
    last = digest.leaf(text);
    size += 1;
    events.push({ seq: size, matter: draft.matter, text, hash: last });
  }
  return { chain: { site: chain.site, size, last }, events };
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
