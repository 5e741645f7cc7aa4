import type { RoadClimb } from './climb.ts';
import type { RoadWeights } from './customise.ts';
import { directWay } from './ends.ts';
import { metresOf, secondsOf } from './weight.ts';

/** Times and lengths of all starts to all places, row by row. */
export interface Matrix {
  readonly duration_s: Float64Array;
  readonly distance_m: Float64Array;
}

/** Starts by the ranks their climbs came to. */
class Rows {
  /** -1 and 0 everywhere between questions. */
  readonly #first: Int32Array;
  readonly #size: Int32Array;
  #start = new Int32Array(1024);
  #weight = new Float64Array(1024);

  constructor(ranks: number) {
    this.#first = new Int32Array(ranks).fill(-1);
    this.#size = new Int32Array(ranks);
  }

  fill(climbs: readonly RoadClimb[]): void {
    const [first, size] = [this.#first, this.#size];
    let entries = 0;
    for (const { rank } of climbs) {
      entries += rank.length;
      for (let at = 0; at < rank.length; at++) size[rank[at] as number] = (size[rank[at] as number] as number) + 1;
    }
    if (this.#start.length < entries) {
      this.#start = new Int32Array(entries);
      this.#weight = new Float64Array(entries);
    }
    let end = 0;
    climbs.forEach(({ rank, weight }, start) => {
      for (let at = 0; at < rank.length; at++) {
        const here = rank[at] as number;
        if (first[here] === -1) {
          first[here] = end;
          end += size[here] as number;
          size[here] = 0;
        }
        const place = (first[here] as number) + (size[here] as number);
        this.#start[place] = start;
        this.#weight[place] = weight[at] as number;
        size[here] = (size[here] as number) + 1;
      }
    });
  }

  /** Lowers the best weight of each start to that over any rank it has in common with a place. */
  lower(place: RoadClimb, best: Float64Array): void {
    const [starts, weights] = [this.#start, this.#weight];
    for (let at = 0; at < place.rank.length; at++) {
      const here = place.rank[at] as number;
      const rest = place.weight[at] as number;
      const first = this.#first[here] as number;
      const end = first + (this.#size[here] as number);
      for (let entry = first; entry < end; entry++) {
        const sum = rest + (weights[entry] as number);
        const start = starts[entry] as number;
        if (sum < (best[start] as number)) best[start] = sum;
      }
    }
  }

  clear(climbs: readonly RoadClimb[]): void {
    for (const { rank } of climbs) {
      for (let at = 0; at < rank.length; at++) {
        this.#first[rank[at] as number] = -1;
        this.#size[rank[at] as number] = 0;
      }
    }
  }
}

/** @param ranks of the hierarchy. @returns the question, to be asked again and again */
export const matrices = (
  ranks: number,
): ((metric: RoadWeights, from: readonly RoadClimb[], to: readonly RoadClimb[]) => Matrix) => {
  const rows = new Rows(ranks);
  return (metric, from, to) => {
    const duration_s = new Float64Array(from.length * to.length);
    const distance_m = new Float64Array(from.length * to.length);
    const best = new Float64Array(from.length);
    const onEdge = startsByEdge(from);
    rows.fill(from);
    to.forEach((place, column) => {
      best.fill(Infinity);
      rows.lower(place, best);
      for (const start of new Set(place.points.flatMap(({ edge }) => onEdge.get(edge) ?? []))) {
        const direct = directWay(metric, from[start]?.points ?? [], place.points);
        if (direct !== null && direct.weight < (best[start] as number)) best[start] = direct.weight;
      }
      for (let start = 0; start < from.length; start++) {
        duration_s[start * to.length + column] = secondsOf(best[start] as number);
        distance_m[start * to.length + column] = metresOf(best[start] as number);
      }
    });
    rows.clear(from);
    return { duration_s, distance_m };
  };
};

const startsByEdge = (climbs: readonly RoadClimb[]): ReadonlyMap<number, readonly number[]> => {
  const onEdge = new Map<number, number[]>();
  climbs.forEach(({ points }, start) => {
    for (const { edge } of points) {
      const starts = onEdge.get(edge);
      if (starts === undefined) onEdge.set(edge, [start]);
      else starts.push(start);
    }
  });
  return onEdge;
};
