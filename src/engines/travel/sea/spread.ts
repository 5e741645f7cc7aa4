import FlatQueue from 'flatqueue';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Slow } from './areas.ts';
import { slowStretches, touches } from './areas.ts';
import type { Cells } from './cells.ts';
import { leastTo_m } from './cells.ts';
import type { Exit } from './exits.ts';
import { SECTORS, sectorOf } from './sight.ts';
import { drift_s, still_s } from './timing.ts';
import type { BoatClass } from './water.ts';
import type { Waters } from './waters.ts';
import type { SeaWays } from './ways.ts';

/** What is known of the legs of a place besides their length. */
export interface LegMarks {
  /** Per closable area (in their order) the legs that touch it. */
  readonly touching: readonly Int32Array[];
  /** Stretches with a limit, for the legs that have some. */
  readonly slow: ReadonlyMap<number, readonly Slow[]>;
  /** Legs that touch a current, with their nodes, the lower number first. */
  readonly adrift: ReadonlyMap<number, readonly [node: number, other: number]>;
}

/** Seconds of each leg, from the lower-numbered of its nodes up and back down: the same where no water moves. */
export interface LegTimes {
  readonly up: Float64Array;
  readonly down: Float64Array;
}

export const marksOf = (waters: Waters, ways: SeaWays): LegMarks => {
  const touching: number[][] = waters.closable.map(() => []);
  const slow = new Map<number, readonly Slow[]>();
  const adrift = new Map<number, readonly [number, number]>();
  if (waters.closable.length + waters.speed.length + waters.currents.length === 0)
    return { touching: [], slow, adrift };
  for (let node = 0; node < ways.lon.length; node += 1) {
    for (let slot = ways.starts[node] as number; slot < (ways.starts[node + 1] as number); slot += 1) {
      const other = ways.to[slot] as number;
      if (other < node) continue;
      const [a, b, leg] = [nodeAt(ways, node), nodeAt(ways, other), ways.leg[slot] as number];
      waters.closable.forEach((area, i) => {
        if (touches(area, a, b)) touching[i]?.push(leg);
      });
      const stretches = slowStretches(waters.speed, a, b);
      if (stretches.length > 0) slow.set(leg, stretches);
      if (waters.currents.some((area) => touches(area, a, b))) adrift.set(leg, [node, other]);
    }
  }
  return { touching: touching.map((legs) => Int32Array.from(legs)), slow, adrift };
};

export const nodeAt = (ways: SeaWays, node: number): LonLat => [ways.lon[node] as number, ways.lat[node] as number];

/** One question of the sea: what holds for every leg of it. */
export interface Voyaging {
  readonly waters: Waters;
  readonly ways: SeaWays;
  readonly cells: Cells;
  readonly degree_m: readonly [number, number];
  /** How far the turning points of each cell see at most. */
  readonly farthest_m: Float64Array;
  readonly boat: BoatClass;
  /** True when ways lead to the point asked about, false when they begin there. */
  readonly inward: boolean;
  /** Infinity where a leg is closed. */
  readonly legs_s: LegTimes;
  /** Numbers of the closable areas that are closed. */
  readonly closed: readonly number[];
}

/** Seconds of the straight leg that a boat sails from a to b. */
export const sail_s = (voyaging: Voyaging, a: LonLat, b: LonLat, length_m: number): number => {
  const { waters, boat, closed } = voyaging;
  for (const i of closed) {
    const area = waters.closable[i];
    if (area !== undefined && touches(area, a, b)) return Infinity;
  }
  if (waters.currents.length > 0) return drift_s(a, b, length_m, boat.speed_kmh, waters.currents, waters.speed);
  const slow = waters.speed.length === 0 ? [] : slowStretches(waters.speed, a, b);
  return still_s(length_m, slow, boat.speed_kmh);
};

/** Times from every turning point to the point asked about, or from it. */
export interface Spread {
  readonly exits: readonly Exit[];
  readonly time_s: Float64Array;
  /** Turning point next to the point asked about, or -(2 + exit); -1 where nothing leads. */
  readonly next: Int32Array;
  /** Least time of each cell of turning points. */
  readonly least_s: Float64Array;
}

/**
 * One Dijkstra search over the turning points.
 * @param seen per exit the turning points in sight of it @param exit_s time spent between the point and each exit
 */
