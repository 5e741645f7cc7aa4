import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { townOf } from '../../../../test/harness/town.ts';
import type { Spot, TownEdge } from '../../../../test/harness/town.ts';
import { TURNS } from './arrays.ts';
import { MODE_BIT } from './data.ts';
import { turnClassifier } from './turns.ts';

/** Coming from the south to a junction with arms at some bearings: the kind of turn into each. */
const turnsInto = (bearings_deg: readonly number[], more: Partial<TownEdge> = {}): string[] => {
  const arm = (bearing_deg: number): Spot => {
    const angle = (bearing_deg * Math.PI) / 180;
    return [100 * Math.sin(angle), 100 * Math.cos(angle)];
  };
  const nodes: Spot[] = [[0, 0], [0, -100], ...bearings_deg.map(arm)];
  const edges = [
    { way: 'w/0', from: 1, to: 0 },
    ...bearings_deg.map((_, at) => ({ way: `w/${at + 1}`, from: 0, to: at + 2, ...more })),
  ];
  const turnOf = turnClassifier(townOf(nodes, edges));
  return bearings_deg.map((_, at) => TURNS[turnOf(0, 2 * at + 2, 0)] as string);
};

describe('the kind of a turn', () => {
  test('is told by its angle', () => {
    assert.deepEqual(turnsInto([0, 90, 270]), ['straight', 'right', 'left']);
    assert.deepEqual(turnsInto([44, 46, 170]), ['straight', 'right', 'right']);
    assert.deepEqual(turnsInto([316, 314, 190]), ['straight', 'left', 'left']);
  });

  test('is told by how roads meet, not by where they lead', () => {
    assert.deepEqual(turnsInto([0, 90], { via: [[-50, 1]] }), ['left', 'left']);
  });

  test('is none where no vehicle has a choice', () => {
    assert.deepEqual(turnsInto([90]), ['along']);
    assert.deepEqual(turnsInto([90, 0], { forward: MODE_BIT.foot, backward: MODE_BIT.foot }), ['along', 'along']);
  });

  test('is about back onto the same edge, also of a loop', () => {
    const data = townOf(
      [
        [0, 0],
        [100, 0],
      ],
      [
        { way: 'w/1', from: 0, to: 1 },
        {
          way: 'w/2',
          from: 1,
          to: 1,
          via: [
            [150, 50],
            [150, -50],
          ],
        },
      ],
    );
    const turnOf = turnClassifier(data);
    assert.deepEqual(
      [turnOf(0, 1, 1), turnOf(2, 3, 1)].map((turn) => TURNS[turn]),
      ['about', 'about'],
    );
  });

  test('does not change when everything is turned round', () => {
    const property = fc.property(
      fc.integer({ min: 0, max: 359 }),
      fc.integer({ min: -170, max: 170 }),
      (first_deg, turned_deg) => {
        fc.pre(Math.abs(Math.abs(turned_deg) - 45) > 2);
        const at = (bearing_deg: number): Spot => {
          const angle = (bearing_deg * Math.PI) / 180;
          return [1000 * Math.sin(angle), 1000 * Math.cos(angle)];
        };
        const nodes: Spot[] = [
          [0, 0],
          at(first_deg + 180),
          at(first_deg + turned_deg),
          at(first_deg + turned_deg / 2 + 180.5),
        ];
        const edges = [1, 2, 3].map((to) => ({ way: `w/${to}`, from: 0, to }));
        const turn = TURNS[turnClassifier(townOf(nodes, edges))(1, 2, 0)];
        assert.equal(turn, Math.abs(turned_deg) < 45 ? 'straight' : turned_deg > 0 ? 'right' : 'left');
      },
    );
    fc.assert(property);
  });
});
