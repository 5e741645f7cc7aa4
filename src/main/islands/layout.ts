import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { siteId } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { natsConfig } from '#rim/link-nats/config.ts';
import { publicOf } from '#rim/link-nats/nkey.ts';

/** A site of a deployment that is laid out on one machine. */
export interface Planned {
  readonly id: SiteId;
  readonly name: Text;
  readonly prefix: string;
  readonly parent: SiteId | null;
  readonly jurisdiction: readonly string[];
}

/** The demonstration of sites: the city, and two counties that are islands. */
export const ISLANDS: readonly Planned[] = [
  {
    id: siteId('zs-city'),
    name: text('舟山市指挥中心', 'Zhoushan command centre'),
    prefix: 'ZS',
    parent: null,
    jurisdiction: ['330902', '330903'],
  },
  {
    id: siteId('ds-daishan'),
    name: text('岱山县', 'Daishan county'),
    prefix: 'DS',
    parent: siteId('zs-city'),
    jurisdiction: ['330921'],
  },
  {
    id: siteId('ss-shengsi'),
    name: text('嵊泗县', 'Shengsi county'),
    prefix: 'SS',
    parent: siteId('zs-city'),
    jurisdiction: ['330922'],
  },
];

/** Ports of a site on this machine. */
export interface Ports {
  /** Of its interface and screens; 0 for any. */
  readonly http: number;
  /** Of its nats-server, where others are below it. */
  readonly nats: number;
  /** Where it finds the parent's: the strait between. */
  readonly up: number;
}

/** Files of a site that was laid out. */
export interface LaidOut {
  readonly site: Planned;
  readonly site_file: string;
  /** Null where nobody is below it: it needs no server. */
  readonly nats_file: string | null;
  readonly data_dir: string;
}

/**
 * Writes keys, site files and server settings of a whole deployment into a folder; what is there already stays, so that sites keep their keys and data.
 * @param seedOf the seed of each site's nkey, the same at every call
 */
export const layOut = (
  dir: string,
  sites: readonly Planned[],
  portsOf: (site: SiteId) => Ports,
  seedOf: (site: SiteId) => string,
): readonly LaidOut[] => {
  const deployment = path.join(dir, 'deployment.json');
  const dirOf = (site: SiteId): string => path.join(dir, site);
  const listed = sites.map((site) => {
    const data = path.join(dirOf(site.id), 'data');
    mkdirSync(data, { recursive: true, mode: 0o700 });
    return { ...site, key: openSiteKey(data).publicKey };
  });
  write(deployment, JSON.stringify({ sites: listed }, null, 2));
  return sites.map((site) => {
    const own = dirOf(site.id);
    const ports = portsOf(site.id);
    const seed = seedOf(site.id);
    const children = sites.filter((one) => one.parent === site.id);
    const site_file = path.join(own, 'site.json');
    const link = {
      seed,
      up: site.parent === null ? null : local(ports.up),
      down: children.length === 0 ? null : local(ports.nats),
    };
    const told = { site: site.id, deployment: '../deployment.json', data: './data', port: ports.http, link };
    write(site_file, JSON.stringify(told, null, 2));
    const nats_file = link.down === null ? null : path.join(own, 'nats.conf');
    if (nats_file !== null && link.down !== null) {
      const below = children.map((one) => ({ site: one.id, key: publicOf(seedOf(one.id)) }));
      write(nats_file, natsConfig({ site: site.id, listen: link.down, key: publicOf(seed), children: below }));
    }
    return { site, site_file, nats_file, data_dir: path.join(own, 'data') };
  });
};

const local = (port: number): string => `127.0.0.1:${port}`;

/** Secrets stand in it. */
const write = (file: string, content: string): void => writeFileSync(file, `${content}\n`, { mode: 0o600 });
