import type { Instant } from '#core/base/instant.ts';
import type { Kind } from './kind.ts';
import type { Matter } from './matter.ts';

/**
 * The times this kind is measured by, in seconds from the first of one mark to the first of another.
 * Null while one of the marks has not been reached, or when the second came first.
 */
export const measure = (kind: Kind, matter: Matter): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    Object.entries(kind.measures).map(([name, { from, to }]) => [
      name,
      between_s(matter.firsts[from], matter.firsts[to]),
    ]),
  );

const between_s = (from: Instant | undefined, to: Instant | undefined): number | null =>
  from === undefined || to === undefined || to < from ? null : (to - from) / 1000;
