import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { townOf } from '../../../../test/harness/town.ts';
import type { TownEdge } from '../../../../test/harness/town.ts';
import { anyTownWithBans, DRIVER, pointsOn, walkWeight } from '../../../../test/harness/walks.ts';
import { customise } from './customise.ts';
import { MODE_BIT, ROAD_MODES } from './data.ts';
import type { RoadData, TurnBan } from './data.ts';
import { plainSearch } from './dijkstra.ts';
import { buildGraph } from './graph.ts';
import { buildHierarchy } from './hierarchy.ts';
import { roadIndex } from './index.ts';
import type { RoadIndex } from './index.ts';

const indexOf = (data: RoadData): RoadIndex => {
  const graph = buildGraph(data);
  return roadIndex(data, graph, buildHierarchy(data, graph));
};

const CAR = MODE_BIT.car;

/** Directed edges a car may use after another, as the graph has it, copies as the edges they copy. */
const after = (data: RoadData, directed: number, memory: readonly number[] = []): readonly number[] => {
  const { edge_state, state_edge, arc_start, arc_to, arc_modes } = buildGraph(data);
  const arcs = (state: number): number[] =>
    Array.from(arc_to.keys()).filter(
      (arc) =>
        arc >= (arc_start[state] as number) &&
        arc < (arc_start[state + 1] as number) &&
        ((arc_modes[arc] as number) & CAR) !== 0,
    );
  const [first, ...rest] = [...memory, directed];
  const state = rest.reduce((at, next) => {
    const arc = arcs(at).find((one) => state_edge[arc_to[one] as number] === next);
    assert.ok(arc !== undefined, `${next} follows`);
    return arc_to[arc] as number;
  }, edge_state[first] ?? -1);
  return arcs(state)
    .map((arc) => state_edge[arc_to[arc] as number] as number)
    .sort((a, b) => a - b);
};

/** A street from west to east, a – b – c – d, and one to the north of b and of c. Edges: ab 0, bc 1, cd 2, bn 3, cm 4. */
const SPOTS = [
  [0, 0],
  [100, 0],
  [200, 0],
  [300, 0],
  [100, 100],
  [200, 100],
] as const;
const STREETS: readonly TownEdge[] = [
  { way: 'w/0', from: 0, to: 1 },
  { way: 'w/1', from: 1, to: 2 },
  { way: 'w/2', from: 2, to: 3 },
  { way: 'w/3', from: 1, to: 4 },
  { way: 'w/4', from: 2, to: 5 },
];
const town = (bans: readonly TurnBan[], barred: readonly number[] = []): RoadData =>
  townOf(SPOTS, STREETS, { bans, barred });

describe('the graph that is searched', () => {
  test('one turns into every other edge at a junction, and back only at a dead end', () => {
    assert.deepEqual(after(town([]), 0), [2, 6]);
    assert.deepEqual(after(town([]), 4), [5]);
  });

  test('a forbidden turn is no arc, for the modes it binds', () => {
    assert.deepEqual(after(town([{ edges: [0, 3], at: 1, modes: CAR }]), 0), [2]);
    assert.deepEqual(after(town([{ edges: [0, 3], at: 1, modes: MODE_BIT.foot }]), 0), [2, 6]);
  });

  test('where all but turning about is forbidden one may turn about', () => {
    const only = [1, 3].map((edge) => ({ edges: [0, edge], at: 1, modes: CAR }));
    assert.deepEqual(after(town(only), 0), [1]);
    assert.deepEqual(after(town([...only, { edges: [0, 0], at: 1, modes: CAR }]), 0), []);
  });

  test('a barred node is turned about at, not passed', () => {
    assert.deepEqual(after(town([], [0, CAR]), 0), [1]);
    assert.deepEqual(after(town([], [0, MODE_BIT.truck]), 0), [2, 6]);
  });

  test('a manoeuvre forbidden over a way is forbidden only to who came that way', () => {
    const data = town([{ edges: [0, 1, 4], at: 1, modes: CAR }]);
    assert.deepEqual(after(data, 2, [0]), [4]);
    assert.deepEqual(after(data, 2, [7]), [4, 8]);
    assert.deepEqual(after(data, 2), [4, 8]);
  });

  test('manoeuvres that overlap are all kept in mind', () => {
    const data = town([
      { edges: [0, 1, 4], at: 1, modes: CAR },
      { edges: [0, 1, 2, 2], at: 1, modes: CAR },
      { edges: [1, 2, 2], at: 2, modes: MODE_BIT.truck },
    ]);
    assert.deepEqual(after(data, 2, [0]), [4]);
    assert.deepEqual(after(data, 4, [0, 2]), []);
    assert.deepEqual(after(data, 4, [7, 2]), [5]);
  });

  test('a ban whose edges do not follow one another binds nothing', () => {
    assert.deepEqual(after(town([{ edges: [0, 2], at: 1, modes: CAR }]), 0), [2, 6]);
    assert.deepEqual(after(town([{ edges: [0], at: 1, modes: CAR }]), 0), [2, 6]);
  });

  test('the shortest way is that of the rules, walked edge by edge', () => {
    const question = anyTownWithBans.chain((data) =>
      fc.record({
        data: fc.constant(data),
        mode: fc.constantFrom(...ROAD_MODES),
        from: pointsOn(data),
        to: pointsOn(data),
        closed: fc.array(fc.nat(9), { maxLength: 2 }),
      }),
    );
    const property = fc.property(question, ({ data, mode, from, to, closed }) => {
      const profile = { ...DRIVER, mode };
      const ways = new Set(closed.map((number) => `way/${number}`));
      const index = indexOf(data);
      const [weight] = plainSearch(index).toPlace(customise(index, profile, ways, null), [from], to);
      assert.equal(weight, walkWeight(data, profile, ways, from, to));
    });
    fc.assert(property, { numRuns: 1000 });
  });
});
