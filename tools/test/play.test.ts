import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { play } from './play.ts';
import { count, fromLine, inWords, toLine } from './result.ts';
import type { Run, Suite } from './suites.ts';
import { SUITES } from './suites.ts';

const suite: Suite = { name: 'x', about: 'about x', house: false, needs: [], likes: [], slow: false, runs: () => [] };
const FIXTURES: Readonly<Record<string, string>> = {
  'mixed.test.ts': `import { describe, test } from 'node:test';
    console.log('said by mixed');
    describe('group', () => {
      test('good', () => {});
      test('bad', () => { throw new Error('it broke'); });
      test('left', { skip: 'needs a boat' }, () => {});
      test('parent', async (t) => { await t.test('child', () => { throw new Error('child broke'); }); });
    });
    describe('whole group', { skip: 'needs the sea' }, () => { test('never', () => {}); });`,
  'quiet.test.ts': `import { test } from 'node:test'; console.log('said by quiet'); test('fine', () => {});`,
  'broken.test.ts': `throw new Error('cannot load');`,
};

describe('playing a suite', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qundao-play-'));
    for (const [name, text] of Object.entries(FIXTURES)) writeFileSync(path.join(folder, name), text);
  });
  after(() => rmSync(folder, { recursive: true }));

  const nodeRun = (names: readonly string[], ...extra: string[]): Run => ({
    by: 'node',
    may_be_empty: false,
    args: [
      '--test',
      '--test-reporter=./tools/test/node-reporter.ts',
      ...extra,
      ...names.map((name) => path.join(folder, name)),
    ],
  });
  const bare = (name: string): Run => ({ by: 'node', may_be_empty: false, args: [path.join(folder, name)] });
  const command = (script: string): Run => ({
    by: 'command',
    may_be_empty: false,
    args: [process.execPath, '-e', script],
  });
  const short = (results: readonly { name: string; outcome: string }[]) =>
    results.map((result) => `${result.outcome} ${path.basename(result.name)}`).sort();

  for (const isolation of ['process', 'none'])
    test(`every test is counted once, with isolation ${isolation}`, async () => {
      const heard: string[] = [];
      const run = nodeRun(['mixed.test.ts', 'quiet.test.ts'], `--test-isolation=${isolation}`);
      const { results } = await play(suite, [run], (result) => heard.push(result.name));
      assert.deepEqual(short(results), [
        'failed group › bad',
        'failed group.parent › child',
        'passed fine',
        'passed group › good',
        'skipped group › left',
        'skipped whole group',
      ]);
      assert.equal(heard.length, results.length);
      const detail = (name: string) => results.find((result) => result.name.endsWith(name))?.detail ?? '';
      assert.match(detail('bad'), /it broke/);
      assert.equal(detail('left'), 'needs a boat');
      assert.equal(detail('whole group'), 'needs the sea');
    });

  test('output is kept of files with failures only', async () => {
    const { outputs } = await play(suite, [nodeRun(['mixed.test.ts', 'quiet.test.ts'])], () => {});
    assert.match([...outputs.values()].join(''), /said by mixed/);
    assert.doesNotMatch([...outputs.values()].join(''), /said by quiet/);
  });

  test('a file that cannot be loaded is a failure', async () => {
    const { results, outputs } = await play(suite, [nodeRun(['broken.test.ts'])], () => {});
    assert.deepEqual(short(results), ['failed broken.test.ts']);
    assert.match([...outputs.values()].join(''), /cannot load/);
  });

  test('a runner that breaks without a failed test is a failure', async () => {
    const { results } = await play(suite, [bare('broken.test.ts')], () => {});
    assert.deepEqual(count(results), { passed: 0, failed: 1, skipped: 0 });
    assert.match(results[0]?.detail ?? '', /exit code 1[^]*cannot load/);
  });

  test('files without a single test are a failure, unless a search left them out', async () => {
    const empty = { by: 'node', args: ['-e', ''] } as const;
    const must = await play(suite, [{ ...empty, may_be_empty: false }], () => {});
    assert.match(must.results[0]?.detail ?? '', /not one test ran/);
    assert.deepEqual((await play(suite, [{ ...empty, may_be_empty: true }], () => {})).results, []);
  });

  test('a command is one test', async () => {
    const { results } = await play(suite, [command(''), command('console.log("why"); process.exit(3)')], () => {});
    assert.deepEqual(short(results), ['failed about x', 'passed about x']);
    assert.equal(results[1]?.detail, 'why');
  });

  test('what a suite leaves running is ended with it', async () => {
    const script = `const { spawn } = require('node:child_process');
      const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      console.log('pid ' + left.pid); process.exit(1);`;
    const { results } = await play(suite, [command(script)], () => {});
    const pid = Number(/pid (\d+)/.exec(results[0]?.detail ?? '')?.[1]);
    assert.ok(pid > 0);
    assert.ok(await isGone(pid), `process ${pid} still runs`);
  });
});

/** A killed process stays as a zombie until its parent reaps it; that counts as gone. */
const isGone = async (pid: number): Promise<boolean> => {
  const { readFile } = await import('node:fs/promises');
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').then(
      (stat) => /\) (\w)/.exec(stat)?.[1] ?? 'Z',
      () => 'Z',
    );
    if (state === 'Z') return true;
  }
  return false;
};

test('results survive as lines, other lines are not results', () => {
  const result = { name: 'a "b"\n', file: 'f', outcome: 'passed', duration_ms: 1, detail: '' } as const;
  assert.deepEqual(fromLine(toLine(result).trim()), result);
  assert.equal(fromLine('1 passed'), null);
});

test('the closing line says all three numbers', () => {
  const one = { name: 'a', file: 'f', duration_ms: 1, detail: '' };
  const results = [
    { ...one, outcome: 'passed' as const },
    { ...one, outcome: 'passed' as const },
    { ...one, outcome: 'skipped' as const },
  ];
  assert.equal(inWords(count(results)), '2 passed, 0 failed, 1 skipped');
});

test('suites have different names, and a search leaves the checks of the house out', () => {
  assert.equal(new Set(SUITES.map((one) => one.name)).size, SUITES.length);
  const searched = SUITES.filter((one) => one.house).flatMap((one) => one.runs('x'));
  assert.deepEqual(searched, []);
});
