import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import { Course, length_m, reversed } from './course.ts';
import type { Stretch } from './course.ts';

const A: LonLat = [122, 30];
const B: LonLat = [122.01, 30];
const C: LonLat = [122.01, 30.01];
const WAY: readonly Stretch[] = [
  { line: [A, A], duration_s: 60 },
  { line: [A, B, C], duration_s: 120 },
];

describe('a course', () => {
  test('waits, then passes its line at an even pace, then stands at the end', () => {
    const course = new Course(WAY, 1000, 1);
    assert.equal(course.duration_ms, 180_000);
    assert.deepEqual(course.spot(31_000), { at: A, heading_deg: null, speed_kmh: 0 });
    const moving = course.spot(1000 + 60_000 + 30_000);
    assert.ok(moving !== null);
    const passed_m = distance_m(A, moving.at);
    assert.ok(Math.abs(passed_m - length_m([A, B, C]) / 4) < 2, `${passed_m} m`);
    assert.equal(moving.heading_deg, 90);
    assert.ok(Math.abs(moving.speed_kmh - (length_m([A, B, C]) / 120) * 3.6) < 0.001);
    assert.equal(course.spot(1000 + 60_000 + 119_000)?.heading_deg, 0);
    assert.deepEqual(course.spot(1000 + 181_000), { at: C, heading_deg: null, speed_kmh: 0 });
    assert.ok(course.done(181_000) && !course.done(180_999));
  });

  test('is passed faster by its speed', () => {
    const course = new Course(WAY, 0, 6);
    assert.equal(course.duration_ms, 30_000);
    assert.deepEqual(course.spot(30_000)?.at, C);
  });

  test('before it begins it stands at its beginning; an empty one is nowhere', () => {
    assert.deepEqual(new Course(WAY, 1000, 1).spot(0)?.at, A);
    assert.equal(new Course([], 0, 1).spot(5), null);
    assert.ok(new Course([], 0, 1).done(0));
  });

  test('cut anywhere, what lies behind and ahead makes the whole, and meets where it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (now_ms) => {
        const course = new Course(WAY, 0, 1);
        const { passed, ahead } = course.split(now_ms);
        const sum = (way: readonly Stretch[], of: (one: Stretch) => number) =>
          way.reduce((total, one) => total + of(one), 0);
        assert.ok(Math.abs(sum([...passed, ...ahead], (one) => one.duration_s) - 180) < 1e-6);
        assert.ok(Math.abs(sum([...passed, ...ahead], (one) => length_m(one.line)) - length_m([A, B, C])) < 0.01);
        const at = course.spot(now_ms)?.at;
        assert.deepEqual(passed.at(-1)?.line.at(-1), at);
        if (ahead.length > 0) assert.deepEqual(ahead[0]?.line[0], at);
      }),
    );
  });

  test('backwards it leads from the end to the beginning in the same time', () => {
    const back = new Course(reversed(WAY), 0, 1);
    assert.equal(back.duration_ms, 180_000);
    assert.deepEqual([back.spot(0)?.at, back.spot(180_000)?.at], [C, A]);
  });
});
