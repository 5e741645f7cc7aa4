import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ALL_MODES, anyTown, placeOf, townOf } from '../../../../test/harness/town.ts';
import type { Spot, TownEdge } from '../../../../test/harness/town.ts';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { between, nearestOnSegment } from '#world/places/geometry.ts';
import { MODE_BIT, ROAD_CLASSES, ROAD_MODES, WAY_FLAG } from './data.ts';
import type { RoadData, RoadMode } from './data.ts';
import type { Ground } from './ground.ts';
import { latAt, lonAt } from './shape.ts';
import { createSnap, SNAP } from './snap.ts';
import type { Snap } from './snap.ts';

/** Ids of the ways a spot joins, nearest first; the fault where it joins none. */
const waysAt = (data: RoadData, snap: Snap, at: Spot, mode: RoadMode = 'car', seaReach_m = 0): readonly string[] => {
  const found = snap(placeOf(at), mode, seaReach_m);
  return found.ok
    ? found.value.map(({ edge }) => data.ways.id[data.edge_way[edge] as number] as string)
    : [found.error];
};
const lineOf = (data: RoadData, edge: number): LonLat[] => {
  const points = (data.shape_start[edge + 1] as number) - (data.shape_start[edge] as number) + 2;
  return Array.from({ length: points }, (_, i): LonLat => [lonAt(data, edge, i), latAt(data, edge, i)]);
};
const plainDistance_m = (data: RoadData, edge: number, at: LonLat): number => {
  const line = lineOf(data, edge);
  return Math.min(...line.slice(1).map((point, i) => nearestOnSegment(at, line[i] as LonLat, point).distance_m));
};
const near = (a: number, b: number, by: number): boolean => Math.abs(a - b) <= by;

test('the nearest edge is the one that measuring all of them finds, and nothing joined is farther than told', () => {
  const spot = fc.tuple(fc.integer({ min: -2500, max: 2500 }), fc.integer({ min: -2500, max: 2500 }));
  const joinable = (data: RoadData, mode: RoadMode, edge: number, far_m: number): boolean => {
    const way = data.edge_way[edge] as number;
    const kind = ROAD_CLASSES[data.ways.class[way] as number];
    const separate =
      kind === 'motorway' || ((data.ways.flags[way] as number) & (WAY_FLAG.bridge | WAY_FLAG.tunnel)) !== 0;
    const used = ((data.edge_forward[edge] as number) | (data.edge_backward[edge] as number)) & MODE_BIT[mode];
    return used !== 0 && kind !== 'ferry' && data.edge_fixed_s[edge] === 0 && (!separate || far_m <= SNAP.on_road_m);
  };
  fc.assert(
    fc.property(anyTown, spot, fc.constantFrom(...ROAD_MODES), (data, where, mode) => {
      const at = placeOf(where);
      const distances = [...data.edge_from.keys()].map((edge) => plainDistance_m(data, edge, at));
      const least = Math.min(...distances.filter((far_m, edge) => joinable(data, mode, edge, far_m)));
      const found = createSnap(data, null)(at, mode);
      if (least <= (mode === 'foot' ? 3000 : 400)) {
        assert.ok(found.ok);
        assert.ok(near(found.value[0]?.access_m ?? -1, least, 1e-6));
        for (const point of found.value)
          assert.ok(point.access_m <= Math.max(least * SNAP.near_factor + SNAP.near_m, SNAP.pocket_m) + 1e-6);
      }
      for (const { edge, access_m, at: on } of found.ok ? found.value : []) {
        assert.ok(near(access_m, distances[edge] as number, 1e-6));
        assert.ok(near(nearestOnSegment(at, on, on).distance_m, access_m, 1e-3));
      }
    }),
    { numRuns: 500 },
  );
});

