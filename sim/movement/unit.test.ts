import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import { seeded } from '#core/base/random.ts';
import { Walker } from './beat.ts';
import { Unit } from './unit.ts';

const HOME: LonLat = [122, 30];
const PIER: LonLat = [122.01, 30];
const SCENE: LonLat = [122.02, 30.01];
const WAY = [
  { line: [HOME, PIER], duration_s: 100 },
  { line: [PIER, SCENE], duration_s: 200 },
];
const unit = (speed = 1): Unit => new Unit('car-1', HOME, null, seeded(1), speed);

describe('a simulated force', () => {
  test('goes, is there, and comes back by the way it came', () => {
    const car = unit(10);
    assert.equal(car.travel(WAY, 0), 30_000);
    assert.deepEqual(car.spot(10_000).at, PIER);
    assert.deepEqual(car.spot(30_000).at, SCENE);
    car.arrive(31_000);
    assert.equal(car.doing, 'there');
    car.goBack(40_000);
    assert.deepEqual(car.spot(40_000 + 20_000).at, PIER);
    assert.deepEqual(car.spot(40_000 + 30_000).at, HOME);
    assert.equal(car.doing, 'beat');
  });

  test('called back half-way, it returns from there', () => {
    const car = unit();
    car.travel(WAY, 0);
    car.goBack(100_000);
    assert.deepEqual(car.spot(100_000).at, PIER);
    assert.deepEqual(car.spot(200_000).at, HOME);
  });

  test('sent on from a scene, it comes back over both ways; sent while coming back, over what it still had to go', () => {
    const car = unit();
    car.travel(WAY, 0);
    car.arrive(300_000);
    const far: LonLat = [122.03, 30.01];
    car.travel([{ line: [SCENE, far], duration_s: 50 }], 400_000);
    car.arrive(450_000);
    car.goBack(500_000);
    assert.deepEqual(car.spot(550_000).at, SCENE);
    car.travel([{ line: [SCENE, far], duration_s: 50 }], 550_000);
    car.goBack(600_000);
    assert.deepEqual(car.spot(600_000 + 50_000 + 300_000).at, HOME);
    assert.equal(car.doing, 'beat');
  });

  test('a crew faster than the map is at the scene when it says so', () => {
    const car = unit();
    car.travel(WAY, 0);
    car.arrive(5000);
    assert.deepEqual(car.spot(5000).at, SCENE);
  });

  test('on its beat it moves at the pace of the clock, and takes the beat up again afterwards', () => {
    const beat = { points: [HOME, PIER], next: [[1], [0]] };
    const patrol = { walker: new Walker(beat, seeded(2)), speed_kmh: 36 };
    const car = new Unit('car-1', HOME, patrol, seeded(2), 6);
    car.spot(0);
    const later = car.spot(90_000);
    assert.equal(Math.round(later.speed_kmh), 36);
    car.travel([{ line: [later.at, SCENE], duration_s: 60 }], 90_000);
    car.arrive(100_000);
    car.goBack(200_000);
    const back = car.spot(210_001);
    assert.equal(car.doing, 'beat');
    assert.ok(Math.abs(back.at[0] - later.at[0]) < 1e-4 && back.speed_kmh > 30, JSON.stringify(back));
  });
});
