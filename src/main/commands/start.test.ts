import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { isDemonstration } from '../demonstration.ts';
import { Refused } from '../shell.ts';
import { guardMode } from './start.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'qundao-start-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('what a data directory may be started as', () => {
  for (const sign of ['ledger.db', 'site-key.pem', 'accounts.db'])
    test(`one with ${sign} is a real site and never becomes a demonstration`, () => {
      writeFileSync(path.join(dir, sign), '');
      assert.throws(() => guardMode(dir, true), Refused);
      assert.equal(isDemonstration(dir), false);
      guardMode(dir, false);
    });

  test('an empty one may be either; a demonstration stays one', () => {
    guardMode(dir, false);
    guardMode(dir, true);
    writeFileSync(path.join(dir, 'accounts.db'), '');
    guardMode(dir, true);
    assert.throws(() => guardMode(dir, false), Refused);
  });
});
