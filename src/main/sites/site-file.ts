import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { SiteId } from '#core/base/ids.ts';
import { isSlug } from '#core/base/ids.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { Verifier } from '#core/ledger/digest.ts';
import { verifierOf } from '#rim/digest-node/site-key.ts';
import { publicOf } from '#rim/link-nats/nkey.ts';
import { Refused, messageOf } from '../shell.ts';

/** A site of the deployment as every other one knows it. */
export interface KnownSite {
  readonly id: SiteId;
  readonly name: Text;
  readonly prefix: string;
  /** The site above it; null at the top. */
  readonly parent: SiteId | null;
  /** Codes of the districts whose matters are born here. */
  readonly jurisdiction: readonly string[];
  readonly verifier: Verifier;
}

/** How a site is joined to the others. */
export interface Joined {
  readonly self: KnownSite;
  readonly sites: ReadonlyMap<SiteId, KnownSite>;
  /** Parent and children. */
  readonly neighbours: readonly SiteId[];
  readonly link: {
    /** Seed of the site's nkey. */
    readonly seed: string;
    /** host:port of the parent's nats-server; null at the top. */
    readonly up: string | null;
    /** host:port of the site's own nats-server; null where there is nobody below. */
    readonly down: string | null;
  };
}

/** What a site file says. */
export interface SiteFile {
  readonly joined: Joined;
  /** Absolute; null where the environment says it. */
  readonly data_dir: string | null;
  readonly port: number | null;
}

const id = z
  .string()
  .refine(isSlug, 'lower-case letters, digits and dashes, at most 64')
  .transform((one) => one as SiteId);
const words = z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(100) });

const deploymentSchema = z.strictObject({
  sites: z
    .array(
      z.strictObject({
        id,
        name: words,
        prefix: z.string().regex(/^[A-Z]{1,6}$/, '1 to 6 capital letters'),
        parent: id.nullable(),
        jurisdiction: z.array(z.string().min(1).max(40)).max(1000).default([]),
        /** Public key of the site, SPKI in PEM: `site-key.public.pem` of its data directory. */
        key: z.string().min(1),
      }),
    )
    .min(1)
    .max(20_000),
});

const server = z.string().regex(/^[^\s]{1,253}:\d{1,5}$/, 'host:port');
const isSeed = (seed: string): boolean => {
  try {
    return publicOf(seed) !== '';
  } catch {
    return false;
  }
};

const siteSchema = z.strictObject({
  site: id,
  deployment: z.string().min(1),
  data: z.string().min(1).optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  link: z.strictObject({
    seed: z.string().refine(isSeed, 'no seed of an nkey'),
    up: server.nullable().default(null),
    down: server.nullable().default(null),
  }),
});

/**
 * Reads a site file and the deployment it names; paths in it are meant from where it lies.
 * @throws Refused naming the file and what is wrong with it
 */
export const readSiteFile = (file: string): SiteFile => {
  const own = parsed(file, siteSchema);
  const beside = (name: string): string => path.resolve(path.dirname(file), name);
  const deployment = beside(own.deployment);
  const sites = sitesOf(deployment, parsed(deployment, deploymentSchema).sites);
  const self = sites.get(own.site);
  if (self === undefined)
    throw wrong(file, text(`${own.site} 不在 ${deployment} 中`, `${own.site} is not in ${deployment}`));
  demandWays(file, self, sites, own.link);
  const neighbours = [...sites.values()]
    .filter((one) => one.id === self.parent || one.parent === self.id)
    .map((one) => one.id);
  return {
    joined: { self, sites, neighbours, link: own.link },
    data_dir: own.data === undefined ? null : beside(own.data),
    port: own.port ?? null,
  };
};

/** A site without a way to its parent, or none for its children, would wait for ever. */
const demandWays = (
  file: string,
  self: KnownSite,
  sites: ReadonlyMap<SiteId, KnownSite>,
  { up, down }: Joined['link'],
): void => {
  if (self.parent !== null && up === null)
    throw wrong(
      file,
      text(`link.up 没有写上级 ${self.parent} 的地址`, `link.up does not say where the parent ${self.parent} is`),
    );
  const child = [...sites.values()].find((one) => one.parent === self.id);
  if (child !== undefined && down === null)
    throw wrong(
      file,
      text(
        `link.down 没有写下级（${child.id} 等）接入的地址`,
        `link.down does not say where those below (${child.id}) are met`,
      ),
    );
};

const sitesOf = (file: string, listed: z.output<typeof deploymentSchema>['sites']): ReadonlyMap<SiteId, KnownSite> => {
  const sites = new Map<SiteId, KnownSite>();
  const prefixes = new Map<string, SiteId>();
  for (const { key, ...one } of listed) {
    const twin = prefixes.get(one.prefix);
    if (sites.has(one.id) || twin !== undefined)
      throw wrong(
        file,
        text(
          `${one.id} 与 ${twin ?? one.id} 的标识或编号前缀相同`,
          `${one.id} shares its id or prefix with ${twin ?? one.id}`,
        ),
      );
    prefixes.set(one.prefix, one.id);
    sites.set(one.id, { ...one, verifier: verifierFor(file, one.id, key) });
  }
  for (const one of sites.values()) demandRooted(file, sites, one);
  return sites;
};

const verifierFor = (file: string, site: SiteId, key: string): Verifier => {
  try {
    return verifierOf(key);
  } catch (error) {
    throw wrong(file, text(`${site} 的公钥不能用`, `the public key of ${site} cannot be used (${messageOf(error)})`));
  }
};

/** Parents lead to one top. */
const demandRooted = (file: string, sites: ReadonlyMap<SiteId, KnownSite>, site: KnownSite): void => {
  const seen = new Set<SiteId>();
  for (let at: KnownSite | undefined = site; at !== undefined && at.parent !== null; at = sites.get(at.parent)) {
    if (seen.has(at.id) || !sites.has(at.parent))
      throw wrong(
        file,
        text(
          `${site.id} 的上级 ${at.parent} 不存在或成环`,
          `the parent ${at.parent} above ${site.id} is missing, or goes in a circle`,
        ),
      );
    seen.add(at.id);
  }
};

const parsed = <T>(file: string, schema: z.ZodType<T>): T => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrong(file, text('读不出，或不是 JSON', `cannot be read, or is not JSON (${messageOf(error)})`));
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; ');
  throw wrong(file, text(faults, faults));
};

const wrong = (file: string, why: Text): Refused =>
  new Refused(
    'site-file-wrong',
    text(
      `节点文件 ${file} 不能用：${why.zh}。写法见 docs/operating/sites.md。`,
      `The site file ${file} cannot be used: ${why.en}. docs/operating/sites.md says how it is written.`,
    ),
  );
