import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { forceId, placeId } from '#core/base/ids.ts';
import { between, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { Text } from '#core/base/text.ts';
import type { Force, ForceKind, Skill, Tier } from '#world/forces/force.ts';
import type { NamedPlace } from '#world/places/gazetteer.ts';
import { TOWNS } from './tables.ts';
import type { PlacedPier } from './island.ts';
import type { Road } from './roads.ts';

/** What the forces are placed on. */
export interface Stage {
  readonly towns: readonly NamedPlace[];
  readonly piers: readonly PlacedPier[];
  readonly roads: readonly Road[];
}

interface Template {
  readonly kind: ForceKind;
  readonly tier: Tier;
  readonly skills: readonly Skill[];
  readonly gear: readonly string[];
  readonly crew: number;
  readonly seats: number;
}

const template = (
  kind: ForceKind,
  tier: Tier,
  skills: readonly Skill[],
  gear: readonly string[],
  crew: number,
  seats: number,
): Template => ({ kind, tier, skills, gear, crew, seats });

const OFFICER = template('officer', 'station', ['patrol', 'first-aid', 'mediation'], ['camera', 'first-aid-kit'], 1, 0);
const CAR = template('car', 'station', ['patrol', 'first-aid', 'traffic', 'mediation', 'search'], ['camera', 'cones', 'first-aid-kit'], 2, 3);
const COAST_CAR = template(
  'car',
  'station',
  ['patrol', 'first-aid', 'traffic', 'search', 'water-rescue'],
  ['camera', 'lifebuoy', 'throw-bag', 'searchlight'],
  2,
  3,
);
const ISLAND_BIKE = template(
  'motorcycle',
  'station',
  ['patrol', 'first-aid', 'mediation', 'search', 'water-rescue', 'cliff-rescue'],
  ['camera', 'throw-bag', 'ropes', 'searchlight'],
  1,
  1,
);
const LIGHT = template('ptu-light', 'station', ['patrol', 'armed', 'crowd', 'traffic', 'first-aid'], ['camera', 'shield', 'aed'], 2, 0);
const HEAVY = template('ptu-heavy', 'district', ['patrol', 'armed', 'crowd', 'search'], ['shield', 'barriers', 'loudhailer', 'searchlight'], 6, 2);
const BOAT = template('patrol-boat', 'district', ['boat', 'patrol', 'water-rescue', 'search', 'first-aid'], ['lifebuoy', 'rescue-board', 'searchlight'], 4, 10);
const DRONE = template('drone', 'district', ['search', 'air'], ['thermal-camera', 'loudhailer'], 1, 0);
const CRAFT = template('landing-craft', 'city', ['boat', 'water-rescue', 'crowd'], ['rescue-board', 'barriers'], 6, 60);
const COPTER = template('helicopter', 'city', ['air', 'search', 'water-rescue', 'cliff-rescue', 'medical'], ['winch', 'thermal-camera', 'stretcher'], 4, 6);

/** Volunteer teams, by township: what sort, and what they can do. */
const VOLUNTEERS: readonly (readonly [town: string, zh: string, en: string, skills: readonly Skill[], gear: readonly string[]])[] = [
  ['沈家门', '渔嫂义警队', 'fisher-women volunteers', ['mediation', 'patrol', 'search'], ['loudhailer']],
  ['昌国', '邻里义警队', 'neighbourhood volunteers', ['patrol', 'mediation', 'crowd'], ['loudhailer']],
  ['临城', '义警队', 'volunteers', ['patrol', 'crowd', 'search'], ['loudhailer']],
  ['朱家尖', '海滩救生义工队', 'beach lifeguard volunteers', ['water-rescue', 'first-aid', 'search'], ['lifebuoy', 'rescue-board']],
  ['普陀山', '香客服务义工队', 'pilgrim service volunteers', ['crowd', 'first-aid', 'search'], ['loudhailer']],
  ['东极', '海岛义务救援队', 'island rescue volunteers', ['water-rescue', 'cliff-rescue', 'search', 'first-aid'], ['ropes', 'lifebuoy']],
  ['嵊山', '海岛义务救援队', 'island rescue volunteers', ['water-rescue', 'search', 'first-aid'], ['lifebuoy', 'ropes']],
  ['枸杞', '海岛义务救援队', 'island rescue volunteers', ['water-rescue', 'cliff-rescue', 'search'], ['ropes', 'throw-bag']],
  ['花鸟', '灯塔义工队', 'lighthouse volunteers', ['search', 'first-aid', 'cliff-rescue'], ['ropes', 'first-aid-kit']],
  ['六横', '民间搜救队', 'civil search team', ['search', 'cliff-rescue', 'water-rescue'], ['ropes', 'searchlight']],
  ['高亭', '义警队', 'volunteers', ['patrol', 'mediation', 'crowd'], ['loudhailer']],
  ['菜园', '义警队', 'volunteers', ['patrol', 'crowd', 'water-rescue'], ['lifebuoy', 'loudhailer']],
];

/** Agencies that work beside the police, one of each per district, generic names only. */
const AGENCIES: readonly (readonly [id: string, zh: string, en: string, skills: readonly Skill[], gear: readonly string[]])[] = [
  ['medical', '医院急救站', 'hospital ambulance post', ['medical', 'first-aid'], ['aed', 'stretcher', 'first-aid-kit']],
  ['fire', '消防救援站', 'fire and rescue station', ['fire', 'cliff-rescue', 'water-rescue', 'first-aid'], ['pump', 'ropes', 'stretcher']],
  ['emergency', '应急管理值班组', 'emergency management duty team', ['crowd', 'search'], ['pump', 'barriers']],
  ['cityservice', '城管值班组', 'city management duty team', ['mediation', 'crowd', 'traffic'], ['barriers', 'cones']],
  ['port', '港航值班组', 'port and shipping duty team', ['boat', 'crowd'], ['loudhailer']],
  ['maritime', '海事值班组', 'maritime duty team', ['boat', 'search', 'water-rescue'], ['lifebuoy']],
  ['street', '街道（乡镇）值班组', 'township duty team', ['mediation', 'crowd'], ['loudhailer']],
];

const SEATS: Readonly<Record<string, string>> = { '330902': '昌国', '330903': '沈家门', '330921': '高亭', '330922': '菜园' };
const DISTRICT_SHORT: Readonly<Record<string, Text>> = {
  '330902': { zh: '定海', en: 'Dinghai' },
  '330903': { zh: '普陀', en: 'Putuo' },
  '330921': { zh: '岱山', en: 'Daishan' },
  '330922': { zh: '嵊泗', en: 'Shengsi' },
};

/** Patrol boats and landing craft: pier, tier. */
const BOATS: readonly (readonly [pier: string, kind: 'patrol-boat' | 'landing-craft', district: string | null])[] = [
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

/** Some 150 invented forces, spread over every township. Nobody real is named. */
export const inventForces = (stage: Stage): readonly Force[] => {
  const random = seeded(20_260_901);
  const forces: Force[] = [];
  for (const town of stage.towns) forces.push(...townForces(stage, random, town));
  for (const district of Object.keys(SEATS)) forces.push(...districtForces(stage, random, district));
  BOATS.forEach(([pier, kind, district], i) => forces.push(boat(stage, pier, kind, district, i + 1)));
  forces.push(...aircraft());
  for (const [name, zh, en, skills, gear] of VOLUNTEERS) {
    const town = townNamed(stage, name);
    const made = template('volunteers', 'station', skills, gear, 6, 0);
    forces.push(force(made, `volunteers-${slug(town.short_en)}`, { zh: `${name}${zh}`, en: `${town.short_en} ${en}` }, `${name}义`, town.district, near(stage, random, town, 500), town.id));
  }
  return forces;
};

const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

const townNamed = (stage: Stage, name: string): NamedPlace => {
  const town = stage.towns.find((one) => one.short_zh === name);
  if (town === undefined) throw new Error(`no township ${name}`);
  return town;
};

const force = (
  made: Template,
  id: string,
  name: Text,
  call_sign: string,
  district: string | null,
  home: LonLat,
  home_place: string | null,
): Force => ({
  id: forceId(id),
  kind: made.kind,
  name,
  call_sign,
  tier: made.tier,
  district,
  home,
  home_place: home_place === null ? null : placeId(home_place),
  skills: made.skills,
  gear: made.gear,
  seats: made.seats,
  crew: made.crew,
});

/** A point of a road people drive on, on the town's island and about as far from its middle as told. */
const near = (stage: Stage, random: Random, town: NamedPlace, reach_m: number): LonLat => {
  const middle: LonLat = [town.lon, town.lat];
  const points = stage.roads
    .filter((road) => road.island === town.island && !road.bridge && road.class !== 'path')
    .flatMap((road) => road.line)
    .filter((at) => distance_m(at, middle) <= reach_m);
  return points.length === 0 ? middle : (points[between(random, 0, points.length - 1)] as LonLat);
};

/** Islands on which nobody needs a car. */
const CARLESS = new Set(['东极', '花鸟', '黄龙']);
/** Towns whose station answers for a busy shore. */
const SHORE = new Set(['沈家门', '朱家尖', '普陀山', '菜园', '五龙', '嵊山', '枸杞', '桃花', '秀山', '高亭', '衢山', '六横', '东极', '花鸟', '黄龙']);
const PTU = new Set(['昌国', '环南', '城东', '临城', '千岛', '沈家门', '东港', '朱家尖', '普陀山', '高亭', '衢山', '菜园', '六横', '金塘', '白泉']);

const townForces = (stage: Stage, random: Random, town: NamedPlace): Force[] => {
  const { short_zh: zh, short_en: en, district } = town;
  const id = slug(en);
  const reach_m = Math.min(900, TOWNS.find((row) => row.name === town.zh)?.streets_m ?? 500);
  const at = (): LonLat => near(stage, random, town, reach_m);
  const carless = CARLESS.has(zh);
  const car = carless ? ISLAND_BIKE : SHORE.has(zh) ? COAST_CAR : CAR;
  const forces = [
    force(OFFICER, `officer-${id}`, { zh: `${zh}派出所巡区民警`, en: `${en} beat officer` }, `${zh}01`, district, at(), town.id),
    force(
      car,
      carless ? `bike-${id}` : `car-${id}`,
      carless ? { zh: `${zh}派出所摩托`, en: `${en} station motorcycle` } : { zh: `${zh}派出所处警车`, en: `${en} response car` },
      `${zh}02`,
      district,
      at(),
      town.id,
    ),
  ];
  if (PTU.has(zh)) {
    forces.push(force(LIGHT, `ptu-${id}`, { zh: `${zh}轻型PTU`, en: `${en} light PTU` }, `${zh}03`, district, at(), town.id));
  }
  return forces;
};

const districtForces = (stage: Stage, random: Random, district: string): Force[] => {
  const town = townNamed(stage, SEATS[district] as string);
  const { zh, en } = DISTRICT_SHORT[district] as Text;
  const id = slug(en);
  const at = (): LonLat => near(stage, random, town, 1000);
  const forces = [1, 2].map((n) =>
    force(HEAVY, `ptu-heavy-${id}-${n}`, { zh: `${zh}重型PTU${n}组`, en: `${en} heavy PTU ${n}` }, `${zh}重${n}`, district, at(), town.id),
  );
  for (const n of [1, 2]) {
    forces.push(force(DRONE, `drone-${id}-${n}`, { zh: `${zh}无人机${n}组`, en: `${en} drone ${n}` }, `${zh}飞${n}`, district, at(), town.id));
  }
  for (const [kind, zhName, enName, skills, gear] of AGENCIES) {
    const made = template('agency', kind === 'medical' || kind === 'fire' ? 'station' : 'district', skills, gear, 3, kind === 'medical' ? 1 : 2);
    forces.push(force(made, `${kind}-${id}`, { zh: `${zh}${zhName}`, en: `${en} ${enName}` }, `${zh}${zhName.slice(0, 2)}`, district, at(), town.id));
  }
  return forces;
};

const boat = (stage: Stage, pier: string, kind: 'patrol-boat' | 'landing-craft', district: string | null, n: number): Force => {
  const place = stage.piers.find((one) => one.id === pier);
  if (place === undefined) throw new Error(`no pier ${pier}`);
  const number = String(n).padStart(2, '0');
  const made = kind === 'landing-craft' ? CRAFT : { ...BOAT, tier: district === null ? ('city' as const) : BOAT.tier };
  const name = kind === 'landing-craft' ? { zh: `登陆艇${number}`, en: `Landing craft ${number}` } : { zh: `巡逻艇${number}`, en: `Patrol boat ${number}` };
  const id = kind === 'landing-craft' ? `craft-${number}` : `boat-${number}`;
  return force(made, id, name, `海${number}`, district, place.sea, place.id);
};

const aircraft = (): Force[] => [
  force(COPTER, 'helicopter-1', { zh: '直升机一号', en: 'Helicopter 1' }, '空01', null, [122.36, 29.932], 'helipad-zhujiajian'),
  force(COPTER, 'helicopter-2', { zh: '直升机二号', en: 'Helicopter 2' }, '空02', null, [122.18, 29.995], 'helipad-lincheng'),
];
