import type { RoadClass } from '#engines/travel/road/data.ts';
import type { Tags } from './block.ts';

/** Who may use a road of a class where no tag says otherwise. */
export type UsualUse = 'all' | 'vehicles' | 'foot' | 'foot and emergency' | 'emergency';

export interface RoadRule {
  readonly class: RoadClass;
  readonly link: boolean;
  /** Free-flow speed without a sign; also what `maxspeed=none` means here. */
  readonly usual_kmh: number;
  /** What is driven at most, whatever the sign allows: a lane with a 100 sign is no motorway. */
  readonly most_kmh: number;
  readonly use: UsualUse;
}

const rule = (of: RoadClass, usual_kmh: number, most_kmh: number, use: UsualUse, link = false): RoadRule => ({
  class: of,
  link,
  usual_kmh,
  most_kmh,
  use,
});

/** The one table of road classes: class, usual speed, most speed, usual use. */
const HIGHWAYS: Readonly<Record<string, RoadRule>> = {
  motorway: rule('motorway', 105, 130, 'vehicles'),
  motorway_link: rule('motorway', 65, 90, 'vehicles', true),
  trunk: rule('trunk', 85, 120, 'all'),
  trunk_link: rule('trunk', 55, 80, 'all', true),
  primary: rule('primary', 70, 110, 'all'),
  primary_link: rule('primary', 50, 70, 'all', true),
  secondary: rule('secondary', 60, 100, 'all'),
  secondary_link: rule('secondary', 45, 60, 'all', true),
  tertiary: rule('tertiary', 50, 90, 'all'),
  tertiary_link: rule('tertiary', 40, 60, 'all', true),
  unclassified: rule('street', 45, 80, 'all'),
  road: rule('street', 35, 60, 'all'),
  residential: rule('residential', 30, 60, 'all'),
  living_street: rule('residential', 10, 20, 'all'),
  service: rule('service', 20, 50, 'all'),
  busway: rule('service', 40, 60, 'emergency'),
  track: rule('track', 15, 40, 'all'),
  pedestrian: rule('path', 10, 20, 'foot and emergency'),
  path: rule('path', 10, 20, 'foot'),
  footway: rule('path', 10, 20, 'foot'),
  cycleway: rule('path', 10, 20, 'foot'),
  bridleway: rule('path', 10, 20, 'foot'),
  corridor: rule('path', 10, 10, 'foot'),
  platform: rule('path', 10, 10, 'foot'),
  elevator: rule('path', 10, 10, 'foot'),
  steps: rule('steps', 10, 10, 'foot'),
};

/** Narrow kinds of service roads. */
const SERVICES: Readonly<Record<string, number>> = {
  driveway: 12,
  parking_aisle: 12,
  'drive-through': 8,
  alley: 15,
  emergency_access: 20,
};

const TRACK_GRADES: Readonly<Record<string, number>> = { grade1: 30, grade2: 20, grade3: 15, grade4: 10, grade5: 7 };

/** Ways without `highway` on which people walk; a pier is where ferries end. */
const WALKED: readonly (readonly [key: string, value: string])[] = [
  ['man_made', 'pier'],
  ['railway', 'platform'],
  ['public_transport', 'platform'],
];

/** A way without any of these is neither road nor ferry. */
export const ROAD_KEYS: readonly string[] = ['highway', 'route', ...WALKED.map(([key]) => key)];

const PATH = rule('path', 10, 20, 'foot');
const EMERGENCY_LANE = rule('service', 20, 50, 'emergency');

/** The rule of a way's class; a reason where it is a `highway` nobody travels on or none we know; null where it is no road at all. */
export const roadRule = (tags: Tags): RoadRule | string | null => {
  const highway = tags.get('highway');
  if (highway === undefined) return WALKED.some(([key, value]) => tags.get(key) === value) ? PATH : null;
  const found = Object.hasOwn(HIGHWAYS, highway) ? HIGHWAYS[highway] : undefined;
  if (found === undefined) return `highway=${highway}`;
  if (highway === 'track') return withUsual(found, TRACK_GRADES[tags.get('tracktype') ?? '']);
  if (highway !== 'service') return found;
  const service = tags.get('service') ?? '';
  return service === 'emergency_access' ? EMERGENCY_LANE : withUsual(found, SERVICES[service]);
};

const withUsual = (found: RoadRule, usual_kmh: number | undefined): RoadRule =>
  usual_kmh === undefined ? found : { ...found, usual_kmh };
