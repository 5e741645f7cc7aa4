import { MODE_BIT, ROAD_MODES } from '#engines/travel/road/data.ts';
import type { RoadMode } from '#engines/travel/road/data.ts';
import type { Tags } from './block.ts';
import type { RoadRule, UsualUse } from './roads.ts';

/** What a tag gives: free use, only with business there, only the owner's people, none. */
export type Right = 'yes' | 'destination' | 'private' | 'no';

const RIGHTS: Readonly<Record<string, Right>> = {
  yes: 'yes',
  designated: 'yes',
  official: 'yes',
  permissive: 'yes',
  public: 'yes',
  allowed: 'yes',
  discouraged: 'yes',
  destination: 'destination',
  customers: 'destination',
  delivery: 'destination',
  permit: 'destination',
  residents: 'destination',
  visitors: 'destination',
  private: 'private',
  employees: 'private',
  staff: 'private',
  military: 'private',
  agricultural: 'private',
  forestry: 'private',
  emergency: 'private',
  service: 'private',
  no: 'no',
  bus: 'no',
  psv: 'no',
  taxi: 'no',
  use_sidepath: 'no',
  dismount: 'no',
  restricted: 'no',
};

/** What one access value gives; the first of several that is understood; null where none is. */
export const readRight = (value: string | undefined): Right | null => {
  if (value === undefined) return null;
  for (const part of value.split(';')) {
    const word = part.trim().toLowerCase();
    if (Object.hasOwn(RIGHTS, word)) return RIGHTS[word] ?? null;
  }
  return null;
};

type Direction = 'forward' | 'backward';

/** A key with its forms for one direction, made once: they are looked up for every way. */
interface Key {
  readonly both: string;
  readonly forward: string;
  readonly backward: string;
}
const keys = (...names: readonly string[]): readonly Key[] =>
  names.map((name) => ({ both: name, forward: `${name}:forward`, backward: `${name}:backward` }));

/** Keys that speak of a mode, the most special first. */
const KEYS: Readonly<Record<Exclude<RoadMode, 'emergency'>, readonly Key[]>> = {
  foot: keys('foot', 'access'),
  motorcycle: keys('motorcycle', 'motor_vehicle', 'vehicle', 'access'),
  car: keys('motorcar', 'motor_vehicle', 'vehicle', 'access'),
  truck: keys('hgv', 'motor_vehicle', 'vehicle', 'access'),
};
const KEYS_OF_VEHICLES = keys('motorcar', 'motor_vehicle', 'vehicle');

const rightBy = (tags: Tags, spoken: readonly Key[], direction: Direction | null): Right | null => {
  for (const key of spoken) {
    const special = direction === null ? null : readRight(tags.get(key[direction]));
    const right = special ?? readRight(tags.get(key.both));
    if (right !== null) return right;
  }
  return null;
};

/** The right of a mode by the tags alone; null where they do not speak of it. Emergency vehicles have rules of their own. */
export const rightOf = (
  tags: Tags,
  mode: Exclude<RoadMode, 'emergency'>,
  direction: Direction | null = null,
): Right | null => rightBy(tags, KEYS[mode], direction);

const passes = (right: Right): boolean => right === 'yes' || right === 'destination';

const USUAL: Readonly<Record<UsualUse, readonly RoadMode[]>> = {
  all: ROAD_MODES,
  vehicles: ['motorcycle', 'car', 'truck', 'emergency'],
  foot: ['foot'],
  'foot and emergency': ['foot', 'emergency'],
  emergency: ['emergency'],
};

const SIDES = ['sidewalk', 'sidewalk:both', 'sidewalk:left', 'sidewalk:right'] as const;
const isTold = (tags: Tags, key: string): boolean => readRight(tags.get(key)) === 'yes';

/** People walk beside the traffic where there is a sidewalk; on roads for motors only, not otherwise. */
const mayWalk = (tags: Tags, usual: boolean): boolean => {
  if (SIDES.some((key) => /^(?:yes|both|left|right)$/.test(tags.get(key) ?? ''))) return true;
  return usual && !isTold(tags, 'motorroad') && !isTold(tags, 'expressway');
};

/** Somebody drives there although `access=no`: buses, taxis, those the tag names. */
const OTHERS = ['bus', 'psv', 'taxi', 'motor_vehicle', 'motorcar', 'hgv', 'vehicle', 'minibus', 'tourist_bus'] as const;

