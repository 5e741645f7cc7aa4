import path from 'node:path';
import type { Engines } from '#app/dispatching.ts';
import { openSite } from '#app/site.ts';
import type { Site } from '#app/site.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { PLAIN_CALENDAR } from '#core/matter/calendar.ts';
import type { WorkingCalendar } from '#core/matter/calendar.ts';
import { createCipher, createDigest, secureRandom } from '#rim/digest-node/digest.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { loadKinds } from '#rim/kinds-loader.ts';
import { loadPlace } from '#rim/places/load.ts';
import { openSealKeys } from '#rim/seal-keys/seal-keys.ts';
import { openSnapshots } from '#rim/snapshots/snapshots.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';

export interface BareOptions {
  readonly data_dir: string;
  readonly id: SiteId;
  /** Prefix of matter numbers. */
  readonly prefix: string;
  readonly now: () => Instant;
  readonly calendar?: WorkingCalendar;
  /** Directory with the places the engines work on; read when something is ranked for the first time. */
  readonly place_dir: string;
  /** Wraps the store, to look at what goes through it. */
  readonly watch?: (store: CheckableStore) => CheckableStore;
}

/** A real site on its own data directory, without accounts, screens and network. */
export interface BareSite {
  readonly site: Site;
  readonly store: CheckableStore;
  readonly close: () => Promise<void>;
}

/**
 * Opens a site the way a start does: ledger checked whole, views folded, everything durable.
 * @throws StoreError (`locked`, `full`, `corrupt` …) and Error when the ledger is not what its site signed
 */
export const openBareSite = async (options: BareOptions): Promise<BareSite> => {
  const opened = await openSqliteStore(options.data_dir);
  const store = options.watch?.(opened) ?? opened;
  const closers: (() => Promise<void>)[] = [() => store.close()];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.toReversed()) await close();
  };
  try {
    const key = openSiteKey(options.data_dir, (await store.head()) === null);
    const checked = await store.check(options.id, key.publicKey);
    if (!checked.ok) throw new Error(`${options.data_dir}: ${checked.error.reason.zh} ${checked.error.reason.en}`);
    await store.signWith(key.privateKey);
    const keys = await openSealKeys(options.data_dir);
    closers.push(() => keys.close());
    const site = await openSite({
      id: options.id,
      prefix: options.prefix,
      kinds: await loadKinds(),
      store,
      snapshots: openSnapshots(options.data_dir),
      keys,
      digest: createDigest(),
      cipher: createCipher(),
      random: secureRandom,
      calendar: options.calendar ?? PLAIN_CALENDAR,
      now: options.now,
      wall: () => Date.now() as Instant,
      soon: setImmediate,
      engines: lazyEngines(options.place_dir),
      files: { has: () => Promise.resolve(false), erase: () => Promise.resolve() },
      copies: null,
      held: () => null,
      after: (ms, work) => setTimeout(work, ms).unref(),
      onFault: () => undefined,
      chain: checked.value.chain,
      onFolded: () => undefined,
    });
    closers.push(() => site.close());
    return { site, store, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
};

const lazyEngines = (place_dir: string): (() => Engines) => {
  let engines: Engines | null = null;
  return () => (engines ??= loadPlace(path.resolve(place_dir)).engines);
};
