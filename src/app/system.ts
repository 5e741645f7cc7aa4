import { accountId } from '#core/base/ids.ts';
import type { Actor } from '#core/matter/actor.ts';

/** The site itself, when a clock runs out or a start does something. */
export const SYSTEM: Actor = { account: accountId('system'), roles: ['system'], sites: '*', units: [] };
