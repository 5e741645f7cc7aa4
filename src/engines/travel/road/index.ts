import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import type { RoadData } from './data.ts';
import type { Groups } from './groups.ts';
import { groupBy } from './groups.ts';
import { ranksOf } from './hierarchy.ts';

/** Arcs of one direction by their higher end: `rank[start[r] … start[r + 1]]` are the lower ends at a rank, by rank, `slot` their arcs. */
export interface LowerEnds {
  readonly start: Int32Array;
  readonly rank: Int32Array;
  readonly slot: Int32Array;
  /** The first arc of the other direction at that lower end whose higher end lies above r. */
  readonly above: Int32Array;
}

/** A map with what every question needs, made from what is kept in its file in some hundredths of a second. */
export interface RoadIndex {
  readonly data: RoadData;
  readonly graph: GraphArrays;
  readonly hierarchy: HierarchyArrays;
  readonly state_rank: Int32Array;
  /** States by directed edge: one, and its copies. */
  readonly states: Groups;
  /** Edges by way. */
  readonly edges: Groups;
  readonly wayNumber: (id: string) => number | undefined;
  readonly below_up: LowerEnds;
  readonly below_down: LowerEnds;
}

export const roadIndex = (data: RoadData, graph: GraphArrays, hierarchy: HierarchyArrays): RoadIndex => {
  const { up_start, up_head, down_start, down_head } = hierarchy;
  /** Made when a way is first closed, which on many maps is never. */
  let numbers: ReadonlyMap<string, number> | null = null;
  return {
    data,
    graph,
    hierarchy,
    state_rank: ranksOf(hierarchy.rank_state),
    states: groupBy(graph.state_edge, 2 * data.edge_from.length),
    edges: groupBy(data.edge_way, data.ways.id.length),
    wayNumber: (id) => {
      numbers ??= new Map(data.ways.id.map((way, number) => [way, number]));
      return numbers.get(id);
    },
    below_up: lowerEnds(up_start, up_head, down_start, down_head),
    below_down: lowerEnds(down_start, down_head, up_start, up_head),
  };
};

const lowerEnds = (start: Int32Array, head: Int32Array, otherStart: Int32Array, otherHead: Int32Array): LowerEnds => {
  const ranks = start.length - 1;
  const begin = new Int32Array(ranks + 1);
  for (let slot = 0; slot < head.length; slot++) {
    const next = (head[slot] as number) + 1;
    begin[next] = (begin[next] as number) + 1;
  }
  for (let rank = 1; rank <= ranks; rank++) begin[rank] = (begin[rank] as number) + (begin[rank - 1] as number);
  const room = begin.slice();
  const lower = { rank: head.slice(), slot: head.slice(), above: head.slice() };
  for (let rank = 0; rank < ranks; rank++) {
    const otherEnd = otherStart[rank + 1] as number;
    let other = otherStart[rank] as number;
    for (let slot = start[rank] as number; slot < (start[rank + 1] as number); slot++) {
      const higher = head[slot] as number;
      while (other < otherEnd && (otherHead[other] as number) <= higher) other += 1;
      const place = room[higher] as number;
      room[higher] = place + 1;
      lower.rank[place] = rank;
      lower.slot[place] = slot;
      lower.above[place] = other;
    }
  }
  return { start: begin, ...lower };
};
