import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const rows = [...readFileSync('docs/GLOSSARY.md', 'utf8').matchAll(/^\| ([a-z]+) \| ([^|]+) \| ([^|]+) \|$/gm)]
  .map(([, word = '', chinese = '', meaning = '']) => ({ word, chinese, meaning }))
  .filter((row) => row.word !== 'word');
const source = globSync('{src,web}/**/*.{ts,tsx}')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

test('every word of the glossary has its Chinese and its meaning, once', () => {
  assert.ok(rows.length >= 13);
  for (const row of rows) assert.match(row.chinese, /^\p{Script=Han}+$/u, row.word);
  assert.equal(new Set(rows.map((row) => row.word)).size, rows.length);
  assert.equal(new Set(rows.map((row) => row.chinese)).size, rows.length);
});

test('every word of the glossary is used in the code', () => {
  const unused = rows.filter((row) => !new RegExp(`(?<![a-z])${row.word}`, 'i').test(source)).map((row) => row.word);
  assert.deepEqual(unused, []);
});

/** Other Chinese words for what the glossary already has a word for. */
const OTHER_WORDS: Readonly<Record<string, string>> = { 账户: '账号', 帐号: '账号', 帐户: '账号', 事由: '用途' };

test('nothing has two names: the screens and pages use the word of the glossary', () => {
  const pages = globSync(['docs/**/*.md', '*.md']).map((file) => readFileSync(file, 'utf8'));
  const said = [source, ...pages].join('\n');
  for (const [other, word] of Object.entries(OTHER_WORDS)) {
    assert.ok(
      rows.some((row) => row.chinese === word),
      word,
    );
    assert.ok(!said.includes(other), `${other}: the glossary says ${word}`);
  }
});
