import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkCalls } from './calls.ts';
import { checkDead, missingEntryPoints, scriptTargets } from './dead.ts';
import { checkLengths } from './lengths.ts';
import { checkArrows } from './rings.ts';
import type { Problem } from './source.ts';
import { lineOf, parseCode, resolveImport } from './source.ts';
import { checkMarks } from './words.ts';

const code = (path: string, text: string) => parseCode({ path, text });
const rules = (problems: readonly Problem[]) => problems.map((problem) => `${problem.line} ${problem.rule}`);
const filler = (lines: number) => '  use(1);\n'.repeat(lines);

describe('lengths', () => {
  test('a function of 70 lines passes, of 71 does not', () => {
    assert.deepEqual(checkLengths(code('src/app/a.ts', `function f() {\n${filler(68)}}\n`)), []);
    const long = checkLengths(code('src/app/a.ts', `\nconst f = () => {\n${filler(69)}};\n`));
    assert.deepEqual(rules(long), ['2 function-length']);
    assert.match(long[0]?.message ?? '', /`f` has 71 lines/);
  });
  test('a file of 400 lines passes, of 401 does not', () => {
    assert.deepEqual(checkLengths(code('src/app/a.ts', 'use(1);\n'.repeat(400))), []);
    assert.deepEqual(rules(checkLengths(code('src/app/a.ts', 'use(1);\n'.repeat(401)))), ['1 file-length']);
  });
  test('in tests the callbacks count on their own', () => {
    const body = `describe('x', () => {\n${`test('y', () => {\n${filler(38)}});\n`.repeat(3)}});\n`;
    assert.deepEqual(checkLengths(code('src/app/a.test.ts', body)), []);
    assert.deepEqual(rules(checkLengths(code('src/app/a.ts', body))), ['1 function-length']);
    const one = `describe('x', () => {\ntest('y', () => {\n${filler(80)}});\n});\n`;
    assert.deepEqual(rules(checkLengths(code('src/app/a.test.ts', one))), ['2 function-length']);
  });
});

describe('pure rings', () => {
  const bad = ['Date.now()', 'new Date()', 'Date()', 'Math.random()', 'process.env', 'console.log(1)', '1 as any'];
  for (const text of bad) {
    test(`${text} is refused in core and allowed at the rim`, () => {
      assert.deepEqual(rules(checkCalls(code('src/core/base/a.ts', `export const a = ${text};`))), ['1 pure']);
      assert.deepEqual(checkCalls(code('src/rim/http/a.ts', `export const a = ${text};`)), []);
    });
  }
  test('dates from a number, and names that only look alike, are allowed', () => {
    const text = '// Date.now() in a comment\nnew Date(1); x.now(); my.random(); const process = "console";';
    assert.deepEqual(checkCalls(code('src/core/base/a.ts', text)), []);
  });
});

describe('arrows', () => {
  const all = () => true;
  const arrow = (from: string, what: string) => rules(checkArrows(code(from, `import { a } from '${what}';`), all));
  test('inward imports pass', () => {
    assert.deepEqual(arrow('src/engines/travel/a.ts', '#world/forces/force.ts'), []);
    assert.deepEqual(arrow('web/desk/a.tsx', '#wire/api.ts'), []);
    assert.deepEqual(arrow('web/desk/a.tsx', '../../src/core/base/text.ts'), []);
    assert.deepEqual(arrow('src/main/a.ts', '#rim/auth/auth.ts'), []);
    assert.deepEqual(arrow('src/core/base/a.ts', './b.ts'), []);
  });
  test('outward imports are refused, however they are written', () => {
    assert.deepEqual(arrow('src/engines/travel/a.ts', '#kinds/roles.ts'), ['1 arrows']);
    assert.deepEqual(arrow('src/engines/travel/a.ts', '../../kinds/roles.ts'), ['1 arrows']);
    assert.deepEqual(arrow('web/desk/a.tsx', '#rim/http/server.ts'), ['1 arrows']);
    assert.deepEqual(arrow('src/core/ledger/a.ts', '#core/matter/kind.ts'), ['1 arrows']);
    assert.deepEqual(arrow('src/app/a.ts', '../../test/helper.ts'), ['1 arrows']);
    assert.deepEqual(arrow('src/core/base/a.ts', 'node:fs'), ['1 arrows']);
    const forms = "import type { A } from '#rim/a.ts';\nexport { b } from '#rim/a.ts';\nawait import('#rim/a.ts');";
    assert.deepEqual(rules(checkArrows(code('src/app/a.ts', forms), all)), ['1 arrows', '2 arrows', '3 arrows']);
  });
  test('unit tests may look anywhere', () => {
    assert.deepEqual(arrow('src/core/base/a.test.ts', '#rim/auth/auth.ts'), []);
  });
});

