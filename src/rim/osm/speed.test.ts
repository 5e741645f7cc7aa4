import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { roadRule } from './roads.ts';
import type { RoadRule } from './roads.ts';
import { readSpeed_kmh, roadSpeed_kmh } from './speed.ts';

const SPELLINGS: readonly (readonly [value: string, kmh: number | 'none' | null])[] = [
  ['50', 50],
  ['50 km/h', 50],
  ['50kmh', 50],
  ['30 kph', 30],
  ['30 mph', 48.28],
  ['30mph', 48.28],
  ['5 knots', 9.26],
  ['walk', 7],
  ['DE:walk', 7],
  ['none', 'none'],
  ['national', 'none'],
  ['DE:motorway', 'none'],
  ['DE:urban', 50],
  ['CN:urban', 50],
  ['urban', 50],
  ['FR:rural', 80],
  ['GB:nsl_single', 97],
  ['UK:nsl_dual', 113],
  ['RU:living_street', 20],
  ['DE:zone:30', 30],
  ['zone30', 30],
  ['DE:zone30', 30],
  ['US:25 mph', 40.23],
  ['XX:rural', 90],
  ['50;30', 30],
  ['100|80|60', 60],
  ['50,5', 50.5],
  ['0', null],
  ['signals', null],
  ['variable', null],
  ['fast', null],
  ['-30', null],
  ['99999', null],
  ['', null],
];

describe('maxspeed', () => {
  for (const [value, kmh] of SPELLINGS) {
    it(`reads ${JSON.stringify(value)}`, () => {
      const read = readSpeed_kmh(value);
      assert.equal(typeof read === 'number' ? Math.round(read * 100) / 100 : read, kmh);
    });
  }
});

const speedOf = (tags: Readonly<Record<string, string>>): number => {
  const map = new Map(Object.entries(tags));
  return roadSpeed_kmh(map, roadRule(map) as RoadRule);
};

describe('free-flow speed of a road', () => {
  const cases: readonly (readonly [tags: Readonly<Record<string, string>>, kmh: number])[] = [
    [{ highway: 'primary' }, 70],
    [{ highway: 'primary', maxspeed: '30 mph' }, 48],
    [{ highway: 'primary', maxspeed: 'rubbish' }, 70],
    [{ highway: 'primary', 'maxspeed:forward': '60', 'maxspeed:backward': '40' }, 40],
    [{ highway: 'primary', 'maxspeed:type': 'GB:nsl_single' }, 97],
    [{ highway: 'residential', maxspeed: '100' }, 60],
    [{ highway: 'residential', 'zone:maxspeed': 'DE:30' }, 30],
    [{ highway: 'motorway', maxspeed: 'none' }, 117],
    [{ highway: 'motorway', maxspeed: 'DE:motorway' }, 117],
    [{ highway: 'secondary', surface: 'gravel' }, 40],
    [{ highway: 'living_street' }, 10],
    [{ highway: 'track' }, 15],
    [{ highway: 'track', tracktype: 'grade5' }, 7],
    [{ highway: 'service', service: 'parking_aisle' }, 12],
    [{ highway: 'service', maxspeed: '2' }, 2],
  ];
  for (const [tags, kmh] of cases) {
    it(`${JSON.stringify(tags)} is ${kmh} km/h`, () => assert.equal(speedOf(tags), kmh));
  }
});

describe('class of a road', () => {
  it('knows the classes of the table, and says which it does not', () => {
    const rule = (tags: Readonly<Record<string, string>>): unknown => {
      const found = roadRule(new Map(Object.entries(tags)));
      return typeof found === 'object' && found !== null ? [found.class, found.link, found.use] : found;
    };
    assert.deepEqual(rule({ highway: 'motorway_link' }), ['motorway', true, 'vehicles']);
    assert.deepEqual(rule({ highway: 'unclassified' }), ['street', false, 'all']);
    assert.deepEqual(rule({ highway: 'busway' }), ['service', false, 'emergency']);
    assert.deepEqual(rule({ highway: 'service', service: 'emergency_access' }), ['service', false, 'emergency']);
    assert.deepEqual(rule({ man_made: 'pier' }), ['path', false, 'foot']);
    assert.equal(rule({ highway: 'proposed' }), 'highway=proposed');
    assert.equal(rule({ highway: 'constructor' }), 'highway=constructor');
    assert.equal(rule({ building: 'yes' }), null);
  });
});
