import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import sharp from 'sharp';
import type { Files, Version } from '#rim/files/files.ts';
import { openFiles } from '#rim/files/files.ts';
import { imageTypeOf } from '#rim/files/images.ts';

/** A photo as a phone makes it: lying on its side, with the position and the maker in it. */
const photo = (width = 640, height = 480): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 160 } } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'Makerphone' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 1/1 8/1', GPSLongitudeRef: 'E', GPSLongitude: '122/1 6/1 24/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

let folder = '';
let files: Files;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qundao-files-'));
  files = await openFiles(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (bytes: Uint8Array) => {
  const result = await files.put(bytes);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};
const get = async (id: string, version: Version) => {
  const result = await files.get(id, version);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};
const code = async (result: Promise<{ ok: true } | { ok: false; error: { code: string } }>) => {
  const settled = await result;
  return settled.ok ? 'ok' : settled.error.code;
};
const originalOf = (id: string) => path.join(folder, id.slice(0, 2), id.slice(2));
const versionOf = (id: string, version: string) =>
  path.join(folder, 'versions', id.slice(0, 2), `${id.slice(2)}.${version}`);

describe('keeping a photo', () => {
  test('its name is the SHA-256 of its content; it comes back byte for byte; twice is once', async () => {
    const bytes = await photo();
    const stored = await put(bytes);
    assert.deepEqual(stored, {
      id: createHash('sha256').update(bytes).digest('hex'),
      type: 'image/jpeg',
      size_bytes: bytes.length,
    });
    assert.deepEqual(await put(bytes), stored);
    assert.deepEqual((await get(stored.id, 'original')).bytes, bytes);
    assert.deepEqual(await readdir(path.join(folder, 'temporary')), []);
  });

  test('it is there after a restart, and what a crash left half written is swept away', async () => {
    const stored = await put(await photo());
    await writeFile(path.join(folder, 'temporary', 'half'), 'x');
    files = await openFiles(folder);
    assert.equal((await get(stored.id, 'original')).bytes.length, stored.size_bytes);
    assert.deepEqual(await readdir(path.join(folder, 'temporary')), []);
  });
});

describe('what the public sees', () => {
  for (const version of ['public', 'small'] as const)
    test(`${version}: no position, no maker, upright`, async () => {
      const bytes = await photo();
      const before = await sharp(bytes).metadata();
      assert.ok(before.exif !== undefined && bytes.includes('Makerphone'), 'the test photo carries what must go');
      assert.equal(before.orientation, 6);
      const { bytes: shown } = await get((await put(bytes)).id, version);
      const after = await sharp(shown).metadata();
      assert.deepEqual(
        [after.exif, after.xmp, after.iptc, after.orientation],
        [undefined, undefined, undefined, undefined],
      );
      assert.ok(!shown.includes('Makerphone') && !shown.includes('Exif'));
      assert.ok(after.height > after.width, 'turned upright');
    });

  test('sizes: the public version at most 2,560 px, the small one at most 320 px, never enlarged', async () => {
    const edge = async (bytes: Buffer) => {
      const { width, height } = await sharp(bytes).metadata();
      return Math.max(width, height);
    };
    const large = await put(await photo(3000, 1000));
    assert.equal(await edge((await get(large.id, 'public')).bytes), 2560);
    assert.equal(await edge((await get(large.id, 'small')).bytes), 320);
    const tiny = await put(await photo(60, 40));
    assert.equal(await edge((await get(tiny.id, 'small')).bytes), 60);
  });

  test('PNG and WebP lose their metadata too and keep their type', async () => {
    const image = sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } },
    }).withExif({
      IFD0: { Make: 'Makerphone' },
    });
    for (const [type, bytes] of [
      ['image/png', await image.clone().png().toBuffer()],
      ['image/webp', await image.clone().webp().toBuffer()],
    ] as const) {
      assert.ok((await sharp(bytes).metadata()).exif !== undefined);
      const stored = await put(bytes);
      const shown = await get(stored.id, 'public');
      assert.deepEqual([stored.type, shown.type], [type, type]);
      assert.equal((await sharp(shown.bytes).metadata()).exif, undefined);
    }
  });
});

describe('what is refused', () => {
  test('other types, whatever they call themselves', async () => {
    for (const bytes of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('GIF89a……'),
      Buffer.from('%PDF-1.7'),
      Buffer.from('\0\0\0\x18ftypheic'),
      Buffer.alloc(0),
    ])
      assert.equal(await code(files.put(bytes)), 'file-type-wrong');
  });

  test('too large, with the limit', async () => {
    const bytes = Buffer.concat([await photo(), Buffer.alloc(8 * 1_048_576)]);
    assert.deepEqual(await files.put(bytes), {
      ok: false,
      error: { code: 'file-too-large', values: { limit_mib: 8 } },
    });
  });

  test('broken and bursting pictures', async () => {
    const bytes = await photo();
    assert.equal(await code(files.put(bytes.subarray(0, bytes.length / 2))), 'file-unreadable');
    assert.equal(await code(files.put(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))), 'file-unreadable');
    const bomb = await sharp({ create: { width: 10_000, height: 5001, channels: 3, background: 'black' } })
      .png()
      .toBuffer();
    assert.equal(await code(files.put(bomb)), 'file-unreadable');
  });

  test('nothing of a refused file stays', async () => {
    await files.put((await photo()).subarray(0, 400));
    assert.deepEqual(await readdir(folder), ['temporary']);
  });
});

describe('reading', () => {
  test('ids that are none, and unknown ones', async () => {
    for (const id of ['', '../../etc/passwd', 'A'.repeat(64), '0'.repeat(64), '0'.repeat(63)])
      assert.equal(await code(files.get(id, 'original')), 'file-unknown', id);
    assert.equal(await code(files.get('0'.repeat(64), 'small')), 'file-unknown');
  });

  test('a flipped bit in an original is found and not served; sending it again heals it', async () => {
    const bytes = await photo();
    const { id } = await put(bytes);
    const damaged = Buffer.from(bytes);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    await writeFile(originalOf(id), damaged);
    assert.equal(await code(files.get(id, 'original')), 'file-damaged');
    await put(bytes);
    assert.deepEqual((await get(id, 'original')).bytes, bytes);
  });

  test('a version that is damaged or deleted is made again', async () => {
    const { id } = await put(await photo());
    const good = (await get(id, 'small')).bytes;
    const kept = await readFile(versionOf(id, 'small'));
    kept[kept.length - 1] = (kept.at(-1) ?? 0) ^ 1;
    await writeFile(versionOf(id, 'small'), kept);
    assert.deepEqual((await get(id, 'small')).bytes, good);
    await rm(path.join(folder, 'versions'), { recursive: true });
    assert.deepEqual((await get(id, 'small')).bytes, good);
    assert.ok((await readFile(versionOf(id, 'small'))).length > good.length);
  });

  test('a version of a damaged original is not made', async () => {
    const { id } = await put(await photo());
    await rm(versionOf(id, 'public'));
    await writeFile(originalOf(id), 'something else');
    assert.equal(await code(files.get(id, 'public')), 'file-damaged');
  });
});

test('types go by the first bytes', async () => {
  assert.equal(imageTypeOf(await photo()), 'image/jpeg');
  assert.equal(imageTypeOf(Buffer.from('RIFF1234WEBPVP8 ')), 'image/webp');
  assert.equal(imageTypeOf(Buffer.from('RIFF1234WAVEfmt ')), null);
});
