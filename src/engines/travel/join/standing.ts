import type { LonLat } from '#core/base/geo.ts';
import type { Buckets, Climb, Cost, RoadMetric, RoadPoint, Selection } from '../road/roads.ts';
import type { Ground, HubRoads } from './place.ts';

/** Times and lengths of many starts to one place, by key. */
export interface Direct {
  readonly duration_s: Float64Array;
  readonly distance_m: Float64Array;
}

/** Somebody who stands somewhere, under a name of its own. */
export interface Stood {
  readonly id: string;
  readonly at: LonLat;
}

/** A traveller as it was last asked about. */
interface Kept {
  readonly key: number;
  at: LonLat;
  /** Where it joins the roads. */
  points: readonly RoadPoint[];
  /** Made when first needed. */
  climb: Climb | null;
  /** Whether it is selected rather than in the buckets. */
  selected: boolean;
  /** Whether its row of times to hubs is of this position. */
  fresh: boolean;
  /** Whether a pier that takes boats is among those it gets to, as that row says. */
  hasPier: boolean;
}

const NO_WAY: Cost = { duration_s: Infinity, distance_m: Infinity };

/** More than any room has; with more, everything is learnt anew with the next question. */
const MOST = 20_000;
/** From how many on one pass over all is quicker than one by one, and a list is worth remembering. */
export const MANY = 8;
/** From how many newcomers on they are selected first. */
const CROWD = 64;
/** How many of those selected are put into the buckets with each question. */
const SETTLED = 10;
/** Put at a turn: some milliseconds. */
const AT_A_TURN = 50;

/**
 * Who stands where, for one way of moving under one set of closures: each traveller's search is kept and made anew only when it
 * moves, so that a new place costs one search and one pass. Travellers are known by id.
 *
 * Searching for each takes long where many come at once: when something was closed, everybody does. So they are selected, which is quick to
 * make and slower to ask, and go over into the buckets by and by.
 */
export class Standing {
  readonly #ground: Ground;
  readonly #metric: RoadMetric;
  readonly #hubRoads: HubRoads;
  readonly #buckets: Buckets;
  readonly #kept = new Map<string, Kept>();
  readonly #byKey: Kept[] = [];
  #selected: { readonly all: readonly Kept[]; readonly selection: Selection; next: number } | null = null;
  /** Keys of lists that were put, and how often somebody had been put elsewhere by then. */
  readonly #lists = new WeakMap<readonly Stood[], { readonly keys: Int32Array; readonly moves: number }>();
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

  /** True where there are more than it is worth remembering. Keys stay good until the question is answered, so the ground makes room between two. */
  get isCrowded(): boolean {
    return this.#kept.size > MOST;
  }

