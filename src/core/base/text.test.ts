import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LANGUAGES, fill, text } from './text.ts';

describe('texts', () => {
  test('Chinese comes first', () => assert.deepEqual(LANGUAGES, ['zh', 'en']));

  test('names are filled by their values, texts by their own language', () => {
    const template = text('{who}已到{place}，还有{count}人', '{who} is at {place}; {count} more');
    assert.deepEqual(fill(template, { who: 'PTU3', place: text('朱家尖', 'Zhujiajian'), count: 2 }), {
      zh: 'PTU3已到朱家尖，还有2人',
      en: 'PTU3 is at Zhujiajian; 2 more',
    });
  });

  test('every place of a name is filled, nought and the empty text included', () => {
    assert.deepEqual(fill(text('{n}+{n}{s}', '{n}{n}'), { n: 0, s: '' }), { zh: '0+0', en: '00' });
  });

  test('a name without a value stays to be seen', () => {
    assert.deepEqual(fill(text('{who}到{where}', '{who} at {where}'), { who: 'A' }), {
      zh: 'A到{where}',
      en: 'A at {where}',
    });
  });

  test('a value that looks like a name or a pattern is not filled again', () => {
    assert.equal(fill(text('{a}', '{a}'), { a: '{b} $& $1', b: 'no' }).en, '{b} $& $1');
  });
});
