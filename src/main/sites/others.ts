import type { Logger } from 'pino';
import { Linking } from '#app/linking.ts';
import { OwnLedger } from '#app/own-ledger.ts';
import { StoreError } from '#app/ports.ts';
import type { Copies } from '#app/ports.ts';
import type { Site, SiteSetup } from '#app/site.ts';
import type { Folded } from '#app/views/views.ts';
import { openCopies } from '#rim/copies-sqlite/copies.ts';
import { openNatsLink } from '#rim/link-nats/link.ts';
import type { SitesView } from '#wire/sites.ts';
import { sitesServed } from './served.ts';
import type { Joined } from './site-file.ts';

const HELD = 'this site lacks events it signed for, or somebody else signs with its key: see its alarms';

/** The other sites of a deployment, for a site that is being composed: nothing at all where it stands alone. */
export class Others {
  readonly copies: Copies | null;
  readonly #joined: Joined | null;
  readonly #log: Logger;
  #linking: Linking | null = null;
  /** How the sites stand, for people; null where this one is alone. */
  served: (() => SitesView) | null = null;

  private constructor(joined: Joined | null, copies: Copies | null, log: Logger) {
    this.#joined = joined;
    this.#log = log;
    this.copies = copies;
  }

  static async open(joined: Joined | null, data_dir: string, log: Logger): Promise<Others> {
    const laidAside = (file: string): void =>
      log.error({ file }, 'copies of other ledgers were damaged: laid aside, and asked for again');
    return new Others(joined, joined === null ? null : await openCopies(data_dir, laidAside), log);
  }

  /** What a site needs to ask others and to answer them. */
  get waiting(): Pick<SiteSetup, 'held' | 'after' | 'onFault'> {
    return {
      held: () => (this.#linking?.holds === true ? new StoreError('held', HELD) : null),
      after: (ms, work) => setTimeout(work, ms).unref(),
      onFault: (error) => this.#log.error(error),
    };
  }

  /** Joins the running site to its neighbours. @param onFolded told of what comes from others */
  async linkUp(site: Site, onFolded: (folded: readonly Folded[]) => void): Promise<void> {
    const [joined, copies, log] = [this.#joined, this.copies, this.#log];
    if (joined === null || copies === null) return;
    const { self, sites, neighbours, link } = joined;
    const { store, digest, now } = site.setup;
    const own = new OwnLedger(store, digest, self.id);
    await own.catchUp();
    const linking: Linking = new Linking({
      self: self.id,
      neighbours,
      verifierOf: (origin) => sites.get(origin)?.verifier ?? null,
      own,
      copies,
      held: await copies.all(),
      digest,
      views: site.views,
      clocks: () => ({ wall: now(), steady: performance.now() }),
      link: openNatsLink({
        seed: link.seed,
        up: self.parent === null || link.up === null ? null : { parent: self.parent, server: link.up },
        down: link.down,
        heard: (from, word) => linking.heard(from, word),
        misheard: (from, why) => log.warn({ from, why }, 'what a neighbour sent could not be understood'),
      }),
      onFolded: (folded) => {
        onFolded(folded);
        site.asking.heard();
      },
      onAlarm: (alarm) => log.error({ alarm }, 'an alarm about a ledger'),
      onFault: (error) => log.error(error),
    });
    this.#linking = linking;
    this.served = sitesServed(joined, linking, site.views.asks, now);
  }

  /** Own events became durable. */
  grown(): void {
    this.#linking?.grown();
  }

  beat(): void {
    this.#linking?.beat();
  }

  async close(): Promise<void> {
    await this.#linking?.close();
    await this.copies?.close();
  }
}
