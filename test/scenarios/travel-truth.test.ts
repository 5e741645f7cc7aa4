import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import { buildRoads, readyRoads } from '#engines/travel/road/built.ts';
import { ROAD_PROFILES } from '#engines/travel/road/profiles.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import { sharedFile } from '../harness/shared.ts';

/** Pairs as another router (Valhalla) drives them: lon, lat, lon, lat, seconds; null where it finds no way. */
interface Record {
  readonly pairs: readonly (readonly [number, number, number, number, number | null])[];
}

const RECORD = path.join(import.meta.dirname, '../data/isle-of-man-by-car.json');
const ISLAND = sharedFile('osm/isle-of-man-2021.osm.pbf');

/** Roads one gets round on that are shorter than this altogether are a piece apart: an islet, tracks on a moor. */
const PIECE_M = 20_000;

const islandByCar = () => {
  const { data } = importOsm(ISLAND.file, () => undefined);
  const roads = readyRoads(buildRoads(data), null);
  const car = roads.metric(ROAD_PROFILES.car, new Set());
  const depart = (at: LonLat) => roads.depart(car, roads.snap(at, car));
  return {
    seconds: (from: LonLat, to: LonLat) => {
      const { duration_s } = roads.cost(car, depart(from), roads.arrive(car, roads.snap(to, car)));
      return duration_s === Infinity ? null : duration_s;
    },
    isApart: (at: LonLat) => {
      const reached = roads.sweep(car, depart(at), 'from');
      const length_m = data.edge_length_m.reduce(
        (sum, length, edge) => sum + ((reached[2 * edge] ?? Infinity) < Infinity ? length : 0),
        0,
      );
      return length_m < PIECE_M;
    },
  };
};

describe('a real island by car, beside another router', { skip: ISLAND.skip }, () => {
  const { pairs } = JSON.parse(readFileSync(RECORD, 'utf8')) as Record;
  const island = ISLAND.skip === false ? islandByCar() : null;
  const answers = pairs.map(([lon, lat, toLon, toLat, theirs_s]) => {
    const [from, to] = [[lon, lat] as const, [toLon, toLat] as const];
    return { from, to, theirs_s, ours_s: island?.seconds(from, to) ?? null };
  });

  test('durations of 500 random pairs differ by no more than 15 % in the middle', () => {
    const sizes = answers
      .flatMap(({ ours_s, theirs_s }) =>
        ours_s === null || theirs_s === null ? [] : [Math.abs(ours_s - theirs_s) / theirs_s],
      )
      .toSorted((a, b) => a - b);
    assert.equal(answers.length, 500);
    assert.ok(sizes.length > 480, `both know a way for ${sizes.length} pairs`);
    assert.ok((sizes[sizes.length >> 1] ?? 1) <= 0.15, `the median is ${sizes[sizes.length >> 1] ?? ''}`);
  });

  test('where only the other knows a way, one end is on roads apart from the rest; we never know one where it knows none', () => {
    for (const { from, to, ours_s, theirs_s } of answers) {
      if (ours_s === null && theirs_s !== null)
        assert.ok(island?.isApart(from) === true || island?.isApart(to) === true, `${from.join()} → ${to.join()}`);
      assert.ok(ours_s === null || theirs_s !== null, `${from.join()} → ${to.join()}`);
    }
  });
});
