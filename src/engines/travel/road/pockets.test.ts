import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ALL_MODES, anyTown, townOf } from '../../../../test/harness/town.ts';
import { MODE_BIT, ROAD_CLASSES } from './data.ts';
import type { RoadData } from './data.ts';
import { openEdges } from './pockets.ts';

/** Nodes a mode gets to from a node, itself included, by asking every edge again and again. */
const reachedFrom = (data: RoadData, start: number, bit: number): Set<number> => {
  const reached = new Set([start]);
  for (let grown = true; grown;) {
    const before = reached.size;
    data.edge_from.forEach((from, edge) => {
      const to = data.edge_to[edge] as number;
      const may = (node: number, modes: Uint8Array): boolean =>
        reached.has(node) && ((modes[edge] as number) & bit) !== 0 && ((data.node_barred[node] as number) & bit) === 0;
      if (may(from, data.edge_forward)) reached.add(to);
      if (may(to, data.edge_backward)) reached.add(from);
    });
    grown = reached.size > before;
  }
  return reached;
};

const plain = (data: RoadData, bit: number): number[] => {
  const reached = Array.from(data.node_lon_e7, (_, node) => reachedFrom(data, node, bit));
  const same = (a: number, b: number): boolean => reached[a]?.has(b) === true && reached[b]?.has(a) === true;
  const ends = (edge: number): [number, number] => [data.edge_from[edge] as number, data.edge_to[edge] as number];
  const uses = (edge: number): boolean =>
    (((data.edge_forward[edge] as number) | (data.edge_backward[edge] as number)) & bit) !== 0;
  const isWide = (node: number): boolean => {
    let length_m = 0;
    data.edge_length_m.forEach((metres, edge) => {
      const ferry = data.ways.class[data.edge_way[edge] as number] === ROAD_CLASSES.indexOf('ferry');
      if (uses(edge) && !ferry && ends(edge).every((end) => same(node, end))) length_m += metres;
    });
    return length_m >= 5000;
  };
  return Array.from(data.edge_from, (_, edge) => {
    const [from, to] = ends(edge).map(isWide);
    const forward = ((data.edge_forward[edge] as number) & bit) !== 0;
    const backward = ((data.edge_backward[edge] as number) & bit) !== 0;
    return ((forward && to) || (backward && from)) && ((forward && from) || (backward && to)) ? 1 : 0;
  });
};

test('an edge is open where one gets to a network of 5 km and back, as asking every edge again and again finds', () => {
  fc.assert(
    fc.property(anyTown, fc.constantFrom('foot', 'car', 'emergency'), (data, mode) =>
      assert.deepEqual([...openEdges(data, mode)], plain(data, MODE_BIT[mode])),
    ),
    { numRuns: 300 },
  );
});

test('a yard behind a gate and a one-way stub are pockets; what a ferry joins is one network', () => {
  const data = townOf(
    [
      [0, 0],
      [4000, 0],
      [4000, 2000],
      [4000, 2050],
      [4100, 2000],
      [9000, 0],
      [9000, 1500],
    ],
    [
      { way: 'long', from: 0, to: 1 },
      { way: 'street', from: 1, to: 2 },
      { way: 'yard', from: 2, to: 3 },
      { way: 'stub', from: 2, to: 4, backward: 0 },
      { way: 'ferry', from: 1, to: 5, class: 'ferry', fixed_s: 1200 },
      { way: 'other', from: 5, to: 6 },
    ],
    { barred: [0, 0, ALL_MODES - MODE_BIT.foot] },
  );
  const openFor = (mode: 'car' | 'foot'): string[] => data.ways.id.filter((_, way) => openEdges(data, mode)[way] === 1);
  assert.deepEqual(openFor('foot'), ['long', 'street', 'yard', 'ferry', 'other']);
  assert.deepEqual(openFor('car'), ['long', 'street', 'ferry', 'other']);
});