export const spread = (
  voyaging: Voyaging,
  exits: readonly Exit[],
  seen: readonly Int32Array[],
  exit_s: readonly number[],
): Spread => {
  const { ways, cells, legs_s, inward } = voyaging;
  const n = ways.lon.length;
  const time_s = new Float64Array(n).fill(Infinity);
  const next = new Int32Array(n).fill(-1);
  const queue = new FlatQueue<number>();
  const offer = (node: number, time: number, via: number): void => {
    if (!(time < (time_s[node] as number))) return;
    time_s[node] = time;
    next[node] = via;
    queue.push(node, time);
  };
  exits.forEach((exit, index) => {
    for (const node of seen[index] ?? []) {
      const at = nodeAt(ways, node);
      const far = distance_m(exit.at, at);
      const sailing_s = inward ? sail_s(voyaging, at, exit.at, far) : sail_s(voyaging, exit.at, at, far);
      offer(node, (exit_s[index] as number) + sailing_s, -2 - index);
    }
  });
  while (queue.length > 0) {
    const before_s = queue.peekValue() as number;
    const node = queue.pop() as number;
    if (before_s > (time_s[node] as number)) continue;
    const end = ways.starts[node + 1] as number;
    for (let slot = ways.starts[node] as number; slot < end; slot += 1) {
      const other = ways.to[slot] as number;
      const leg = ways.leg[slot] as number;
      // Inward the boat comes from the other node, outward it goes there.
      const isUp = inward ? other < node : node < other;
      const sailing_s = (isUp ? legs_s.up : legs_s.down)[leg] as number;
      if (before_s + sailing_s >= (time_s[other] as number)) continue;
      offer(other, before_s + sailing_s, node);
    }
  }
  return { exits, time_s, next, least_s: leastOf(cells, time_s) };
};

const leastOf = (cells: Cells, time_s: Float64Array): Float64Array =>
  Float64Array.from({ length: cells.starts.length - 1 }, (_, cell) => {
    let least = Infinity;
    for (let slot = cells.starts[cell] as number; slot < (cells.starts[cell + 1] as number); slot += 1)
      least = Math.min(least, time_s[cells.nodes[slot] as number] as number);
    return least;
  });

/** The best way between navigable water and the point: by a turning point, or straight to one of its exits (`node` -1). */
export interface Found {
  readonly time_s: number;
  readonly node: number;
  readonly exit: number;
}

/** How far the turning points of each cell see at most; a little more, as it is measured on the plane of the mesh. */
export const farthestOf = (cells: Cells, ways: SeaWays): Float64Array =>
  Float64Array.from({ length: cells.starts.length - 1 }, (_, cell) => {
    let most = 0;
    for (let slot = cells.starts[cell] as number; slot < (cells.starts[cell + 1] as number); slot += 1) {
      const node = cells.nodes[slot] as number;
      for (let i = node * SECTORS; i < (node + 1) * SECTORS; i += 1) most = Math.max(most, ways.horizon_m[i] as number);
    }
    return most * PLANE_ERROR;
  });

/** The plane of the mesh is wrong by less than this over a few hundred kilometres north to south. */
const PLANE_ERROR = 1.2;

/** Distance from a point to a turning point that may see it by a line a taut way can take; Infinity for all others. */
export const sightline_m = (
  { ways, degree_m }: Pick<Voyaging, 'ways' | 'degree_m'>,
  at: LonLat,
): ((node: number) => number) => {
  const { lon, lat, kx, wedge, horizon_m } = ways;
  const kxHere = metresPerDegreeLon(at[1]);
  return (node) => {
    const dx = at[0] - (lon[node] as number);
    const dy = at[1] - (lat[node] as number);
    const sector = sectorOf(wedge, node, dx, dy);
    if (sector < 0) return Infinity;
    const y = dy * degree_m[1];
    const flat = dx * degree_m[0];
    const horizon = horizon_m[sector] as number;
    if (flat * flat + y * y > horizon * horizon) return Infinity;
    const x = 0.5 * (kxHere + (kx[node] as number)) * dx;
    return Math.sqrt(x * x + y * y);
  };
};

/**
 * Looks at the turning points in the order of what they promise: distance at full speed and the time from there on. The search ends when
 * nothing left promises more than what was found.
 * @param exit_s time spent between the point and each exit
 */
