import type { ForceKind, Skill, Tier } from '#world/forces/force.ts';

/** What an invented force of a sort is like. */
export interface Template {
  readonly kind: ForceKind;
  readonly tier: Tier;
  readonly skills: readonly Skill[];
  readonly gear: readonly string[];
  readonly crew: number;
  readonly seats: number;
}

export const template = (
  kind: ForceKind,
  tier: Tier,
  skills: readonly Skill[],
  gear: readonly string[],
  crew: number,
  seats: number,
): Template => ({ kind, tier, skills, gear, crew, seats });

export const OFFICER = template(
  'officer',
  'station',
  ['patrol', 'first-aid', 'mediation'],
  ['camera', 'first-aid-kit'],
  1,
  0,
);
export const CAR = template(
  'car',
  'station',
  ['patrol', 'first-aid', 'traffic', 'mediation', 'search'],
  ['camera', 'cones', 'first-aid-kit'],
  2,
  3,
);
export const COAST_CAR = template(
  'car',
  'station',
  ['patrol', 'first-aid', 'traffic', 'search', 'water-rescue'],
  ['camera', 'lifebuoy', 'throw-bag', 'searchlight'],
  2,
  3,
);
export const ISLAND_BIKE = template(
  'motorcycle',
  'station',
  ['patrol', 'first-aid', 'mediation', 'search', 'water-rescue', 'cliff-rescue'],
  ['camera', 'throw-bag', 'ropes', 'searchlight'],
  1,
  1,
);
export const LIGHT = template(
  'ptu-light',
  'station',
  ['patrol', 'armed', 'crowd', 'traffic', 'first-aid'],
  ['camera', 'shield', 'aed'],
  2,
  0,
);
export const HEAVY = template(
  'ptu-heavy',
  'district',
  ['patrol', 'armed', 'crowd', 'search'],
  ['shield', 'barriers', 'loudhailer', 'searchlight'],
  6,
  2,
);
export const BOAT = template(
  'patrol-boat',
  'district',
  ['boat', 'patrol', 'water-rescue', 'search', 'first-aid'],
  ['lifebuoy', 'rescue-board', 'searchlight'],
  4,
  10,
);
export const DRONE = template('drone', 'district', ['search', 'air'], ['thermal-camera', 'loudhailer'], 1, 0);
export const CRAFT = template(
  'landing-craft',
  'city',
  ['boat', 'water-rescue', 'crowd'],
  ['rescue-board', 'barriers'],
  6,
  60,
);
export const COPTER = template(
  'helicopter',
  'city',
  ['air', 'search', 'water-rescue', 'cliff-rescue', 'medical'],
  ['winch', 'thermal-camera', 'stretcher'],
  4,
  6,
);

/** Volunteer teams, by township: what sort, and what they can do. */
export const VOLUNTEERS: readonly (readonly [
  town: string,
  zh: string,
  en: string,
  skills: readonly Skill[],
  gear: readonly string[],
])[] = [
  ['沈家门', '渔嫂义警队', 'fisher-women volunteers', ['mediation', 'patrol', 'search'], ['loudhailer']],
  ['昌国', '邻里义警队', 'neighbourhood volunteers', ['patrol', 'mediation', 'crowd'], ['loudhailer']],
  ['临城', '义警队', 'volunteers', ['patrol', 'crowd', 'search'], ['loudhailer']],
  [
    '朱家尖',
    '海滩救生义工队',
    'beach lifeguard volunteers',
    ['water-rescue', 'first-aid', 'search'],
    ['lifebuoy', 'rescue-board'],
  ],
  ['普陀山', '香客服务义工队', 'pilgrim service volunteers', ['crowd', 'first-aid', 'search'], ['loudhailer']],
  [
    '东极',
    '海岛义务救援队',
    'island rescue volunteers',
    ['water-rescue', 'cliff-rescue', 'search', 'first-aid'],
    ['ropes', 'lifebuoy'],
  ],
  [
    '嵊山',
    '海岛义务救援队',
    'island rescue volunteers',
    ['water-rescue', 'search', 'first-aid'],
    ['lifebuoy', 'ropes'],
  ],
  [
    '枸杞',
    '海岛义务救援队',
    'island rescue volunteers',
    ['water-rescue', 'cliff-rescue', 'search'],
    ['ropes', 'throw-bag'],
  ],
  ['花鸟', '灯塔义工队', 'lighthouse volunteers', ['search', 'first-aid', 'cliff-rescue'], ['ropes', 'first-aid-kit']],
  ['六横', '民间搜救队', 'civil search team', ['search', 'cliff-rescue', 'water-rescue'], ['ropes', 'searchlight']],
  ['高亭', '义警队', 'volunteers', ['patrol', 'mediation', 'crowd'], ['loudhailer']],
  ['菜园', '义警队', 'volunteers', ['patrol', 'crowd', 'water-rescue'], ['lifebuoy', 'loudhailer']],
];

