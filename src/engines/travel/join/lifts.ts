import type { Passage } from '../conditions/windows.ts';
import type { Moving, TravelProfile } from '../profiles.ts';
import { RULES } from '../rules.ts';
import type { FreeBoat } from '../spi.ts';
import type { BoatClass, SeaWay } from '../sea/water.ts';
import type { Hub } from '../hubs.ts';
import type { Plan } from './plan.ts';
import { waterNear } from './plan.ts';
import { firstOpen, MOORED_M, outTo_s } from './sailings.ts';

/** To a pier, from there by a boat that has a seat, and on foot where it lands. */
export interface Lift {
  readonly by: 'lift';
  readonly start: number;
  readonly arrive: number;
  readonly road: string;
  readonly boat: FreeBoat;
  readonly hull: BoatClass;
  /** To the pier where it is met. */
  readonly hub: number;
  readonly duration_s: number;
  readonly distance_m: number;
  /** When traveller and boat are both there and on board, and when it leaves. */
  readonly ready: number;
  readonly depart: number;
  readonly way: SeaWay;
  /** Number of the hub it lands at; -1 for the water off the place. */
  readonly lands: number;
  readonly passage: Passage;
}

/** One free boat, seen from a place: when it can be at each pier, and how long from there to the place. */
export interface LiftTable {
  readonly free: FreeBoat;
  readonly hull: BoatClass;
  readonly profile: TravelProfile;
  /** From the order until it leaves where it lies. */
  readonly leaves_s: number;
  /** Its way to each hub; null where it cannot come. */
  readonly comes: readonly (Passage | null)[];
  /** From each hub to the place at best, and where it lands then. */
  readonly onward_s: Float64Array;
  readonly lands: Int32Array;
}

/** Tables of every free boat for a plan, in the order of their ids. */
export const liftTables = (plan: Plan, boats: readonly FreeBoat[]): readonly LiftTable[] =>
  boats
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((free) => {
      const profile = plan.ground.place.profiles[free.profile];
      const move = profile?.moves.find((one) => one.by === 'boat');
      if (profile === undefined || move === undefined) return [];
      const table = tableOf(plan, free, profile, move);
      return table === null ? [] : [table];
    });

const tableOf = (
  plan: Plan,
  free: FreeBoat,
  profile: TravelProfile,
  move: Extract<Moving, { by: 'boat' }>,
): LiftTable | null => {
  const { ground, world } = plan;
  const { boat: hull, set_up_s } = move;
  const putsAshore = move.lands !== 'piers';
  const from = waterNear(world, free.at, hull);
  if (from === null || from.walk_m > MOORED_M) return null;
  const count = ground.hubs.length;
  const comes: (Passage | null)[] = ground.hubs.map(() => null);
  const onward_s = new Float64Array(count).fill(Infinity);
  const lands = new Int32Array(count).fill(-1);
  const foot = plan.fromHubs('foot').duration_s;
  const water = plan.water(hull);
  const coming = ground.fieldFrom(hull, from.at, world.closedAreas);
  for (const hub of ground.landings) {
    const start = ground.seaPoint(hull, hub);
    const way = start === null ? null : (coming?.wayOften(start) ?? null);
    if (way === null || start === null) continue;
    comes[hub] = {
      ids: [],
      names: [],
      line: way.line,
      duration_s: way.duration_s,
      limits: profile.limits,
      start: null,
      end: null,
    };
    for (const to of ground.landings) {
      const one = ground.hubs[to] as Hub;
      const onward =
        (ground.seaTo(hull, to, world.closedAreas)[2 * hub] as number) + one.unloading_s + (foot[to] as number);
      if (to === hub || onward >= (onward_s[hub] as number)) continue;
      onward_s[hub] = onward;
      lands[hub] = to;
    }
    const off = plan.waterField(hull)?.wayOften(start) ?? null;
    const mayLandThere = water !== null && off !== null && (water.landing_s === 0 || putsAshore);
    const ashore_s = mayLandThere ? off.duration_s + water.landing_s + water.walk_s : Infinity;
    if (ashore_s >= (onward_s[hub] as number)) continue;
    onward_s[hub] = ashore_s;
    lands[hub] = -1;
  }
  const leaves_s = free.turnout_s + set_up_s + outTo_s(from);
  return { free, hull, profile, leaves_s, comes, onward_s, lands };
};

/** What a traveller needs of itself to be lifted. */
export interface Rider {
  readonly road: string;
  readonly seats: number;
  /** When the order is given, and when it is ready to go. */
  readonly at: number;
  readonly start: number;
  /** To every hub. */
  readonly toHub_s: (hub: number) => number;
  readonly toHub_m: (hub: number) => number;
}

/** The soonest lift of all; null when no boat with room helps. */
export const lifted = (plan: Plan, tables: readonly LiftTable[], rider: Rider, id: string): Lift | null => {
  let best: Lift | null = null;
  for (const table of tables) {
    if (table.free.seats < rider.seats || table.free.id === id) continue;
    for (const hub of plan.ground.landings) {
      const comes = table.comes[hub] ?? null;
      const there = rider.start + rider.toHub_s(hub) * 1000;
      const least_ms = (RULES.board_s + (table.onward_s[hub] as number)) * 1000;
      if (comes === null || there + least_ms >= (best?.arrive ?? Infinity)) continue;
      const alongside = firstOpen(plan.world, comes, rider.at + table.leaves_s * 1000) + comes.duration_s * 1000;
      const ready = Math.max(there, alongside) + RULES.board_s * 1000;
      if (ready === Infinity) continue;
      const made = liftFrom(plan, table, rider, hub, ready);
      if (made !== null && (best === null || made.arrive < best.arrive)) best = made;
    }
  }
  return best;
};

const liftFrom = (plan: Plan, table: LiftTable, rider: Rider, hub: number, ready: number): Lift | null => {
  const { ground, world } = plan;
  const lands = table.lands[hub] as number;
  const start = ground.seaPoint(table.hull, hub);
  const field = lands < 0 ? plan.waterField(table.hull) : ground.fieldTo(table.hull, lands, world.closedAreas);
  const way = start === null ? null : (field?.way(start) ?? null);
  const from = ground.hubs[hub] as Hub;
  const to = ground.hubs[lands];
  if (way === null) return null;
  const passage: Passage = {
    ids: [from.id, ...(to === undefined ? [] : [to.id])],
    names: [from.name, ...(to === undefined ? [] : [to.name])],
    line: way.line,
    duration_s: way.duration_s,
    limits: table.profile.limits,
    start: from.limits,
    end: to?.limits ?? null,
  };
  const depart = firstOpen(world, passage, ready);
  if (depart === Infinity) return null;
  return {
    by: 'lift',
    start: rider.start,
    arrive: depart + (table.onward_s[hub] as number) * 1000,
    road: rider.road,
    boat: table.free,
    hull: table.hull,
    hub,
    duration_s: rider.toHub_s(hub),
    distance_m: rider.toHub_m(hub),
    ready,
    depart,
    way,
    lands,
    passage,
  };
};
