import type { RoadClimb } from './climb.ts';
import { departures, directWay } from './ends.ts';
import type { RoadIndex } from './index.ts';
import type { Matrix } from './matrix.ts';
import type { RoadPoint } from './roads.ts';
import { metresOf, secondsOf } from './weight.ts';

/**
 * From many starts to one place where nobody climbed for the starts before: the place alone climbs, and what it reaches is pulled down to
 * the starts, over the ranks above them and no others (restricted sweep: Delling, Goldberg, Werneck 2011). Ranks starts have in common
 * are worked out once.
 */
export class ToPlace {
  readonly #index: RoadIndex;
  readonly #reach: Float64Array;
  /** The question a rank was last reached by its climb in, and the one it was last worked out in. */
  readonly #climbed: Uint32Array;
  readonly #done: Uint32Array;
  readonly #stack: Int32Array;
  #question = 0;

  constructor(index: RoadIndex) {
    const ranks = index.state_rank.length;
    this.#index = index;
    this.#reach = new Float64Array(ranks);
    this.#climbed = new Uint32Array(ranks);
    this.#done = new Uint32Array(ranks);
    this.#stack = new Int32Array(ranks);
  }

  /** @param starts where each joins the roads; with none it has no way */
  ask(starts: readonly (readonly RoadPoint[])[], place: RoadClimb): Matrix {
    this.#begin(place);
    const places = new Set(place.points.map(({ edge }) => edge));
    const duration_s = new Float64Array(starts.length);
    const distance_m = new Float64Array(starts.length);
    starts.forEach((points, start) => {
      let least = Infinity;
      for (const { rank, weight } of departures(this.#index, place.metric, points)) {
        if (this.#done[rank] !== this.#question) this.#pull(rank, place.metric.up);
        const sum = weight + (this.#reach[rank] as number);
        if (sum < least) least = sum;
      }
      if (points.some(({ edge }) => places.has(edge))) {
        least = Math.min(least, directWay(place.metric, points, place.points)?.weight ?? Infinity);
      }
      duration_s[start] = secondsOf(least);
      distance_m[start] = metresOf(least);
    });
    return { duration_s, distance_m };
  }

  #begin({ rank, weight }: RoadClimb): void {
    if (this.#question === 0xffff_ffff) {
      this.#question = 0;
      this.#climbed.fill(0);
      this.#done.fill(0);
    }
    this.#question += 1;
    for (let at = 0; at < rank.length; at++) {
      this.#reach[rank[at] as number] = weight[at] as number;
      this.#climbed[rank[at] as number] = this.#question;
    }
  }

  /** Works out a rank and, before it, those above it in the elimination tree: there all its upward arcs end. */
  #pull(low: number, weight: Float64Array): void {
    const [reach, done, stack, question] = [this.#reach, this.#done, this.#stack, this.#question];
    const { parent, up_start: start, up_head: head } = this.#index.hierarchy;
    let height = 0;
    for (let rank = low; rank !== -1 && done[rank] !== question; rank = parent[rank] as number) stack[height++] = rank;
    while (height > 0) {
      const rank = stack[--height] as number;
      let least = this.#climbed[rank] === question ? (reach[rank] as number) : Infinity;
      const end = start[rank + 1] as number;
      for (let slot = start[rank] as number; slot < end; slot++) {
        const sum = (reach[head[slot] as number] as number) + (weight[slot] as number);
        if (sum < least) least = sum;
      }
      reach[rank] = least;
      done[rank] = question;
    }
  }
}
