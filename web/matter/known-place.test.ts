import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Place } from '../api/places.ts';
import { knownPart } from './known-place.ts';

const place = (zh: string, en: string): Place => ({
  id: en,
  name: { zh, en },
  sort: 'island',
  lon: 122.4,
  lat: 29.9,
});
const PLACES = [
  place('朱家尖街道', 'Zhujiajian Subdistrict'),
  place('朱家尖', 'Zhujiajian'),
  place('沈家门', 'Shenjiamen'),
  place('外钓山', 'Waidiao Shan'),
];
const found = (words: string): unknown => {
  const part = knownPart(PLACES, words);
  return part === null ? null : [part.words, ...part.places.map((one) => one.name.zh)];
};

test('of vague words the longest part the gazetteer knows is offered, the shortest name first', () => {
  assert.deepEqual(found('朱家尖外面'), ['朱家尖', '朱家尖', '朱家尖街道']);
  assert.deepEqual(found('在沈家门那边'), ['沈家门', '沈家门']);
});

test('of two parts the longer is meant, of two as long the first', () => {
  assert.deepEqual(found('沈家门到朱家尖街'), ['朱家尖街', '朱家尖街道']);
  assert.deepEqual(found('沈家门到朱家尖'), ['沈家门', '沈家门']);
});

test('in letters whole words count, in any case', () => {
  assert.deepEqual(found('off zhujiajian'), ['zhujiajian', '朱家尖', '朱家尖街道']);
  assert.deepEqual(found('the harbour'), null);
});

test('words of which nothing is known offer nothing, and neither does a single character', () => {
  assert.equal(found('海上'), null);
  assert.equal(found('外面'), null);
  assert.equal(found('  '), null);
});
