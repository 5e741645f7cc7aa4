import type { SiteId } from '#core/base/ids.ts';
import { DOWN, FROM, TO, UP } from './subjects.ts';

/** Account of the site itself on its own server. */
const OWN = 'SITE';
/** User the site's process has there. */
export const OWN_USER = 'site';

export interface NatsServerSetup {
  readonly site: SiteId;
  /** host:port for the site's own process: nothing outside the machine need reach it. */
  readonly listen: string;
  readonly password: string;
  /** Where leaves of children join; null where there are none. */
  readonly leaves: {
    readonly listen: string;
    /**
     * host:port children reach it at. The server tells them, and where it is not set it tells them `listen`, which they then try besides what their own
     * settings say (`no_advertise` does not keep it from that before 2.15).
     */
    readonly advertise: string;
    readonly children: readonly NatsLeaf[];
  } | null;
  /** The parent's server, with this site's id and secret in it; null at the top. */
  readonly remote: { readonly url: string } | null;
}
export interface NatsLeaf {
  readonly site: SiteId;
  readonly secret: string;
}

/**
 * The settings of a site's nats-server. Each child's leaf connection is bound to an account of its own, of which the site takes one subject only, under
 * the child's name: whoever has a child's secret can speak as that child and as nobody else, and hears what is said to that child and nothing else. Pings every
 * five seconds: with the standard ones a link that was silently dropped was not noticed for minutes.
 */
export const natsConfig = ({ site, listen, password, leaves, remote }: NatsServerSetup): string => {
  const children = leaves?.children ?? [];
  const imports = children.map(
    (child) => `{stream: {account: ${accountOf(child)}, subject: ${text(UP)}}, to: ${text(`${FROM}.${child.site}`)}}`,
  );
  const exports = children.map((child) => `{stream: ${text(`${TO}.${child.site}`)}, accounts: [${accountOf(child)}]}`);
  return [
    `server_name: ${text(site)}`,
    `listen: ${text(listen)}`,
    'ping_interval: "5s"',
    'ping_max: 2',
    'accounts {',
    `  ${OWN} {`,
    `    users: [{user: ${text(OWN_USER)}, password: ${text(password)}}]`,
    `    imports: [${imports.join(', ')}]`,
    `    exports: [${exports.join(', ')}]`,
    '  }',
    ...children.map((child) => `  ${childAccount(child)}`),
    '}',
    ...leafnodes(leaves, remote),
    '',
  ].join('\n');
};

const childAccount = (child: NatsLeaf): string =>
  `${accountOf(child)} { exports: [{stream: ${text(UP)}, accounts: [${OWN}]}], ` +
  `imports: [{stream: {account: ${OWN}, subject: ${text(`${TO}.${child.site}`)}}, to: ${text(DOWN)}}] }`;

const leafnodes = (leaves: NatsServerSetup['leaves'], remote: NatsServerSetup['remote']): readonly string[] => {
  if (leaves === null && remote === null) return [];
  const users = leaves?.children.map(
    (child) => `{user: ${text(child.site)}, password: ${text(child.secret)}, account: ${accountOf(child)}}`,
  );
  return [
    'leafnodes {',
    ...(leaves === null
      ? []
      : [
          `  listen: ${text(leaves.listen)}`,
          `  advertise: ${text(leaves.advertise)}`,
          `  authorization { users: [${users?.join(', ')}] }`,
        ]),
    ...(remote === null ? [] : ['  reconnect: 1', `  remotes: [{url: ${text(remote.url)}, account: ${OWN}}]`]),
    '}',
  ];
};

const accountOf = ({ site }: NatsLeaf): string => text(`child ${site}`);
const text = (value: string): string => JSON.stringify(value);
