import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Land } from '#world/places/land.ts';
import { slowStretches, toArea, touches } from './areas.ts';
import type { Cells } from './cells.ts';
import { cellsOf } from './cells.ts';
import type { Exit, Exits } from './exits.ts';
import { exitsOf, lineLength, straightOff } from './exits.ts';
import { printOf } from './file.ts';
import { buildMesh } from './mesh.ts';
import { createSight, degreeOf } from './sight.ts';
import type { Found, LegMarks, LegTimes, Spread, Voyaging } from './spread.ts';
import { farthestOf, findInSight, findWay, marksOf, nodeAt, sightline_m, spread } from './spread.ts';
import { drift_s, still_s } from './timing.ts';
import type { BoatClass, ClosableArea, DraughtClass, Sea, SeaField, SeaWay, WaterAreas } from './water.ts';
import type { Waters } from './waters.ts';
import { cornersOf, watersOf } from './waters.ts';
import type { SeaWays } from './ways.ts';
import { buildWays, turningPointsOf } from './ways.ts';

/** Farthest inland, or into water too shallow, a position may lie to be joined. */
export const REACH_M = 500;
/** Two positions this near to each other may be joined along the shore without going out to navigable water. */
const ALONGSHORE_M = 1000;
/** Positions and speeds whose figures are kept; the oldest go first. Those asked about often stay besides. */
const REMEMBERED = 500;
const SPEEDS = 16;

/** Builds the ways of one draught class: seconds for a coast like Zhoushan's; `encodeSeaWays` keeps them. */
export const buildSeaWays = (land: Land, areas: WaterAreas, draught: DraughtClass): SeaWays =>
  waysIn(watersOf(land, areas, draught));

const waysIn = (waters: Waters): SeaWays => {
  const points = turningPointsOf(cornersOf(waters));
  const mesh = buildMesh(points.lon, points.lat, waters.walls.pieces, waters.land);
  const sight = createSight(mesh, points.wedge, waters.land);
  return buildWays(points, waters.walls, sight);
};

/** The sea of a draught class, ready to be asked. @param ways made for the same land, areas and class; made anew without it */
export const createSea = (land: Land, areas: WaterAreas, draught: DraughtClass, ways?: SeaWays): Sea => {
  const waters = watersOf(land, areas, draught);
  return seaOf(waters, areas, ways ?? waysIn(waters));
};

interface SeaParts {
  readonly waters: Waters;
  readonly ways: SeaWays;
  readonly cells: Cells;
  readonly degree_m: readonly [number, number];
  readonly farthest_m: Float64Array;
  readonly exits: Exits;
  readonly marks: LegMarks;
  readonly exitsAt: AtPosition<readonly Exit[]>;
  readonly mainExitsAt: AtPosition<readonly Exit[]>;
  readonly seenFrom: AtPosition<Int32Array>;
  readonly legTimes: (kmh: number) => LegTimes;
}

const seaOf = (waters: Waters, areas: WaterAreas, ways: SeaWays): Sea => {
  const degree_m = degreeOf(waters.land);
  const cells = cellsOf(ways.lon, ways.lat);
  const inSight = (at: LonLat): Int32Array => seenFrom(waters, ways, degree_m, at);
  const exits = exitsOf(waters, ways, inSight);
  const marks = marksOf(waters, ways);
  const parts: SeaParts = {
    waters,
    ways,
    cells,
    farthest_m: farthestOf(cells, ways),
    degree_m,
    exits,
    marks,
    exitsAt: atPositions((at) => exits.from(at, REACH_M)),
    mainExitsAt: atPositions((at) => exits.toMain(at, REACH_M)),
    seenFrom: atPositions(inSight),
    legTimes: remembering(SPEEDS, String, (kmh: number) => legTimesOf(waters, ways, marks, kmh)),
  };
  return {
    draught: waters.draught,
    current_ms: waters.current_ms,
    print: () => printOf(waters.land, areas, waters.draught),
    closable: closableOf(areas),
    look: (at) => look(parts, at),
    join: (at, reach_m) => exits.from(at, reach_m)[0]?.at ?? null,
    field: (point, direction, boat, closed) => fieldOf(parts, point, direction, boat, closed),
  };
};

