import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import pino from 'pino';
import { openSite } from '#app/site.ts';
import type { Site } from '#app/site.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Chain } from '#core/ledger/chain.ts';
import type { WorkingCalendar } from '#core/matter/calendar.ts';
import { openAuth } from '#rim/auth/auth.ts';
import type { Auth } from '#rim/auth/auth.ts';
import { readCalendar } from '#rim/calendar/read-calendar.ts';
import { prepareDataDir } from '#rim/data-dir/data-dir.ts';
import { createCipher, createDigest, secureRandom } from '#rim/digest-node/digest.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import type { SiteKey } from '#rim/digest-node/site-key.ts';
import { openFiles } from '#rim/files/files.ts';
import type { Files } from '#rim/files/files.ts';
import type { App, Served } from '#rim/http/context.ts';
import { buildServer } from '#rim/http/server.ts';
import { loadKinds } from '#rim/kinds-loader.ts';
import { openPlace } from '#rim/places/open.ts';
import type { OpenPlace } from '#rim/places/open.ts';
import { openSealKeys } from '#rim/seal-keys/seal-keys.ts';
import { openSnapshots } from '#rim/snapshots/snapshots.ts';
import { openPostgresStore } from '#rim/store-postgres/store.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';
import { watched } from '#rim/ledger-store/watch.ts';
import type { WatchedStore } from '#rim/ledger-store/watch.ts';
import { BATCH_MS, Hub } from '#rim/stream/hub.ts';
import { BEAT_MS } from '#sites/links.ts';
import type { Config } from './config.ts';
import { otherSite } from './other-site.ts';
import { Others } from './sites/others.ts';
import type { Joined } from './sites/site-file.ts';
import { beat, closeAll } from './running.ts';
import type { Round } from './running.ts';

/** Fires due clocks this often: a deadline is told at most this late. */
const TICK_MS = 250;
const TEND_MS = 60_000;
/** Neighbours hear of this site so often; also how soon a link that fell silent is noticed. */
const LINK_MS = BEAT_MS;
const SWEEP_MS = 3_600_000;
const UNNAMED_KEPT_MS = 86_400_000;

export interface RunOptions {
  readonly config: Config;
  /** Directory with the places and roads of the deployment. */
  readonly place_dir: string;
  /** Built screens; null serves the interface only. */
  readonly web_dir: string | null;
  readonly version: string;
  readonly accounts: Served['about']['accounts'];
  readonly demonstration: boolean;
  /** How the site is joined to others; null where it stands alone. */
  readonly joined?: Joined | null;
  /** Where the log goes: 1 (stdout) unless told, 2 (stderr). */
  readonly log_fd?: 1 | 2;
  /** The clock; replays bring their own. */
  readonly now?: () => Instant;
}

