import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import { pick } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';

/** The parts of a road map the simulator needs. */
export interface RoadMap {
  readonly features: readonly {
    readonly properties: { readonly foot: boolean };
    readonly geometry: { readonly coordinates: readonly LonLat[] };
  }[];
}

/** Streets around a home: points, and which points each is joined to. */
export interface Beat {
  readonly points: readonly LonLat[];
  readonly next: readonly (readonly number[])[];
}

/** A home farther from every street than this has no beat; its force stands. */
const NEAR_STREET_M = 400;
/** A turn back is taken only where a street ends. */
const PIECES_PER_WALK = 6;

/**
 * The streets within `radius_m` of a home that hang together with the one nearest to it; null when there are none.
 * @param foot only streets people walk on
 */
export const beatAround = (roads: RoadMap, home: LonLat, radius_m: number, foot: boolean): Beat | null => {
  const points: LonLat[] = [];
  const next: number[][] = [];
  const numbers = new Map<string, number>();
  const number = (at: LonLat): number => {
    const key = at.join();
    const known = numbers.get(key) ?? points.push(at) - 1;
    numbers.set(key, known);
    next[known] ??= [];
    return known;
  };
  for (const { properties, geometry } of roads.features) {
    if (foot && !properties.foot) continue;
    const line = geometry.coordinates;
    for (let index = 1; index < line.length; index += 1) {
      const [a, b] = [line[index - 1] as LonLat, line[index] as LonLat];
      if (distance_m(home, a) > radius_m || distance_m(home, b) > radius_m) continue;
      const [from, to] = [number(a), number(b)];
      next[from]?.push(to);
      next[to]?.push(from);
    }
  }
  const start = nearest(points, home);
  return start === null ? null : reachable({ points, next }, start);
};

const nearest = (points: readonly LonLat[], home: LonLat): number | null => {
  let best: number | null = null;
  let best_m = NEAR_STREET_M;
  for (const [index, at] of points.entries()) {
    const away_m = distance_m(home, at);
    if (away_m > best_m) continue;
    [best, best_m] = [index, away_m];
  }
  return best;
};

/** Keeps what can be reached from the start, which becomes point 0. */
const reachable = (beat: Beat, start: number): Beat => {
  const order = [start];
  const renumbered = new Map([[start, 0]]);
  for (const at of order) {
    for (const to of beat.next[at] ?? []) {
      if (renumbered.has(to)) continue;
      renumbered.set(to, order.push(to) - 1);
    }
  }
  return {
    points: order.map((one) => beat.points[one] as LonLat),
    next: order.map((one) => (beat.next[one] ?? []).map((to) => renumbered.get(to) ?? 0)),
  };
};

/** Wanders over a beat, street by street. */
export class Walker {
  readonly #beat: Beat;
  readonly #random: Random;
  #at = 0;
  #from = -1;

  constructor(beat: Beat, random: Random) {
    this.#beat = beat;
    this.#random = random;
  }

  /** The next few streets as one line of at least one point, beginning where the last one ended. */
  walk(): readonly LonLat[] {
    const line = [this.#beat.points[this.#at] as LonLat];
    for (let piece = 0; piece < PIECES_PER_WALK; piece += 1) {
      const joined = this.#beat.next[this.#at] ?? [];
      const onward = joined.filter((to) => to !== this.#from);
      const choices = onward.length > 0 ? onward : joined;
      if (choices.length === 0) break;
      const to = pick(this.#random, choices);
      this.#from = this.#at;
      this.#at = to;
      line.push(this.#beat.points[to] as LonLat);
    }
    return line;
  }
}
