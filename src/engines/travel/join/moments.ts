import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import { LAST_ASKED } from '../spi.ts';
import type { When } from '../spi.ts';

/** A question about the nearest moment that has an answer. */
export const answerable = (when: When): When =>
  'leave_at' in when ? { leave_at: bounded(when.leave_at) } : { arrive_by: bounded(when.arrive_by) };

/** The nearest moment that can be asked about. @param at milliseconds since 1970 */
export const bounded = (at: number): Instant => instant(Math.min(Math.max(0, Math.floor(at)), LAST_ASKED));
