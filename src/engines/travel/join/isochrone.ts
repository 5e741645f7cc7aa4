import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import type { Passage } from '../conditions/windows.ts';
import type { AirCraft, Moving, TravelProfile } from '../profiles.ts';
import { seconds } from '../rules.ts';
import type { Isochrone, Traveller } from '../spi.ts';
import { rangeOf } from './flights.ts';
import { merged, middleOf } from './merged.ts';
import type { Shown } from './merged.ts';
import { outlines } from './outlines.ts';
import { profileOf } from './crowd.ts';
import { waterNear } from './plan.ts';
import { edgesReached, gridOver, hubsReached, paintEdges } from './reached.ts';
import type { TimeMap } from './reached.ts';
import { firstOpen, mayLand, MOORED_M } from './sailings.ts';
import type { World } from './world.ts';

/** Cells across the area a boat or aircraft covers. */
const WATER_ACROSS = 60;
const AIR_ACROSS = 80;
const WATER_CELL_M = 300;

/** Where a traveller can be within each limit of an order at a moment, smallest limit first. */
export const isochrones = (
  world: World,
  traveller: Traveller,
  limits_s: readonly number[],
  at: number,
): readonly Isochrone[] => {
  const profile = profileOf(world.ground.place.profiles, traveller);
  const sorted = limits_s.toSorted((a, b) => a - b);
  const most_s = sorted.at(-1) ?? 0;
  const maps = profile.moves.flatMap((move) => mapsOf(world, traveller, profile, move, most_s, at));
  const { land } = world.ground.place;
  const map = merged(maps, land === null ? null : (cell) => land.partAt(cell) !== null);
  return sorted.map((limit_s) => ({ limit_s, polygons: map === null ? [] : areasWithin(map, limit_s) }));
};

const mapsOf = (
  world: World,
  traveller: Traveller,
  profile: TravelProfile,
  move: Moving,
  most_s: number,
  at: number,
): readonly Shown[] => {
  switch (move.by) {
    case 'foot':
    case 'vehicle':
      return overland(world, traveller, move, most_s, at);
    case 'boat':
      return overWater(world, traveller, profile, move, most_s, at);
    case 'air':
      return through(world, traveller, profile, move.craft, most_s, at);
  }
};

const shown = (map: TimeMap | null, onLand: boolean | null): readonly Shown[] =>
  map === null ? [] : [{ map, onLand }];

const overland = (
  world: World,
  { at: from, turnout_s }: Traveller,
  move: Extract<Moving, { by: 'foot' | 'vehicle' }>,
  most_s: number,
  at: number,
): readonly Shown[] => {
  const vehicle = move.by === 'vehicle' ? move.road : null;
  const hubs = hubsReached(world, from, move.road, vehicle, turnout_s, at);
  const own = edgesReached(world, move.road, from, turnout_s, hubs.vehicle ?? hubs.people);
  const painted = shown(paintEdges(world, move.road, own, most_s), true);
  if (vehicle === null) return painted;
  const walked = edgesReached(world, 'foot', null, 0, hubs.people);
  return [...painted, ...shown(paintEdges(world, 'foot', walked, most_s), true)];
};

const overWater = (
  world: World,
  traveller: Traveller,
  profile: TravelProfile,
  move: Extract<Moving, { by: 'boat' }>,
  most_s: number,
  at: number,
): readonly Shown[] => {
  const { ground } = world;
  const { boat } = move;
  const from = waterNear(world, traveller.at, boat);
  const sea = ground.place.seas.get(boat.draught.id);
  if (from === null || from.walk_m > MOORED_M || sea === undefined) return [];
  const start_s = readyAfter_s(world, profile, from.at, traveller.turnout_s + move.set_up_s, at);
  const field = sea.field(from.at, 'from', boat, world.closedAreas);
  const hubs = Float64Array.from(ground.hubs, (hub, i) => {
    const point = mayLand(hub, move.lands) ? ground.seaPoint(boat, i) : null;
    const way = point === null ? null : field.way(point);
    return way === null ? Infinity : start_s + way.duration_s + hub.unloading_s;
  });
  const map = around(from.at, (ground.fastest_kmh(boat) / 3.6) * most_s, WATER_CELL_M, WATER_ACROSS, (cell) => {
    if (ground.isDry(cell)) return Infinity;
    if (start_s + seconds(distance_m(from.at, cell), ground.fastest_kmh(boat)) > most_s) return Infinity;
    return start_s + (field.way(cell)?.duration_s ?? Infinity);
  });
  const ashore = edgesReached(world, 'foot', null, 0, hubs);
  return [...shown(map, false), ...shown(paintEdges(world, 'foot', ashore, most_s), true)];
};

const through = (
  world: World,
  traveller: Traveller,
  profile: TravelProfile,
  craft: AirCraft,
  most_s: number,
  at: number,
): readonly Shown[] => {
  const start_s = readyAfter_s(world, profile, traveller.at, traveller.turnout_s + craft.set_up_s, at);
  const range = rangeOf(world, traveller, profile, craft);
  const after_s = craft.carries_people ? (craft.winch_s ?? craft.set_down_s) : 0;
  const reach_m = Math.min(range.farthest_m, (craft.speed_kmh / 3.6) * most_s);
  const map = around(traveller.at, reach_m, WATER_CELL_M, AIR_ACROSS, (cell) => {
    const way = world.ground.place.skies.way(traveller.at, cell, world.closed);
    if (way === null || !range.allows(cell, way.distance_m)) return Infinity;
    return start_s + seconds(way.distance_m, craft.speed_kmh) + after_s;
  });
  return shown(map, null);
};

/** Turnout and set-up, and waiting until the weather where it lies lets it go. */
const readyAfter_s = (world: World, profile: TravelProfile, at: LonLat, after_s: number, order: number): number => {
  const ready = order + after_s * 1000;
  const passage: Passage = {
    ids: [],
    names: [],
    line: [at],
    duration_s: 0,
    limits: profile.limits,
    start: null,
    end: null,
  };
  return (firstOpen(world, passage, ready) - order) / 1000;
};

/** A map of times asked cell by cell round a place. */
const around = (
  at: LonLat,
  reach_m: number,
  least_m: number,
  across: number,
  timeAt_s: (cell: LonLat) => number,
): TimeMap => {
  const dx = reach_m / metresPerDegreeLon(at[1]);
  const dy = reach_m / METRES_PER_DEGREE;
  const grid = gridOver(at[0] - dx, at[1] - dy, at[0] + dx, at[1] + dy, least_m, across);
  const time_s = new Float32Array(grid.columns * grid.rows);
  for (let cell = 0; cell < time_s.length; cell += 1) time_s[cell] = timeAt_s(middleOf(grid, cell));
  return { grid, time_s };
};

const areasWithin = ({ grid, time_s }: TimeMap, limit_s: number): readonly (readonly Ring[])[] =>
  outlines(grid, (cell) => (time_s[cell] as number) <= limit_s);