test('the share is that of the length up to where the edge is joined', () => {
  const spot = fc.tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: -1500, max: 1500 }));
  fc.assert(
    fc.property(anyTown, spot, (data, where) => {
      const found = createSnap(data, null)(placeOf(where), 'foot');
      for (const { edge, share, at } of found.ok ? found.value : []) {
        const line = lineOf(data, edge);
        let left_m = share * (data.edge_length_m[edge] as number);
        let on = line[0] as LonLat;
        for (let i = 1; i < line.length && left_m > 0; i += 1) {
          const [a, b] = [line[i - 1] as LonLat, line[i] as LonLat];
          const piece_m = distance_m(a, b);
          on = between(a, b, piece_m === 0 ? 0 : Math.min(1, left_m / piece_m));
          left_m -= piece_m;
        }
        assert.ok(share >= 0 && share <= 1);
        assert.ok(distance_m(on, at) < 0.1, `${distance_m(on, at)} m`);
      }
    }),
    { numRuns: 300 },
  );
});

test('T4 the order of the edges makes no difference to where a position joins', () => {
  const nodes: Spot[] = [
    [0, 0],
    [100, 0],
    [200, 0],
    [0, 100],
    [100, 100],
    [200, 100],
  ];
  const pairs = [
    [0, 1],
    [1, 2],
    [3, 4],
    [4, 5],
    [0, 3],
    [1, 4],
    [2, 5],
    [0, 4],
    [1, 3],
    [1, 5],
    [2, 4],
    [0, 2],
    [3, 5],
    [0, 5],
  ];
  const edges = pairs.map(([from, to], i): TownEdge => ({ way: `way/${i}`, from: from as number, to: to as number }));
  const joined = (some: readonly TownEdge[], at: Spot): unknown => {
    const data = townOf(nodes, some);
    const found = createSnap(data, null)(placeOf(at), 'car');
    return found.ok && found.value.map(({ edge, ...rest }) => [data.ways.id[data.edge_way[edge] as number], rest]);
  };
  const spot = fc.constantFrom<Spot>([100, 0], [100, 100], [50, 50], [0, -10], [130, 20]);
  fc.assert(
    fc.property(fc.shuffledSubarray(edges, { minLength: edges.length }), spot, (shuffled, at) =>
      assert.deepEqual(joined(shuffled, at), joined(edges, at)),
    ),
  );
});

/** An island west of east_m = 0 and another one east of `width_m`. */
const strait = (width_m: number): Ground => {
  const eastOf = (at: LonLat): number => distance_m([122, at[1]], at) * Math.sign(at[0] - 122);
  return {
    isLand: (at) => eastOf(at) <= 0 || eastOf(at) >= width_m,
    widestWater_m: (a, b) => {
      const [from, to] = [eastOf(a), eastOf(b)].toSorted((one, other) => one - other) as [number, number];
      return Math.max(0, Math.min(to, width_m) - Math.max(from, 0));
    },
    ashore: (at, reach_m) => {
      const east_m = eastOf(at);
      if (Math.min(east_m, width_m - east_m) > reach_m) return null;
      return placeOf([east_m < width_m / 2 ? -1 : width_m + 1, distance_m([at[0], 30], at)]);
    },
  };
};
const shores: readonly Spot[] = [
  [-300, 0],
  [-300, 500],
  [120, 0],
  [120, 500],
];
const bothShores = townOf(shores, [
  { way: 'west', from: 0, to: 1 },
  { way: 'east', from: 2, to: 3 },
]);

test('T6 a position is not taken across a strait, however near the road on the other side is; across a ditch it is', () => {
  assert.deepEqual(waysAt(bothShores, createSnap(bothShores, strait(100)), [-10, 250]), ['west']);
  assert.deepEqual(waysAt(bothShores, createSnap(bothShores, strait(40)), [-10, 250]), ['east']);
  const eastOnly = townOf(shores, [{ way: 'east', from: 2, to: 3 }]);
  assert.deepEqual(waysAt(eastOnly, createSnap(eastOnly, strait(100)), [-10, 250], 'foot'), ['off-network']);
});

