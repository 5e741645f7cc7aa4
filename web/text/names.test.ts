import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text } from '#core/base/text.ts';
import { namesOf, placeIn, signOf } from './names.ts';

test('a call sign that cannot be read in English gives way to the name', () => {
  const force = { call_sign: '昌国03', name: text('昌国轻型PTU', 'Changguo light PTU') };
  assert.equal(signOf(force, 'zh'), '昌国03');
  assert.equal(signOf(force, 'en'), 'Changguo light PTU');
  assert.equal(signOf({ ...force, call_sign: 'PTU3' }, 'en'), 'PTU3');
});

test('a place is said in the language where it is known, and as typed elsewhere', () => {
  const names = namesOf([{ name: text('六横镇', 'Liuheng Town') }]);
  assert.equal(placeIn('六横镇', names, 'en'), 'Liuheng Town');
  assert.equal(placeIn('Liuheng Town', names, 'zh'), '六横镇');
  assert.equal(placeIn('东港海堤中段\nDonggang sea wall', names, 'en'), 'Donggang sea wall');
  assert.equal(placeIn('东港海堤中段\nDonggang sea wall', names, 'zh'), '东港海堤中段');
  assert.equal(placeIn('老李家门口', names, 'en'), '老李家门口');
});