/**
 * Emergency vehicles go where the road is made for wheels, whoever it is reserved for: private and bus roads too, and where only the law keeps
 * motors out. They do not where `emergency=no`, and not where `access=no` and nobody else drives (it may be shut in the flesh).
 */
const emergencyPasses = (tags: Tags, usual: boolean, direction: Direction | null): boolean => {
  const told = readRight(tags.get('emergency'));
  if (told !== null) return told !== 'no';
  const car = rightOf(tags, 'car', direction);
  if (car !== null && passes(car)) return true;
  if (!usual) return false;
  const shut = rightBy(tags, KEYS_OF_VEHICLES, direction) === null && readRight(tags.get('access')) === 'no';
  return !shut || OTHERS.some((key) => isTold(tags, key));
};

const passesOnRoad = (tags: Tags, mode: RoadMode, rule: RoadRule, direction: Direction): boolean => {
  const usual = USUAL[rule.use].includes(mode);
  if (mode !== 'foot' && tags.get('smoothness') === 'impassable') return false;
  if (mode === 'emergency') return emergencyPasses(tags, usual, direction);
  const right = rightOf(tags, mode, direction);
  if (right !== null) return passes(right);
  return mode === 'foot' && rule.use !== 'foot' ? mayWalk(tags, usual) : usual;
};

/** `none` where the direction changes with the hours: nobody can rely on it. */
type Oneway = 'both' | 'forward' | 'backward' | 'none';

const readOneway = (value: string | undefined): Oneway | null => {
  if (value === undefined) return null;
  if (/^(?:yes|true|1)$/.test(value)) return 'forward';
  if (/^(?:-1|reverse)$/.test(value)) return 'backward';
  if (/^(?:no|false|0|alternating)$/.test(value)) return 'both';
  return value === 'reversible' ? 'none' : null;
};

const ONEWAY_KEYS: Readonly<Record<RoadMode, readonly string[]>> = {
  foot: ['oneway:foot'],
  motorcycle: ['oneway:motorcycle', 'oneway:motor_vehicle', 'oneway:vehicle', 'oneway'],
  car: ['oneway:motorcar', 'oneway:motor_vehicle', 'oneway:vehicle', 'oneway'],
  truck: ['oneway:hgv', 'oneway:motor_vehicle', 'oneway:vehicle', 'oneway'],
  emergency: ['oneway:emergency', 'oneway:motor_vehicle', 'oneway:vehicle', 'oneway'],
};

const isRing = (tags: Tags): boolean => /^(?:roundabout|circular)$/.test(tags.get('junction') ?? '');

/** Escalators and moving walks go one way. */
const CONVEYED: Readonly<Record<string, Oneway>> = { forward: 'forward', backward: 'backward', yes: 'both' };

/** The direction a mode may go by the tags; motorways and roundabouts are one-way unless a tag says otherwise, for people on foot nothing is. */
export const onewayOf = (tags: Tags, mode: RoadMode): Oneway => {
  for (const key of ONEWAY_KEYS[mode]) {
    const told = readOneway(tags.get(key));
    if (told !== null) return told;
  }
  if (mode === 'foot') return CONVEYED[tags.get('conveying') ?? ''] ?? 'both';
  return tags.get('highway') === 'motorway' || isRing(tags) ? 'forward' : 'both';
};

export interface WayUse {
  /** Bits of modes along the way and against it. */
  readonly forward: number;
  readonly backward: number;
  /** Only the owner's people, or those with business there, may use it. */
  readonly private: boolean;
}

/** Who may use a road in which direction. */
export const wayUse = (tags: Tags, rule: RoadRule): WayUse => {
  let forward = 0;
  let backward = 0;
  for (const mode of ROAD_MODES) {
    const oneway = onewayOf(tags, mode);
    if ((oneway === 'both' || oneway === 'forward') && passesOnRoad(tags, mode, rule, 'forward'))
      forward |= MODE_BIT[mode];
    if ((oneway === 'both' || oneway === 'backward') && passesOnRoad(tags, mode, rule, 'backward')) {
      backward |= MODE_BIT[mode];
    }
  }
  return { forward, backward, private: isPrivate(tags) };
};

const isPrivate = (tags: Tags): boolean => {
  const right = rightOf(tags, 'car') ?? rightOf(tags, 'foot');
  return right === 'private' || right === 'destination';
};
