import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import { seeded } from '#core/base/random.ts';
import { Walker, beatAround } from './beat.ts';
import type { RoadMap } from './beat.ts';

const road = (foot: boolean, ...coordinates: LonLat[]) => ({ properties: { foot }, geometry: { coordinates } });
const HOME: LonLat = [122, 30];
const near = (east: number, north: number): LonLat => [122 + east / 1000, 30 + north / 1000];

describe('a beat', () => {
  const roads: RoadMap = {
    features: [
      road(true, near(0, 0), near(1, 0), near(2, 0)),
      road(false, near(1, 0), near(1, 1)),
      road(true, near(3, 3), near(3, 4)),
      road(true, near(2, 0), near(90, 0)),
    ],
  };

  test('is what hangs together around home, and nothing beyond its radius', () => {
    const beat = beatAround(roads, HOME, 1000, false);
    assert.deepEqual(new Set(beat?.points), new Set([near(0, 0), near(1, 0), near(2, 0), near(1, 1)]));
    assert.deepEqual(beat?.points[0], near(0, 0));
  });

  test('on foot leaves out what nobody walks on', () => {
    assert.equal(beatAround(roads, HOME, 1000, true)?.points.length, 3);
  });

  test('is none where no street is near', () => {
    assert.equal(beatAround(roads, near(0, 50), 1000, false), null);
    assert.equal(beatAround({ features: [] }, HOME, 1000, false), null);
  });

  test('is walked street by street, turning back only at an end, the same for the same seed', () => {
    const beat = beatAround(roads, HOME, 1000, false);
    assert.ok(beat !== null);
    const walk = (): readonly LonLat[] => {
      const walker = new Walker(beat, seeded(7));
      return [...walker.walk(), ...walker.walk().slice(1)];
    };
    const line = walk();
    assert.deepEqual(walk(), line);
    for (let index = 1; index < line.length; index += 1) {
      const from = beat.points.indexOf(line[index - 1] as LonLat);
      const to = beat.points.indexOf(line[index] as LonLat);
      assert.ok(beat.next[from]?.includes(to), `${from} → ${to}`);
      const before = line[index - 2];
      if (before !== undefined && before === line[index])
        assert.equal(beat.next[from]?.length, 1, 'turned back at an end');
    }
  });
});

test('on the real streets a car of Shenjiamen has a beat within its radius', () => {
  const file = path.join(import.meta.dirname, '../../data/zhoushan/roads.geojson');
  const map = JSON.parse(readFileSync(file, 'utf8')) as RoadMap;
  const home: LonLat = [122.29667, 29.9511];
  const beat = beatAround(map, home, 2500, false);
  assert.ok(beat !== null && beat.points.length > 20, `${beat?.points.length} points`);
  const walker = new Walker(beat, seeded(3));
  for (let round = 0; round < 50; round += 1) {
    for (const at of walker.walk()) assert.ok(distance_m(home, at) <= 2500);
  }
});
