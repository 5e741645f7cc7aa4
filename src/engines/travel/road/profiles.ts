import type { RoadProfile } from './roads.ts';

/** Nobody on foot slows down for a corner. */
const NO_TURNS = { left: 0, right: 0, straight: 0, about: 0 } as const;

/**
 * How one moves on roads, as data; a deployment that knows better changes them here. Planning values:
 *
 * - The speed of an edge is already the one driven where nothing is in the way (importers make it from the sign or the class), so `car`, by
 *   which it is meant, keeps all of it.
 * - Time at junctions is apart from it: about what a quarter turn costs a car that slows to some 20 km/h and speeds up again; the same to
 *   either hand, for the data does not say on which side one drives. Crossing straight costs a look, turning about a manoeuvre.
 * - Heights, widths and weights are those of the vehicle as it drives, and are compared with the limits of ways; 0 never exceeds one.
 *   Zones of 3 t or 3.5 t are common, and meant to keep out lorries, not cars: a figure that is a little too large closes whole quarters.
 *   Lanes and small bridges signed 1.5 t or 2 t are driven by every car there: 1.5 t is a family car with its crew.
 */
export const ROAD_PROFILES = {
  /** Response cars without blue light. */
  car: {
    id: 'car',
    mode: 'car',
    pace: {},
    speed_kmh: 20,
    max_kmh: 120,
    turn_s: { left: 4, right: 4, straight: 1, about: 20 },
    height_cm: 180,
    width_cm: 190,
    weight_kg: 1500,
  },
  /**
   * Blue light and siren; may use what is open to emergency vehicles. A fifth faster where there is traffic to be let through, not on
   * tracks, where the ground decides: cautious beside what drives with and without siren have shown (a tenth to a third less time).
   * Junctions cost half. A patrol car with its bar of lights; ambulances and fire engines are larger, see `truck`.
   */
  'car-blue': {
    id: 'car-blue',
    mode: 'emergency',
    pace: {
      motorway: 1.2,
      trunk: 1.2,
      primary: 1.2,
      secondary: 1.2,
      tertiary: 1.2,
      street: 1.2,
      residential: 1.2,
      service: 1.1,
    },
    speed_kmh: 20,
    max_kmh: 140,
    turn_s: { left: 2, right: 2, straight: 0.5, about: 15 },
    height_cm: 200,
    width_cm: 190,
    weight_kg: 2500,
  },
  /** Patrol motorcycles do not race on fast roads, and get along tracks better than cars. */
  motorcycle: {
    id: 'motorcycle',
    mode: 'motorcycle',
    pace: { track: 1.25 },
    speed_kmh: 20,
    max_kmh: 60,
    turn_s: { left: 3, right: 3, straight: 1, about: 8 },
    height_cm: 0,
    width_cm: 90,
    weight_kg: 350,
  },
  /** An even walk with what one carries; stairs take twice the time, rough ground a little more. */
  foot: {
    id: 'foot',
    mode: 'foot',
    pace: { steps: 0.5, track: 0.9, path: 0.9 },
    speed_kmh: 4.5,
    max_kmh: 4.5,
    turn_s: NO_TURNS,
    height_cm: 0,
    width_cm: 0,
    weight_kg: 0,
  },
  /**
   * Fire engines, recovery and supply trucks with two axles: 4 m by 2.55 m, 18 t, the limits in China and most of Europe. They lose an
   * eighth on hills and bends, more in narrow streets, and are held to 80 km/h.
   */
  truck: {
    id: 'truck',
    mode: 'truck',
    pace: {
      motorway: 0.9,
      trunk: 0.9,
      primary: 0.88,
      secondary: 0.88,
      tertiary: 0.85,
      street: 0.8,
      residential: 0.75,
      service: 0.75,
      track: 0.7,
    },
    speed_kmh: 15,
    max_kmh: 80,
    turn_s: { left: 7, right: 7, straight: 2, about: 60 },
    height_cm: 400,
    width_cm: 255,
    weight_kg: 18_000,
  },
} as const satisfies Readonly<Record<string, RoadProfile>>;
export type RoadProfileId = keyof typeof ROAD_PROFILES;
