import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import type { ForceId } from '#core/base/ids.ts';
import { travellerOf } from '#engines/dispatch/rank.ts';
import type { Journey } from '#engines/travel/spi.ts';
import type { ForceKind } from '#world/forces/force.ts';
import { at, NOW, travelWith } from './zhoushan.ts';

const travel = travelWith();
const asked = (kind: ForceKind, from: LonLat) => travellerOf({ id: 'one' as ForceId, kind, home: from }, from);
const HARBOUR: LonLat = [122.312, 29.94];

const journey = (kind: ForceKind, from: LonLat, to: LonLat, over = travel): Journey => {
  const found = over.journey(asked(kind, from), to, NOW);
  if ('code' in found) throw new Error(`${found.code}: ${found.words.en}`);
  const [arrival] = over.toPlace([asked(kind, from)], to, NOW);
  assert.equal(arrival?.duration_s, found.duration_s);
  const sum_s = found.legs.reduce((sum, leg) => sum + leg.duration_s, 0);
  assert.ok(Math.abs(sum_s - found.duration_s) <= 1, `legs ${sum_s} s, journey ${found.duration_s} s`);
  return found;
};

const modes = (found: Journey): string[] => found.legs.map((leg) => leg.mode);
const passes = (found: Journey): string[] => found.legs.flatMap((leg) => leg.refs);
const minutes = (found: Journey): number => found.duration_s / 60;

describe('ways through the archipelago', () => {
  it('takes a patrol boat from Shenjiamen to Miaozihu around Zhujiajian, and its crew ashore on foot', () => {
    const found = journey('patrol-boat', HARBOUR, at('庙子湖'));
    assert.deepEqual(
      modes(found).filter((mode) => mode !== 'wait'),
      ['boat', 'foot'],
    );
    assert.ok(minutes(found) > 50 && minutes(found) < 100, `${minutes(found)} min`);
    assert.ok(found.distance_m > 40_000 && found.distance_m < 62_000, `${found.distance_m} m`);
  });

  it('takes a car from Jintang to Zhoushan over four bridges', () => {
    const found = journey('car', at('金塘'), at('昌国'));
    for (const bridge of ['xihoumen', 'taoyaomen', 'xiangjiaomen', 'cengang']) {
      assert.ok(passes(found).includes(`bridge-${bridge}`), bridge);
    }
    assert.ok(minutes(found) < 60);
  });

  it('sends the same car by ferry when the bridge is closed, later', () => {
    const closed = travelWith(['bridge-xihoumen']);
    const found = journey('car', at('金塘'), at('昌国'), closed);
    assert.ok(!passes(found).includes('bridge-xihoumen'));
    assert.ok(modes(found).includes('ferry'));
    assert.ok(minutes(found) > minutes(journey('car', at('金塘'), at('昌国'))));
  });

  it('takes a car to Zhujiajian over the strait bridge in under half an hour', () => {
    const found = journey('car', at('沈家门'), at('朱家尖'));
    assert.ok(passes(found).includes('bridge-zhujiajian'));
    assert.ok(!modes(found).includes('ferry'));
    assert.ok(minutes(found) < 30);
  });

  it('takes a car from Zhoushan to Daishan and on to Xiushan by land', () => {
    const found = journey('car', at('昌国'), at('秀山'));
    assert.ok(passes(found).includes('bridge-zhoudai-north') && passes(found).includes('bridge-xiushan'));
    assert.ok(!modes(found).includes('ferry'));
  });

  it('reaches a man at sea by patrol boat without any walking', () => {
    const found = journey('patrol-boat', HARBOUR, [122.55, 29.85]);
    assert.deepEqual(modes(found), ['wait', 'wait', 'boat']);
  });

  it('brings the people of a car to a man at sea by launch', () => {
    assert.equal(modes(journey('car', at('沈家门'), [122.55, 29.85])).at(-1), 'ferry');
  });

  it('brings a car’s people from Shenjiamen to Liuheng, which has no bridge, over the water', () => {
    const found = journey('car', at('沈家门'), at('六横'));
    assert.equal(modes(found)[1], 'car');
    assert.ok(modes(found).includes('ferry'));
  });

  it('reaches an islet without road or pier from the nearest shore', () => {
    const found = journey('patrol-boat', HARBOUR, [122.9365, 30.437]);
    assert.equal(modes(found).at(-1), 'foot');
  });

  it('fetches someone from an islet without a pier', () => {
    const found = journey('officer', [122.9365, 30.437], at('沈家门'));
    assert.ok(found.legs.some((leg) => leg.via.some((via) => via.en.includes('picked up'))));
  });

  it('flies a drone only as far as it comes back', () => {
    const from = at('沈家门');
    assert.equal(modes(journey('drone', from, at('朱家尖'))).at(-1), 'air');
    const far = travel.journey(asked('drone', from), at('花鸟'), NOW);
    assert.ok('code' in far && far.code === 'out-of-range');
  });

  it('gives a helicopter a landing ground and a short walk, or a winch', () => {
    const found = journey('helicopter', [122.36, 29.932], at('花鸟'));
    assert.equal(modes(found)[2], 'air');
    assert.ok(minutes(found) < 60);
  });

  it('T3 says why nothing gets there: outside the map, deep in the mainland, a boat on a hill', () => {
    const code = (kind: ForceKind, from: LonLat, to: LonLat): string => {
      const found = travel.journey(asked(kind, from), to, NOW);
      if (!('code' in found)) return 'a way';
      assert.match(found.words.zh, /\p{Script=Han}/u);
      assert.match(found.words.en, /[a-z]{3}/);
      assert.deepEqual(travel.toPlace([asked(kind, from)], to, NOW)[0]?.reason, found);
      return found.code;
    };
    assert.equal(code('car', at('沈家门'), [110, 30]), 'off-network');
    assert.equal(code('car', at('沈家门'), [121.6, 29.7]), 'off-network');
    assert.equal(code('patrol-boat', [122.15, 30.07], at('沈家门')), 'off-network');
  });
});
