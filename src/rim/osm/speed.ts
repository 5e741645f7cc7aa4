import type { Tags } from './block.ts';
import type { RoadRule } from './roads.ts';

const KMH_PER_MPH = 1.609_344;
const KMH_PER_KNOT = 1.852;
/** At a walk. */
const WALK_KMH = 7;

/** Limits of the law by sort of road, for `DE:urban`, `urban`, `zone:30`; where a country is not named the first row counts. */
const LAW: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '': { urban: 50, rural: 90, trunk: 100, motorway: 120, living_street: 10, bicycle_road: 30, pedestrian_zone: 7 },
  AT: { rural: 100, motorway: 130 },
  AU: { rural: 100, motorway: 110 },
  CN: { urban: 50, rural: 70, trunk: 80, motorway: 120 },
  DE: { rural: 100, living_street: 7 },
  DK: { rural: 80, motorway: 130 },
  ES: { living_street: 20, trunk: 90 },
  FR: { rural: 80, trunk: 110, motorway: 130, living_street: 20 },
  GB: { urban: 48, rural: 97, nsl_restricted: 48, nsl_single: 97, nsl_dual: 113, motorway: 113 },
  GR: { motorway: 130, trunk: 110 },
  HR: { rural: 90, trunk: 110, motorway: 130 },
  IE: { rural: 80, national: 100 },
  IT: { trunk: 110, motorway: 130 },
  JP: { urban: 60, rural: 60, motorway: 100 },
  KR: { rural: 80, trunk: 90, motorway: 100 },
  NL: { rural: 80, motorway: 100, living_street: 15 },
  NO: { rural: 80, trunk: 90, motorway: 110 },
  PH: { urban: 40, rural: 80, motorway: 100 },
  RU: { urban: 60, motorway: 110, living_street: 20 },
  SE: { rural: 70, motorway: 110 },
  UK: { urban: 48, rural: 97, nsl_restricted: 48, nsl_single: 97, nsl_dual: 113, motorway: 113 },
  US: { urban: 40, rural: 89, motorway: 105 },
};

/**
 * What a `maxspeed` says, in km/h: a number with or without unit, `walk`, `DE:urban`, `GB:nsl_single`, `zone:30`; the least of several.
 * @returns 'none' where there is no limit, null where the words are not understood
 */
export const readSpeed_kmh = (value: string): number | 'none' | null => {
  const speeds = value.split(/[;|]/).map((part) => readOne(part.trim()));
  const numbers = speeds.filter((speed) => typeof speed === 'number');
  if (numbers.length > 0) return Math.min(...numbers);
  return speeds.includes('none') ? 'none' : null;
};

const NUMBER = /^(\d+(?:[.,]\d+)?)\s*(km\/?h|kph|kmph|mph|knots?|kn)?$/i;

const readOne = (value: string): number | 'none' | null => {
  if (/^(?:none|unlimited|national|derestricted|no)$/i.test(value)) return 'none';
  if (/^(?:walk|walking|foot)$/i.test(value)) return WALK_KMH;
  const number = NUMBER.exec(value);
  if (number !== null) return inKmh(Number((number[1] ?? '').replace(',', '.')), (number[2] ?? '').toLowerCase());
  return lawful(value);
};

const inKmh = (speed: number, unit: string): number | null => {
  const factor = unit === 'mph' ? KMH_PER_MPH : unit.startsWith('kn') ? KMH_PER_KNOT : 1;
  const kmh = speed * factor;
  return kmh > 0 && kmh < 400 ? kmh : null;
};

const lawful = (value: string): number | 'none' | null => {
  const zone = /(?:^|:)(?:zone:?)?(\d+)(?:\s*(mph))?$/i.exec(value);
  if (zone !== null) return inKmh(Number(zone[1]), (zone[2] ?? '').toLowerCase());
  const named = /^(?:([A-Z]{2})(?:-\w+)?:)?([a-z_]+)$/.exec(value);
  if (named === null) return null;
  const [, country = '', sort = ''] = named;
  if (sort === 'walk') return WALK_KMH;
  if (country === 'DE' && sort === 'motorway') return 'none';
  return LAW[country]?.[sort] ?? LAW['']?.[sort] ?? null;
};

/** What a surface lets one drive at most. Paved ones are not named. */
const SURFACE_KMH: Readonly<Record<string, number>> = {
  compacted: 60,
  fine_gravel: 60,
  sett: 40,
  cobblestone: 30,
  unhewn_cobblestone: 20,
  unpaved: 40,
  gravel: 40,
  pebblestone: 30,
  dirt: 25,
  earth: 25,
  ground: 25,
  grass: 15,
  grass_paver: 20,
  clay: 25,
  sand: 15,
  mud: 10,
  rock: 10,
  woodchips: 10,
};

const SIGNS = ['maxspeed', 'maxspeed:motorcar', 'maxspeed:motor_vehicle', 'maxspeed:vehicle'].map((both) => ({
  both,
  forward: `${both}:forward`,
  backward: `${both}:backward`,
}));
const BY_LAW = ['maxspeed:type', 'source:maxspeed', 'zone:maxspeed', 'zone:traffic'] as const;

/**
 * Free-flow speed of vehicles in whole km/h, 1 … 255: what the sign or, without one, the class says, and never more than such a road
 * and its surface bear. Where the directions have different signs the lower one counts for both. A way whose `maxspeed` is not
 * understood counts as one without.
 */
export const roadSpeed_kmh = (tags: Tags, rule: RoadRule): number => {
  const sign = signOf(tags);
  const wanted = sign === 'none' ? Math.max(rule.usual_kmh, NO_LIMIT_SHARE * rule.most_kmh) : (sign ?? rule.usual_kmh);
  const surface = SURFACE_KMH[tags.get('surface') ?? ''] ?? Number.POSITIVE_INFINITY;
  return Math.max(1, Math.min(255, Math.round(Math.min(wanted, rule.most_kmh, surface))));
};

/** Where there is no limit people drive what the road bears: this share of the most ever driven on its class. */
const NO_LIMIT_SHARE = 0.9;

const signOf = (tags: Tags): number | 'none' | null => {
  for (const key of SIGNS) {
    const both = read(tags, key.both);
    if (both !== null) return both;
    const ways = [read(tags, key.forward), read(tags, key.backward)];
    const numbers = ways.filter((one) => typeof one === 'number');
    if (numbers.length > 0) return Math.min(...numbers);
    if (ways.includes('none')) return 'none';
  }
  for (const key of BY_LAW) {
    const law = read(tags, key);
    if (law !== null) return law;
  }
  return null;
};

const read = (tags: Tags, key: string): number | 'none' | null => {
  const value = tags.get(key);
  return value === undefined ? null : readSpeed_kmh(value);
};
