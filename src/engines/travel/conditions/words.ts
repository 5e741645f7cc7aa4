import { instant, toIso } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';

/** Upper ends of significant wave height, in metres, of sea states 0 … 8 (Douglas scale, WMO code table 3700). */
const SEA_STATE_M = [0, 0.1, 0.5, 1.25, 2.5, 4, 6, 9, 14] as const;

export const seaState = (wave_m: number): number => {
  const state = SEA_STATE_M.findIndex((upper) => wave_m <= upper);
  return state < 0 ? 9 : state;
};

/** Waves beyond a limit, both in metres. The class is said where it tells them apart. */
export const seaWords = (wave_m: number, limit_m: number): Text => {
  const [state, most] = [seaState(wave_m), seaState(limit_m)];
  const [waves, limit] = roundedApart(wave_m, limit_m);
  return state === most
    ? { zh: `浪高${waves}米 > 限制${limit}米`, en: `waves ${waves} m > limit ${limit} m` }
    : {
        zh: `海况${state}级（浪高${waves}米）> 限制${most}级（${limit}米）`,
        en: `sea state ${state} (waves ${waves} m) > limit ${most} (${limit} m)`,
      };
};

/** Metres to one decimal, or to two where one decimal would make them the same. */
const roundedApart = (one_m: number, other_m: number): readonly [string, string] => {
  const words = (digits: number): readonly [string, string] => [
    String(Number(one_m.toFixed(digits))),
    String(Number(other_m.toFixed(digits))),
  ];
  const [one, other] = words(1);
  return one === other ? words(2) : [one, other];
};

/** A moment as people read it, in UTC: the place decides how it is shown elsewhere. */
export const clockWords = (at: number): string =>
  `${toIso(instant(Math.round(at)))
    .slice(0, 16)
    .replace('T', ' ')}Z`;
