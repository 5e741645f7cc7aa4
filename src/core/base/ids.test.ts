import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  accountId,
  fileId,
  forceId,
  hash,
  isHash,
  isMatterId,
  isSlug,
  matterId,
  matterNumber,
  placeId,
  siteId,
} from './ids.ts';

describe('ids', () => {
  test('a slug is small letters, digits and dashes, 1 to 64 long, not beginning with a dash', () => {
    for (const good of ['a', '7', 'zs-putuo', 'ptu-3', 'a'.repeat(64)]) assert.ok(isSlug(good), good);
    for (const bad of ['', '-a', 'A', 'a b', 'a_b', 'a/b', 'é', 'a\n', 'a'.repeat(65), '普陀'])
      assert.ok(!isSlug(bad), bad);
  });

  test('every constructor answers its value and throws on anything else, naming what it wanted', () => {
    const digest = '0a'.repeat(32);
    for (const make of [siteId, forceId, accountId, placeId]) {
      assert.equal(make('zs-putuo'), 'zs-putuo');
      assert.throws(() => make('Zs putuo'), /not a (site|force|account|place) id: "Zs putuo"/);
    }
    assert.equal(hash(digest), digest);
    assert.equal(fileId(digest), digest);
    assert.throws(() => hash(digest.toUpperCase()), RangeError);
    assert.throws(() => fileId(`${digest}0`), RangeError);
    assert.ok(isHash(digest) && !isHash(digest.slice(1)));
  });

  test('a matter number has the prefix of its site, a day and a running number of at least four digits', () => {
    assert.equal(matterNumber('PT', '261121', 7), 'PT-261121-0007');
    assert.equal(matterNumber('ZSDH', '261121', 123_456), 'ZSDH-261121-123456');
    assert.equal(matterId('PT-261121-0007'), 'PT-261121-0007');
    for (const bad of [
      'pt-261121-0007',
      'PT-26112-0007',
      'PT-261121-007',
      'PT2-261121-0007',
      ' PT-261121-0007',
      'PT-261121-0007\n',
    ]) {
      assert.ok(!isMatterId(bad), bad);
      assert.throws(() => matterId(bad), RangeError);
    }
    assert.throws(() => matterNumber('TOOLONGX', '261121', 1), /not a matter number/);
  });
});
