import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { anyTownWithBans, DRIVER, gridTown, pointsOn } from '../../../../test/harness/walks.ts';
import { Climber } from './climb.ts';
import { customise } from './customise.ts';
import type { RoadData } from './data.ts';
import { ROAD_MODES } from './data.ts';
import { plainSearch } from './dijkstra.ts';
import { buildGraph } from './graph.ts';
import { buildHierarchy } from './hierarchy.ts';
import { roadIndex } from './index.ts';
import type { RoadPoint, RoadProfile } from './roads.ts';
import { RoadSelection } from './selection.ts';
import { metresOf, secondsOf } from './weight.ts';

/** Asks selected starts about one place after the other and holds every answer against the plain search. */
const assertAsPlain = (
  data: RoadData,
  profile: RoadProfile,
  closed: ReadonlySet<string>,
  starts: readonly (readonly RoadPoint[])[],
  places: readonly (readonly RoadPoint[])[],
): void => {
  const graph = buildGraph(data);
  const index = roadIndex(data, graph, buildHierarchy(data, graph));
  const metric = customise(index, profile, closed, null);
  const [climber, search] = [new Climber(index), plainSearch(index)];
  const selection = new RoadSelection(index, metric, starts);
  const duration_s = new Float64Array(starts.length);
  const distance_m = new Float64Array(starts.length);
  for (const place of places) {
    selection.to(climber.climb(metric, place, 'to'), duration_s, distance_m);
    const weights = search.toPlace(metric, starts, place);
    assert.deepEqual(duration_s, weights.map(secondsOf));
    assert.deepEqual(distance_m, weights.map(metresOf));
  }
};

test('selected starts cost what a plain search says, whatever place was asked about before', () => {
  const scene = anyTownWithBans.chain((data) =>
    fc.record({
      data: fc.constant(data),
      profile: fc.constantFrom(...ROAD_MODES).map((mode) => ({ ...DRIVER, mode })),
      closed: fc.array(fc.nat(9), { maxLength: 3 }).map((numbers) => new Set(numbers.map((one) => `way/${one}`))),
      starts: fc.array(pointsOn(data), { maxLength: 6 }),
      places: fc.array(pointsOn(data), { minLength: 1, maxLength: 4 }),
    }),
  );
  const property = fc.property(scene, ({ data, profile, closed, starts, places }) => {
    assertAsPlain(data, profile, closed, starts, [...places, ...places]);
  });
  fc.assert(property, { numRuns: 600 });
});

test('two hundred starts in a large town, and one alone, which has more above it than it has room for at first', () => {
  const data = gridTown(25, 7);
  const points = (seed: number): readonly RoadPoint[] =>
    [1, 2].map((step) => ({
      edge: (seed * 7919 * step) % data.edge_from.length,
      share: ((seed * 31 * step) % 101) / 100,
      at: [0, 0],
      access_m: 5,
      access_s: 4,
    }));
  const starts = Array.from({ length: 200 }, (_, seed) => points(seed));
  const places = Array.from({ length: 10 }, (_, seed) => points(1000 + seed));
  assertAsPlain(data, DRIVER, new Set(), starts, places);
  assertAsPlain(data, DRIVER, new Set(['way/3']), starts.slice(0, 1), places);
});
