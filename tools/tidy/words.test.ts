import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWords } from './words.ts';

const found = (text: string, path = 'docs/a.md') => checkWords({ path, text }).map((problem) => problem.message);

test('machine paths, registry hosts, tracker and workshop words are refused', () => {
  for (const text of [
    'see /work/main/x',
    'in /home/someone/file',
    'https://registry.npmjs.org/x',
    'as issue #12 says',
    'done in an earlier session of work, no: this working session',
    'written by ChatGPT',
    'TODO later',
    'FIXME',
  ])
    assert.equal(found(text).length, 1, text);
});

test('words of the field pass', () => {
  const text =
    'A session ends after 12 hours. The issue desk. https://example.org/work/plan, a hacker, user agent, /tmp/x';
  assert.deepEqual(found(text), []);
});

test('the line is told, and the rule itself may name the words', () => {
  assert.equal(checkWords({ path: 'a.md', text: 'a\nb TODO' })[0]?.line, 2);
  assert.deepEqual(found('TODO', 'tools/tidy/words.ts'), []);
});
