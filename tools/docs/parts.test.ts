import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

/** Packages that are run or configured, not imported: the file that does it, and the word it does it with. */
const NOT_IMPORTED: Readonly<Record<string, readonly [file: string, word: string]>> = {
  node: ['tools/bootstrap.mjs', "'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'"],
  typescript: ['tools/test/suites.ts', 'node_modules/.bin/tsc'],
  oxlint: ['tools/test/suites.ts', 'node_modules/.bin/oxlint'],
  'oxlint-tsgolint': ['.oxlintrc.json', '"typeAware": true'],
  oxfmt: ['package.json', '"format": "oxfmt'],
};

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort();
const source = globSync('{src,web,sim,bench,tools,test}/**/*.{ts,tsx,mjs}')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

const isImported = (name: string): boolean =>
  new RegExp(`(?:from|import|import\\() ?'${RegExp.escape(name)}(?:/[^']*)?'`).test(source);

const isUsed = (name: string): boolean => {
  const other = NOT_IMPORTED[name];
  if (other !== undefined) return readFileSync(other[0], 'utf8').includes(other[1]);
  // Types of a package are used with the package; those of Node with the compiler's own setting.
  if (name === '@types/node') return /"types": \[[^\]]*"node"/.test(readFileSync('tsconfig/rim.json', 'utf8'));
  return isImported(name.replace(/^@types\//, ''));
};

describe('the packages of the house', () => {
  test('every one is used', () => {
    assert.deepEqual(
      packages.filter((name) => !isUsed(name)),
      [],
    );
  });

  test('docs/ARCHITECTURE.md gives the reason of every one, and of no other', () => {
    const [, table = ''] = readFileSync('docs/ARCHITECTURE.md', 'utf8').split('## Chosen parts');
    const rows = [...table.matchAll(/^\| (`.+) \| (.+) \|$/gm)];
    const named = rows.flatMap(([, parts = '']) => [...parts.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
    assert.deepEqual(named.filter((name) => !name.startsWith('node:')).sort(), packages);
  });

  test('package-lock.json says what is fetched, not from where (.npmrc keeps it so)', () => {
    assert.doesNotMatch(readFileSync('package-lock.json', 'utf8'), /"resolved"/);
  });
});
