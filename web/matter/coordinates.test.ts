import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { coordinates } from '../text/format.ts';
import { positionIn } from './coordinates.ts';

const SHENJIAMEN = { lon: 122.3147, lat: 29.981 };

describe('positions written in figures', () => {
  for (const words of [
    '29.9810°N 122.3147°E',
    '122.3147,29.981',
    '29.981 122.3147',
    '29.981N 122.3147E',
    'N29.981 E122.3147',
    '北纬29.981度，东经122.3147度',
    '东经122.3147，北纬29.981',
    'lat: 29.981, lon: 122.3147',
  ])
    test(words, () => assert.deepEqual(positionIn(words), SHENJIAMEN));

  test('degrees, minutes and seconds', () => {
    assert.deepEqual(positionIn('29°58′51.6″N 122°18′52.92″E'), SHENJIAMEN);
    assert.deepEqual(positionIn(`29°58.86'N, 122°18.882'E`), SHENJIAMEN);
  });

  test('the form the screens show is understood', () => {
    assert.deepEqual(positionIn(coordinates(SHENJIAMEN)), SHENJIAMEN);
  });

  test('west and south are negative', () => {
    assert.deepEqual(positionIn('33.9S 18.4E'), { lon: 18.4, lat: -33.9 });
    assert.deepEqual(positionIn('-33.9, -70.7'), { lon: -70.7, lat: -33.9 });
  });

  for (const words of [
    '',
    '沈家门',
    '29.981',
    '1 2 3',
    '99.9, 999',
    '29N 30N',
    '29°70′N 122°E',
    'A 29 B 122',
    '0 大道 5',
  ])
    test(`is no position: ${words}`, () => assert.equal(positionIn(words), null));
});
