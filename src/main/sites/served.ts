import type { HeldLedger, Linking } from '#app/linking.ts';
import type { Asks } from '#app/views/asks.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { SKEW_MS_MAX } from '#sites/links.ts';
import type { LinkState } from '#sites/links.ts';
import type { Alarm } from '#sites/spi.ts';
import type { SiteState, SitesView } from '#wire/sites.ts';
import type { Joined, KnownSite } from './site-file.ts';

/** What people are told of the deployment's sites. */
export const sitesServed =
  ({ self, sites }: Joined, linking: Linking, asks: Asks, now: () => Instant) =>
  (): SitesView => {
    const links = new Map(linking.links().map((one) => [one.peer, one]));
    const ledgers = new Map(linking.ledgers().map((one) => [one.origin, one]));
    /** A moment of the steady clock as this site's wall clock has it. */
    const wallOf = (steady: number | null): number | null =>
      steady === null ? null : Math.round(now() - (performance.now() - steady));
    return {
      sites: [...sites.values()].map((site) =>
        stateOf(site, site.id === self.id, links.get(site.id), ledgers.get(site.id), wallOf),
      ),
      holds: linking.holds,
      outbox: outboxOf(asks, self.id, now()),
      alarms: linking.alarms.map(({ alarm, at }) => ({ at_ms: at, code: alarm.code, site: siteOf(alarm) })),
    };
  };

/** What was settled longer ago than this is history. */
const SETTLED_MS = 3_600_000;
const OUTBOX_MAX = 200;

const outboxOf = (asks: Asks, self: SiteId, now: Instant): SitesView['outbox'] =>
  asks
    .all()
    .filter((ask) => ask.site === self && (ask.state === 'waiting' || now - ask.at < SETTLED_MS))
    .slice(-OUTBOX_MAX)
    .map(({ seq, owner, matter, step, actor, at, state, declined }) => ({
      ask: seq,
      owner,
      matter,
      step,
      by: actor,
      at_ms: at,
      state,
      words: declined?.words ?? null,
    }));

const stateOf = (
  { id, name, prefix, parent }: KnownSite,
  isOwn: boolean,
  link: LinkState | undefined,
  ledger: HeldLedger | undefined,
  wallOf: (steady: number | null) => number | null,
): SiteState => {
  const skew_ms = link?.skew_ms ?? null;
  return {
    id,
    name,
    prefix,
    parent,
    link: isOwn ? 'own' : link === undefined ? 'beyond' : link.linked ? 'linked' : 'cut',
    since_ms: wallOf(link?.since ?? null),
    heard_ms: wallOf(link?.heard ?? null),
    skew_ms,
    is_skewed: skew_ms !== null && Math.abs(skew_ms) > SKEW_MS_MAX,
    round_trip_ms: link?.roundTrip_ms ?? null,
    held: ledger?.size ?? 0,
    lag: ledger?.lag ?? 0,
    as_of_ms: ledger?.as_of ?? null,
    forked: ledger?.forked ?? false,
  };
};

const siteOf = (alarm: Alarm): string => {
  switch (alarm.code) {
    case 'forked':
      return alarm.fork.origin;
    case 'behind':
    case 'stolen':
      return alarm.head.site;
    case 'unsigned':
    case 'stranger':
      return alarm.origin;
  }
};
