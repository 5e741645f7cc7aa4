import type { LonLat } from '#core/base/geo.ts';
import { distance_m, isLonLat } from '#core/base/geo.ts';
import type { Ring } from '#world/places/geometry.ts';
import { addCorners, noCorners } from '../sea/corners.ts';
import type { Area } from '../sea/areas.ts';
import { borderOf, holds, toArea, touches } from '../sea/areas.ts';

/** Where aircraft may not fly. `always`: whatever a question says; the others only while it names them. */
export interface NoFlyArea {
  readonly id: string;
  readonly always: boolean;
  readonly rings: readonly Ring[];
}

export interface Flown {
  readonly distance_m: number;
  readonly line: readonly LonLat[];
}

/** The air over a place. Pure: what is in force is named by every question. */
export interface Air {
  /**
   * The shortest way round what may not be flown through; null where the goal lies in such an area or is walled in. One that stands in an
   * area may leave it.
   * @param inForce ids of no-fly areas in force besides those always in force
   */
  readonly way: (from: LonLat, to: LonLat, inForce: ReadonlySet<string>) => Flown | null;
}

/** Kept from the border of a no-fly area. */
const MARGIN_M = 200;
/** Great circles are followed in straight steps of this length: off the true line by some metres. */
const STEP_M = 20_000;

/** @param areas in any order */
export const createAir = (areas: readonly NoFlyArea[]): Air => {
  const prepared = areas
    .map((area) => ({ ...toArea(area.id, area.rings), always: area.always }))
    .toSorted((one, other) => (one.id < other.id ? -1 : Number(one.id > other.id)))
    .map((area) => ({ ...area, corners: cornersRound(area) }));
  // Also those of areas not in force now: with one more of them no way gets shorter.
  const corners = prepared.flatMap((area) => area.corners);
  return {
    way: (from, to, inForce) => {
      if (!isLonLat(from) || !isLonLat(to)) return null;
      const held = prepared.filter((area) => area.always || inForce.has(area.id));
      if (held.some((area) => holds(area, to))) return null;
      const shut = held.filter((area) => !holds(area, from));
      const line = shortest(shut, corners, from, to);
      return line === null ? null : { distance_m: lengthOf(line), line };
    },
  };
};

/**
 * Metres of the shortest way back from a place to one of these grounds; Infinity where none leads. Looked for from the grounds: who may leave one
 * that lies in a no-fly area may return to it.
 */
export const back_m = (air: Air, from: LonLat, grounds: readonly LonLat[], inForce: ReadonlySet<string>): number => {
  let best_m = Infinity;
  const nearest = grounds.toSorted((one, other) => distance_m(one, from) - distance_m(other, from));
  for (const ground of nearest) {
    if (distance_m(ground, from) >= best_m) break;
    best_m = Math.min(best_m, air.way(ground, from, inForce)?.distance_m ?? Infinity);
  }
  return best_m;
};

/** Points off the outward corners of an area, from the margin round them. */
const cornersRound = (area: Area): readonly LonLat[] => {
  const corners = noCorners();
  const border = borderOf(area);
  addCorners(corners, border, new Float64Array(border.length / 4).fill(MARGIN_M), (at) => !holds(area, at));
  return corners.lon.map((lon, i): LonLat => [lon, corners.lat[i] as number]);
};

/** Dijkstra over the corners; few areas have few corners, so all lines are looked at when they are needed. */
const shortest = (
  areas: readonly Area[],
  corners: readonly LonLat[],
  from: LonLat,
  to: LonLat,
): readonly LonLat[] | null => {
  const direct = greatCircle(from, to);
  if (isOpen(areas, direct)) return direct;
  const places = [from, to, ...corners];
  const far_m = places.map(() => Infinity);
  const before = places.map(() => -1);
  const done = places.map(() => false);
  far_m[0] = 0;
  for (;;) {
    let at = -1;
    far_m.forEach((far, i) => {
      if (done[i] === false && far < (at < 0 ? Infinity : (far_m[at] as number))) at = i;
    });
    if (at < 0) return null;
    if (at === 1) break;
    done[at] = true;
    places.forEach((place, i) => {
      const there_m = (far_m[at] as number) + distance_m(places[at] as LonLat, place);
      if (done[i] === true || there_m >= (far_m[i] as number)) return;
      if (!isOpen(areas, greatCircle(places[at] as LonLat, place))) return;
      far_m[i] = there_m;
      before[i] = at;
    });
  }
  const stops: LonLat[] = [];
  for (let at = 1; at >= 0; at = before[at] as number) stops.push(places[at] as LonLat);
  const legs = stops.toReversed();
  return [from, ...legs.slice(1).flatMap((stop, i) => greatCircle(legs[i] as LonLat, stop).slice(1))];
};

const isOpen = (areas: readonly Area[], line: readonly LonLat[]): boolean =>
  areas.every((area) => line.every((at, i) => i === 0 || !touches(area, line[i - 1] as LonLat, at)));

/** Points on the great circle between two places, both included (spherical linear interpolation). */
export const greatCircle = (from: LonLat, to: LonLat): readonly LonLat[] => {
  const length_m = distance_m(from, to);
  const steps = Math.max(1, Math.ceil(length_m / STEP_M));
  if (steps === 1) return [from, to];
  const [a, b] = [vectorOf(from), vectorOf(to)];
  const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  return Array.from({ length: steps + 1 }, (_, i): LonLat => {
    if (i === 0) return from;
    if (i === steps) return to;
    const p = Math.sin((1 - i / steps) * angle) / Math.sin(angle);
    const q = Math.sin((i / steps) * angle) / Math.sin(angle);
    const [x, y, z] = [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]];
    return [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
  });
};

const vectorOf = ([lon, lat]: LonLat): readonly [number, number, number] => {
  const [l, p] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
};

const lengthOf = (line: readonly LonLat[]): number =>
  line.reduce((sum, at, i) => (i === 0 ? 0 : sum + distance_m(line[i - 1] as LonLat, at)), 0);
