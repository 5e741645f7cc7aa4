import type { SiteId } from '#core/base/ids.ts';
import { DOWN, FROM, TO, UP } from './subjects.ts';

/** Account of the site itself on its own server. */
const OWN = 'SITE';

export interface NatsServerSetup {
  readonly site: SiteId;
  /** host:port for the site itself and for its children. */
  readonly listen: string;
  /** Public nkey of the site. */
  readonly key: string;
  readonly children: readonly NatsChild[];
}
export interface NatsChild {
  readonly site: SiteId;
  /** Its public nkey. */
  readonly key: string;
}

/**
 * The settings of the nats-server of a site that has others below it. Each child has an account of its own, of which the site takes one subject only, under
 * the child's name: whoever has a child's seed can speak as that child and as nobody else, and hears what is said to that child and nothing else. The times are
 * for links that need seconds for a round trip and half a minute for what is under way.
 */
export const natsConfig = ({ site, listen, key, children }: NatsServerSetup): string => {
  const imports = children.map(
    (child) => `{stream: {account: ${accountOf(child)}, subject: ${text(UP)}}, to: ${text(`${FROM}.${child.site}`)}}`,
  );
  const exports = children.map((child) => `{stream: ${text(`${TO}.${child.site}`)}, accounts: [${accountOf(child)}]}`);
  return [
    `server_name: ${text(site)}`,
    `listen: ${text(listen)}`,
    'ping_interval: "10s"',
    'ping_max: 3',
    'authorization { timeout: 60 }',
    'accounts {',
    `  ${OWN} {`,
    `    users: [{nkey: ${key}}]`,
    `    imports: [${imports.join(', ')}]`,
    `    exports: [${exports.join(', ')}]`,
    '  }',
    ...children.map((child) => `  ${childAccount(child)}`),
    '}',
  ].join('\n');
};

const childAccount = (child: NatsChild): string =>
  `${accountOf(child)} { users: [{nkey: ${child.key}}], exports: [{stream: ${text(UP)}, accounts: [${OWN}]}], ` +
  `imports: [{stream: {account: ${OWN}, subject: ${text(`${TO}.${child.site}`)}}, to: ${text(DOWN)}}] }`;

const accountOf = ({ site }: NatsChild): string => text(`child ${site}`);
const text = (value: string): string => JSON.stringify(value);