  /** Puts the travellers where they are, and brings their rows to the hubs up to date. @returns their keys */
  put(travellers: readonly Stood[]): Int32Array {
    const known = this.#lists.get(travellers);
    if (known?.moves === this.#moves) return known.keys;
    const moved: Kept[] = [];
    const keys = Int32Array.from(travellers, ({ id, at }) => this.#putOne(id, at, moved).key);
    if (moved.length >= CROWD) this.#select(moved);
    else for (const one of moved) this.#settle(one);
    this.#refresh(keys);
    if (travellers.length >= MANY) this.#lists.set(travellers, { keys, moves: this.#moves });
    return keys;
  }

  /** @param moved takes up who is new or elsewhere than before */
  #putOne(id: string, at: LonLat, moved: Kept[]): Kept {
    const known = this.#kept.get(id);
    if (known !== undefined && known.at[0] === at[0] && known.at[1] === at[1]) return known;
    const points = this.#ground.joins(id, at, this.#metric);
    const key = this.#kept.size;
    const kept = known ?? { key, at, points, climb: null, selected: false, fresh: false, hasPier: false };
    if (known === undefined) this.#byKey[key] = kept;
    this.#kept.set(id, kept);
    Object.assign(kept, { at, points, climb: null, fresh: false });
    this.#moves += 1;
    moved.push(kept);
    return kept;
  }

  /** Those who were selected before and still are come along: one selection is asked, not several. */
  #select(moved: readonly Kept[]): void {
    const all = [...new Set([...(this.#selected?.all.filter((one) => one.selected) ?? []), ...moved])];
    for (const one of all) {
      one.selected = true;
      this.#buckets.set(one.key, null);
    }
    const { roads } = this.#ground.place;
    const selection = roads.select(
      this.#metric,
      all.map((one) => one.points),
    );
    this.#selected = { all, selection, next: 0 };
  }

  #settle(one: Kept): void {
    one.selected = false;
    this.#buckets.set(one.key, this.#climbOf(one));
  }

  /** Some of those selected, from the first on. */
  #settleSome(): void {
    if (this.#selected === null) return;
    const { all, next } = this.#selected;
    for (const one of all.slice(next, next + SETTLED)) if (one.selected) this.#settle(one);
    this.#selected.next = next + SETTLED;
    if (this.#selected.next >= all.length) this.#selected = null;
  }

  #climbOf(one: Kept): Climb | null {
    if (one.points.length > 0) one.climb ??= this.#ground.place.roads.depart(this.#metric, one.points);
    return one.climb;
  }

  /** Puts, a few at a turn, all who were asked about before under whatever was closed then: the next question finds them there. */
  *ready(): Generator<void> {
    const all = this.#ground.known(this.#metric);
    for (let from = 0; from < all.length; from += AT_A_TURN) yield void this.put(all.slice(from, from + AT_A_TURN));
  }

  climbOf(id: string): Climb | null {
    const kept = this.#kept.get(id);
    return kept === undefined ? null : this.#climbOf(kept);
  }

  /** Straight by road to a place. */
  direct(place: Climb): Direct {
    this.#settleSome();
    const size = this.#kept.size;
    const direct = { duration_s: new Float64Array(size), distance_m: new Float64Array(size) };
    this.#all(place, direct);
    return direct;
  }

  #all(place: Climb, { duration_s, distance_m }: Direct): void {
    if (this.#kept.size > 0) this.#buckets.to(place, duration_s, distance_m);
    if (this.#selected === null) return;
    const { all, selection } = this.#selected;
    const own = { duration_s: new Float64Array(all.length), distance_m: new Float64Array(all.length) };
    selection.to(place, own.duration_s, own.distance_m);
    for (const [n, { key, selected }] of all.entries()) {
      if (!selected) continue;
      duration_s[key] = own.duration_s[n] as number;
      distance_m[key] = own.distance_m[n] as number;
    }
  }

  /** The same of a few only, in their order. */
  directOf(keys: Int32Array, place: Climb): Direct {
    const { roads } = this.#ground.place;
    const direct = { duration_s: new Float64Array(keys.length), distance_m: new Float64Array(keys.length) };
    for (let n = 0; n < keys.length; n += 1) {
      const climb = this.#climbOf(this.#byKey[keys[n] as number] as Kept);
      const cost = climb === null ? NO_WAY : roads.cost(this.#metric, climb, place);
      direct.duration_s[n] = cost.duration_s;
      direct.distance_m[n] = cost.distance_m;
    }
    return direct;
  }

  /** From each traveller to every hub: row by key, a column per hub. */
  get toHubs(): Direct {
    return this.#hubs;
  }

  #refresh(keys: Int32Array): void {
    const count = this.#ground.hubs.length;
    const stale: Kept[] = [];
    for (const key of keys) {
      const one = this.#byKey[key] as Kept;
      if (!one.fresh) stale.push(one);
    }
    this.#grow(count);
    if (stale.length >= MANY) this.#fillAll(stale, count);
    else for (const one of stale) this.#fillOne(one, count);
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
    const all = { duration_s: new Float64Array(this.#kept.size), distance_m: new Float64Array(this.#kept.size) };
    for (let hub = 0; hub < count; hub += 1) {
      this.#all(this.#hubRoads.arrive[hub] as Climb, all);
      for (const one of stale) this.#put(one.key * count + hub, all.duration_s[one.key], all.distance_m[one.key]);
    }
    for (const one of stale) this.#finish(one, count);
  }

  #fillOne(one: Kept, count: number): void {
    const row = one.key * count;
    const climb = this.#climbOf(one);
    const found = climb === null ? null : this.#ground.place.roads.matrix(this.#metric, [climb], this.#hubRoads.arrive);
    for (let hub = 0; hub < count; hub += 1) this.#put(row + hub, found?.duration_s[hub], found?.distance_m[hub]);
    this.#finish(one, count);
  }

  #put(slot: number, duration_s = Infinity, distance_m = Infinity): void {
    this.#hubs.duration_s[slot] = duration_s;
    this.#hubs.distance_m[slot] = distance_m;
  }

  /** Whether somebody gets to a pier that takes boats. */
  hasPier(key: number): boolean {
    return (this.#byKey[key] as Kept).hasPier;
  }

  #finish(one: Kept, count: number): void {
    one.fresh = true;
    if (this.#metric.profile.mode === 'foot') this.#walkStraight(one, count);
    const row = one.key * count;
    one.hasPier = this.#ground.landings.some((hub) => (this.#hubs.duration_s[row + hub] as number) < Infinity);
  }

  /** Hubs near enough to walk straight to, off the roads. */
  #walkStraight(one: Kept, count: number): void {
    this.#ground.hubs.forEach((hub, i) => {
      const straight_s = this.#ground.straight_s(one.at, hub.at);
      const slot = one.key * count + i;
      if (straight_s < (this.#hubs.duration_s[slot] as number))
        this.#put(slot, straight_s, this.#ground.straight_m(one.at, hub.at));
    });
  }
}
