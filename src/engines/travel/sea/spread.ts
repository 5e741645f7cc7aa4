import FlatQueue from 'flatqueue';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Slow } from './areas.ts';
import { slowStretches, touches } from './areas.ts';
import type { Exit } from './exits.ts';
import type { Sight } from './sight.ts';
import { drift_s, still_s } from './timing.ts';
import type { BoatClass, CurrentField } from './water.ts';
import type { Waters } from './waters.ts';
import type { SeaWays } from './ways.ts';
import { grazes } from './ways.ts';

/** What is known of the legs of a place besides their length. */
export interface LegMarks {
  /** Per closable area (in their order) the legs that touch it. */
  readonly touching: readonly Int32Array[];
  /** Stretches with a limit, for the legs that have some. */
  readonly slow: ReadonlyMap<number, readonly Slow[]>;
}

export const marksOf = (waters: Waters, ways: SeaWays): LegMarks => {
  const touching: number[][] = waters.closable.map(() => []);
  const slow = new Map<number, readonly Slow[]>();
  if (waters.closable.length + waters.speed.length === 0) return { touching: [], slow };
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
    }
  }
  return { touching: touching.map((legs) => Int32Array.from(legs)), slow };
};

export const nodeAt = (ways: SeaWays, node: number): LonLat => [ways.lon[node] as number, ways.lat[node] as number];

/** One question of the sea: what holds for every leg of it. */
export interface Voyaging {
  readonly waters: Waters;
  readonly ways: SeaWays;
  readonly sight: Sight;
  readonly boat: BoatClass;
  /** True when ways lead to the point asked about, false when they begin there. */
  readonly inward: boolean;
  /** Seconds of each leg in still water; Infinity where it is closed. */
  readonly leg_s: Float64Array;
  /** Numbers of the closable areas that are closed. */
  readonly closed: readonly number[];
  readonly current: CurrentField | null;
  /** Strongest current met so far; bounds what a boat can make over ground. */
  readonly strongest: { ms: number };
}

/** Seconds of the straight leg that a boat sails from a to b. */
export const sail_s = (voyaging: Voyaging, a: LonLat, b: LonLat, length_m: number): number => {
  const { waters, boat, closed, current, strongest } = voyaging;
  for (const i of closed) {
    const area = waters.closable[i];
    if (area !== undefined && touches(area, a, b)) return Infinity;
  }
  if (current !== null)
    return drift_s(a, b, length_m, boat.speed_kmh, current, waters.speed, (ms) => {
      strongest.ms = Math.max(strongest.ms, ms);
    });
  const slow = waters.speed.length === 0 ? [] : slowStretches(waters.speed, a, b);
  return still_s(length_m, slow, boat.speed_kmh);
};

/** Times from every turning point to the point asked about, or from it. */
export interface Spread {
  readonly exits: readonly Exit[];
  readonly time_s: Float64Array;
  readonly way_m: Float64Array;
  /** Turning point next to the point asked about, or -(2 + exit); -1 where nothing leads. */
  readonly next: Int32Array;
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
  const { ways, leg_s, inward, current } = voyaging;
  const n = ways.lon.length;
  const time_s = new Float64Array(n).fill(Infinity);
  const way_m = new Float64Array(n).fill(Infinity);
  const next = new Int32Array(n).fill(-1);
  const queue = new FlatQueue<number>();
  const offer = (node: number, time: number, way: number, via: number): void => {
    if (!(time < (time_s[node] as number))) return;
    time_s[node] = time;
    way_m[node] = way;
    next[node] = via;
    queue.push(node, time);
  };
  exits.forEach((exit, index) => {
    for (const node of seen[index] ?? []) {
      const at = nodeAt(ways, node);
      const far = distance_m(exit.at, at);
      const sailing_s = inward ? sail_s(voyaging, at, exit.at, far) : sail_s(voyaging, exit.at, at, far);
      offer(node, (exit_s[index] as number) + sailing_s, exit.line_m + far, -2 - index);
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
      let sailing_s = leg_s[leg] as number;
      if (before_s + sailing_s >= (time_s[other] as number) && current === null) continue;
      if (current !== null && sailing_s < Infinity)
        sailing_s = inward
          ? sail_s(voyaging, nodeAt(ways, other), nodeAt(ways, node), ways.leg_m[leg] as number)
          : sail_s(voyaging, nodeAt(ways, node), nodeAt(ways, other), ways.leg_m[leg] as number);
      offer(other, before_s + sailing_s, (way_m[node] as number) + (ways.leg_m[leg] as number), node);
    }
  }
  return { exits, time_s, way_m, next };
};

/** The best way between navigable water and the point: by a turning point, or straight to one of its exits (`node` -1). */
export interface Found {
  readonly time_s: number;
  readonly way_m: number;
  readonly node: number;
  readonly exit: number;
}

/**
 * Looks at the turning points in sight in the order of what they promise: distance at full speed and the time from there on. The search
 * ends when nothing left promises more than what was found.
 * @param exit_s time spent between the point and each exit
 */
export const findWay = (voyaging: Voyaging, field: Spread, exit_s: readonly number[], at: LonLat): Found | null => {
  const { ways, sight, waters, boat, inward, strongest } = voyaging;
  let best = straight(voyaging, field, exit_s, at);
  const perMetre = 0.9995 / (boat.speed_kmh / 3.6 + 1.25 * strongest.ms);
  const kxHere = metresPerDegreeLon(at[1]);
  const queue = new FlatQueue<number>();
  for (const node of sight.from(at)) {
    const dx = (ways.lon[node] as number) - at[0];
    const dy = (ways.lat[node] as number) - at[1];
    const onward_s = field.time_s[node] as number;
    if (onward_s === Infinity || !grazes(ways.wedge, node, dx, dy)) continue;
    const x = 0.5 * (kxHere + (ways.kx[node] as number)) * dx;
    const y = METRES_PER_DEGREE * dy;
    const promise_s = Math.sqrt(x * x + y * y) * perMetre + onward_s;
    if (promise_s < (best?.time_s ?? Infinity)) queue.push(node, promise_s);
  }
  while (queue.length > 0 && (queue.peekValue() as number) < (best?.time_s ?? Infinity)) {
    const node = queue.pop() as number;
    const place = nodeAt(ways, node);
    if (!waters.walls.clear(at, place)) continue;
    const far = distance_m(at, place);
    const sailing_s = inward ? sail_s(voyaging, at, place, far) : sail_s(voyaging, place, at, far);
    const time_s = sailing_s + (field.time_s[node] as number);
    if (time_s < (best?.time_s ?? Infinity))
      best = { time_s, way_m: far + (field.way_m[node] as number), node, exit: -1 };
  }
  return best;
};

const straight = (voyaging: Voyaging, field: Spread, exit_s: readonly number[], at: LonLat): Found | null => {
  let best: Found | null = null;
  field.exits.forEach((exit, index) => {
    const far = distance_m(at, exit.at);
    if (!voyaging.waters.walls.clear(at, exit.at)) return;
    const sailing_s = voyaging.inward ? sail_s(voyaging, at, exit.at, far) : sail_s(voyaging, exit.at, at, far);
    const time_s = (exit_s[index] as number) + sailing_s;
    if (time_s < (best?.time_s ?? Infinity)) best = { time_s, way_m: exit.line_m + far, node: -1, exit: index };
  });
  return best;
};
