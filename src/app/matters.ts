import type { MatterId } from '#core/base/ids.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { evolve } from '#core/matter/evolve.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { StoreError } from './ports.ts';
import type { Copies, Store } from './ports.ts';
import type { Views } from './views/views.ts';

/** Matters as the views hold them, completed from the ledger where only a lean form is in memory. */
export class Matters {
  readonly #views: Views;
  readonly #store: Store;
  readonly #copies: Copies | null;

  /** @param copies of other sites' ledgers; null where the site stands alone */
  constructor(views: Views, store: Store, copies: Copies | null) {
    this.#views = views;
    this.#store = store;
    this.#copies = copies;
  }

  /** The whole matter if memory holds it; null says nothing about whether it exists. */
  atHand(id: MatterId): Matter | null {
    const found = this.#views.book.find(id);
    return found?.whole === true && this.#isOpen(found.matter) ? found.matter : null;
  }

  /** The whole matter, or null when this site has none of that number. */
  async whole(id: MatterId): Promise<Matter | null> {
    const found = this.#views.book.find(id);
    if (found === null) return null;
    const matter = found.whole ? found.matter : await this.refold(id);
    if (matter !== null && !this.#isOpen(matter)) this.#views.book.keepWhole(matter);
    return matter;
  }

  #isOpen(matter: Matter): boolean {
    return this.#views.kinds.get(matter.kind)?.states[matter.state]?.open === true;
  }

  /** Folds a matter anew from its events. */
  async refold(id: MatterId): Promise<Matter | null> {
    let matter: Matter | null = null;
    for (const event of await this.events(id)) {
      const kind: Kind | undefined = this.#views.kinds.get(event.kind);
      if (kind !== undefined) matter = evolve(kind, matter, event);
    }
    return matter;
  }

  /** A matter's events stand in the ledger of the site that owns it. */
  #ledgerOf(id: MatterId): Pick<Store, 'ofMatter'> {
    const owner = this.#views.book.find(id)?.matter.site ?? this.#views.site;
    return owner === this.#views.site || this.#copies === null ? this.#store : this.#copies;
  }

  /** The matter's events, in order; those of later versions are left out, their bytes stay in the ledger. */
  async events(id: MatterId): Promise<readonly Envelope[]> {
    const stored = await this.#ledgerOf(id).ofMatter(id);
    const events: Envelope[] = [];
    for (const one of stored) {
      const parsed = parseEvent(one.text);
      if (!parsed.ok) throw new StoreError('corrupt', `event ${one.seq}: ${parsed.error}`, one.seq);
      if (parsed.value.known) events.push(parsed.value.envelope);
    }
    return events;
  }
}
