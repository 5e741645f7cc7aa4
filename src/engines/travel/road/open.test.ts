import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { anyTownWithBans, DRIVER, gridTown, nextEdges, pointsOn, shuffled } from '../../../../test/harness/walks.ts';
import { customise } from './customise.ts';
import { MODE_BIT, ROAD_MODES } from './data.ts';
import type { RoadData } from './data.ts';
import { plainSearch } from './dijkstra.ts';
import { shareAlong } from './ends.ts';
import { buildGraph } from './graph.ts';
import { buildHierarchy } from './hierarchy.ts';
import { roadIndex } from './index.ts';
import { createRoads } from './open.ts';
import { edgeWeights, turnWeights } from './pace.ts';
import type { Cost, RoadMetric, RoadPath, RoadPoint, RoadProfile, Roads } from './roads.ts';
import { turnClassifier } from './turns.ts';
import { metresOf, partOf, secondsOf, weightOf } from './weight.ts';

const roadsOf = (data: RoadData): Roads => {
  const graph = buildGraph(data);
  return createRoads(data, graph, buildHierarchy(data, graph), () => []);
};

/** The plain search over the same roads, as costs. */
const plainCosts = (
  data: RoadData,
  metric: RoadMetric,
): ((from: readonly RoadPoint[], to: readonly RoadPoint[]) => Cost) => {
  const graph = buildGraph(data);
  const index = roadIndex(data, graph, buildHierarchy(data, graph));
  const weights = customise(index, metric.profile, metric.closed, null);
  const search = plainSearch(index);
  return (from, to) => {
    const weight = search.toPlace(weights, [from], to)[0] as number;
    return { duration_s: secondsOf(weight), distance_m: metresOf(weight) };
  };
};

const CLOSED = fc
  .array(fc.nat(9), { maxLength: 3 })
  .map((numbers) => new Set(numbers.map((number) => `way/${number}`)));

/** A town with positions in it, who moves, and what is closed. */
const SCENE = anyTownWithBans.chain((data) =>
  fc.record({
    data: fc.constant(data),
    profile: fc.constantFrom(...ROAD_MODES).map((mode) => ({ ...DRIVER, mode })),
    closed: CLOSED,
    from: fc.array(pointsOn(data), { minLength: 1, maxLength: 5 }),
    to: fc.array(pointsOn(data), { minLength: 1, maxLength: 3 }),
  }),
);
const RUNS = { numRuns: 600 };

