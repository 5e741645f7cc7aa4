import type { LonLat } from '#core/base/geo.ts';
import { instant, toIso } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';
import { createAir } from '#engines/travel/air/air.ts';
import type { Conditions, Limits } from '#engines/travel/conditions/conditions.ts';
import { CALM } from '#engines/travel/conditions/conditions.ts';
import { readHubs } from '#engines/travel/hubs.ts';
import type { PierProperties } from '#engines/travel/hubs.ts';
import { outlines } from '#engines/travel/join/outlines.ts';
import type { ClosableArea, Ground } from '#engines/travel/join/place.ts';
import { createTravel, prepareTravel } from '#engines/travel/join/engine.ts';
import type { Connection, Line, Timetable, UsualLine } from '#engines/travel/lines/timetable.ts';
import { FORGETFUL } from '#engines/travel/keeper.ts';
import { CARRIER_LIMITS, DRAUGHTS, PROFILES } from '#engines/travel/profiles.ts';
import type { TravelProfile } from '#engines/travel/profiles.ts';
import { readyRoads, buildRoads } from '#engines/travel/road/built.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { roadsFromGeoJson } from '#engines/travel/road/from-geojson.ts';
import { ROAD_PROFILES } from '#engines/travel/road/profiles.ts';
import { createSea } from '#engines/travel/sea/sea.ts';
import type { Sea, WaterAreas } from '#engines/travel/sea/water.ts';
import type { FreeBoat, Journey, NoWay, Travel } from '#engines/travel/spi.ts';
import type { Ring } from '#world/places/geometry.ts';
import { buildLand } from '#world/places/land.ts';
import type { Land, LandCollection } from '#world/places/land.ts';
import { travellerAt } from '#engines/travel/traveller.ts';

/**
 * Small places drawn in text, for scenarios. A character is a square of some 500 m:
 *
 *     ~ or space  water           +  road        :  footpath      %  bridge (a road over water, all one way `bridge`)
 *     #           land            a … z  a named spot on the road      A … R, T … Z  a named spot off the roads, on land        S  one at sea
 *     1 … 9       a pier on the road, described in `piers`        H  a ground for helicopters, on land
 *
 * Neighbours (left, right, above, below) among roads, paths, bridges, spots and piers are joined.
 */
export interface DrawnMore {
  readonly piers?: Readonly<Record<string, Partial<PierProperties>>>;
  readonly lines?: readonly DrawnLine[];
  readonly profiles?: readonly TravelProfile[];
  readonly ways?: ReadonlyMap<string, Limits>;
  /** Areas that may be closed to boats or aircraft. */
  readonly areas?: readonly ClosableArea[];
  readonly currents?: WaterAreas['currents'];
  /** Changes the roads after they were read: a weight limit, an edge with a fixed time. */
  readonly amend?: (data: RoadData) => RoadData;
}

/** A line between two piers: departures by the clock (UTC) every day, or, without, usual ones. */
export interface DrawnLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly departs?: readonly string[];
  readonly wait_min?: number;
  readonly takes_min: number;
  /** First day it runs; every day where none is said. */
  readonly from_day?: string;
  /** Days of the week it runs on, Sunday is 0; all where none is said. */
  readonly weekdays?: readonly number[];
  readonly vehicles?: boolean;
  readonly carrier?: string;
  /** How it sails, where that is not the shortest way. */
  readonly path?: readonly LonLat[];
  readonly confidence?: UsualLine['confidence'];
}

export const CELL_DEG = 0.005;
const [WEST, NORTH] = [122, 30.3];
const named = (id: string): Text => ({ zh: `码头${id}`, en: `pier ${id}` });

export interface Drawn {
  readonly ground: Ground;
  readonly at: (name: string) => LonLat;
  readonly travel: (conditions?: Partial<Conditions>, boats?: readonly FreeBoat[]) => Travel;
  /** The whole way, by names of spots. `clock` is a time of 1 June 2026, UTC. */
  readonly journey: (
    profile: string,
    from: string | LonLat,
    to: string | LonLat,
    clock: string,
    conditions?: Partial<Conditions>,
  ) => Journey | NoWay;
}

export const clock = (time: string): Instant => instant(Date.parse(`2026-06-01T${time}:00Z`));
export const timeOf = (at: Instant): string => toIso(at).slice(11, 16);

