import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { release } from '#core/base/release.ts';
import { anyTown, townOf } from '../../../../test/harness/town.ts';
import { buildRoads } from './built.ts';
import { encodeRoads, ROADS_VERSION } from './file.ts';
import { layBuilt, layMap } from './lay.ts';
import type { Put } from './lay.ts';
import { sectionOf, writeSections } from './sections.ts';

/** Keeps a copy and gives back the array itself: whoever looks at it again finds nothing. */
const putAway: Put = (name, numbers) => {
  const section = sectionOf(name, numbers.slice());
  release(numbers);
  return section;
};

test('roads laid array by array are the same bytes as those built at once', () => {
  fc.assert(
    fc.property(anyTown, (data) => {
      const whole = encodeRoads(buildRoads(data));
      const sections = layBuilt(layMap(structuredClone(data), putAway), putAway);
      assert.deepEqual(writeSections(ROADS_VERSION, sections), whole);
    }),
  );
});

test('roads that do not fit together are not laid', () => {
  const nodes = [
    [0, 0],
    [100, 0],
  ] as const;
  const data = townOf(nodes, [{ way: 'way/1', from: 0, to: 1 }]);
  assert.throws(() => layMap({ ...data, edge_to: Int32Array.of(7) }, putAway), /edge_to/);
});
