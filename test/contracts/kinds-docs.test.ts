import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { loadKinds } from '#rim/kinds-loader.ts';
import { kindPage } from '../../tools/docs/kinds.ts';

const FOLDER = path.join(import.meta.dirname, '../../docs/kinds');
const kinds = await loadKinds();

describe('K17 pages of the kinds', () => {
  for (const kind of kinds.values()) {
    test(`docs/kinds/${kind.id}.md says what the declaration says; if not, run: node tools/docs/kinds.ts`, () => {
      assert.equal(readFileSync(path.join(FOLDER, `${kind.id}.md`), 'utf8'), kindPage(kind));
    });
  }

  test('no page is left of a kind that is gone', () => {
    assert.deepEqual(readdirSync(FOLDER).sort(), [...kinds.keys()].map((id) => `${id}.md`).sort());
  });
});
