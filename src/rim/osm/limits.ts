import type { Tags } from './block.ts';

const M_PER_FOOT = 0.3048;
const M_PER_INCH = 0.0254;
const KG_PER_POUND = 0.453_592_37;

const KG_PER: Readonly<Record<string, number>> = {
  '': 1000,
  t: 1000,
  tonne: 1000,
  tonnes: 1000,
  kg: 1,
  st: 2000 * KG_PER_POUND,
  lt: 2240 * KG_PER_POUND,
  lb: KG_PER_POUND,
  lbs: KG_PER_POUND,
  cwt: 112 * KG_PER_POUND,
};

const amount = (digits: string | undefined): number => Number((digits ?? '0').replace(',', '.'));

/** A length in metres: `3.5`, `3,5 m`, `350 cm`, `11'6"`, `11 ft 6 in`, `12 ft`. Null where there is none (`default`, `none`). */
export const readLength_m = (value: string): number | null => {
  const words = value.trim().toLowerCase().replaceAll('′', "'").replaceAll('″', '"');
  const metric = /^(\d+(?:[.,]\d+)?)\s*(m|metres?|meters?|cm)?$/.exec(words);
  if (metric !== null) return positive(amount(metric[1]) * (metric[2] === 'cm' ? 0.01 : 1));
  const feet =
    /^(?:(\d+(?:\.\d+)?)\s*(?:'|ft|feet|foot))?\s*-?\s*(?:(\d+(?:\.\d+)?)\s*(?:"|''|in|inch|inches)?)?$/.exec(words);
  if (feet === null || (feet[1] === undefined && !/["n]/.test(words))) return null;
  return positive(amount(feet[1]) * M_PER_FOOT + amount(feet[2]) * M_PER_INCH);
};

/** A weight in kilograms: `7.5`, `7.5 t`, `7500 kg`, `8 st` (short tons), `10 lt` (long tons), `16000 lbs`. Null where there is none. */
export const readWeight_kg = (value: string): number | null => {
  const found = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/.exec(value.trim().toLowerCase());
  const factor = KG_PER[found?.[2] ?? ''];
  return found === null || factor === undefined ? null : positive(amount(found[1]) * factor);
};

const positive = (value: number): number | null => (Number.isFinite(value) && value > 0 ? value : null);

export interface Limits {
  readonly height_cm: number;
  readonly width_cm: number;
  readonly weight_kg: number;
  /** Tags that were meant as a limit and could not be understood. */
  readonly strange: readonly string[];
}

const KEYS = {
  height: ['maxheight', 'maxheight:physical', 'maxheight:signed'],
  width: ['maxwidth', 'maxwidth:physical'],
  weight: ['maxweight', 'maxgcweight', 'maxweight:hgv'],
} as const;

/** Words that say that there is no limit, or none that is written. */
const UNLIMITED = /^(?:none|no|default|unsigned|below_default|no_sign|no_indications|unlimited|yes|unknown)$/i;

/**
 * Signs that end "except for access": nothing there is too weak or too low, only through traffic is kept out. Forces that are sent there have
 * business there, so such a limit is not kept.
 */
const EXCEPT_ACCESS = /^\s*(?:none|no)\s*@\s*\(?\s*(?:destination|delivery|access|emergency)\b/i;

/** Limits of a way: the least of all that are given; 0 where there is none. A height, width or weight that is not understood is told. */
export const limitsOf = (tags: Tags): Limits => {
  const strange: string[] = [];
  const least = (keys: readonly string[], read: (value: string) => number | null): number => {
    let found = Number.POSITIVE_INFINITY;
    for (const key of keys) {
      if (EXCEPT_ACCESS.test(tags.get(`${key}:conditional`) ?? '')) continue;
      for (const part of tags.get(key)?.split(';') ?? []) {
        const value = read(part);
        if (value !== null) found = Math.min(found, value);
        else if (!UNLIMITED.test(part.trim())) strange.push(`${key}=${part}`);
      }
    }
    return found === Number.POSITIVE_INFINITY ? 0 : found;
  };
  return {
    height_cm: Math.min(65_535, Math.round(100 * least(KEYS.height, readLength_m))),
    width_cm: Math.min(65_535, Math.round(100 * least(KEYS.width, readLength_m))),
    weight_kg: Math.min(4_294_967_295, Math.round(least(KEYS.weight, readWeight_kg))),
    strange,
  };
};
