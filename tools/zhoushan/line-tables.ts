/**
 * An invented ferry network between the illustrative piers: round times, no operator's. Crossing times are reckoned by `lines.ts` from
 * the way by sea at these speeds.
 */

/** What each sort of boat takes, its speed, and how long boarding and going ashore take. Carrier classes are those of `profiles.ts`. */
export const CRAFT = {
  car: { takes: 'people and vehicles', carrier: 'vehicle-ferry', kmh: 22, boarding_s: 600, unloading_s: 300 },
  boat: { takes: 'people', carrier: 'ferry', kmh: 26, boarding_s: 300, unloading_s: 120 },
  fast: { takes: 'people', carrier: 'fast-ferry', kmh: 50, boarding_s: 300, unloading_s: 120 },
} as const;

/** Days a boat runs on. Public holidays count as days of rest, weekend days worked in exchange as workdays. */
export type Days = 'daily' | 'workdays' | 'restdays' | 'nights';

export interface LineRow {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly by: keyof typeof CRAFT;
  /** Piers in the order of the way out; the way back is the same the other way round. */
  readonly calls: readonly string[];
  /** From the first pier. */
  readonly out: Partial<Readonly<Record<Days, readonly string[]>>>;
  /** From the last one. */
  readonly back: Partial<Readonly<Record<Days, readonly string[]>>>;
}

const two = (n: number): string => String(n).padStart(2, '0');
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
/** Every so many minutes, both ends included. */
const every = (minutes: number, first: string, last: string): readonly string[] => {
  const [from, until] = [minutesOf(first), minutesOf(last)];
  return Array.from({ length: Math.floor((until - from) / minutes) + 1 }, (_, i) => {
    const at = from + i * minutes;
    return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
  });
};
const daily = (...times: readonly string[]) => ({ daily: times });
const row = (
  id: string,
  [zh, en]: readonly [string, string],
  by: LineRow['by'],
  calls: readonly string[],
  out: LineRow['out'],
  back: LineRow['back'],
): LineRow => ({ id, zh, en, by, calls: calls.map((name) => `pier-${name}`), out, back });

const CAR: readonly LineRow[] = [
  row(
    'car-jintang',
    ['盐仓—金塘车渡', 'Yancang–Jintang car ferry'],
    'car',
    ['yadanshan', 'mu-ao'],
    daily(...every(60, '06:00', '19:00')),
    daily(...every(60, '06:30', '19:30')),
  ),
  row(
    'car-taohua',
    ['浦西—登步—桃花车渡', 'Puxi–Dengbu–Taohua car ferry'],
    'car',
    ['ganshan', 'dengbu', 'taohua'],
    { daily: every(90, '06:00', '18:00'), restdays: ['20:00'] },
    { daily: every(90, '06:30', '18:30'), restdays: ['21:30'] },
  ),
  row(
    'car-liuheng',
    ['浦西—六横车渡', 'Puxi–Liuheng car ferry'],
    'car',
    ['ganshan', 'liuheng-sha-ao'],
    daily(...every(120, '06:00', '18:00')),
    daily(...every(120, '06:00', '18:00')),
  ),
  row(
    'car-xiazhi',
    ['虾峙—六横车渡', 'Xiazhi–Liuheng car ferry'],
    'car',
    ['xiazhi', 'liuheng-sha-ao'],
    daily('07:00', '10:30', '14:00', '17:00'),
    daily('08:30', '12:00', '15:30', '18:30'),
  ),
  row(
    'car-qushan',
    ['岱山—衢山车渡', 'Daishan–Qushan car ferry'],
    'car',
    ['daishan-ramp', 'qushan'],
    daily(...every(120, '06:30', '18:30')),
    daily(...every(120, '06:30', '18:30')),
  ),
  row(
    'car-changtu',
    ['岱山—长涂车渡', 'Daishan–Changtu car ferry'],
    'car',
    ['daishan-ramp', 'changtu'],
    daily('07:00', '09:00', '11:00', '14:00', '16:00', '18:00'),
    daily('06:00', '08:00', '10:00', '13:00', '15:00', '17:00'),
  ),
  row(
    'car-sijiao',
    ['三江—泗礁车渡', 'Sanjiang–Sijiao car ferry'],
    'car',
    ['sanjiang', 'lizhu'],
    { daily: ['08:00', '14:00'] },
    { daily: ['07:00', '13:00'] },
  ),
  row(
    'car-yangshan',
    ['小洋山—大洋山车渡', 'Xiaoyangshan–Dayangshan car ferry'],
    'car',
    ['xiaoyang', 'dayang'],
    daily(...every(60, '06:30', '19:30')),
    daily(...every(60, '06:00', '19:00')),
  ),
];

