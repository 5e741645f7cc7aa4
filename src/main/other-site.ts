import type { SiteId } from '#core/base/ids.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';

/** The ledger is sound, but another site's than the settings say. */
export class OtherSite extends Error {
  override readonly name = 'OtherSite';
  /** The site the ledger is of. */
  readonly recorded: SiteId;
  readonly configured: SiteId;
  constructor(recorded: SiteId, configured: SiteId) {
    super(`the ledger is of ${recorded}, not of ${configured}`);
    this.recorded = recorded;
    this.configured = configured;
  }
}

/**
 * Tells a changed setting from damage, for a ledger that is not what the configured site signed: it is sound under the id its first
 * event bears. Null where it is damaged indeed.
 */
export const otherSite = async (
  store: Pick<CheckableStore, 'read' | 'check'>,
  configured: SiteId,
  publicKey: string,
): Promise<OtherSite | null> => {
  // What cannot be read is damaged indeed, and the check has said how.
  const [first] = await store.read(0, 1).catch(() => []);
  const event = first === undefined ? null : parseEvent(first.text);
  if (event === null || !event.ok || !event.value.known) return null;
  const recorded = event.value.envelope.site;
  if (recorded === configured) return null;
  return (await store.check(recorded, publicKey)).ok ? new OtherSite(recorded, configured) : null;
};
