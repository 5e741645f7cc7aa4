import type { RankingView } from '#wire/api.ts';

/** Forces move all the time: the ranking is asked again this often while it is looked at. */
export const RANK_EVERY_MS = 15_000;
/** True when several were asked for and none came: the link is cut or the server does not answer. */
export const isOldRanking = (at_ms: number, now_ms: number): boolean => now_ms - at_ms > 3 * RANK_EVERY_MS;

type Reasons = RankingView['excluded'][number]['reasons'];

/** Forces that are left out for the very same reasons. */
export interface LeftOut {
  readonly reasons: Reasons;
  readonly forces: readonly string[];
}

const NO_WAY = 'no-way';
const getsNowhere = ({ reasons }: LeftOut): boolean => reasons.some((reason) => reason.code === NO_WAY);

/**
 * Who is left out, by reason: a hundred rows that say the same are one. Those who would do but do not get there come first,
 * since a bridge or a wind that turns brings them back; then the larger groups before the smaller.
 */
export const leftOutByReason = (excluded: RankingView['excluded']): readonly LeftOut[] => {
  const groups = new Map<string, LeftOut>();
  for (const { force, reasons } of excluded) {
    const words = reasons.map((reason) => reason.words.en).join('\n');
    const forces = [...(groups.get(words)?.forces ?? []), force];
    groups.set(words, { reasons, forces });
  }
  return [...groups.values()].toSorted(
    (a, b) => Number(getsNowhere(b)) - Number(getsNowhere(a)) || b.forces.length - a.forces.length,
  );
};

/**
 * The force the key D sends: the chosen one, or the first. Null when the chosen one has fallen out of the ranking: nobody else is
 * sent in its place by the same key.
 */
export const bestOf = (ranked: RankingView['candidates'] | undefined, chosen: string | null): string | null =>
  (chosen === null ? ranked?.[0] : ranked?.find((one) => one.force === chosen))?.force ?? null;
