import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { anyTownWithBans, gridTown } from '../../../../test/harness/walks.ts';
import type { GraphArrays, HierarchyArrays } from './arrays.ts';
import type { RoadData } from './data.ts';
import { buildGraph } from './graph.ts';
import { buildHierarchy, ranksOf } from './hierarchy.ts';

const built = (data: RoadData): { graph: GraphArrays; arcs: HierarchyArrays } => {
  const graph = buildGraph(data);
  return { graph, arcs: buildHierarchy(data, graph) };
};

/** Arcs of one direction as pairs of ranks, lower first. */
const pairs = (start: Int32Array, head: Int32Array): [number, number][] =>
  [...head].map((higher, slot) => [start.findLastIndex((first) => first <= slot), higher]);

describe('the hierarchy', () => {
  test('ranks every state once and keeps every arc of the graph once, at its lower end', () => {
    const property = fc.property(anyTownWithBans, (data) => {
      const { graph, arcs } = built(data);
      const states = graph.state_edge.length;
      assert.deepEqual(
        [...arcs.rank_state].sort((a, b) => a - b),
        [...graph.state_edge.keys()],
      );
      const rank = ranksOf(arcs.rank_state);
      const expected = new Map<number, readonly [number, number]>();
      for (let state = 0; state < states; state++) {
        for (let arc = graph.arc_start[state] as number; arc < (graph.arc_start[state + 1] as number); arc++) {
          const to = graph.arc_to[arc] as number;
          if (to !== state) expected.set(arc, [rank[state] as number, rank[to] as number]);
        }
      }
      const found = new Map<number, readonly [number, number]>();
      pairs(arcs.up_start, arcs.up_head).forEach(([low, high], slot) =>
        found.set(arcs.up_arc[slot] as number, [low, high]),
      );
      pairs(arcs.down_start, arcs.down_head).forEach(([low, high], slot) =>
        found.set(arcs.down_arc[slot] as number, [high, low]),
      );
      found.delete(-1);
      assert.deepEqual(new Map([...found].sort(([a], [b]) => a - b)), expected);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test('leads from a rank to ranks above it in the tree only, in order', () => {
    const property = fc.property(anyTownWithBans, (data) => {
      const { arcs } = built(data);
      const above = (rank: number): number[] => {
        const parent = arcs.parent[rank] as number;
        return parent === -1 ? [] : [parent, ...above(parent)];
      };
      for (const [start, head] of [
        [arcs.up_start, arcs.up_head] as const,
        [arcs.down_start, arcs.down_head] as const,
      ]) {
        for (let rank = 0; rank < arcs.parent.length; rank++) {
          const heads = [...head.subarray(start[rank], start[rank + 1])];
          assert.deepEqual(
            heads,
            above(rank).filter((higher) => heads.includes(higher)),
          );
        }
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  test('of a large town stays flat', () => {
    const { arcs } = built(gridTown(45, 3));
    const depth = new Int32Array(arcs.parent.length);
    for (let rank = depth.length - 1; rank >= 0; rank--) {
      const parent = arcs.parent[rank] as number;
      depth[rank] = parent === -1 ? 1 : (depth[parent] as number) + 1;
    }
    assert.ok(Math.max(...depth) < 500, `a climb of ${Math.max(...depth)} ranks`);
    assert.ok(arcs.up_head.length < 12 * arcs.parent.length, `${arcs.up_head.length} upward arcs`);
  });

  test('is the same whenever it is built', () => {
    const data = gridTown(12, 5);
    assert.deepEqual(built(data), built(data));
  });

  test('of no roads is empty', () => {
    const none = built({ ...gridTown(1, 1) });
    assert.equal(none.arcs.rank_state.length, 0);
  });
});