describe('dead files', () => {
  const packageJson = { path: 'package.json', text: '{"scripts":{"start":"node src/main/cli.ts start"}}' };
  const page = { path: 'web/desk/index.html', text: '<script type="module" src="/desk/main.tsx"></script>' };
  const used = [
    code('src/main/cli.ts', "import '#rim/a.ts'; new Worker(new URL('./worker.ts', import.meta.url));"),
    code('src/main/worker.ts', ''),
    code('src/rim/a.ts', "export * from './b.ts';"),
    code('src/rim/b.ts', ''),
    code('web/desk/main.tsx', ''),
    code('src/kinds/command/incident.ts', ''),
    code('bench/ledger.ts', "import '#core/base/only-bench.ts';"),
    code('src/core/base/only-bench.ts', ''),
  ];
  test('everything reached passes; what only its own test reaches is dead', () => {
    assert.deepEqual(checkDead(used, [packageJson, page]), []);
    const dead = [code('src/rim/c.ts', ''), code('src/rim/c.test.ts', "import './c.ts';")];
    assert.deepEqual(
      checkDead([...used, ...dead], [packageJson, page]).map((problem) => problem.path),
      ['src/rim/c.ts'],
    );
  });
  test('a page without its script leaves the script dead', () => {
    assert.deepEqual(
      checkDead(used, [packageJson]).map((problem) => problem.path),
      ['web/desk/main.tsx'],
    );
  });
  test('nothing is called dead while an entry point is missing, and the missing one is named', () => {
    assert.deepEqual(missingEntryPoints(used.slice(1), [packageJson]), ['src/main/cli.ts']);
    assert.deepEqual(checkDead(used.slice(1), [packageJson]), []);
  });
  test('script targets are read from package.json', () => {
    assert.deepEqual(scriptTargets('{"scripts":{"a":"node x/y.ts --b && node z.mjs","c":"oxfmt ."}}'), [
      'x/y.ts',
      'z.mjs',
    ]);
  });
});

describe('test marks', () => {
  const marks = (text: string) => rules(checkMarks(code('src/app/a.test.ts', text)));
  test('only and skip without a reason are refused', () => {
    for (const text of [
      "test.only('a', () => {});",
      "describe.only('a', () => {});",
      "test.describe.only('a', () => {});",
      "test('a', { only: true }, () => {});",
      "test.skip('a', () => {});",
      "test('a', { skip: true }, () => {});",
      "test('a', (t) => t.skip());",
      'test.skip();',
    ])
      assert.deepEqual(marks(text), ['1 test-marks'], text);
  });
  test('a reason in words passes', () => {
    for (const text of [
      "test('a', { skip: 'needs PostgreSQL' }, () => {});",
      "test('a', { skip: missing && 'needs PostgreSQL' }, () => {});",
      "test('a', (t) => t.skip('needs root'));",
      "test.skip(!found, 'needs Chromium');",
      'rows.skip(3); list.only();',
    ])
      assert.deepEqual(marks(text), [], text);
  });
});

describe('reading code', () => {
  test('imports resolve by subpath, by folder and without an ending', () => {
    const exists = (file: string) => file === 'web/ui/panel.tsx';
    assert.equal(resolveImport('web/desk/a.tsx', '../ui/panel', exists), 'web/ui/panel.tsx');
    assert.equal(resolveImport('web/desk/a.tsx', '../ui/panel.tsx?url', exists), 'web/ui/panel.tsx');
    assert.equal(resolveImport('src/app/a.ts', '#core/base/ids.ts', exists), 'src/core/base/ids.ts');
    assert.equal(resolveImport('src/app/a.ts', 'zod', exists), null);
  });
  test('lines count from one', () => {
    const file = { path: 'a.ts', text: 'a\nbb\nc' };
    assert.deepEqual(
      [0, 2, 4, 5].map((at) => lineOf(file, at)),
      [1, 2, 2, 3],
    );
  });
  test('what is not TypeScript is named', () => {
    assert.throws(() => code('src/app/a.ts', 'const = ;'), /src\/app\/a\.ts/);
  });
});