/** Areas of a place that a question may close, by id. */
export const closableOf = ({ closed }: WaterAreas): readonly ClosableArea[] =>
  closed
    .filter((area) => !area.always)
    .map(({ id, rings }) => {
      const area = toArea(id, rings);
      return { id, touches: (line: readonly LonLat[]) => line.some((at, i) => touches(area, line[i - 1] ?? at, at)) };
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** What is known of a position. @param often it stays known */
type AtPosition<Value> = (at: LonLat, often?: boolean) => Value;

const atPositions = <Value>(find: (at: LonLat) => Value): AtPosition<Value> => {
  const frequent = new Map<string, Value>();
  const keyOf = (at: LonLat): string => `${at[0]},${at[1]}`;
  const others = remembering(REMEMBERED, keyOf, find);
  return (at, often = false) => {
    const found = frequent.get(keyOf(at)) ?? others(at);
    if (often) frequent.set(keyOf(at), found);
    return found;
  };
};

const remembering = <Key, Value>(
  most: number,
  keyOf: (key: Key) => string,
  find: (key: Key) => Value,
): ((key: Key) => Value) => {
  const known = new Map<string, Value>();
  return (asked) => {
    const key = keyOf(asked);
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find(asked);
    if (known.size >= most) known.delete(known.keys().next().value as string);
    known.set(key, found);
    return found;
  };
};

/** Turning points seen from a point by lines a taut way may begin with. */
const seenFrom = (waters: Waters, ways: SeaWays, degree_m: readonly [number, number], at: LonLat): Int32Array => {
  const far_m = sightline_m({ ways, degree_m }, at);
  const seen: number[] = [];
  for (let node = 0; node < ways.lon.length; node += 1)
    if (far_m(node) < Infinity && waters.walls.clear(at, nodeAt(ways, node))) seen.push(node);
  return Int32Array.from(seen);
};

const legTimesOf = (waters: Waters, ways: SeaWays, marks: LegMarks, kmh: number): LegTimes => {
  const up = ways.leg_m.map((length_m) => (length_m * 3.6) / kmh);
  for (const [leg, slow] of marks.slow) up[leg] = still_s(ways.leg_m[leg] as number, slow, kmh);
  if (marks.adrift.size === 0) return { up, down: up };
  const down = up.slice();
  for (const [leg, [node, other]] of marks.adrift) {
    const [a, b, length_m] = [nodeAt(ways, node), nodeAt(ways, other), ways.leg_m[leg] as number];
    up[leg] = drift_s(a, b, length_m, kmh, waters.currents, waters.speed);
    down[leg] = drift_s(b, a, length_m, kmh, waters.currents, waters.speed);
  }
  return { up, down };
};

/** The same with legs that touch closed areas closed. */
const withoutClosed = (times: LegTimes, marks: LegMarks, closed: readonly number[]): LegTimes => {
  const legs = closed.flatMap((i) => Array.from(marks.touching[i] ?? []));
  if (legs.length === 0) return times;
  const up = times.up.slice();
  const down = times.up === times.down ? up : times.down.slice();
  for (const leg of legs) {
    up[leg] = Infinity;
    down[leg] = Infinity;
  }
  return { up, down };
};

const fieldOf = (
  parts: SeaParts,
  point: LonLat,
  direction: 'from' | 'to',
  boat: BoatClass,
  closedIds: ReadonlySet<string>,
): SeaField => {
  const { waters, ways, cells, degree_m, farthest_m, marks } = parts;
  const closed = waters.closable.flatMap((area, i) => (closedIds.has(area.id) ? [i] : []));
  const inward = direction === 'to';
  const voyaging: Voyaging = {
    waters,
    ways,
    cells,
    degree_m,
    farthest_m,
    boat,
    inward,
    legs_s: withoutClosed(parts.legTimes(boat.speed_kmh), marks, closed),
    closed,
  };
  const near = parts.exitsAt(point);
  const isPocket = near.every((exit) => !parts.seenFrom(exit.at).some((node) => ways.main[node] === 1));
  const exits = isPocket && waters.isFree(point) ? [...near, ...parts.mainExitsAt(point)] : near;
  const exit_s = exits.map((exit) => creep_s(voyaging, exit));
  const field = spread(
    voyaging,
    exits,
    exits.map((exit) => parts.seenFrom(exit.at)),
    exit_s,
  );
  const asked: Asked = { parts, voyaging, field, point };
  return {
    way: (other) => wayTo(asked, other, (at) => findWay(voyaging, field, exit_s, at)),
    wayOften: (other) => {
      look(parts, other);
      return wayTo(asked, other, (at) => findInSight(voyaging, field, exit_s, at, parts.seenFrom(at, true)));
    },
  };
};

/** Keeps what is found about a position. */
const look = ({ exitsAt, seenFrom }: SeaParts, at: LonLat): void => {
  for (const exit of exitsAt(at, true)) seenFrom(exit.at, true);
};

/** A field and what it is of. */
interface Asked {
  readonly parts: SeaParts;
  readonly voyaging: Voyaging;
  readonly field: Spread;
  readonly point: LonLat;
}

/** Time along the shore strip between a position and navigable water; Infinity where a closed area that it does not lie in is in the way. */
const creep_s = (voyaging: Voyaging, exit: Exit): number => {
  const { waters, boat, closed } = voyaging;
  const from = exit.line[0] as LonLat;
  let sum_s = 0;
  for (let i = 1; i < exit.line.length; i += 1) {
    const [a, b] = [exit.line[i - 1] as LonLat, exit.line[i] as LonLat];
    for (const number of closed) {
      const area = waters.closable[number];
      if (area !== undefined && touches(area, a, b) && !(exit.outOfArea || touches(area, from, from))) return Infinity;
    }
    const kmh = exit.inFree ? boat.speed_kmh : boat.inshore_kmh;
    sum_s += still_s(distance_m(a, b), slowStretches(waters.speed, a, b), kmh);
  }
  return sum_s;
};

interface Candidate {
  readonly time_s: number;
  readonly found: Found | null;
  /** From the other position to navigable water; to the point itself when it went along the shore. */
  readonly line: readonly LonLat[];
}

/** @param find the best way from navigable water */
const wayTo = (asked: Asked, other: LonLat, find: (at: LonLat) => Found | null): SeaWay | null => {
  const { parts, voyaging, field, point } = asked;
  const near = parts.exitsAt(other);
  if (near.length > 0 && distance_m(point, other) === 0) return { duration_s: 0, distance_m: 0, line: [other, point] };
  let best = alongShore(asked, other, near);
  const tryAll = (exits: readonly Exit[]): void => {
    for (const exit of exits) {
      const found = find(exit.at);
      if (found === null) continue;
      const time_s = found.time_s + creep_s(voyaging, exit);
      if (time_s < (best?.time_s ?? Infinity)) best = { time_s, found, line: exit.line };
    }
  };
  tryAll(near);
  if (best === null && parts.waters.isFree(other)) tryAll(parts.mainExitsAt(other));
  if (best === null) return null;
  const line = best.found === null ? best.line : lineOf(parts.ways, field, best.found, best.line);
  return {
    duration_s: best.time_s,
    distance_m: lineLength(line),
    line: voyaging.inward ? line : line.toReversed(),
  };
};

/** Straight along the shore at inshore speed, where either end lies in the strip the margin leaves. */
const alongShore = (asked: Asked, other: LonLat, exits: readonly Exit[]): Candidate | null => {
  const { parts, voyaging, point } = asked;
  const { waters, boat, closed } = voyaging;
  const length_m = distance_m(point, other);
  if (length_m > ALONGSHORE_M || exits.length === 0) return null;
  if (waters.isFree(point) && waters.isFree(other)) return null;
  const barred = [...waters.barred, ...closed.flatMap((i) => waters.closable[i] ?? [])];
  if (barred.some((area) => touches(area, other, point))) return null;
  if (waters.land.partAt(other) !== null || waters.land.partAt(point) !== null) return null;
  if (straightOff(waters, other, point, 0) === null || parts.exitsAt(point).length === 0) return null;
  const time_s = still_s(length_m, slowStretches(waters.speed, other, point), boat.inshore_kmh);
  return { time_s, found: null, line: [other, point] };
};

/** From the other position to the point: out to navigable water, by the turning points, in to the point. */
const lineOf = (ways: SeaWays, field: Spread, found: Found, tail: readonly LonLat[]): readonly LonLat[] => {
  const line = [...tail];
  let exit = found.exit;
  for (let node = found.node; node >= 0;) {
    line.push(nodeAt(ways, node));
    const next = field.next[node] as number;
    if (next < 0) exit = -2 - next;
    node = next;
  }
  const last = field.exits[exit]?.line ?? [];
  const whole = [...line, ...last.toReversed()];
  const bent = whole.filter((at, i) => i === 0 || at[0] !== whole[i - 1]?.[0] || at[1] !== whole[i - 1]?.[1]);
  return bent.length > 1 ? bent : [bent[0] as LonLat, bent[0] as LonLat];
};
