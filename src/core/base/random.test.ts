import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { between, pick, seeded } from './random.ts';

const draw = (seed: number, count: number): number[] => {
  const random = seeded(seed);
  return Array.from({ length: count }, () => random());
};

describe('seeded random', () => {
  test('one seed draws the same numbers for ever', () => {
    assert.deepEqual(draw(42, 3), [0.6011037519201636, 0.44829055899754167, 0.8524657934904099]);
    fc.assert(fc.property(fc.integer(), (seed) => assert.deepEqual(draw(seed, 20), draw(seed, 20))));
  });

  test('numbers lie in [0, 1) and are spread evenly enough', () => {
    const numbers = draw(7, 20_000);
    assert.ok(numbers.every((number) => number >= 0 && number < 1));
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => numbers.filter((number) => Math.floor(number * 10) === tenth).length,
    );
    assert.ok(
      tenths.every((count) => count > 1800 && count < 2200),
      tenths.join(' '),
    );
  });

  test('different seeds draw differently', () => assert.notDeepEqual(draw(1, 4), draw(2, 4)));

  test('between includes both ends and nothing outside', () => {
    const random = seeded(3);
    const drawn = new Set(Array.from({ length: 500 }, () => between(random, -1, 2)));
    assert.deepEqual(
      [...drawn].sort((a, b) => a - b),
      [-1, 0, 1, 2],
    );
    assert.equal(between(random, 5, 5), 5);
  });

  test('pick takes one of the items and refuses an empty list', () => {
    const random = seeded(3);
    const drawn = new Set(Array.from({ length: 100 }, () => pick(random, ['a', 'b', 'c'])));
    assert.deepEqual([...drawn].sort(), ['a', 'b', 'c']);
    assert.throws(() => pick(random, []), RangeError);
  });
});
