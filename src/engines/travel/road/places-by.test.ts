import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { placesBy } from './places-by.ts';

test('places come by value, equal ones by place, as a sort with a comparison has them', () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 100 }), (values) => {
      const wanted = values.map((_, place) => place).sort((a, b) => compare(values[a], values[b]) || a - b);
      assert.deepEqual([...placesBy(Float64Array.from(values))], wanted);
    }),
  );
});

const compare = (a = 0, b = 0): number => (a < b ? -1 : a > b ? 1 : 0);
