import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import sharp from 'sharp';
import type { Files } from '#rim/files/files.ts';
import { openFiles } from '#rim/files/files.ts';

const DAY_MS = 86_400_000;
const photo = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 90, b: 160 } } })
    .jpeg()
    .toBuffer();

let folder = '';
let files: Files;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qundao-keeping-'));
  files = await openFiles(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (red: number): Promise<string> => {
  const result = await files.put(await photo(red));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.id;
};
const original = (id: string): string => path.join(folder, id.slice(0, 2), id.slice(2));
const version = (id: string, name: string): string =>
  path.join(folder, 'versions', id.slice(0, 2), `${id.slice(2)}.${name}`);
const filesOf = (id: string): readonly boolean[] =>
  [original(id), version(id, 'public'), version(id, 'small')].map(existsSync);
const ALL = [true, true, true];
const NONE = [false, false, false];
const age = (file: string, ms: number): Promise<void> =>
  utimes(file, (Date.now() - ms) / 1000, (Date.now() - ms) / 1000);

describe('room for the ledger', () => {
  for (const floor of [
    { bytes: Number.MAX_SAFE_INTEGER, share: 0 },
    { bytes: 0, share: 2 },
  ])
    test(`below ${JSON.stringify(floor)} no new photo is taken and nothing of it stays; one that is there is the same file`, async () => {
      const known = await put(1);
      files = await openFiles(folder, { floor });
      assert.equal(await put(1), known);
      const refused = await files.put(await photo(2), 'anonymous');
      assert.deepEqual(refused, { ok: false, error: { code: 'store-full' } });
      assert.deepEqual(await readdir(path.join(folder, 'temporary')), []);
    });

  test('too many at once are told to come again; a lane of its own is open to who is signed in', async () => {
    files = await openFiles(folder, { waiting_max: 1 });
    const photos = await Promise.all([1, 2, 3, 4].map(photo));
    const results = await Promise.all(
      photos.map((bytes, at) => files.put(bytes, at === 3 ? 'signed-in' : 'anonymous')),
    );
    assert.equal(results.filter((one) => one.ok).length, 3);
    assert.deepEqual(
      results.find((one) => !one.ok),
      { ok: false, error: { code: 'too-many-requests', values: { seconds: 10 } } },
    );
    assert.ok(results[3]?.ok);
  });
});

describe('sweeping', () => {
  test('what nothing names goes when it is old, with its versions; what is named, new or asked for stays', async () => {
    const [used, fresh, asked, again, old] = [await put(1), await put(2), await put(3), await put(4), await put(5)];
    for (const id of [used, asked, again, old]) await age(original(id), DAY_MS + 1000);
    assert.equal(await files.has(asked), true);
    assert.equal(await put(4), again);
    assert.equal(await files.sweep((id) => id === used, DAY_MS), 1);
    assert.deepEqual([used, fresh, asked, again, old].map(filesOf), [ALL, ALL, ALL, ALL, NONE]);
    assert.equal(await files.has(old), false);
  });

  test('versions whose original never came go too', async () => {
    const id = await put(1);
    await rm(original(id));
    assert.equal(await files.sweep(() => false, DAY_MS), 0);
    for (const name of ['public', 'small']) await age(version(id, name), DAY_MS + 1000);
    assert.equal(await files.sweep(() => false, DAY_MS), 1);
    assert.deepEqual(filesOf(id), NONE);
  });
});

describe('erasing and asking', () => {
  test('original and versions are gone, again is no error, others stay, strange ids do nothing', async () => {
    const [gone, stays] = [await put(1), await put(2)];
    await files.erase([gone, 'f'.repeat(64), '../../etc/passwd']);
    await files.erase([gone]);
    assert.deepEqual([gone, stays].map(filesOf), [NONE, ALL]);
    assert.deepEqual(await files.get(gone, 'small'), { ok: false, error: { code: 'file-unknown' } });
  });

  test('a version made while its photo is erased does not stay', async () => {
    const id = await put(1);
    await rm(version(id, 'small'));
    await Promise.all([files.get(id, 'small'), files.erase([id])]);
    assert.deepEqual(filesOf(id), NONE);
  });

  test('asking needs no reading: it is true for what is there, false for what is not or is no id', async () => {
    const id = await put(1);
    assert.deepEqual(await Promise.all([id, 'f'.repeat(64), '', '../x'].map(files.has)), [true, false, false, false]);
  });
});
