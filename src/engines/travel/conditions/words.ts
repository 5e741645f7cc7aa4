import { instant, toIso } from '#core/base/instant.ts';

/** Upper ends of significant wave height, in metres, of sea states 0 … 8 (Douglas scale, WMO code table 3700). */
const SEA_STATE_M = [0, 0.1, 0.5, 1.25, 2.5, 4, 6, 9, 14] as const;

export const seaState = (wave_m: number): number => {
  const state = SEA_STATE_M.findIndex((upper) => wave_m <= upper);
  return state < 0 ? 9 : state;
};

/** A moment as people read it, in UTC: the place decides how it is shown elsewhere. */
export const clockWords = (at: number): string =>
  `${toIso(instant(Math.round(at)))
    .slice(0, 16)
    .replace('T', ' ')}Z`;
