import type { RoadClimb } from './climb.ts';
import type { RoadWeights } from './customise.ts';
import { directWay } from './ends.ts';
import type { RoadPoint } from './roads.ts';
import { metresOf, secondsOf } from './weight.ts';

/** What starts left at one rank, side by side. */
interface Bucket {
  size: number;
  key: Int32Array;
  weight: Float64Array;
  /** Which entry of its start's climb each is. */
  entry: Int32Array;
}

/** A start and where each entry of its climb stands in the bucket of its rank. */
interface Start {
  readonly climb: RoadClimb;
  readonly place: Int32Array;
}

/**
 * Many starts kept ready: each leaves the ranks of its climb in buckets, so that a place costs one climb and a look into the buckets it
 * comes by (Knopp and others 2007). Moving a start touches only its own entries.
 */
export class RoadBuckets {
  readonly metric: RoadWeights;
  readonly #buckets: (Bucket | undefined)[];
  readonly #starts: (Start | undefined)[] = [];
  /** Keys of the starts that lie on an edge. */
  readonly #onEdge = new Map<number, Set<number>>();
  #best = new Float64Array(16);

  /** @param ranks of the hierarchy */
  constructor(metric: RoadWeights, ranks: number) {
    this.metric = metric;
    this.#buckets = Array.from({ length: ranks });
  }

  set(key: number, climb: RoadClimb | null): void {
    const old = this.#starts[key];
    if (old !== undefined) this.#remove(key, old);
    this.#starts[key] = undefined;
    if (climb === null) return;
    while (this.#starts.length < key) this.#starts.push(undefined);
    const place = new Int32Array(climb.rank.length);
    for (let entry = 0; entry < place.length; entry++) {
      place[entry] = this.#put(climb.rank[entry] as number, key, climb.weight[entry] as number, entry);
    }
    this.#starts[key] = { climb, place };
    for (const { edge } of climb.points) {
      const keys = this.#onEdge.get(edge);
      if (keys === undefined) this.#onEdge.set(edge, new Set([key]));
      else keys.add(key);
    }
  }

  to(place: RoadClimb, duration_s: Float64Array, distance_m: Float64Array): void {
    const count = this.#starts.length;
    if (this.#best.length < count) this.#best = new Float64Array(2 * count);
    const best = this.#best.fill(Infinity, 0, count);
    for (let at = 0; at < place.rank.length; at++) {
      const bucket = this.#buckets[place.rank[at] as number];
      if (bucket !== undefined) lowerAll(bucket, place.weight[at] as number, best);
    }
    this.#lowerDirect(place.points, best);
    for (let key = 0; key < count; key++) {
      duration_s[key] = secondsOf(best[key] as number);
      distance_m[key] = metresOf(best[key] as number);
    }
  }

  /** Starts on an edge of the place. */
  #lowerDirect(points: readonly RoadPoint[], best: Float64Array): void {
    for (const point of points) {
      for (const key of this.#onEdge.get(point.edge) ?? []) {
        const direct = directWay(this.metric, this.#starts[key]?.climb.points ?? [], [point]);
        if (direct !== null && direct.weight < (best[key] as number)) best[key] = direct.weight;
      }
    }
  }

  #put(rank: number, key: number, weight: number, entry: number): number {
    const bucket = (this.#buckets[rank] ??= emptyBucket());
    if (bucket.size === bucket.key.length) grow(bucket);
    const place = bucket.size;
    bucket.key[place] = key;
    bucket.weight[place] = weight;
    bucket.entry[place] = entry;
    bucket.size += 1;
    return place;
  }

  /** The last entry of a bucket takes the place of the one that goes. */
  #remove(key: number, { climb, place }: Start): void {
    for (let entry = 0; entry < place.length; entry++) {
      const bucket = this.#buckets[climb.rank[entry] as number] as Bucket;
      const hole = place[entry] as number;
      bucket.size -= 1;
      const last = bucket.size;
      if (hole === last) continue;
      const moved = bucket.key[last] as number;
      bucket.key[hole] = moved;
      bucket.weight[hole] = bucket.weight[last] as number;
      const entryOfMoved = bucket.entry[last] as number;
      bucket.entry[hole] = entryOfMoved;
      (this.#starts[moved] as Start).place[entryOfMoved] = hole;
    }
    for (const { edge } of climb.points) {
      const keys = this.#onEdge.get(edge);
      keys?.delete(key);
      if (keys?.size === 0) this.#onEdge.delete(edge);
    }
  }
}

const emptyBucket = (): Bucket => ({
  size: 0,
  key: new Int32Array(4),
  weight: new Float64Array(4),
  entry: new Int32Array(4),
});

const grow = (bucket: Bucket): void => {
  const { key, weight, entry } = bucket;
  bucket.key = new Int32Array(2 * key.length);
  bucket.weight = new Float64Array(2 * key.length);
  bucket.entry = new Int32Array(2 * key.length);
  bucket.key.set(key);
  bucket.weight.set(weight);
  bucket.entry.set(entry);
};

const lowerAll = ({ size, key, weight }: Bucket, rest: number, best: Float64Array): void => {
  for (let place = 0; place < size; place++) {
    const sum = rest + (weight[place] as number);
    const start = key[place] as number;
    if (sum < (best[start] as number)) best[start] = sum;
  }
};