export const findWay = (voyaging: Voyaging, field: Spread, exit_s: readonly number[], at: LonLat): Found | null => {
  const { ways, cells, farthest_m, waters, boat } = voyaging;
  let best = straight(voyaging, field, exit_s, at);
  let best_s = best?.time_s ?? Infinity;
  const perMetre = 0.9995 / (boat.speed_kmh / 3.6 + waters.current_ms);
  const count = field.least_s.length;
  const least_m = leastTo_m(cells, at);
  const far_m = sightline_m(voyaging, at);
  const queue = new FlatQueue<number>();
  const tryNode = (node: number): void => {
    if (!waters.walls.clear(at, nodeAt(ways, node))) return;
    best = sooner(best, over(voyaging, field, at, node));
    best_s = best?.time_s ?? Infinity;
  };
  const openCell = (cell: number): void => {
    for (let slot = cells.starts[cell] as number; slot < (cells.starts[cell + 1] as number); slot += 1) {
      const node = cells.nodes[slot] as number;
      const promise_s = far_m(node) * perMetre + (field.time_s[node] as number);
      if (promise_s < best_s) queue.push(count + node, promise_s);
    }
  };
  // The most promising ones first: what they give spares most of the other cells their place in the queue.
  const promises_s = new Float64Array(count);
  for (let cell = 0; cell < count; cell += 1) {
    const far = least_m(cell);
    promises_s[cell] = far < (farthest_m[cell] as number) ? far * perMetre + (field.least_s[cell] as number) : Infinity;
  }
  for (let tries = 0; tries < FIRST_TRIES && best_s === Infinity; tries += 1) {
    const cell = leastIn(promises_s);
    if (cell < 0) break;
    promises_s[cell] = Infinity;
    openCell(cell);
    while (queue.length > 0) tryNode((queue.pop() as number) - count);
  }
  for (let cell = 0; cell < count; cell += 1)
    if ((promises_s[cell] as number) < best_s) queue.push(cell, promises_s[cell] as number);
  while (queue.length > 0 && (queue.peekValue() as number) < best_s) {
    const item = queue.pop() as number;
    if (item < count) openCell(item);
    else tryNode(item - count);
  }
  return best;
};

/** The same where it is known which turning points are in sight. */
export const findInSight = (
  voyaging: Voyaging,
  field: Spread,
  exit_s: readonly number[],
  at: LonLat,
  seen: Int32Array,
): Found | null => {
  let best = straight(voyaging, field, exit_s, at);
  for (const node of seen)
    if ((field.time_s[node] as number) < (best?.time_s ?? Infinity))
      best = sooner(best, over(voyaging, field, at, node));
  return best;
};

/** By way of a turning point in sight. */
const over = (voyaging: Voyaging, field: Spread, at: LonLat, node: number): Found => {
  const place = nodeAt(voyaging.ways, node);
  const far = distance_m(at, place);
  const sailing_s = voyaging.inward ? sail_s(voyaging, at, place, far) : sail_s(voyaging, place, at, far);
  return { time_s: sailing_s + (field.time_s[node] as number), node, exit: -1 };
};

/** The sooner of two ways; of equal ones that over the turning point with the lower number, in whatever order they are found. */
const sooner = (best: Found | null, other: Found): Found | null => {
  if (best === null) return other.time_s < Infinity ? other : null;
  return other.time_s < best.time_s || (other.time_s === best.time_s && other.node < best.node) ? other : best;
};

/** Cells tried before the others are put into a queue. */
const FIRST_TRIES = 3;

/** Where the least finite number stands; -1 where there is none. */
const leastIn = (numbers: Float64Array): number => {
  let least = Infinity;
  let at = -1;
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i] as number;
    if (number < least) {
      least = number;
      at = i;
    }
  }
  return at;
};

const straight = (voyaging: Voyaging, field: Spread, exit_s: readonly number[], at: LonLat): Found | null => {
  let best: Found | null = null;
  field.exits.forEach((exit, index) => {
    const far = distance_m(at, exit.at);
    if (!voyaging.waters.walls.clear(at, exit.at)) return;
    const sailing_s = voyaging.inward ? sail_s(voyaging, at, exit.at, far) : sail_s(voyaging, exit.at, at, far);
    const time_s = (exit_s[index] as number) + sailing_s;
    if (time_s < (best?.time_s ?? Infinity)) best = { time_s, node: -1, exit: index };
  });
  return best;
};
