import { instant } from '#core/base/instant.ts';
import type { Interval } from '../conditions/intervals.ts';
import type { Hub } from '../hubs.ts';
import type { Timetable } from '../lines/timetable.ts';

export const WEEK_MS = 7 * 86_400_000;

/** Ids of hubs where some line calls in that week since 1970 or the next. */
export const servedIn = ({ usual, connections }: Timetable, week: number): ReadonlySet<string> => {
  const hubs = new Set(usual.flatMap((one) => [one.from, one.to]));
  const from = instant(week * WEEK_MS);
  for (const one of connections(from, instant(from + 2 * WEEK_MS))) hubs.add(one.from).add(one.to);
  return hubs;
};

/** Ids of hubs that are served, or from which one can walk to one that is. @param walk_s from hub to hub, row by row */
export const servedLand = (
  hubs: readonly Hub[],
  walk_s: Float64Array,
  served: ReadonlySet<string>,
): ReadonlySet<string> => {
  const isServed = hubs.map((hub) => served.has(hub.id));
  const walks = (from: number): boolean =>
    isServed.some((is, to) => is && (walk_s[from * hubs.length + to] as number) < Infinity);
  return new Set(hubs.filter((hub, i) => served.has(hub.id) || walks(i)).map((hub) => hub.id));
};

/** The weeks of a span, as far as they lie in it. */
export const weeksOf = ([from, until]: Interval): readonly Interval[] => {
  const first = Math.floor(from / WEEK_MS);
  const count = Math.floor(until / WEEK_MS) - first + 1;
  return Array.from({ length: count }, (_, i) => {
    const begin = (first + i) * WEEK_MS;
    return [Math.max(from, begin), Math.min(until, begin + WEEK_MS - 1)] as const;
  });
};
