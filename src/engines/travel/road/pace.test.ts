import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { townOf } from '../../../../test/harness/town.ts';
import type { TownEdge } from '../../../../test/harness/town.ts';
import { DRIVER } from '../../../../test/harness/walks.ts';
import { MODE_BIT } from './data.ts';
import type { RoadData } from './data.ts';
import { edgeWeights, turnWeights } from './pace.ts';
import type { RoadProfile } from './roads.ts';
import { metresOf, secondsOf, weightOf } from './weight.ts';

const NONE: ReadonlySet<string> = new Set();
const WHO: RoadProfile = { ...DRIVER, pace: {}, max_kmh: 100, speed_kmh: 10 };

/** Seconds forward and backward over a single edge of 1,000 m. */
const seconds = (
  edge: Partial<TownEdge>,
  who: Partial<RoadProfile> = {},
  limits: Partial<RoadData['ways']> = {},
): number[] => {
  const data = townOf(
    [
      [0, 0],
      [1000, 0],
    ],
    [{ way: 'w/1', from: 0, to: 1, ...edge }],
  );
  const exact = { ...data, edge_length_m: Float32Array.of(1000), ways: { ...data.ways, ...limits } };
  return [...edgeWeights(exact, { ...WHO, ...who }, NONE)].map(secondsOf);
};

describe('the time of an edge', () => {
  test('is that of its free-flow speed, at the pace of the class, up to the most', () => {
    assert.deepEqual(seconds({ speed_kmh: 36 }), [100, 100]);
    assert.deepEqual(seconds({ speed_kmh: 36 }, { pace: { street: 2 } }), [50, 50]);
    assert.deepEqual(seconds({ speed_kmh: 36 }, { pace: { track: 2 } }), [100, 100]);
    assert.deepEqual(seconds({ speed_kmh: 90 }, { max_kmh: 36 }), [100, 100]);
  });

  test('is that of the own speed on foot, and where the road says none', () => {
    assert.deepEqual(seconds({ speed_kmh: 90 }, { mode: 'foot', speed_kmh: 3.6 }), [1000, 1000]);
    assert.deepEqual(seconds({ speed_kmh: 0 }, { speed_kmh: 36 }), [100, 100]);
  });

  test('is what is fixed for a ferry, whatever the speed', () => {
    assert.deepEqual(seconds({ class: 'ferry', fixed_s: 1234 }), [1234, 1234]);
  });

  test('there is none against a one-way, for other modes, on a class not used and at no speed', () => {
    assert.deepEqual(seconds({ speed_kmh: 36, backward: MODE_BIT.foot }), [100, Infinity]);
    assert.deepEqual(seconds({ speed_kmh: 36, forward: 0 }, { mode: 'truck' }), [Infinity, 100]);
    assert.deepEqual(seconds({ class: 'track' }, { pace: { track: 0 } }), [Infinity, Infinity]);
    assert.deepEqual(seconds({ class: 'ferry', fixed_s: 60 }, { pace: { ferry: 0 } }), [Infinity, Infinity]);
  });

  test('there is none where it is too low, narrow or weak', () => {
    const heights = { max_height_cm: Uint16Array.of(199) };
    assert.deepEqual(seconds({ speed_kmh: 36 }, { height_cm: 200 }, heights), [Infinity, Infinity]);
    assert.deepEqual(seconds({ speed_kmh: 36 }, { height_cm: 199 }, heights), [100, 100]);
    assert.deepEqual(seconds({}, { width_cm: 200 }, { max_width_cm: Uint16Array.of(199) }), [Infinity, Infinity]);
    assert.deepEqual(seconds({}, { weight_kg: 2000 }, { max_weight_kg: Uint32Array.of(1500) }), [Infinity, Infinity]);
  });

  test('there is none where its way is closed; its length goes along', () => {
    const data = townOf(
      [
        [0, 0],
        [0, 500],
        [500, 0],
      ],
      [
        { way: 'w/1', from: 0, to: 1 },
        { way: 'w/2', from: 0, to: 2 },
      ],
    );
    const [closed, , open] = edgeWeights(data, WHO, new Set(['w/1', 'w/9']));
    assert.equal(closed, Infinity);
    assert.ok(Math.abs(metresOf(open as number) - 500) < 1);
  });
});

test('turns cost what the profile says, along a road nothing', () => {
  const turns = turnWeights({ ...WHO, turn_s: { left: 1, right: 2, straight: 3, about: 4 } });
  assert.deepEqual(
    [...turns],
    [0, 1, 2, 3, 4].map((turn_s) => weightOf(turn_s, 0)),
  );
});
