import type { LonLat } from '#core/base/geo.ts';
import { isLonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { Shut } from '../conditions/windows.ts';
import type { NoWay } from '../spi.ts';
import { FAR_MS } from './world.ts';

const WORDS = {
  'position-invalid': {
    zh: '位置不是有效的经纬度，请重新定位',
    en: 'the position is no valid longitude and latitude; locate it again',
  },
  'off-network': {
    zh: '位置不在地图范围内或不在可通行处，请核对位置',
    en: 'the position is outside the mapped area or where nothing can move; check the position',
  },
  'no-landing': {
    zh: '附近没有可靠岸或降落的地方，请改派其他力量',
    en: 'there is nowhere near to land; send another force',
  },
  'no-connection': {
    zh: '没有相连的道路或水路，请改派水上或空中力量',
    en: 'no road or water way leads there; send a boat or aircraft instead',
  },
  closed: {
    zh: '必经的道路、桥梁或码头已关闭，请改派水上或空中力量，或解除关闭',
    en: 'the only road, bridge or pier is closed; send a boat or aircraft, or lift the closure',
  },
} as const satisfies Record<string, Text>;

/** There and back takes more than it may fly. */
export const outOfRange = (needs_m: number, range_m: number): NoWay => ({
  code: 'out-of-range',
  words: {
    zh: `往返需${km(Math.ceil(needs_m / 100))}公里，航程${km(Math.floor(range_m / 100))}公里，请派更近的力量`,
    en: `there and back takes ${km(Math.ceil(needs_m / 100))} km, and its range is ${km(Math.floor(range_m / 100))} km; send one that is nearer`,
  },
});
/** Tenths of a kilometre in words: what is needed rounded up and what there is rounded down never read as the same. */
const km = (tenths: number): string => (tenths / 10).toFixed(1);

export const noWay = (code: keyof typeof WORDS): NoWay => ({ code, words: WORDS[code] });

/** Null when it is on the earth, and not where longitudes meet. */
export const positionFault = (at: LonLat): NoWay | null =>
  isLonLat(at) && Math.abs(at[1]) < 89.9 ? null : noWay('position-invalid');

/** The place lies where nobody may fly, ever. */
export const inNoFly = (name: Text): NoWay => ({
  code: 'no-landing',
  words: {
    zh: `目的地在禁飞区“${name.zh}”内，请改派其他力量`,
    en: `the place lies in the no-fly area ${name.en}; send another force`,
  },
});

/** So many reasons are named at once; who lifts only the first would be told of the next. */
const NAMED = 3;

/** What shuts the only way, each cause once; the first is the code. */
export const shutOf = (causes: readonly Shut[]): NoWay => {
  const [first] = causes;
  if (first === undefined) return noWay('closed');
  const words = [...new Map(causes.map((one) => [one.words.en, one.words])).values()].slice(0, NAMED);
  return {
    code: first.code,
    words: { zh: words.map((one) => one.zh).join('；'), en: words.map((one) => one.en).join('; ') },
  };
};

/** @param next the first departure known, beyond the days that are looked at */
export const noDeparture = (next: string): NoWay => ({
  code: 'no-departure',
  words: {
    zh: `${DAYS}天内没有班次，下一班在${next}`,
    en: `nothing departs within ${DAYS} days; the next departure is at ${next}`,
  },
});
const DAYS = FAR_MS / 86_400_000;
