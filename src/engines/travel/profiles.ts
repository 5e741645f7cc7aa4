import type { Text } from '#core/base/text.ts';
import type { Limits } from './conditions/conditions.ts';
import { limits } from './conditions/conditions.ts';
import type { BoatClass, DraughtClass } from './sea/water.ts';

/**
 * One way somebody can move. Whoever has several takes the one that arrives first.
 * `road` names a profile of `road/profiles.ts`; what carries it over water are lines, or a boat's free seat.
 */
export type Moving =
  /** On foot all the way; `lines`: may board ferries and launches; `seats`: may board any boat with room. */
  | { readonly by: 'foot'; readonly road: string; readonly lines: boolean; readonly seats: boolean }
  /** In a vehicle as far as it goes, on vehicle ferries too; it is left at any hub where going on on foot is sooner. */
  | { readonly by: 'vehicle'; readonly road: string; readonly seats: boolean }
  /** By a boat of its own; the crew walks on from where it lands. `set_up_s`: casting off, with the crew aboard. */
  | { readonly by: 'boat'; readonly boat: BoatClass; readonly lands: Landing; readonly set_up_s: number }
  | { readonly by: 'air'; readonly craft: AirCraft };

/** piers: quays and ramps only. shore: people may also be put ashore where there is no pier. beach: the boat itself runs up a beach. */
export type Landing = 'piers' | 'shore' | 'beach';

export interface AirCraft {
  readonly speed_kmh: number;
  /** Starting up or unpacking, with the crew at it. */
  readonly set_up_s: number;
  /** From the order to land or go back until it has set down. */
  readonly set_down_s: number;
  /** Lowering people where it cannot set down; null when it cannot. A drone needs neither. */
  readonly winch_s: number | null;
  readonly carries_people: boolean;
}

export interface TravelProfile {
  readonly id: string;
  readonly name: Text;
  /** Seats it takes on somebody else's boat. */
  readonly seats: number;
  /** Farthest out and back together; null where fuel is no question. */
  readonly range_m: number | null;
  readonly limits: Limits;
  readonly moves: readonly Moving[];
}

/** Hulls by what they draw. Meshes of the waters are made per class. */
export const DRAUGHTS = {
  shallow: { id: 'shallow', draught_m: 0.8, margin_m: 25 },
  medium: { id: 'medium', draught_m: 2, margin_m: 45 },
} as const satisfies Record<string, DraughtClass>;

const boat = (id: string, draught: DraughtClass, speed_kmh: number): BoatClass => ({
  id,
  draught,
  speed_kmh,
  inshore_kmh: 8,
});
export const BOATS = {
  patrol: boat('patrol', DRAUGHTS.medium, 46),
  rib: boat('rib', DRAUGHTS.shallow, 65),
  'landing-craft': boat('landing-craft', DRAUGHTS.medium, 28),
  /** What people are taken across with where no timetable is known. */
  launch: boat('launch', DRAUGHTS.medium, 35),
  'vehicle-ferry': boat('vehicle-ferry', DRAUGHTS.medium, 22),
} as const satisfies Record<string, BoatClass>;

const NO_LIMITS = limits({});

/** What lines endure, by carrier class (`Line.carrier`). */
export const CARRIER_LIMITS: Readonly<Record<string, Limits>> = {
  launch: limits({ wind_ms: 17, wave_m: 2, visibility_m: 500 }),
  ferry: limits({ wind_ms: 17, wave_m: 2.5, visibility_m: 500 }),
  'vehicle-ferry': limits({ wind_ms: 17, wave_m: 2.5, visibility_m: 500 }),
  'fast-ferry': limits({ wind_ms: 14, wave_m: 2, visibility_m: 1000 }),
};

const FOOT: Moving = { by: 'foot', road: 'foot', lines: true, seats: true };
const inVehicle = (road: string): Moving => ({ by: 'vehicle', road, seats: true });

const profile = (
  id: string,
  zh: string,
  en: string,
  moves: readonly Moving[],
  more: Partial<Pick<TravelProfile, 'range_m' | 'limits' | 'seats'>> = {},
): TravelProfile => ({
  id,
  name: { zh, en },
  moves,
  seats: more.seats ?? 1,
  range_m: more.range_m ?? null,
  limits: more.limits ?? NO_LIMITS,
});

const BY_FOOT_AND_CAR = [inVehicle('car'), FOOT];

/**
 * Who moves how. Plausible planning values, to be replaced by a deployment's own. Speeds on roads come from the roads
 * and `road/profiles.ts`; wind is the mean over ten minutes, waves are significant height. How long people take to be ready is no
 * matter of how they move: that is the turnout of a kind of force (`world/forces/kinds.ts`).
 */
const LIST: readonly TravelProfile[] = [
  profile('foot', '步行', 'On foot', [FOOT]),
  profile('ferry-passenger', '渡船旅客', 'Ferry passenger', [{ by: 'foot', road: 'foot', lines: true, seats: false }]),
  profile('officer', '民警', 'Officer', [inVehicle('car'), FOOT]),
  profile('car', '汽车', 'Car', BY_FOOT_AND_CAR, { seats: 2 }),
  profile('car-blue', '警灯警车', 'Car on blue light', [inVehicle('car-blue'), FOOT], { seats: 2 }),
  profile('motorcycle', '摩托车', 'Motorcycle', [inVehicle('motorcycle'), FOOT]),
  profile('ptu-light', '轻型PTU', 'Light PTU', [inVehicle('motorcycle'), FOOT]),
  profile('ptu-heavy', '重型PTU', 'Heavy PTU', BY_FOOT_AND_CAR, { seats: 6 }),
  profile('volunteers', '志愿队', 'Volunteer team', [inVehicle('motorcycle'), FOOT], { seats: 4 }),
  profile('agency', '联动单位', 'Agency', BY_FOOT_AND_CAR, { seats: 4 }),
  profile('truck', '卡车', 'Truck', [inVehicle('truck'), FOOT], { seats: 2 }),
  profile('patrol-boat', '巡逻艇', 'Patrol boat', [{ by: 'boat', boat: BOATS.patrol, lands: 'shore', set_up_s: 180 }], {
    limits: limits({ wind_ms: 20, wave_m: 3, visibility_m: 200 }),
  }),
  profile('rib', '快艇', 'RIB', [{ by: 'boat', boat: BOATS.rib, lands: 'shore', set_up_s: 120 }], {
    limits: limits({ wind_ms: 14, wave_m: 1.5, visibility_m: 500 }),
  }),
  profile(
    'landing-craft',
    '登陆艇',
    'Landing craft',
    [{ by: 'boat', boat: BOATS['landing-craft'], lands: 'beach', set_up_s: 600 }],
    {
      limits: limits({ wind_ms: 14, wave_m: 1.5, visibility_m: 500 }),
    },
  ),
  profile(
    'helicopter',
    '直升机',
    'Helicopter',
    [{ by: 'air', craft: { speed_kmh: 220, set_up_s: 480, set_down_s: 60, winch_s: 300, carries_people: true } }],
    { range_m: 600_000, limits: limits({ wind_ms: 20, visibility_m: 800 }) },
  ),
  profile(
    'drone',
    '无人机',
    'Drone',
    [{ by: 'air', craft: { speed_kmh: 54, set_up_s: 60, set_down_s: 0, winch_s: null, carries_people: false } }],
    { range_m: 20_000, limits: limits({ wind_ms: 12, visibility_m: 500 }) },
  ),
];

export const PROFILES: Readonly<Record<string, TravelProfile>> = Object.fromEntries(LIST.map((one) => [one.id, one]));
