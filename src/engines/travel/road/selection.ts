import type { RoadClimb } from './climb.ts';
import type { RoadWeights } from './customise.ts';
import { directWay, eachDeparture } from './ends.ts';
import type { RoadIndex } from './index.ts';
import type { RoadPoint } from './roads.ts';
import { metresOf, secondsOf } from './weight.ts';

type Starts = readonly (readonly RoadPoint[])[];

/** Lists of one kind after the other: of list n `[first[n], first[n + 1])`, each entry where it leads to and what that weighs. */
interface Arcs {
  readonly first: Int32Array;
  readonly head: Int32Array;
  readonly weight: Float64Array;
}

/** What one can come to from some ranks going up, numbered anew from the lowest on, with the arcs between. */
interface Part {
  /** Number of every rank; -1 where one does not come. */
  readonly number: Int32Array;
  readonly up: Arcs;
}

/** Every point where some start joins the roads, its edge, and which start it is. */
interface Joins {
  readonly point: readonly RoadPoint[];
  readonly edge: Int32Array;
  readonly start: Int32Array;
}

/**
 * Starts that stay where they are, asked about one place after the other (RPHAST: Delling, Goldberg, Werneck 2011). What they need of the
 * hierarchy is copied out once, arcs and weights side by side in the order they are gone through; then a place costs its climb and one pass
 * from the highest down. Quicker to make than a climb for each start, slower to ask than buckets. It is of one set of weights: when these
 * change, or a start moves, it is made anew.
 */
export class RoadSelection {
  readonly metric: RoadWeights;
  readonly #joins: Joins;
  /** By start: the ranks it comes to past the edges it lies on, by their numbers. */
  readonly #leaving: Arcs;
  readonly #part: Part;
  /** From each number of the part to the place asked about; and from each start. */
  readonly #reach: Float64Array;
  readonly #least: Float64Array;

  /** @param starts where each joins the roads; with none it has no way */
  constructor(index: RoadIndex, metric: RoadWeights, starts: Starts) {
    const leaving = leavingOf(index, metric, starts);
    this.metric = metric;
    this.#joins = joinsOf(starts);
    this.#part = partAbove(index, metric, leaving.head);
    renumber(leaving.head, this.#part.number);
    this.#leaving = leaving;
    this.#reach = new Float64Array(this.#part.up.first.length - 1);
    this.#least = new Float64Array(starts.length);
  }

  to(place: RoadClimb, duration_s: Float64Array, distance_m: Float64Array): void {
    const [reach, least] = [this.#reach.fill(Infinity), this.#least.fill(Infinity)];
    const { number, up } = this.#part;
    for (let at = 0; at < place.rank.length; at++) {
      const here = number[place.rank[at] as number] as number;
      if (here !== -1) reach[here] = place.weight[at] as number;
    }
    for (let here = reach.length - 1; here >= 0; here--) lower(reach, here, up, reach);
    for (let start = 0; start < least.length; start++) lower(least, start, this.#leaving, reach);
    this.#lowerDirect(place.points);
    for (let start = 0; start < least.length; start++) {
      duration_s[start] = secondsOf(least[start] as number);
      distance_m[start] = metresOf(least[start] as number);
    }
  }

  /** Starts on an edge of the place. */
  #lowerDirect(points: readonly RoadPoint[]): void {
    const { point, edge, start } = this.#joins;
    for (const end of points) {
      for (let at = edge.indexOf(end.edge); at !== -1; at = edge.indexOf(end.edge, at + 1)) {
        const direct = directWay(this.metric, [point[at] as RoadPoint], [end])?.weight ?? Infinity;
        const own = start[at] as number;
        if (direct < (this.#least[own] as number)) this.#least[own] = direct;
      }
    }
  }
}

/** Lowers what is known of one list to the least over its arcs. @param reach from where they lead to */
const lower = (known: Float64Array, list: number, { first, head, weight }: Arcs, reach: Float64Array): void => {
  let least = known[list] as number;
  const end = first[list + 1] as number;
  for (let slot = first[list] as number; slot < end; slot++) {
    const sum = (reach[head[slot] as number] as number) + (weight[slot] as number);
    if (sum < least) least = sum;
  }
  known[list] = least;
};

const joinsOf = (starts: Starts): Joins => {
  const point = starts.flat();
  const edge = new Int32Array(point.length);
  const start = new Int32Array(point.length);
  let end = 0;
  for (let own = 0; own < starts.length; own++) {
    for (const one of starts[own] as readonly RoadPoint[]) {
      edge[end] = one.edge;
      start[end++] = own;
    }
  }
  return { point, edge, start };
};

/** By start the ranks it comes to. */
const leavingOf = (index: RoadIndex, metric: RoadWeights, starts: Starts): Arcs => {
  const first = new Int32Array(starts.length + 1);
  const ranks: number[] = [];
  const weights: number[] = [];
  const leave = (rank: number, weight: number): void => {
    ranks.push(rank);
    weights.push(weight);
  };
  for (let start = 0; start < starts.length; start++) {
    eachDeparture(index, metric, starts[start] as readonly RoadPoint[], leave);
    first[start + 1] = ranks.length;
  }
  return { first, head: new Int32Array(ranks), weight: new Float64Array(weights) };
};

/** Upward arcs lead to higher ranks, so one pass from below finds all. Those nobody can use are left out. */
const partAbove = (index: RoadIndex, metric: RoadWeights, ranks: Int32Array): Part => {
  const { up_start, up_head } = index.hierarchy;
  const number = new Int32Array(index.state_rank.length).fill(-1);
  for (const rank of ranks) number[rank] = 0;
  const first = [0];
  let head = new Int32Array(8 * ranks.length);
  let weight = new Float64Array(8 * ranks.length);
  let end = 0;
  for (let rank = 0; rank < number.length; rank++) {
    if (number[rank] === -1) continue;
    number[rank] = first.length - 1;
    const last = up_start[rank + 1] as number;
    for (let slot = up_start[rank] as number; slot < last; slot++) {
      const up = metric.up[slot] as number;
      if (up === Infinity) continue;
      if (end === head.length) [head, weight] = twiceAsLong(head, weight);
      const top = up_head[slot] as number;
      number[top] = 0;
      head[end] = top;
      weight[end++] = up;
    }
    first.push(end);
  }
  const up = { first: new Int32Array(first), head: head.slice(0, end), weight: weight.slice(0, end) };
  renumber(up.head, number);
  return { number, up };
};

const renumber = (ranks: Int32Array, number: Int32Array): void => {
  for (let slot = 0; slot < ranks.length; slot++) ranks[slot] = number[ranks[slot] as number] as number;
};

const twiceAsLong = (
  head: Int32Array,
  weight: Float64Array,
): [head: Int32Array<ArrayBuffer>, weight: Float64Array<ArrayBuffer>] => {
  const longer = { head: new Int32Array(2 * head.length), weight: new Float64Array(2 * head.length) };
  longer.head.set(head);
  longer.weight.set(weight);
  return [longer.head, longer.weight];
};
