import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Member } from './block.ts';
import { isRestriction, readRestriction } from './restrictions.ts';

const member = (words: string): Member => {
  const [type = '', id = '', role = ''] = words.split(' ');
  return { type: type as Member['type'], id: Number(id), role };
};
const TURN = ['way 1 from', 'node 5 via', 'way 2 to'];

const read = (tags: Readonly<Record<string, string>>, members = TURN): string => {
  const { used, unused } = readRestriction(7, members.map(member), new Map(Object.entries(tags)));
  return [
    ...used.map(({ sort, from, to, modes, via_node, via_ways }) =>
      [sort, from.join('+'), via_node ?? via_ways.join('-'), to.join('+'), modes].join(' '),
    ),
    ...unused.map(({ reason, detail }) => [reason, detail].join(' ').trim()),
  ].join(', ');
};

const CASES: readonly (readonly [tags: Readonly<Record<string, string>>, members: readonly string[], read: string])[] =
  [
    [{ restriction: 'no_left_turn' }, TURN, 'no 1 5 2 30'],
    [{ restriction: 'only_straight_on' }, TURN, 'only 1 5 2 30'],
    [{ restriction: 'no_u_turn' }, ['way 1 from', 'node 5 via', 'way 1 to'], 'no 1 5 1 30'],
    [{ restriction: 'no_left_turn' }, ['way 1 from', 'way 8 via', 'way 9 via', 'way 2 to'], 'no 1 8-9 2 30'],
    [{ restriction: 'no_left_turn', except: 'hgv;psv' }, TURN, 'no 1 5 2 22'],
    [{ restriction: 'no_left_turn', except: 'bicycle' }, TURN, 'no 1 5 2 30'],
    [{ restriction: 'no_left_turn', except: 'emergency' }, TURN, 'no 1 5 2 14'],
    [{ restriction: 'no_left_turn', except: 'motor_vehicle' }, TURN, 'restriction-modes'],
    [{ 'restriction:hgv': 'no_right_turn' }, TURN, 'no 1 5 2 8'],
    [{ 'restriction:motorcar': 'no_right_turn' }, TURN, 'no 1 5 2 20'],
    [{ 'restriction:foot': 'no_right_turn' }, TURN, 'no 1 5 2 1'],
    [{ 'restriction:bus': 'no_right_turn' }, TURN, 'restriction-modes bus'],
    [{ restriction: 'no_left_turn', 'restriction:hgv': 'only_straight_on' }, TURN, 'no 1 5 2 30, only 1 5 2 8'],
    [{ 'restriction:conditional': 'no_left_turn @ (07:00-19:00)' }, TURN, 'restriction-conditional'],
    [{ restriction: 'no_left_turn', hour_on: '07:00' }, TURN, 'restriction-conditional'],
    [{ restriction: 'no_joy' }, TURN, 'restriction-kind restriction=no_joy'],
    [{}, TURN, 'restriction-kind'],
    [{ restriction: 'no_entry' }, ['way 1 from', 'way 3 from', 'node 5 via', 'way 2 to'], 'no 1+3 5 2 30'],
    [{ restriction: 'no_exit' }, ['way 1 from', 'node 5 via', 'way 2 to', 'way 4 to'], 'no 1 5 2+4 30'],
    [
      { restriction: 'no_left_turn' },
      ['way 1 from', 'way 3 from', 'node 5 via', 'way 2 to'],
      'restriction-members no_left_turn',
    ],
    [{ restriction: 'no_left_turn' }, ['way 1 from', 'node 5 via'], 'restriction-members no_left_turn'],
    [{ restriction: 'no_left_turn' }, ['way 1 from', 'way 2 to'], 'restriction-members no_left_turn'],
  ];

describe('turn restrictions', () => {
  for (const [tags, members, expected] of CASES) {
    it(`${JSON.stringify(tags)} ${members.join(', ')}`, () => assert.equal(read(tags, [...members]), expected));
  }
  it('are known by their type', () => {
    assert.equal(isRestriction(new Map([['type', 'restriction']])), true);
    assert.equal(isRestriction(new Map([['type', 'restriction:hgv']])), true);
    assert.equal(isRestriction(new Map([['type', 'route']])), false);
  });
});