/** The way, which must be there. */
export const wayOf = (found: Journey | NoWay): Journey => {
  if ('code' in found) throw new Error(`no way: ${found.code}: ${found.words.en}`);
  return found;
};
/** Why there is no way; there must be none. */
export const reasonOf = (found: Journey | NoWay): NoWay => {
  if (!('code' in found)) throw new Error(`there is a way: ${modesOf(found)}`);
  return found;
};
/** Modes without waiting, in order: `car ferry foot`. */
export const modesOf = (journey: Journey): string =>
  journey.legs
    .map((leg) => leg.mode)
    .filter((mode) => mode !== 'wait')
    .join(' ');

/** Its first ferry, which must be there. */
export const ferryOf = (way: Journey) => {
  const leg = way.legs.find((one) => one.mode === 'ferry');
  if (leg === undefined) throw new Error(`no ferry in ${modesOf(way)}`);
  return leg;
};
/** What is waited for, in words. */
export const waits = (way: Journey): string =>
  way.legs
    .flatMap((leg) => (leg.mode === 'wait' ? leg.via : []))
    .map((one) => one.en)
    .join('; ');
export const boxOf = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
/** Closed since midnight. */
export const closing = (what: string, until: string | null = null): Partial<Conditions> => ({
  closures: [{ what, from: clock('00:00'), until: until === null ? null : clock(until), why: null }],
});
/** A time so many days later. */
export const daysLater = (days: number, time: string): Instant => instant(clock(time) + days * DAY_MS);

export const draw = (picture: string, more: DrawnMore = {}): Drawn => {
  const rows = picture.split('\n').filter((row) => row.trim().length > 0);
  const columns = Math.max(...rows.map((row) => row.length));
  const cell = (column: number, row: number): string => rows[row]?.[column] ?? '~';
  const middle = (column: number, row: number): LonLat => [
    round(WEST + (column + 0.5) * CELL_DEG),
    round(NORTH - (row + 0.5) * CELL_DEG),
  ];
  const spots = spotsOf(rows, middle);
  const at = (name: string): LonLat => {
    const found = spots.get(name);
    if (found === undefined) throw new Error(`nothing is called ${name}`);
    return found;
  };
  const grid = {
    west: WEST,
    south: NORTH - rows.length * CELL_DEG,
    cell_lon: CELL_DEG,
    cell_lat: CELL_DEG,
    columns,
    rows: rows.length,
  };
  const isLand = (one: string): boolean => !/[~ %S]/.test(one);
  const areas = more.areas ?? [];
  const outline = outlines(grid, (n) => isLand(cell(n % columns, rows.length - 1 - Math.floor(n / columns))));
  const land = buildLand(landOf(outline, grid));
  const data = roadData(rows, cell, middle);
  const hubs = readHubs({
    type: 'FeatureCollection',
    features: [...spots].flatMap(([name, coordinates]) => {
      if (!/[1-9H]/.test(name)) return [];
      const properties: PierProperties = {
        id: name,
        kind: name === 'H' ? 'helipad' : 'ramp',
        name: named(name),
        draught_m: null,
        ...more.piers?.[name],
      };
      return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates } }];
    }),
  });
  const ground = prepareTravel({
    land,
    roads: readyRoads(buildRoads(more.amend === undefined ? data : more.amend(data)), land),
    roadProfiles: ROAD_PROFILES,
    seas: seasOf(land, areas, more.currents ?? []),
    skies: createAir(areas.filter((area) => area.of === 'air')),
    areas,
    timetable: timetableOf(more.lines ?? []),
    hubs,
    profiles: { ...PROFILES, ...Object.fromEntries((more.profiles ?? []).map((one) => [one.id, one])) },
    carriers: CARRIER_LIMITS,
    ways: more.ways ?? new Map(),
    keeper: FORGETFUL,
  });
  const travel = (conditions: Partial<Conditions> = {}, boats: readonly FreeBoat[] = []): Travel =>
    createTravel(ground, { ...CALM, ...conditions }, boats);
  const place = (one: string | LonLat): LonLat => (typeof one === 'string' ? at(one) : one);
  return {
    ground,
    at,
    travel,
    journey: (profile, from, to, time, conditions) =>
      travel(conditions).journey(travellerAt(profile, place(from)), place(to), { leave_at: clock(time) }),
  };
};

const seasOf = (
  land: Land,
  areas: readonly ClosableArea[],
  currents: WaterAreas['currents'],
): ReadonlyMap<string, Sea> => {
  const closed = areas.filter((area) => area.of === 'sea');
  const waters = { shallows: [], closed, speed: [], currents };
  return new Map(Object.values(DRAUGHTS).map((draught) => [draught.id, createSea(land, waters, draught)]));
};

const spotsOf = (
  rows: readonly string[],
  middle: (column: number, row: number) => LonLat,
): ReadonlyMap<string, LonLat> => {
  const spots = new Map<string, LonLat>();
  for (const [y, row] of rows.entries())
    for (const [x, mark] of row.split('').entries()) if (/[a-zA-Z1-9]/.test(mark)) spots.set(mark, middle(x, y));
  return spots;
};

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

