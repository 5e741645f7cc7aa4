import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Section } from '#engines/travel/road/sections.ts';
import { createShelf } from './shelf.ts';

const folder = (t: TestContext): string => {
  const dir = mkdtempSync(path.join(tmpdir(), 'qundao-shelf-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
};
/** Each piece is copied before the next is asked for. */
const contentOf = ({ pieces }: Section): Buffer => Buffer.concat(Array.from(pieces(), (piece) => Buffer.from(piece)));

test('what is put away is emptied, comes back as it was, as often as asked for, and leaves no file', (t) => {
  const dir = folder(t);
  const shelf = createShelf(path.join(dir, 'new', 'place'));
  t.after(shelf.close);
  const long = Int32Array.from({ length: 700_000 }, (_, i) => i * 3);
  const lists = [Uint8Array.of(1, 2, 3), new Float32Array(0), long, Uint16Array.of(4, 5)];
  const wanted = lists.map((numbers) => Buffer.from(numbers.slice().buffer));
  const sections = lists.map((numbers, i) => shelf.put(`list ${i}`, numbers));
  assert.deepEqual(
    sections.map(({ name, kind, length }) => [name, kind, length]),
    [
      ['list 0', 'u8', 3],
      ['list 1', 'f32', 0],
      ['list 2', 'i32', 700_000],
      ['list 3', 'u16', 2],
    ],
  );
  assert.equal(long.length, 0);
  for (const [i, section] of [...sections.entries()].reverse()) {
    const content = wanted[i] as Buffer;
    assert.ok(contentOf(section).equals(content));
    assert.ok(contentOf(section).equals(content));
  }
  assert.deepEqual(readdirSync(path.join(dir, 'new', 'place')), []);
});

test('a part of a longer array is put away as that part', (t) => {
  const shelf = createShelf(folder(t));
  t.after(shelf.close);
  const part = Uint32Array.of(7, 8, 9, 10).subarray(1, 3);
  const section = shelf.put('part', part);
  assert.deepEqual(contentOf(section), Buffer.from(Uint32Array.of(8, 9).buffer));
});

test('where it cannot be made that is told by a code, and where nothing is put nothing is made', (t) => {
  const dir = folder(t);
  createShelf(path.join(dir, 'never')).close();
  writeFileSync(path.join(dir, 'file'), '');
  const shelf = createShelf(path.join(dir, 'file'));
  assert.throws(() => shelf.put('a', Uint8Array.of(1)), { code: 'place-write-failed' });
  shelf.close();
  assert.deepEqual(readdirSync(dir), ['file']);
});