test('T6 a position in the water joins nothing by itself; on a bridge or quay it does when asked to', () => {
  const bridge = townOf(
    [
      [-300, 0],
      [0, 0],
      [600, 0],
    ],
    [
      { way: 'road', from: 0, to: 1 },
      { way: 'bridge', from: 1, to: 2, flags: WAY_FLAG.bridge },
    ],
  );
  const snap = createSnap(bridge, strait(600));
  assert.deepEqual(waysAt(bridge, snap, [300, 5]), ['at-sea']);
  assert.deepEqual(waysAt(bridge, snap, [300, 5], 'car', 40), ['bridge']);
  assert.deepEqual(waysAt(bridge, snap, [300, 50], 'car', 40), ['at-sea']);
});

test('T6 a position a little off the shore joins what the shore joins, that much farther', () => {
  const snap = createSnap(bothShores, strait(100));
  const [off, on] = [snap(placeOf([20, 250]), 'car', 40), snap(placeOf([-1, 250]), 'car')];
  assert.ok(off.ok && on.ok);
  assert.equal(off.value[0]?.edge, on.value[0]?.edge);
  assert.ok(near((off.value[0]?.access_m ?? 0) - (on.value[0]?.access_m ?? 0), 21, 0.1));
  assert.deepEqual(waysAt(bothShores, snap, [20, 250], 'car', 15), ['at-sea']);
  assert.deepEqual(waysAt(bothShores, snap, [80, 250], 'car', 40), ['east']);
  assert.deepEqual(waysAt(bothShores, createSnap(bothShores, strait(200)), [119, 250], 'car', 40), ['east']);
});

test('ferries are not joined half way', () => {
  const data = townOf(
    [
      [0, 0],
      [500, 0],
    ],
    [
      { way: 'a', from: 0, to: 1, class: 'ferry' },
      { way: 'b', from: 0, to: 1, fixed_s: 900 },
    ],
  );
  assert.deepEqual(waysAt(data, createSnap(data, null), [250, 0], 'foot'), ['off-network']);
});

test('only roads the mode may use are joined: a vehicle within 400 m, people within 3 km', () => {
  const data = townOf(
    [
      [0, 0],
      [0, 1000],
      [900, 0],
      [900, 1000],
    ],
    [
      { way: 'path', from: 0, to: 1, forward: MODE_BIT.foot, backward: MODE_BIT.foot },
      { way: 'street', from: 2, to: 3 },
    ],
  );
  const snap = createSnap(data, null);
  assert.deepEqual(waysAt(data, snap, [100, 500], 'car'), ['off-network']);
  assert.deepEqual(waysAt(data, snap, [510, 500], 'car'), ['street']);
  assert.deepEqual(waysAt(data, snap, [-2900, 500], 'foot'), ['path', 'street']);
  assert.deepEqual(waysAt(data, snap, [-3100, 500], 'foot'), ['off-network']);
});

test('the access is walked at 3.5 km/h and driven at 8', () => {
  const data = townOf(
    [
      [0, 0],
      [0, 1000],
    ],
    [{ way: 'street', from: 0, to: 1 }],
  );
  const snap = createSnap(data, null);
  const [foot] = [snap(placeOf([70, 500]), 'foot')].map((found) => (found.ok ? found.value[0] : null));
  const [car] = [snap(placeOf([80, 500]), 'car')].map((found) => (found.ok ? found.value[0] : null));
  assert.ok(near(foot?.access_s ?? 0, 72, 0.1) && near(car?.access_s ?? 0, 36, 0.1));
});

test('a motorway or tunnel is joined by who is on it, not from the house beside it, unless there is nothing else', () => {
  const nodes: Spot[] = [
    [0, 0],
    [0, 1000],
    [110, 0],
    [110, 1000],
  ];
  const edges: TownEdge[] = [
    { way: 'motorway', from: 0, to: 1, class: 'motorway' },
    { way: 'street', from: 2, to: 3 },
  ];
  const data = townOf(nodes, edges);
  const snap = createSnap(data, null);
  assert.deepEqual(waysAt(data, snap, [50, 500]), ['street']);
  assert.deepEqual(waysAt(data, snap, [3, 500]), ['motorway']);
  const alone = townOf(nodes, edges.slice(0, 1));
  assert.deepEqual(waysAt(alone, createSnap(alone, null), [50, 500]), ['motorway']);
});

