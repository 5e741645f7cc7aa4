import type { LonLat } from '#core/base/geo.ts';
import type { Buckets, Climb, RoadMetric } from '../road/roads.ts';
import type { Ground, HubRoads } from './place.ts';

/** Times and lengths of many starts to one place, by key. */
export interface Direct {
  readonly duration_s: Float64Array;
  readonly distance_m: Float64Array;
}

/** A traveller as it was last asked about: its place in the buckets. */
interface Kept {
  readonly key: number;
  at: LonLat;
  climb: Climb | null;
  /** Whether its row of times to hubs is of this position. */
  fresh: boolean;
}

/** More than any room has; then everything is learnt anew. */
const MOST = 20_000;
/** Put at a turn: some milliseconds. */
const AT_A_TURN = 50;
/** From how many on one pass over all is quicker than one by one. */
const MANY = 8;

/**
 * Who stands where, for one way of moving under one set of closures: each traveller's search is kept and made anew only when it
 * moves, so that a new place costs one search and one pass. Travellers are known by id.
 */
export class Standing {
  readonly #ground: Ground;
  readonly #metric: RoadMetric;
  readonly #hubRoads: HubRoads;
  #buckets: Buckets;
  readonly #kept = new Map<string, Kept>();
  #moves = 0;
  #hubs: Direct = { duration_s: new Float64Array(0), distance_m: new Float64Array(0) };

  constructor(ground: Ground, metric: RoadMetric) {
    this.#ground = ground;
    this.#metric = metric;
    this.#hubRoads = ground.hubRoads(metric);
    this.#buckets = ground.place.roads.buckets(metric);
  }

  /** How often somebody was put elsewhere: as long as it is the same, so are the answers to a place. */
  get moves(): number {
    return this.#moves;
  }

  /** Puts the travellers where they are. @returns their keys */
  put(travellers: readonly { readonly id: string; readonly at: LonLat }[]): Int32Array {
    if (this.#kept.size + travellers.length > MOST) {
      this.#kept.clear();
      this.#buckets = this.#ground.place.roads.buckets(this.#metric);
    }
    return Int32Array.from(travellers, ({ id, at }) => this.#putOne(id, at).key);
  }

  #putOne(id: string, at: LonLat): Kept {
    const known = this.#kept.get(id);
    if (known !== undefined && known.at[0] === at[0] && known.at[1] === at[1]) return known;
    const { roads } = this.#ground.place;
    const points = this.#ground.stand(id, at, this.#metric);
    const climb = points.length === 0 ? null : roads.depart(this.#metric, points);
    const kept: Kept = known ?? { key: this.#kept.size, at, climb, fresh: false };
    kept.at = at;
    kept.climb = climb;
    kept.fresh = false;
    this.#kept.set(id, kept);
    this.#moves += 1;
    this.#buckets.set(kept.key, climb);
    return kept;
  }

  /** Puts, a few at a turn, all who were asked about before under whatever was closed then: the next question finds them there. */
  *ready(): Generator<void> {
    const all = this.#ground.known(this.#metric);
    for (let from = 0; from < all.length; from += AT_A_TURN) {
      const some = all.slice(from, from + AT_A_TURN);
      this.put(some);
      yield void this.toHubs(some);
    }
  }

  climbOf(id: string): Climb | null {
    return this.#kept.get(id)?.climb ?? null;
  }

  /** Straight by road to a place. */
  direct(place: Climb): Direct {
    const size = this.#kept.size;
    const direct = {
      duration_s: new Float64Array(size).fill(Infinity),
      distance_m: new Float64Array(size).fill(Infinity),
    };
    if (size > 0) this.#buckets.to(place, direct.duration_s, direct.distance_m);
    return direct;
  }

  /** From each traveller to every hub: row by key, a column per hub. Rows of the travellers named are up to date after this. */
  toHubs(travellers: readonly { readonly id: string }[]): Direct {
    const count = this.#ground.hubs.length;
    const stale = travellers
      .map((one) => this.#kept.get(one.id))
      .filter((one) => one !== undefined)
      .filter((one) => !one.fresh);
    this.#grow(count);
    if (stale.length > MANY) this.#fillAll(stale, count);
    else for (const one of stale) this.#fillOne(one, count);
    return this.#hubs;
  }

  #grow(count: number): void {
    if (this.#hubs.duration_s.length >= this.#kept.size * count) return;
    const longer = (before: Float64Array): Float64Array => {
      const larger = new Float64Array(Math.max(16, this.#kept.size) * 2 * count).fill(Infinity);
      larger.set(before);
      return larger;
    };
    this.#hubs = { duration_s: longer(this.#hubs.duration_s), distance_m: longer(this.#hubs.distance_m) };
  }

  #fillAll(stale: readonly Kept[], count: number): void {
    const duration_s = new Float64Array(this.#kept.size);
    const distance_m = new Float64Array(this.#kept.size);
    for (let hub = 0; hub < count; hub += 1) {
      this.#buckets.to(this.#hubRoads.arrive[hub] as Climb, duration_s.fill(Infinity), distance_m.fill(Infinity));
      for (const one of stale) this.#put(one.key * count + hub, duration_s[one.key], distance_m[one.key]);
    }
    for (const one of stale) this.#finish(one, count);
  }

  #fillOne(one: Kept, count: number): void {
    const row = one.key * count;
    const { roads } = this.#ground.place;
    const found = one.climb === null ? null : roads.matrix(this.#metric, [one.climb], this.#hubRoads.arrive);
    for (let hub = 0; hub < count; hub += 1) this.#put(row + hub, found?.duration_s[hub], found?.distance_m[hub]);
    this.#finish(one, count);
  }

  #put(slot: number, duration_s = Infinity, distance_m = Infinity): void {
    this.#hubs.duration_s[slot] = duration_s;
    this.#hubs.distance_m[slot] = distance_m;
  }

  /** Hubs near enough to walk straight to, off the roads. */
  #finish(one: Kept, count: number): void {
    one.fresh = true;
    if (this.#metric.profile.mode !== 'foot') return;
    this.#ground.hubs.forEach((hub, i) => {
      const straight_s = this.#ground.straight_s(one.at, hub.at);
      const slot = one.key * count + i;
      if (straight_s < (this.#hubs.duration_s[slot] as number))
        this.#put(slot, straight_s, this.#ground.straight_m(one.at, hub.at));
    });
  }
}
