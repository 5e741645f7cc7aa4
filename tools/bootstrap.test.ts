import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

/** A project of its own whose npm installs a Node that only says its version and notes what it was asked to build. */
let root = '';
const at = (...parts: string[]) => path.join(root, ...parts);
const program = (file: string, text: string) => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
};
const fakeNpm = (version: string) =>
  program(
    at('bin', 'npm'),
    `echo install >> '${at('log')}'; echo "$PATH" > '${at('path')}'
     rm -rf node_modules; mkdir -p node_modules/.bin
     printf '#!/bin/sh\\nif [ "$1" = -v ]; then echo ${version}; else echo build >> "${at('log')}"; mkdir -p dist/web; fi\\n' > node_modules/.bin/node
     chmod +x node_modules/.bin/node`,
  );
const bootstrap = (...args: string[]) => {
  const environment = { PATH: [at('node_modules', '.bin'), at('bin'), '/usr/bin', '/bin'].join(path.delimiter) };
  return spawnSync(process.execPath, [at('tools', 'bootstrap.mjs'), ...args], { env: environment, encoding: 'utf8' });
};
const log = () => (existsSync(at('log')) ? readFileSync(at('log'), 'utf8').trim().split('\n') : []);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'qundao-bootstrap-'));
  mkdirSync(at('tools'));
  cpSync('tools/bootstrap.mjs', at('tools', 'bootstrap.mjs'));
  writeFileSync(at('package-lock.json'), '{"version":1}');
  fakeNpm('v26.10.0');
});
afterEach(() => rmSync(root, { recursive: true }));

test('installs once per lock, and says nothing on stdout', () => {
  const first = bootstrap();
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stderr, /Installing dependencies/);
  assert.equal(first.stdout, '');
  assert.equal(bootstrap().stderr, '');
  assert.deepEqual(log(), ['install']);
  writeFileSync(at('package-lock.json'), '{"version":2}');
  assert.equal(bootstrap().status, 0);
  assert.deepEqual(log(), ['install', 'install']);
});

test('npm does not run on the Node that it is about to replace', () => {
  bootstrap();
  assert.ok(!readFileSync(at('path'), 'utf8').includes('node_modules'));
});

test('the wrong Node is refused with what to do', () => {
  fakeNpm('v20.1.0');
  const result = bootstrap();
  assert.equal(result.status, 1);
  assert.match(result.stderr, /node_modules\/\.bin\/node is v20\.1\.0[^]*install scripts[^]*rm -rf node_modules/);
});

test('an install that fails is told and tried again the next time', () => {
  program(at('bin', 'npm'), 'echo no network >&2; exit 7');
  const result = bootstrap();
  assert.equal(result.status, 1);
  assert.match(result.stderr, /no network[^]*did not succeed/);
  fakeNpm('v26.10.0');
  assert.equal(bootstrap().status, 0);
});

test('the screens are built when asked and something they are made of has changed', () => {
  mkdirSync(at('web'));
  writeFileSync(at('web', 'a.ts'), '1');
  bootstrap();
  assert.deepEqual(log(), ['install']);
  bootstrap('--web');
  bootstrap('--web');
  assert.deepEqual(log(), ['install', 'build']);
  writeFileSync(at('web', 'a.test.ts'), 'a test is no part of them');
  bootstrap('--web');
  assert.deepEqual(log(), ['install', 'build']);
  writeFileSync(at('web', 'a.ts'), '2');
  bootstrap('--web');
  rmSync(at('dist', 'web'), { recursive: true });
  bootstrap('--web');
  assert.deepEqual(log(), ['install', 'build', 'build', 'build']);
});