/** Agencies that work beside the police, one of each per district, generic names only. */
export const AGENCIES: readonly (readonly [
  id: string,
  zh: string,
  en: string,
  skills: readonly Skill[],
  gear: readonly string[],
])[] = [
  ['medical', '医院急救站', 'hospital ambulance post', ['medical', 'first-aid'], ['aed', 'stretcher', 'first-aid-kit']],
  [
    'fire',
    '消防救援站',
    'fire and rescue station',
    ['fire', 'cliff-rescue', 'water-rescue', 'first-aid'],
    ['pump', 'ropes', 'stretcher'],
  ],
  ['emergency', '应急管理值班组', 'emergency management duty team', ['crowd', 'search'], ['pump', 'barriers']],
  ['cityservice', '城管值班组', 'city management duty team', ['mediation', 'crowd', 'traffic'], ['barriers', 'cones']],
  ['port', '港航值班组', 'port and shipping duty team', ['boat', 'crowd'], ['loudhailer']],
  ['maritime', '海事值班组', 'maritime duty team', ['boat', 'search', 'water-rescue'], ['lifebuoy']],
  ['street', '街道（乡镇）值班组', 'township duty team', ['mediation', 'crowd'], ['loudhailer']],
];

/** Patrol boats and landing craft: pier, tier. */
export const BOATS: readonly (readonly [
  pier: string,
  kind: 'patrol-boat' | 'landing-craft',
  district: string | null,
])[] = [
  ['pier-dinghai', 'patrol-boat', '330902'],
  ['pier-jintang', 'patrol-boat', '330902'],
  ['pier-dundou', 'patrol-boat', '330903'],
  ['pier-zhujiajian', 'patrol-boat', '330903'],
  ['pier-liuheng-dajiao', 'patrol-boat', '330903'],
  ['pier-miaozihu', 'patrol-boat', '330903'],
  ['pier-gaoting', 'patrol-boat', '330921'],
  ['pier-qushan', 'patrol-boat', '330921'],
  ['pier-caiyuan', 'patrol-boat', '330922'],
  ['pier-shengshan', 'patrol-boat', '330922'],
  ['pier-banshengdong', 'patrol-boat', null],
  ['pier-lincheng', 'patrol-boat', null],
  ['pier-yadanshan', 'landing-craft', null],
  ['pier-gaoting', 'landing-craft', null],
];

/** Islands on which nobody needs a car. */
export const CARLESS = new Set(['东极', '花鸟', '黄龙']);
/** Towns whose station answers for a busy shore. */
export const SHORE = new Set([
  '沈家门',
  '朱家尖',
  '普陀山',
  '菜园',
  '五龙',
  '嵊山',
  '枸杞',
  '桃花',
  '秀山',
  '高亭',
  '衢山',
  '六横',
  '东极',
  '花鸟',
  '黄龙',
]);
export const PTU = new Set([
  '昌国',
  '环南',
  '城东',
  '临城',
  '千岛',
  '沈家门',
  '东港',
  '朱家尖',
  '普陀山',
  '高亭',
  '衢山',
  '菜园',
  '六横',
  '金塘',
  '白泉',
]);
