import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import type { RoadData } from './data.ts';
import type { Groups } from './groups.ts';
import { groupBy } from './groups.ts';
import { ranksOf } from './hierarchy.ts';

/** Arcs of a hierarchy by their higher end: `rank[start[r] … start[r + 1]]` are the lower ends at a rank, by rank, `slot` their arcs. */
export interface LowerEnds {
  readonly start: Int32Array;
  readonly rank: Int32Array;
  readonly slot: Int32Array;
}

/** A map with what every question needs, made from what is kept in its file in some hundredths of a second. */
export interface RoadIndex {
  readonly data: RoadData;
  readonly graph: GraphArrays;
  readonly hierarchy: HierarchyArrays;
  readonly state_rank: Int32Array;
  /** States by directed edge: one, and its copies. */
  readonly states: Groups;
  readonly below_up: LowerEnds;
  readonly below_down: LowerEnds;
}

export const roadIndex = (data: RoadData, graph: GraphArrays, hierarchy: HierarchyArrays): RoadIndex => ({
  data,
  graph,
  hierarchy,
  state_rank: ranksOf(hierarchy.rank_state),
  states: groupBy(graph.state_edge, 2 * data.edge_from.length),
  below_up: lowerEnds(hierarchy.up_start, hierarchy.up_head),
  below_down: lowerEnds(hierarchy.down_start, hierarchy.down_head),
});

const lowerEnds = (start: Int32Array, head: Int32Array): LowerEnds => {
  const lower = new Int32Array(head.length);
  for (let rank = 0; rank + 1 < start.length; rank++) lower.fill(rank, start[rank], start[rank + 1]);
  const { start: begin, item } = groupBy(head, start.length - 1);
  return { start: begin, rank: item.map((slot) => lower[slot] as number), slot: item };
};
