import type { AccountId, MatterId, SiteId } from '#core/base/ids.ts';
import type { Role } from './kind.ts';

/** Who acts, as the session established it. */
export interface Actor {
  readonly account: AccountId;
  readonly roles: readonly Role[];
  /** Sites whose matters the account may touch; `*` for all. */
  readonly sites: readonly SiteId[] | '*';
  /** Forces and agencies the account acts for. */
  readonly units: readonly string[];
  /** Matter whose receipt this (anonymous) session holds. */
  readonly receipt?: MatterId;
}
