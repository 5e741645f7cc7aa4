import assert from 'node:assert/strict';
import { test } from 'node:test';
import { townOf } from '../../../../test/harness/town.ts';
import { buildGraph } from './graph.ts';
import { buildHierarchy } from './hierarchy.ts';
import { edgeLine } from './line.ts';
import { createRoads } from './open.ts';
import type { RoadPoint } from './roads.ts';
import { DRIVER } from '../../../../test/harness/walks.ts';

/** Two streets that bend, from west to east: 0 – (50, 10) – 1 – (150, 10) – 2. */
const data = townOf(
  [
    [0, 0],
    [100, 0],
    [200, 0],
  ],
  [
    { way: 'w/1', from: 0, to: 1, via: [[50, 10]] },
    { way: 'w/2', from: 2, to: 1, via: [[150, 10]] },
  ],
);
const graph = buildGraph(data);
const roads = createRoads(data, graph, buildHierarchy(data, graph), () => []);
const metric = roads.metric(DRIVER, new Set());
const [west, bend, middle] = edgeLine(data, 0);
const [, otherBend] = edgeLine(data, 3);

const on = (edge: number, share: number, at: readonly [number, number]): RoadPoint => ({
  edge,
  share,
  at,
  access_m: 0,
  access_s: 0,
});
const lineBetween = (from: RoadPoint, to: RoadPoint): unknown =>
  roads.path(metric, roads.depart(metric, [from]), roads.arrive(metric, [to]))?.line;

test('the line of a path follows the bends between the two positions', () => {
  const [start, end] = [on(0, 0.1, [1, 1]), on(1, 0.1, [2, 2])];
  assert.deepEqual(lineBetween(start, end), [[1, 1], bend, middle, otherBend, [2, 2]]);
  assert.deepEqual(lineBetween(end, start), [[2, 2], otherBend, middle, bend, [1, 1]]);
  assert.deepEqual(lineBetween(on(0, 0.9, [3, 3]), on(1, 0.9, [4, 4])), [[3, 3], middle, [4, 4]]);
});

test('along one edge it keeps what lies between, and a way of no length has two points', () => {
  assert.deepEqual(lineBetween(on(0, 0.1, [1, 1]), on(0, 0.9, [3, 3])), [[1, 1], bend, [3, 3]]);
  assert.deepEqual(lineBetween(on(0, 0.9, [3, 3]), on(0, 0.8, [5, 5])), [
    [3, 3],
    [5, 5],
  ]);
  assert.deepEqual(lineBetween(on(0, 0, west as [number, number]), on(0, 0, west as [number, number])), [west, west]);
});
