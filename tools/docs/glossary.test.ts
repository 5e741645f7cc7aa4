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
