import FlatQueue from 'flatqueue';
import { arcWeight } from './customise.ts';
import type { RoadWeights } from './customise.ts';
import { arrivals, departures, directWay } from './ends.ts';
import type { RoadIndex } from './index.ts';
import { groupBy } from './groups.ts';
import type { RoadPoint } from './roads.ts';

/** A search without any hierarchy on the same graph: what the fast answers are compared with, in tests and in figures. */
export interface PlainSearch {
  /**
   * Weight (weight.ts) from each start to one place; Infinity where there is no way. Searches backwards from the place
   * and stops when all starts are settled.
   */
  readonly toPlace: (
    metric: RoadWeights,
    starts: readonly (readonly RoadPoint[])[],
    place: readonly RoadPoint[],
  ) => Float64Array;
}

export const plainSearch = (index: RoadIndex): PlainSearch => {
  const { graph, hierarchy } = index;
  const states = graph.state_edge.length;
  const arcTail = new Int32Array(graph.arc_to.length);
  for (let state = 0; state < states; state++) arcTail.fill(state, graph.arc_start[state], graph.arc_start[state + 1]);
  const entering = groupBy(graph.arc_to, states);
  const reach = new Float64Array(states);
  const isAwaited = new Uint8Array(states);
  const queue = new FlatQueue<number>();

  const spread = (metric: RoadWeights, awaited: number): void => {
    let left = awaited;
    while (queue.length > 0 && left > 0) {
      const weight = queue.peekValue() as number;
      const state = queue.pop() as number;
      if (weight > (reach[state] as number)) continue;
      left -= isAwaited[state] as number;
      isAwaited[state] = 0;
      for (let at = entering.start[state] as number; at < (entering.start[state + 1] as number); at++) {
        const arc = entering.item[at] as number;
        const tail = arcTail[arc] as number;
        const sum = weight + arcWeight(index, metric, tail, arc);
        if (sum >= (reach[tail] as number)) continue;
        reach[tail] = sum;
        queue.push(tail, sum);
      }
    }
  };

  const toPlace: PlainSearch['toPlace'] = (metric, starts, place) => {
    const stateOf = (rank: number): number => hierarchy.rank_state[rank] as number;
    reach.fill(Infinity);
    isAwaited.fill(0);
    queue.clear();
    for (const { rank, weight } of arrivals(index, metric, place)) {
      const state = stateOf(rank);
      if (weight >= (reach[state] as number)) continue;
      reach[state] = weight;
      queue.push(state, weight);
    }
    const seeds = starts.map((points) => departures(index, metric, points));
    for (const { rank } of seeds.flat()) isAwaited[stateOf(rank)] = 1;
    spread(
      metric,
      isAwaited.reduce((sum, one) => sum + one, 0),
    );
    return Float64Array.from(seeds, (own, start) => {
      const direct = directWay(metric, starts[start] ?? [], place)?.weight ?? Infinity;
      return own.reduce(
        (least, { rank, weight }) => Math.min(least, weight + (reach[stateOf(rank)] as number)),
        direct,
      );
    });
  };
  return { toPlace };
};
