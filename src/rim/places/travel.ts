import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Live } from '#app/dispatching.ts';
import { createAir } from '#engines/travel/air/air.ts';
import type { Conditions } from '#engines/travel/conditions/conditions.ts';
import { limits } from '#engines/travel/conditions/conditions.ts';
import { isDaylight } from '#engines/travel/conditions/daylight.ts';
import { createTides } from '#engines/travel/conditions/tide.ts';
import { checkHubs, HubFault, readHubs } from '#engines/travel/hubs.ts';
import type { Hub, PierCollection } from '#engines/travel/hubs.ts';
import { createTravel, prepareTravel } from '#engines/travel/join/engine.ts';
import type { Ground } from '#engines/travel/join/place.ts';
import type { Keeper } from '#engines/travel/keeper.ts';
import { CARRIER_LIMITS, DRAUGHTS, PROFILES } from '#engines/travel/profiles.ts';
import { readyRoads } from '#engines/travel/road/built.ts';
import { WAY_FLAG } from '#engines/travel/road/data.ts';
import { ROAD_PROFILES } from '#engines/travel/road/profiles.ts';
import type { Roads } from '#engines/travel/road/roads.ts';
import type { Travel } from '#engines/travel/spi.ts';
import { CodedError } from '#wire/errors.ts';
import type { Land } from '#world/places/land.ts';
import { keeperOf } from './kept.ts';
import { loadTimetable } from './lines.ts';
import { loadRoads } from './roads.ts';
import { loadWaters, seaOf, WATERS_FILE } from './waters.ts';
import { reasonOf } from './write.ts';

/** Tide stations of a place, as harmonic constituents. */
export const TIDES_FILE = 'tides.json';

/** What long bridges endure where nobody says otherwise: mean wind at which they are shut. */
const BRIDGE_LIMITS = limits({ wind_ms: 20.7 });

/** Travel of a place directory: made ready once, then asked under what holds at the moment. */
export interface LoadedTravel {
  readonly ground: Ground;
  readonly under: (live: Live) => Travel;
}

/**
 * Reads roads, piers, lines, tides and areas of the sea of a place directory and joins them.
 * @param land null where a place has no outline: then there is no sea for boats either
 * @param keeper keeps what costs time to make; in the directory unless told
 * @throws CodedError naming the file and what is wrong in it
 */
export const loadTravel = (
  dir: string,
  land: Land | null,
  piers: PierCollection,
  keeper: Keeper = keeperOf(dir),
): LoadedTravel => {
  const roads = readyRoads(loadRoads(dir, keeper), land);
  const timetable = loadTimetable(dir);
  const waters = loadWaters(dir);
  const seas = new Map(
    land === null
      ? []
      : Object.values(DRAUGHTS).map((draught) => [draught.id, seaOf(land, waters.areas, draught, keeper)]),
  );
  const hubs = hubsOf(piers, (read) => {
    if (land !== null) checkHubs(read, roads, roads.metric(ROAD_PROFILES.foot, new Set()), land);
  });
  const known = new Set(hubs.map((hub) => hub.id));
  const ground = prepareTravel({
    land,
    roads,
    roadProfiles: ROAD_PROFILES,
    seas,
    skies: createAir(waters.noFly),
    areas: waters.closable,
    timetable,
    hubs: [...hubs, ...timetable.hubs.filter((hub) => !known.has(hub.id)).map(stopHub)],
    profiles: PROFILES,
    carriers: CARRIER_LIMITS,
    ways: bridgesOf(roads),
    keeper,
  });
  const tide_m = tidesOf(dir);
  const areas = weatherAreasOf(dir);
  return {
    ground,
    under: ({ closures, weather, boats }) => {
      const conditions: Conditions = {
        closures,
        areas: areas.flatMap((area) => {
          const series = weather.get(area.id);
          return series === undefined ? [] : [{ ...area, series }];
        }),
        tide_m,
        isDaylight,
      };
      return createTravel(ground, conditions, boats);
    },
  };
};

const hubsOf = (piers: PierCollection, check: (hubs: readonly Hub[]) => void): readonly Hub[] => {
  try {
    const hubs = readHubs(piers);
    check(hubs);
    return hubs;
  } catch (error) {
    if (error instanceof HubFault) throw new CodedError(error.code, { values: error.values });
    throw error;
  }
};

/** A stop of a timetable that stands on no pier of the place is a pier for people. */
const stopHub = ({
  id,
  name,
  at,
}: {
  readonly id: string;
  readonly name: Hub['name'];
  readonly at: Hub['at'];
}): Hub => ({
  id,
  kind: 'passenger',
  name,
  at,
  sea: null,
  draught_m: null,
  boarding_s: 0,
  unloading_s: 0,
  fuel: false,
  limits: null,
});

/** Bridges that have a name are long enough to be shut in a gale. */
const bridgesOf = ({ data }: Roads) => {
  const { ways } = data;
  return new Map(
    ways.id.flatMap((id, way) =>
      ((ways.flags[way] as number) & WAY_FLAG.bridge) !== 0 && ways.name[way] !== null
        ? [[id, BRIDGE_LIMITS] as const]
        : [],
    ),
  );
};

const tidesSchema = z.object({
  stations: z.array(
    z.object({
      id: z.string(),
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      datums: z.record(z.string(), z.number()),
      chart_datum: z.string(),
      harmonic_constituents: z
        .array(z.object({ name: z.string(), amplitude: z.number().min(0), phase: z.number() }))
        .min(1),
    }),
  ),
});

const tidesOf = (dir: string): Conditions['tide_m'] => {
  const file = path.join(dir, TIDES_FILE);
  return existsSync(file) ? createTides(read(file, tidesSchema)) : () => null;
};

const position = z.tuple([z.number(), z.number()]);
const weatherArea = z.object({
  properties: z.object({ id: z.string().min(1), name: z.object({ zh: z.string(), en: z.string() }) }),
  geometry: z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position).min(4)).min(1) }),
});
const isWeather = (feature: unknown): boolean =>
  (feature as { readonly properties?: { readonly kind?: unknown } | null } | null)?.properties?.kind === 'weather';
/** Areas of other kinds are passed over here. */
const weatherSchema = z.object({
  features: z.preprocess((all) => (Array.isArray(all) ? all.filter(isWeather) : all), z.array(weatherArea)),
});

const weatherAreasOf = (dir: string) => {
  const file = path.join(dir, WATERS_FILE);
  if (!existsSync(file)) return [];
  return read(file, weatherSchema).features.map(({ properties, geometry }) => ({
    ...properties,
    rings: geometry.coordinates,
  }));
};

const read = <T>(file: string, schema: z.ZodType<T>): T => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : reasonOf(error).en;
    throw new CodedError('place-file-malformed', { values: { file, what } });
  }
};
