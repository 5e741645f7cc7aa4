import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorsPage } from './errors.ts';

test('docs/ERRORS.md is what `npm run docs` makes of the catalogue', () => {
  assert.equal(readFileSync('docs/ERRORS.md', 'utf8'), errorsPage());
});