test('from a yard that leads nowhere the nearest street that does is joined too', () => {
  const data = townOf(
    [
      [0, 0],
      [50, 0],
      [0, 250],
      [6000, 250],
    ],
    [
      { way: 'yard', from: 0, to: 1 },
      { way: 'street', from: 2, to: 3 },
    ],
  );
  assert.deepEqual(waysAt(data, createSnap(data, null), [20, 5]), ['yard', 'street']);
  assert.deepEqual(waysAt(data, createSnap(data, null), [20, -200]), ['yard']);
});

test('at most 12 edges are joined and 2 of one way', () => {
  const nodes = Array.from({ length: 40 }, (_, i): Spot => [i, (i % 2) * 5]);
  const chain = (way: (i: number) => string) =>
    townOf(
      nodes,
      nodes.slice(1).map((_, i): TownEdge => ({ way: way(i), from: i, to: i + 1 })),
    );
  const many = chain((i) => `way/${i}`);
  const one = chain(() => 'way/1');
  assert.equal(waysAt(many, createSnap(many, null), [20, 10]).length, SNAP.edges);
  assert.equal(waysAt(one, createSnap(one, null), [20, 10]).length, SNAP.edges_of_way);
});

test('roads over the 180th meridian are joined from either side', () => {
  const middle: LonLat = [180, -17];
  const data = townOf(
    [
      [-400, 0],
      [400, 0],
    ],
    [{ way: 'road', from: 0, to: 1 }],
    { middle },
  );
  const snap = createSnap(data, null);
  for (const [spot, share] of [
    [[-200, 20], 0.25],
    [[200, 20], 0.75],
    [[0, 20], 0.5],
  ] as const) {
    const found = snap(placeOf(spot, middle), 'car');
    assert.ok(found.ok && found.value.length === 1);
    const [point] = found.value;
    assert.ok(point !== undefined && near(point.share, share, 1e-4) && near(point.access_m, 20, 0.01));
    assert.ok(distance_m(point.at, placeOf([spot[0], 0], middle)) < 0.1);
  }
});

test('a position nowhere on earth is refused, one at a pole joins nothing, and neither breaks anything', () => {
  const data = townOf(
    [
      [0, 0],
      [100, 0],
    ],
    [{ way: 'road', from: 0, to: 1 }],
  );
  const snap = createSnap(data, null);
  const faultAt = (lon: number, lat: number): string => {
    const found = snap([lon, lat], 'foot');
    return found.ok ? 'joined' : found.error;
  };
  for (const [lon, lat] of [
    [Number.NaN, 30],
    [122, Number.NaN],
    [Infinity, 30],
    [181, 0],
    [0, -90.1],
  ] as const)
    assert.equal(faultAt(lon, lat), 'position-invalid');
  for (const [lon, lat] of [
    [0, 90],
    [122, -90],
    [180, 0],
    [-180, 89.999_999],
  ] as const)
    assert.equal(faultAt(lon, lat), 'off-network');
  const empty = createSnap(townOf([], []), null)([122, 30], 'car');
  assert.deepEqual(empty, { ok: false, error: 'off-network' });
});

test('nobody joins a road that is for nobody', () => {
  const data = townOf(
    [
      [0, 0],
      [100, 0],
    ],
    [{ way: 'road', from: 0, to: 1, forward: 0, backward: 0 }],
  );
  for (const mode of ROAD_MODES) assert.deepEqual(waysAt(data, createSnap(data, null), [50, 0], mode), ['off-network']);
  assert.equal(ALL_MODES, 31);
});
