import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { loadKinds } from '#rim/kinds-loader.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const RULE = /^- \*\*([A-Z]\d+)\*\*/gm;
/** Rules at the head of a title: `K1`, `K8, K9`, `K2–K9, C1`. */
const TITLE = /\b(?:test|it|describe)\(\s*['`]((?:[LKCAPTDS]\d{1,2}[–, ]*)+)/g;
/** Rules named by an assertion: `'K7: a closed matter …'`. */
const ASSERTION = /['`]([LKCAPTDS]\d{1,2}): /g;

const expand = (cited: string): readonly string[] =>
  cited.split(/, */).flatMap((one) => {
    const [from = '', to = from] = one.trim().split('–');
    const first = Number(from.slice(1));
    return Array.from({ length: Number(to.slice(1)) - first + 1 }, (_, index) => `${from[0]}${first + index}`);
  });

const numbered = [...read('docs/RULES.md').matchAll(RULE)].map(([, rule = '']) => rule);
const tests = globSync(['{src,web,sim,bench,tools}/**/*.test.ts', 'test/**/*.ts'], { cwd: root }).map(read);
const quoted = (form: RegExp): ReadonlySet<string> =>
  new Set(
    tests.flatMap((source) =>
      [...source.matchAll(form)].flatMap(([, rules = '']) => expand(rules.trim().replace(/,$/, ''))),
    ),
  );

describe('docs/RULES.md', () => {
  test('no number is given twice, and each letter counts from 1 without a gap', () => {
    const counts = new Map<string, number>();
    for (const rule of numbered) {
      const letter = rule[0] ?? '';
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
      assert.equal(rule, `${letter}${counts.get(letter)}`);
    }
    assert.deepEqual([...counts.keys()], ['L', 'K', 'C', 'A', 'P', 'T', 'D', 'S']);
  });

  test('every rule a test quotes is there', () => {
    assert.deepEqual(
      [...quoted(TITLE).union(quoted(ASSERTION))].filter((rule) => !numbered.includes(rule)),
      [],
    );
  });

  test('every rule is quoted by the title of a test', () => {
    const titled = quoted(TITLE);
    assert.deepEqual(
      numbered.filter((rule) => !titled.has(rule)),
      [],
    );
  });
});

describe('K19 the machine knows no kind by name', () => {
  test('no file of the core, the use cases, the interface or the screens names one', async () => {
    const ids = [...(await loadKinds()).keys()];
    const files = globSync('{src/{core,app,wire,rim},web}/**/*.{ts,tsx}', { cwd: root, exclude: ['**/*.test.ts'] });
    const named = files.flatMap((file) => {
      const code = read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return ids.filter((id) => code.includes(`'${id}'`)).map((id) => `${file} ${id}`);
    });
    assert.deepEqual(named, []);
  });
});
