import { z } from 'zod';
import type { AccountId, SiteId } from '#core/base/ids.ts';
import type { Text } from '#core/base/text.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { ErrorCode } from '#wire/errors.ts';
import type { Row } from './database.ts';
import { textOf } from './database.ts';

/** Why it was refused, for `problemOf(code, { values })`. */
export interface AuthRefusal {
  readonly code: ErrorCode;
  readonly values?: Readonly<Record<string, number>>;
}

/** Who an account or a machine token stands for, and what it may do. */
export interface Identity {
  readonly id: AccountId;
  readonly display: Text;
  readonly roles: readonly string[];
  readonly sites: readonly SiteId[] | '*';
  /** Forces and agencies it acts for. */
  readonly units: readonly string[];
}

const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;
const slugs = z.array(z.string().regex(SLUG)).max(500);

/** Checks what comes from a command line or a form. */
export const identitySchema = z.object({
  id: z.string().regex(SLUG),
  display: z.object({ zh: z.string().min(1).max(100), en: z.string().min(1).max(100) }),
  roles: slugs.min(1),
  sites: z.union([z.literal('*'), slugs]),
  units: slugs,
});

/** Names by which the program itself acts; nobody else may stand in the ledger under them. */
const RESERVED: ReadonlySet<string> = new Set(['system', 'citizen', 'receipt', 'replay', 'simulator']);
export const isReserved = (name: string): boolean => RESERVED.has(name);

export const actorOf = ({ id, roles, sites, units }: Identity): Actor => ({ account: id, roles, sites, units });

/** An identity as the columns that keep it: id, display, roles, sites, units. */
export const toColumns = (who: Identity): readonly [string, string, string, string, string] => [
  who.id,
  JSON.stringify(who.display),
  JSON.stringify(who.roles),
  JSON.stringify(who.sites),
  JSON.stringify(who.units),
];

export const fromColumns = (row: Row): Identity => {
  const read = (column: string): unknown => JSON.parse(textOf(row, column));
  const checked = identitySchema.parse({
    id: textOf(row, 'id'),
    display: read('display'),
    roles: read('roles'),
    sites: read('sites'),
    units: read('units'),
  });
  return { ...checked, id: checked.id as AccountId, sites: checked.sites as readonly SiteId[] | '*' };
};
