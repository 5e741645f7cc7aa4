import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LANGUAGES, bothIn, fill, readFirst, text } from './text.ts';

describe('texts', () => {
  test('words written in both languages are told apart, and nothing else is', () => {
    const both = '【演练】有人落水\n两人\n[Drill] A man in the water\nTwo of them';
    assert.deepEqual(bothIn(both), text('【演练】有人落水\n两人', '[Drill] A man in the water\nTwo of them'));
    for (const words of ['有人落水', 'A man in the water', 'A man\n有人落水', '有人落水\nPTU3\n已到场', '有人落水\n12'])
      assert.equal(bothIn(words), null);
  });

  test('each reader meets their own language first and loses nothing', () => {
    assert.deepEqual(readFirst('有人落水\nA man in the water'), {
      zh: '有人落水\nA man in the water',
      en: 'A man in the water\n有人落水',
    });
    assert.deepEqual(readFirst('有人落水'), text('有人落水', '有人落水'));
  });

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
