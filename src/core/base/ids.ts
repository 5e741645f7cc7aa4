/**
 * Branded identifiers. A brand costs nothing at run time; it makes mixing up two sorts of id a compile error.
 * Ids enter the program only through a parser at the rim (or a constructor below), never through a cast in the middle.
 */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A running node with its own ledger, e.g. `zs-putuo`. */
export type SiteId = Branded<string, 'SiteId'>;
/** Number of a matter: site prefix, day, running number (`PT-261121-0007`). Never reused; unique over all sites. */
export type MatterId = Branded<string, 'MatterId'>;
/** Id of a force, e.g. `ptu-3`. Unique over all sites of a deployment. */
export type ForceId = Branded<string, 'ForceId'>;
/** Id of a person's or machine's account. */
export type AccountId = Branded<string, 'AccountId'>;
/** Id of a place in the gazetteer. */
export type PlaceId = Branded<string, 'PlaceId'>;
/** Content address (lower-case hex SHA-256) of a stored file. */
export type FileId = Branded<string, 'FileId'>;
/** Lower-case hex SHA-256 digest. */
export type Hash = Branded<string, 'Hash'>;

const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;
const MATTER = /^[A-Z]{1,6}-\d{6}-\d{4,9}$/;
const HEX64 = /^[0-9a-f]{64}$/;

/** True when `value` is lower-case letters, digits and dashes, 1 to 64 long, starting with a letter or digit. */
export const isSlug = (value: string): boolean => SLUG.test(value);
export const isMatterId = (value: string): value is MatterId => MATTER.test(value);
export const isHash = (value: string): value is Hash => HEX64.test(value);

export const siteId = (value: string): SiteId => checked(value, SLUG, 'site id') as SiteId;
export const forceId = (value: string): ForceId => checked(value, SLUG, 'force id') as ForceId;
export const accountId = (value: string): AccountId => checked(value, SLUG, 'account id') as AccountId;
export const placeId = (value: string): PlaceId => checked(value, SLUG, 'place id') as PlaceId;
export const matterId = (value: string): MatterId => checked(value, MATTER, 'matter number') as MatterId;
export const hash = (value: string): Hash => checked(value, HEX64, 'SHA-256 digest') as Hash;
export const fileId = (value: string): FileId => checked(value, HEX64, 'file id') as FileId;

/**
 * A matter's number.
 * @param prefix the site's prefix, 1–6 capital letters
 * @param day local day as `YYMMDD`
 * @param running running number of that site and day, from 1
 */
export const matterNumber = (prefix: string, day: string, running: number): MatterId =>
  matterId(`${prefix}-${day}-${String(running).padStart(4, '0')}`);

const checked = (value: string, pattern: RegExp, what: string): string => {
  if (!pattern.test(value)) throw new RangeError(`not a ${what}: ${JSON.stringify(value)}`);
  return value;
};
