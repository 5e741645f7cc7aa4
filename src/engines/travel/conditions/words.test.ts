import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seaWords } from './words.ts';

describe('waves beyond a limit', () => {
  it('are said to a decimetre, and by their class where that is another', () => {
    assert.deepEqual(seaWords(3.197338032722473, 1.5), {
      zh: '海况5级（浪高3.2米）> 限制4级（1.5米）',
      en: 'sea state 5 (waves 3.2 m) > limit 4 (1.5 m)',
    });
    assert.deepEqual(seaWords(2.397338032722473, 1.5), {
      zh: '浪高2.4米 > 限制1.5米',
      en: 'waves 2.4 m > limit 1.5 m',
    });
  });

  it('are said to a centimetre where they are hardly more', () => {
    assert.equal(seaWords(1.52, 1.5).en, 'waves 1.52 m > limit 1.5 m');
  });
});
