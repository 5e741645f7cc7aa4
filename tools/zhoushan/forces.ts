import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { forceId, placeId } from '#core/base/ids.ts';
import { between, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { Text } from '#core/base/text.ts';
import type { Force } from '#world/forces/force.ts';
import type { NamedPlace } from '#world/places/gazetteer.ts';
import {
  AGENCIES,
  BOAT,
  BOATS,
  CAR,
  CARLESS,
  COAST_CAR,
  COPTER,
  CRAFT,
  DRONE,
  HEAVY,
  ISLAND_BIKE,
  LIGHT,
  OFFICER,
  PTU,
  SHORE,
  template,
  VOLUNTEERS,
} from './force-tables.ts';
import type { Template } from './force-tables.ts';
import { TOWNS } from './tables.ts';
import type { PlacedPier } from './island.ts';
import type { Road } from './roads.ts';

/** What the forces are placed on. */
export interface Stage {
  readonly towns: readonly NamedPlace[];
  readonly piers: readonly PlacedPier[];
  readonly roads: readonly Road[];
}

const SEATS: Readonly<Record<string, string>> = {
  '330902': '昌国',
  '330903': '沈家门',
  '330921': '高亭',
  '330922': '菜园',
};
const DISTRICT_SHORT: Readonly<Record<string, Text>> = {
  '330902': { zh: '定海', en: 'Dinghai' },
  '330903': { zh: '普陀', en: 'Putuo' },
  '330921': { zh: '岱山', en: 'Daishan' },
  '330922': { zh: '嵊泗', en: 'Shengsi' },
};

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
    forces.push(
      force(
        made,
        `volunteers-${slug(town.short_en)}`,
        { zh: `${name}${zh}`, en: `${town.short_en} ${en}` },
        `${name}义`,
        town.district,
        near(stage, random, town, 500),
        town.id,
      ),
    );
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

const townForces = (stage: Stage, random: Random, town: NamedPlace): Force[] => {
  const { short_zh: zh, short_en: en, district } = town;
  const id = slug(en);
  const reach_m = Math.min(900, TOWNS.find((row) => row.name === town.zh)?.streets_m ?? 500);
  const at = (): LonLat => near(stage, random, town, reach_m);
  const carless = CARLESS.has(zh);
  const car = carless ? ISLAND_BIKE : SHORE.has(zh) ? COAST_CAR : CAR;
  const forces = [
    force(
      OFFICER,
      `officer-${id}`,
      { zh: `${zh}派出所巡区民警`, en: `${en} beat officer` },
      `${zh}01`,
      district,
      at(),
      town.id,
    ),
    force(
      car,
      carless ? `bike-${id}` : `car-${id}`,
      carless
        ? { zh: `${zh}派出所摩托`, en: `${en} station motorcycle` }
        : { zh: `${zh}派出所处警车`, en: `${en} response car` },
      `${zh}02`,
      district,
      at(),
      town.id,
    ),
  ];
  if (PTU.has(zh)) {
    forces.push(
      force(LIGHT, `ptu-${id}`, { zh: `${zh}轻型PTU`, en: `${en} light PTU` }, `${zh}03`, district, at(), town.id),
    );
  }
  return forces;
};

const districtForces = (stage: Stage, random: Random, district: string): Force[] => {
  const town = townNamed(stage, SEATS[district] as string);
  const { zh, en } = DISTRICT_SHORT[district] as Text;
  const id = slug(en);
  const at = (): LonLat => near(stage, random, town, 1000);
  const forces = [1, 2].map((n) =>
    force(
      HEAVY,
      `ptu-heavy-${id}-${n}`,
      { zh: `${zh}重型PTU${n}组`, en: `${en} heavy PTU ${n}` },
      `${zh}重${n}`,
      district,
      at(),
      town.id,
    ),
  );
  for (const n of [1, 2]) {
    forces.push(
      force(
        DRONE,
        `drone-${id}-${n}`,
        { zh: `${zh}无人机${n}组`, en: `${en} drone ${n}` },
        `${zh}飞${n}`,
        district,
        at(),
        town.id,
      ),
    );
  }
  for (const [kind, zhName, enName, skills, gear] of AGENCIES) {
    const made = template(
      'agency',
      kind === 'medical' || kind === 'fire' ? 'station' : 'district',
      skills,
      gear,
      3,
      kind === 'medical' ? 1 : 2,
    );
    forces.push(
      force(
        made,
        `${kind}-${id}`,
        { zh: `${zh}${zhName}`, en: `${en} ${enName}` },
        `${zh}${zhName.slice(0, 2)}`,
        district,
        at(),
        town.id,
      ),
    );
  }
  return forces;
};

const boat = (
  stage: Stage,
  pier: string,
  kind: 'patrol-boat' | 'landing-craft',
  district: string | null,
  n: number,
): Force => {
  const place = stage.piers.find((one) => one.id === pier);
  if (place === undefined) throw new Error(`no pier ${pier}`);
  const number = String(n).padStart(2, '0');
  const made = kind === 'landing-craft' ? CRAFT : { ...BOAT, tier: district === null ? ('city' as const) : BOAT.tier };
  const name =
    kind === 'landing-craft'
      ? { zh: `登陆艇${number}`, en: `Landing craft ${number}` }
      : { zh: `巡逻艇${number}`, en: `Patrol boat ${number}` };
  const id = kind === 'landing-craft' ? `craft-${number}` : `boat-${number}`;
  return force(made, id, name, `海${number}`, district, place.sea, place.id);
};

const aircraft = (): Force[] => [
  force(
    COPTER,
    'helicopter-1',
    { zh: '直升机一号', en: 'Helicopter 1' },
    '空01',
    null,
    [122.36, 29.932],
    'helipad-zhujiajian',
  ),
  force(
    COPTER,
    'helicopter-2',
    { zh: '直升机二号', en: 'Helicopter 2' },
    '空02',
    null,
    [122.18, 29.995],
    'helipad-lincheng',
  ),
];