interface Extent {
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
}

/** Islands with open water around. */
const landOf = (
  areas: readonly (readonly (readonly LonLat[])[])[],
  { west, south, columns, rows }: Extent,
): LandCollection => ({
  type: 'FeatureCollection',
  bbox: [west - 0.05, south - 0.05, west + columns * CELL_DEG + 0.05, south + rows * CELL_DEG + 0.05],
  features: areas.map((rings, i) => ({
    type: 'Feature',
    properties: { id: i + 1, kind: 'island', km2: 1 },
    geometry: { type: 'Polygon', coordinates: rings },
  })),
});

const isRoad = (mark: string): boolean => /[+:%a-z1-9]/.test(mark);

/** A feature per joint, so that any can be closed; a bridge is one way. */
const roadData = (
  rows: readonly string[],
  cell: (column: number, row: number) => string,
  middle: (column: number, row: number) => LonLat,
): RoadData => {
  const features: unknown[] = [];
  let bridge: LonLat[] = [];
  const put = (id: string, line: readonly LonLat[], path: boolean, isBridge: boolean): void => {
    features.push({
      type: 'Feature',
      properties: {
        id,
        class: path ? 'path' : 'street',
        speed_kmh: 30,
        foot: true,
        bridge: isBridge,
        name: isBridge ? { zh: '大桥', en: 'the bridge' } : null,
      },
      geometry: { type: 'LineString', coordinates: line },
    });
  };
  rows.forEach((row, y) =>
    row.split('').forEach((mark, x) => {
      if (!isRoad(mark)) return;
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
      ] as const) {
        const other = cell(x + dx, y + dy);
        if (!isRoad(other)) continue;
        const line = [middle(x, y), middle(x + dx, y + dy)];
        if (mark !== '%' && other !== '%') put(`road-${x}-${y}-${dx}`, line, mark === ':' || other === ':', false);
        else bridge = bridge.length === 0 ? line : [...bridge, line[1] as LonLat];
      }
    }),
  );
  if (bridge.length > 0) put('bridge', bridge, false, true);
  if (features.length === 0) throw new Error('a drawing needs a road');
  const read = roadsFromGeoJson({ type: 'FeatureCollection', features });
  if (!read.ok) throw new Error(`${read.error.feature}: ${read.error.what.en}`);
  return read.value;
};

const DAY_MS = 86_400_000;

const timetableOf = (drawn: readonly DrawnLine[]): Timetable => {
  const lines = drawn.map((one): Line => ({
    id: one.id,
    name: { zh: `航线${one.id}`, en: `line ${one.id}` },
    takes: one.vehicles === true ? 'people and vehicles' : 'people',
    carrier: one.carrier ?? null,
    boarding_s: 300,
    unloading_s: 120,
  }));
  return {
    lines,
    hubs: [],
    changes: [],
    shapes: drawn.flatMap(({ id, from, to, path }) => (path === undefined ? [] : [{ line: id, from, to, path }])),
    usual: drawn.flatMap((one) =>
      one.departs !== undefined
        ? []
        : [
            {
              line: one.id,
              from: one.from,
              to: one.to,
              wait_s: (one.wait_min ?? 0) * 60,
              crossing_s: one.takes_min * 60,
              both_ways: true,
              confidence: one.confidence ?? 'usual',
            },
          ],
    ),
    connections: (from, until) =>
      drawn
        .flatMap((one) => (one.departs ?? []).flatMap((time) => daily(one, time, from, until)))
        .toSorted((a, b) => a.depart - b.depart || (a.run < b.run ? -1 : 1)),
  };
};

const daily = (line: DrawnLine, time: string, from: Instant, until: Instant): readonly Connection[] => {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  const found: Connection[] = [];
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < until; day += 1) {
    const depart = instant(day * DAY_MS + (hours * 60 + minutes) * 60_000);
    if (depart < from || depart >= until || toIso(depart) < (line.from_day ?? '')) continue;
    // 1970-01-01 was a Thursday.
    if (line.weekdays?.includes((day + 4) % 7) === false) continue;
    found.push({
      line: line.id,
      trip: `${line.id}-${time}`,
      run: `${line.id}-${time}@${toIso(depart).slice(0, 10)}`,
      seq: 0,
      from: line.from,
      to: line.to,
      depart,
      arrive: instant(depart + line.takes_min * 60_000),
      board: true,
      alight: true,
      confidence: 'measured',
    });
  }
  return found;
};