/** A site with everything under it, not yet listening. */
export interface Opened {
  readonly site: Site;
  readonly auth: Auth;
  readonly app: App;
  readonly log: pino.Logger;
  /** Starts the clocks, the stream and the minute's work. */
  readonly run: () => void;
  /**
   * Makes the place ready for travel, while everything else is served. Answers false when the site was closed before.
   * @param preparing told when something has to be made, which takes seconds
   * @throws PlaceError
   */
  readonly makeReady: (preparing: () => void) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** The ledger is not what the site signed for; nothing is served. */
export class LedgerFlawed extends Error {
  override readonly name = 'LedgerFlawed';
}

/** Opens a site: checks its ledger whole, folds its views, composes its interface. */
export const open = async (options: RunOptions): Promise<Opened> => {
  const { config } = options;
  const log = logOf(options);
  const now = options.now ?? (() => Date.now() as Instant);
  prepareDataDir(config.data_dir);
  const store = watched(await openStore(config, log));
  const closers: (() => unknown)[] = [() => store.close()];
  try {
    const { key, chain } = await checkStore(store, config);
    const keys = await openSealKeys(config.data_dir);
    closers.push(() => keys.close());
    const auth = authOf(config, now, log);
    closers.push(() => auth.close());
    const files = await filesOf(config);
    const place = openPlace(options.place_dir);
    closers.push(() => place.close());
    const others = await Others.open(options.joined ?? null, config.data_dir, log);
    closers.push(() => others.close());
    let hub: Hub | null = null;
    const site = await openSite({
      id: config.site.id,
      prefix: config.site.prefix,
      kinds: await loadKinds(),
      store,
      snapshots: openSnapshots(config.data_dir),
      keys,
      digest: createDigest(),
      cipher: createCipher(),
      random: secureRandom,
      calendar: calendarOf(options),
      now,
      soon: setImmediate,
      engines: place.engines,
      files,
      copies: others.copies,
      ...others.waiting,
      chain,
      onFolded: (folded) => [hub?.publish(folded), others.grown()],
    });
    hub = new Hub(site.views, now);
    await others.linkUp(site, (folded) => hub?.publish(folded));
    site.asking.heard();
    const served: Served = {
      ...settingsOf(options),
      site,
      hub,
      sites: others.served,
      auth,
      files,
      places: place.served,
      storeFault: () => store.fault()?.fault ?? null,
      now,
      receipt_pepper: pepperOf(key),
    };
    const app = await buildServer(served, { logger: log, trust_proxy: config.trust_proxy });
    const heartbeat = beat(roundsOf(site, hub, store, files, others), log);
    return {
      site,
      auth,
      app,
      log,
      run: heartbeat.run,
      makeReady: (preparing) => readied(place, site, preparing),
      close: closing(app, store, site, heartbeat.stop, closers, log),
    };
  } catch (error) {
    await closeAll(closers).catch((failure: unknown) => log.error(failure));
    throw error;
  }
};

/** Ed25519 signatures are deterministic: a secret of the site that needs no file of its own. */
const pepperOf = ({ signer }: SiteKey): string => signer.sign('qundao receipts');

const filesOf = ({ data_dir, file_limit_bytes }: Config): Promise<Files> =>
  openFiles(path.join(data_dir, 'files'), { limit_bytes: file_limit_bytes });

const calendarOf = ({ place_dir, config }: RunOptions): WorkingCalendar =>
  readCalendar(path.join(place_dir, 'holidays.json'), config.time_zone);

const logOf = ({ config, log_fd }: RunOptions): pino.Logger =>
  pino(
    { level: config.log_level, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    pino.destination(log_fd ?? 1),
  );

/** Checks the whole ledger and goes on signing it. @throws LedgerFlawed, OtherSite */
const checkStore = async (store: WatchedStore, config: Config): Promise<{ key: SiteKey; chain: Chain }> => {
  const head = await store.head();
  const key = openSiteKey(config.data_dir, head === null);
  const checked = await store.check(config.site.id, key.publicKey);
  if (!checked.ok)
    throw (await otherSite(store, config.site.id, key.publicKey)) ?? new LedgerFlawed(JSON.stringify(checked.error));
  await store.signWith(key.privateKey);
  return { key, chain: checked.value.chain };
};

const readied = async (place: OpenPlace, { dispatching }: Site, preparing: () => void): Promise<boolean> => {
  const isOpen = await place.makeReady(turn, preparing);
  while (isOpen && !dispatching.isReady) await dispatching.keepReady(turn);
  return isOpen;
};

/** What the interface is told of the settings. */
const settingsOf = (
  options: RunOptions,
): Pick<Served, 'about' | 'web_dir' | 'limits' | 'cookie_secure' | 'random'> => ({
  random: secureRandom,
  about: {
    name: options.config.site.name,
    version: options.version,
    time_zone: options.config.time_zone,
    demonstration: options.demonstration,
    accounts: options.accounts,
  },
  web_dir: options.web_dir,
  limits: {
    body_bytes: options.config.body_limit_bytes,
    file_bytes: options.config.file_limit_bytes,
    requests_per_minute: options.config.requests_per_minute_max,
  },
  cookie_secure: options.config.cookie_secure,
});

const authOf = ({ data_dir, session_idle_s, session_s }: Config, now: () => Instant, log: pino.Logger): Auth =>
  openAuth(path.join(data_dir, 'accounts.db'), {
    now,
    random: secureRandom,
    warn: (message) => log.warn(message),
    session_idle_s,
    session_s,
  });

const openStore = (config: Config, log: pino.Logger): Promise<CheckableStore> => {
  if (config.store.type === 'sqlite') return openSqliteStore(config.data_dir);
  const onOutage = (outage: Error | null): void =>
    outage === null ? log.info('PostgreSQL is back, the site goes on') : log.error(outage.message);
  return openPostgresStore({ connection: config.store.url, dir: config.data_dir, onOutage });
};

/** Photos uploaded for a report that was never sent are not kept. */
const sweep = (site: Site, files: Files): Promise<number> => {
  const named = site.views.book.files();
  return files.sweep((id) => named.has(id), UNNAMED_KEPT_MS);
};

/** What a running site does by itself. */
const roundsOf = (site: Site, hub: Hub, store: WatchedStore, files: Files, others: Others): readonly Round[] => [
  { every_ms: LINK_MS, work: async () => others.beat() },
  { every_ms: BATCH_MS, work: async () => hub.flush() },
  { every_ms: TICK_MS, work: () => site.commands.fireDue() },
  { every_ms: TICK_MS, work: () => site.dispatching.keepReady(turn) },
  { every_ms: TEND_MS, work: () => site.tend() },
  { every_ms: TEND_MS, work: () => store.tryAgain() },
  { every_ms: SWEEP_MS, work: () => sweep(site, files) },
];

const closing = (
  app: App,
  store: WatchedStore,
  site: Site,
  stop: () => Promise<void>,
  closers: readonly (() => unknown)[],
  log: pino.Logger,
): (() => Promise<void>) => {
  // A full disk has no room for them; nothing acknowledged needs them.
  const sign = () =>
    site.close().catch((error: unknown) => log.error(error, 'the last checkpoint or snapshot was not kept'));
  const leave = (): Promise<void> => {
    store.giveUp();
    return app.close();
  };
  const close = (): Promise<void> => closeAll([...closers, sign, stop, leave]);
  let closed: Promise<void> | null = null;
  return () => (closed ??= close());
};
