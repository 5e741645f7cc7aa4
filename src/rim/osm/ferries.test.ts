import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MODE_BIT, ROAD_MODES } from '#engines/travel/road/data.ts';
import { ferryTimes, ferryUse } from './ferries.ts';
import { nameOf } from './names.ts';

const tagsOf = (words: string): ReadonlyMap<string, string> =>
  new Map(words === '' ? [] : words.split(' ').map((word) => word.split('=') as [string, string]));
const modes = (mask: number): string => ROAD_MODES.filter((mode) => (mask & MODE_BIT[mode]) !== 0).join(' ');

const CARRIES: readonly (readonly [tags: string, modes: string])[] = [
  ['', 'foot'],
  ['foot=yes', 'foot'],
  ['foot=no', ''],
  ['access=private', ''],
  ['access=no foot=yes', 'foot'],
  ['motor_vehicle=yes', 'foot motorcycle car truck emergency'],
  ['vehicle=yes', 'foot motorcycle car truck emergency'],
  ['motor_vehicle=yes hgv=no', 'foot motorcycle car emergency'],
  ['motorcar=yes', 'foot motorcycle car emergency'],
  ['motorcar=yes motorcycle=no', 'foot car emergency'],
  ['motorcar=yes hgv=yes foot=no', 'motorcycle car truck emergency'],
  ['motorcar=no motorcycle=yes', 'foot motorcycle'],
  ['hgv=yes', 'foot truck'],
  ['cargo=passengers;vehicle', 'foot motorcycle car truck emergency'],
  ['cargo=passengers', 'foot'],
  ['cargo=vehicle', 'motorcycle car truck emergency'],
  ['motor_vehicle=no', 'foot'],
];

describe('who a ferry carries', () => {
  for (const [tags, expected] of CARRIES) {
    it(tags === '' ? 'without tags' : tags, () => assert.equal(modes(ferryUse(tagsOf(tags)).forward), expected));
  }
  it('goes one way for all where it is one-way', () => {
    assert.deepEqual(ferryUse(tagsOf('oneway=yes')), { forward: MODE_BIT.foot, backward: 0 });
    assert.deepEqual(ferryUse(tagsOf('oneway=-1')), { forward: 0, backward: MODE_BIT.foot });
  });
});

describe('times of a ferry', () => {
  it('are its own duration and half of its interval, or the stated wait', () => {
    const told = { duration_s: 1200, wait_s: 900, wait_assumed: false, strange: null };
    assert.deepEqual(ferryTimes(tagsOf('duration=20'), tagsOf('duration=20 interval=00:30')), told);
    const silent = { duration_s: null, wait_s: 1800, wait_assumed: true, strange: null };
    assert.deepEqual(ferryTimes(tagsOf(''), tagsOf('duration=20')), silent);
    assert.equal(ferryTimes(tagsOf('duration=soon'), tagsOf('')).strange, 'soon');
    assert.equal(ferryTimes(tagsOf(''), tagsOf('interval=96:00')).wait_s, 6 * 3600);
  });
});

describe('names', () => {
  const cases: readonly (readonly [tags: string, zh: string | null, en: string | null])[] = [
    ['', null, null],
    ['ref=G329', 'G329', 'G329'],
    ['name=环岛路', '环岛路', '环岛路'],
    ['name=环岛路 name:en=Ring_Road ref=X1', '环岛路', 'Ring_Road'],
    ['name=Promenade name:zh=海滨道', '海滨道', 'Promenade'],
    ['name:en=Promenade', 'Promenade', 'Promenade'],
    ['name=环岛路 int_name=Huandao_Lu', '环岛路', 'Huandao_Lu'],
  ];
  for (const [tags, zh, en] of cases) {
    it(tags === '' ? 'none' : tags, () => assert.deepEqual(nameOf(tagsOf(tags)), zh === null ? null : { zh, en }));
  }
});