describe('roads in a hierarchy', () => {
  test('one pair, many pairs, standing and selected starts cost what a plain search says, never nothing where it finds a way', () => {
    const property = fc.property(SCENE, ({ data, profile, closed, from, to }) => {
      const roads = roadsOf(data);
      const metric = roads.metric(profile, closed);
      const plain = plainCosts(data, metric);
      const starts = from.map((points) => roads.depart(metric, points));
      const places = to.map((points) => roads.arrive(metric, points));
      const { duration_s, distance_m } = roads.matrix(metric, starts, places);
      const buckets = roads.buckets(metric);
      starts.forEach((start, key) => buckets.set(key, start));
      const selection = roads.select(metric, from);
      places.forEach((place, column) => {
        const swept = { duration_s: new Float64Array(starts.length), distance_m: new Float64Array(starts.length) };
        selection.to(place, swept.duration_s, swept.distance_m);
        const row = { duration_s: new Float64Array(starts.length), distance_m: new Float64Array(starts.length) };
        buckets.to(place, row.duration_s, row.distance_m);
        starts.forEach((start, key) => {
          const expected = plain(start.points, place.points);
          const at = key * places.length + column;
          assert.deepEqual(roads.cost(metric, start, place), expected);
          assert.deepEqual({ duration_s: duration_s[at], distance_m: distance_m[at] }, expected);
          assert.deepEqual({ duration_s: row.duration_s[key], distance_m: row.distance_m[key] }, expected);
          assert.deepEqual({ duration_s: swept.duration_s[key], distance_m: swept.distance_m[key] }, expected);
        });
      });
    });
    fc.assert(property, RUNS);
  });

  test('standing starts may come, move and go in any order', () => {
    const MOVES = fc.array(fc.tuple(fc.nat(6), fc.option(fc.nat(4))), { maxLength: 40 });
    const property = fc.property(SCENE, MOVES, ({ data, profile, closed, from, to }, moves) => {
      const roads = roadsOf(data);
      const metric = roads.metric(profile, closed);
      const buckets = roads.buckets(metric);
      const standing = new Map<number, readonly RoadPoint[]>();
      for (const [key, number] of moves) {
        const points = number === null ? null : (from[number % from.length] ?? []);
        buckets.set(key, points === null ? null : roads.depart(metric, points));
        standing.set(key, points ?? []);
      }
      const row = { duration_s: new Float64Array(7), distance_m: new Float64Array(7) };
      const place = roads.arrive(metric, to[0] ?? []);
      buckets.to(place, row.duration_s, row.distance_m);
      for (const [key, points] of standing) {
        assert.equal(row.duration_s[key], roads.cost(metric, roads.depart(metric, points), place).duration_s);
      }
    });
    fc.assert(property, RUNS);
  });

  test('a sweep says of both ends of every edge what one question would', () => {
    const property = fc.property(SCENE, fc.constantFrom('from', 'to'), ({ data, profile, closed, from }, direction) => {
      const roads = roadsOf(data);
      const metric = roads.metric(profile, closed);
      const climb = (direction === 'from' ? roads.depart : roads.arrive)(metric, from[0] ?? []);
      const swept = roads.sweep(metric, climb, direction);
      assert.equal(swept.length, 2 * data.edge_from.length);
      swept.forEach((seconds, end) => {
        const points = [{ edge: end >> 1, share: end % 2, at: [0, 0] as const, access_m: 0, access_s: 0 }];
        const { duration_s } =
          direction === 'from'
            ? roads.cost(metric, climb, roads.arrive(metric, points))
            : roads.cost(metric, roads.depart(metric, points), climb);
        assert.equal(seconds, duration_s);
      });
    });
    fc.assert(property, RUNS);
  });

  test('a path costs what was said, adds up, and keeps the rules at every turn', () => {
    const property = fc.property(SCENE, ({ data, profile, closed, from, to }) => {
      const roads = roadsOf(data);
      const metric = roads.metric(profile, closed);
      const [start, place] = [roads.depart(metric, from[0] ?? []), roads.arrive(metric, to[0] ?? [])];
      const cost = roads.cost(metric, start, place);
      const path = roads.path(metric, start, place);
      if (path === null) return assert.equal(cost.duration_s, Infinity);
      assert.deepEqual({ duration_s: path.duration_s, distance_m: path.distance_m }, cost);
      assertDriven(data, profile, closed, path, start.points, place.points);
      const ways = path.edges.map((edge) => data.ways.id[data.edge_way[edge] as number] as string);
      assert.deepEqual(
        path.ways,
        ways.filter((way, at) => way !== ways[at - 1]),
      );
      assert.ok(ways.every((way) => !closed.has(way)));
      assert.ok(path.line.length >= 2);
    });
    fc.assert(property, RUNS);
  });

  test('closing never makes anything faster, and changes no more than what a fresh start gives', () => {
    const property = fc.property(SCENE, CLOSED, ({ data, profile, closed, from, to }, more) => {
      const roads = roadsOf(data);
      const both = new Set([...closed, ...more]);
      const metrics = [
        roads.metric(profile, closed),
        roads.metric(profile, both),
        roads.metric(profile, closed),
      ] as const;
      const fresh = roadsOf(data).metric(profile, both);
      const cost = (metric: RoadMetric, own: Roads = roads): number =>
        own.cost(metric, own.depart(metric, from[0] ?? []), own.arrive(metric, to[0] ?? [])).duration_s;
      assert.ok(cost(metrics[1]) >= cost(metrics[0]));
      assert.deepEqual(metrics[1], fresh);
      assert.equal(metrics[2], metrics[0]);
    });
    fc.assert(property, RUNS);
  });

  test('the order in which roads and bans come changes no answer', () => {
    const property = fc.property(SCENE, fc.integer(), ({ data, profile, closed, from, to }, seed) => {
      const other = shuffled(data, seed);
      const answer = (town: RoadData, edgeOf: (edge: number) => number): Cost[] => {
        const roads = roadsOf(town);
        const metric = roads.metric(profile, closed);
        const moved = (points: readonly RoadPoint[]): RoadPoint[] =>
          points.map((point) => ({ ...point, edge: edgeOf(point.edge) })).reverse();
        return from.flatMap((start) =>
          to.map((place) => roads.cost(metric, roads.depart(metric, moved(start)), roads.arrive(metric, moved(place)))),
        );
      };
      assert.deepEqual(
        answer(other.data, other.edgeOf),
        answer(data, (edge) => edge),
      );
    });
    fc.assert(property, RUNS);
  });

  test('climbs of other weights or of the other direction are refused', () => {
    const data = gridTown(3, 1);
    const roads = roadsOf(data);
    const metric = roads.metric(DRIVER, new Set());
    const other = roads.metric(DRIVER, new Set(['way/1']));
    const points = [{ edge: 0, share: 0.5, at: [0, 0] as const, access_m: 0, access_s: 0 }];
    const [start, place] = [roads.depart(metric, points), roads.arrive(metric, points)];
    assert.throws(() => roads.cost(other, start, place), TypeError);
    assert.throws(() => roads.cost(metric, place, place), TypeError);
    assert.throws(() => roads.select(other, [points]).to(place, new Float64Array(1), new Float64Array(1)), TypeError);
    assert.throws(() => roads.depart({ profile: DRIVER, closed: new Set() }, points), TypeError);
    assert.equal(roads.cost(metric, start, place).duration_s, 0);
  });
});

