import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROAD_CLASSES, ROAD_MODES } from './data.ts';
import { ROAD_PROFILES } from './profiles.ts';
import type { RoadProfile } from './roads.ts';

const profiles: readonly (readonly [string, RoadProfile])[] = Object.entries(ROAD_PROFILES);

test('every profile has its own name, and every way of moving on roads has one', () => {
  for (const [name, profile] of profiles) assert.equal(profile.id, name);
  assert.deepEqual(new Set(profiles.map(([, { mode }]) => mode)), new Set(ROAD_MODES));
});

test('paces are those of classes there are, and times at junctions are never negative', () => {
  for (const [name, profile] of profiles) {
    for (const [kind, pace] of Object.entries(profile.pace)) {
      assert.ok(
        ROAD_CLASSES.some((one) => one === kind),
        `${name}: ${kind}`,
      );
      assert.ok(pace > 0 && pace < 2, `${name}: ${kind}`);
    }
    assert.ok(Object.values(profile.turn_s).every((time_s) => time_s >= 0));
  }
});

test('blue light is nowhere slower than none, a truck nowhere faster than a car', () => {
  const pace = (profile: RoadProfile, kind: string): number => profile.pace[kind] ?? 1;
  const { car, 'car-blue': blue, truck } = ROAD_PROFILES;
  for (const kind of ROAD_CLASSES) {
    assert.ok(pace(blue, kind) >= pace(car, kind), kind);
    assert.ok(pace(truck, kind) <= pace(car, kind), kind);
  }
  assert.ok(blue.max_kmh >= car.max_kmh && car.max_kmh >= truck.max_kmh);
  for (const turn of ['left', 'right', 'straight', 'about'] as const)
    assert.ok(blue.turn_s[turn] <= car.turn_s[turn] && car.turn_s[turn] <= truck.turn_s[turn]);
});