const NEAR: readonly LineRow[] = [
  row(
    'putuoshan',
    ['朱家尖—普陀山客船', 'Zhujiajian–Putuoshan boat'],
    'boat',
    ['zhujiajian', 'putuoshan'],
    { workdays: every(30, '06:30', '18:00'), restdays: every(15, '06:00', '19:00') },
    { workdays: every(30, '07:00', '18:30'), restdays: every(15, '06:30', '19:30') },
  ),
  row(
    'putuoshan-town',
    ['沈家门—普陀山客船', 'Shenjiamen–Putuoshan boat'],
    'boat',
    ['banshengdong', 'putuoshan'],
    { daily: every(60, '07:00', '20:00'), nights: ['22:00', '24:30'] },
    { daily: every(60, '07:00', '20:00'), nights: ['23:00', '25:10'] },
  ),
  row(
    'southern-islands',
    ['沈家门—蚂蚁—虾峙—六横客船', 'Shenjiamen–Mayi–Xiazhi–Liuheng boat'],
    'boat',
    ['dundou', 'mayi', 'xiazhi', 'liuheng-dajiao'],
    daily('07:30', '11:00', '15:30'),
    daily('07:00', '11:00', '15:00'),
  ),
  row(
    'fast-liuheng',
    ['沈家门—六横快船', 'Shenjiamen–Liuheng fast ferry'],
    'fast',
    ['dundou', 'liuheng-dajiao'],
    { daily: ['08:30', '10:30', '14:00', '16:30'], restdays: ['18:30'] },
    { daily: ['07:30', '09:30', '13:00', '15:30'], restdays: ['17:30'] },
  ),
];

const FAR: readonly LineRow[] = [
  row(
    'dongji',
    ['沈家门—庙子湖客船', 'Shenjiamen–Miaozihu boat'],
    'boat',
    ['banshengdong', 'miaozihu'],
    { daily: ['08:30', '13:00'], restdays: ['10:30'] },
    { daily: ['08:00', '15:30'], restdays: ['13:00'] },
  ),
  row(
    'dongji-islands',
    ['庙子湖—青浜—东福山客船', 'Miaozihu–Qingbang–Dongfushan boat'],
    'boat',
    ['miaozihu', 'qingbang', 'dongfushan'],
    daily('11:00', '15:30'),
    daily('06:30', '14:00'),
  ),
  row(
    'fast-qushan',
    ['三江—高亭—衢山快船', 'Sanjiang–Gaoting–Qushan fast ferry'],
    'fast',
    ['sanjiang', 'gaoting', 'qushan'],
    daily('08:00', '10:00', '13:00', '16:00'),
    daily('07:00', '09:30', '12:00', '15:00'),
  ),
  row(
    'fast-sijiao',
    ['三江—泗礁快船', 'Sanjiang–Sijiao fast ferry'],
    'fast',
    ['sanjiang', 'lizhu'],
    { daily: ['08:30', '10:30', '14:30'], restdays: ['16:30'] },
    { daily: ['08:00', '11:30', '14:30'], restdays: ['16:30'] },
  ),
  row(
    'gouqi',
    ['菜园—枸杞—嵊山客船', 'Caiyuan–Gouqi–Shengshan boat'],
    'boat',
    ['caiyuan', 'gouqi', 'shengshan'],
    { daily: ['08:30', '11:30', '15:30'], restdays: ['13:30'] },
    { daily: ['07:00', '10:30', '14:00'], restdays: ['16:00'] },
  ),
  row(
    'huaniao',
    ['菜园—绿华—花鸟客船', 'Caiyuan–Lvhua–Huaniao boat'],
    'boat',
    ['caiyuan', 'lvhua', 'huaniao'],
    daily('08:00', '14:00'),
    daily('10:00', '15:45'),
  ),
  row(
    'yangshan',
    ['泗礁—大洋山—小洋山客船', 'Sijiao–Dayangshan–Xiaoyangshan boat'],
    'boat',
    ['lizhu', 'dayang', 'xiaoyang'],
    daily('07:30', '10:30', '16:15'),
    daily('07:00', '12:00', '15:00'),
  ),
  row(
    'huanglong',
    ['泗礁—黄龙客船', 'Sijiao–Huanglong boat'],
    'boat',
    ['lizhu', 'huanglong'],
    daily('07:30', '11:00', '15:30'),
    daily('06:30', '09:30', '14:00'),
  ),
];

export const LINES: readonly LineRow[] = [...CAR, ...NEAR, ...FAR];

/** To islands where no line calls, by day: only the rhythm is known. */
export const LAUNCHES = {
  id: 'island-launches',
  zh: '小岛交通船',
  en: 'Launches to small islands',
  by: 'boat',
  runs: { from: '06:30', until: '17:30', every_s: 3600, exact: false },
} as const;