describe('roads of a large town', () => {
  const data = gridTown(45, 11);
  const roads = roadsOf(data);
  const points = (seed: number): RoadPoint[] =>
    [1, 2].map((step) => ({
      edge: (seed * 7919 * step) % data.edge_from.length,
      share: ((seed * 31 * step) % 101) / 100,
      at: [0, 0] as const,
      access_m: 5,
      access_s: 4,
    }));

  for (const mode of ['car', 'foot'] as const) {
    test(`a hundred starts to twenty places, ${mode}, open and with ways closed`, () => {
      for (const closed of [[], ['way/3', 'way/17', 'way/40'], ['way/17']]) {
        const metric = roads.metric({ ...DRIVER, mode }, new Set(closed));
        const plain = plainCosts(data, metric);
        const starts = Array.from({ length: 100 }, (_, number) => roads.depart(metric, points(number)));
        const places = Array.from({ length: 20 }, (_, number) => roads.arrive(metric, points(1000 + number)));
        const { duration_s, distance_m } = roads.matrix(metric, starts, places);
        starts.slice(0, 15).forEach((start, row) =>
          places.forEach((place, column) => {
            const at = row * places.length + column;
            assert.deepEqual(
              { duration_s: duration_s[at], distance_m: distance_m[at] },
              plain(start.points, place.points),
            );
            const path = roads.path(metric, start, place);
            assert.equal(path?.duration_s ?? Infinity, duration_s[at]);
            if (path !== null && column === row)
              assertDriven(data, metric.profile, metric.closed, path, start.points, place.points);
          }),
        );
        const buckets = roads.buckets(metric);
        starts.forEach((start, key) => buckets.set(key, start));
        const selection = roads.select(
          metric,
          starts.map((start) => start.points),
        );
        for (const asked of [buckets, selection]) {
          const row = { duration_s: new Float64Array(100), distance_m: new Float64Array(100) };
          places.forEach((place, column) => {
            asked.to(place, row.duration_s, row.distance_m);
            assert.deepEqual(
              [...row.duration_s],
              starts.map((_, start) => duration_s[start * places.length + column]),
            );
          });
        }
      }
    });
  }
});

/** Some way of driving the edges of a path, by all rules, costs what the path says. */
const assertDriven = (
  data: RoadData,
  profile: RoadProfile,
  closed: ReadonlySet<string>,
  path: RoadPath,
  from: readonly RoadPoint[],
  to: readonly RoadPoint[],
): void => {
  const weights = drives(data, path.edges, MODE_BIT[profile.mode]).flatMap((directed) =>
    driveWeights(data, profile, closed, directed, from, to),
  );
  assert.ok(weights.includes(weightOf(path.duration_s, path.distance_m)));
};

/** Every way of driving a list of edges that the rules allow, as directed edges. */
const drives = (data: RoadData, edges: readonly number[], bit: number): readonly (readonly number[])[] => {
  const [first, ...rest] = edges;
  if (first === undefined) return [];
  return rest.reduce<readonly (readonly number[])[]>(
    (walks, edge) =>
      walks.flatMap((walk) =>
        nextEdges(data, walk, bit)
          .filter((next) => next >> 1 === edge)
          .map((next) => [...walk, next]),
      ),
    [[2 * first], [2 * first + 1]],
  );
};

/** Weights of a drive from each of some points to each of others, added up turn by turn. */
const driveWeights = (
  data: RoadData,
  profile: RoadProfile,
  closed: ReadonlySet<string>,
  directed: readonly number[],
  from: readonly RoadPoint[],
  to: readonly RoadPoint[],
): readonly number[] => {
  const whole = edgeWeights(data, profile, closed);
  const turn = turnWeights(profile);
  const turnOf = turnClassifier(data);
  const [first, last] = [directed[0] as number, directed.at(-1) as number];
  const node = (at: number): number => (at % 2 === 0 ? data.edge_to : data.edge_from)[at >> 1] as number;
  const turns = directed.slice(1).reduce((sum, next, at) => {
    const before = directed[at] as number;
    return sum + (turn[turnOf(before, next, node(before))] as number);
  }, 0);
  const middle = directed.slice(1, -1).reduce((sum, edge) => sum + (whole[edge] as number), turns);
  return from
    .filter(({ edge }) => edge === first >> 1)
    .flatMap((start) =>
      to
        .filter(({ edge }) => edge === last >> 1)
        .map((end) => {
          const access = weightOf(start.access_s, start.access_m) + weightOf(end.access_s, end.access_m);
          const [leave, come] = [shareAlong(first, start.share), shareAlong(last, end.share)];
          if (directed.length === 1) return access + partOf(whole[first] as number, Math.max(0, come - leave));
          return access + partOf(whole[first] as number, 1 - leave) + middle + partOf(whole[last] as number, come);
        }),
    );
};
