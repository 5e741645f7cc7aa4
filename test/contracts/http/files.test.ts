import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import { z } from 'zod';
import { doneSchema, matterSchema } from '#wire/api.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import { openHouse } from '../../harness/house.ts';

const house = await openHouse();
after(() => house.close());

const EXIF = { exif: { IFD0: { Copyright: 'here' }, IFD3: { GPSLatitude: '30/1 1/1 12/1', GPSLatitudeRef: 'N' } } };
const drawn = sharp({ create: { width: 640, height: 480, channels: 3, background: '#2266aa' } });
const jpeg = await drawn.clone().withExif(EXIF.exif).jpeg().toBuffer();
const png = await drawn.clone().png().toBuffer();
const webp = await drawn.clone().webp().toBuffer();
const gif = await drawn.clone().gif().toBuffer();
const stored = z.object({ file: z.string().length(64), type: z.string(), size_bytes: z.number() });
const receipts = z.object({ receipt: z.string(), number: z.string() });
const photosOf = async (id: string) =>
  expectOk(await house.as.dispatcher.get(`/api/matters/${id}`), 200, matterSchema).facts['photos'];
const kept = (): readonly string[] =>
  readdirSync(path.join(house.data_dir, 'files'), { recursive: true }).map(String).toSorted();

describe('photos that are none', () => {
  const wrong: readonly (readonly [string, ErrorCode, Buffer, string, string])[] = [
    ['a text renamed to .jpg', 'file-type-wrong', Buffer.from('这不是照片'), 'photo.jpg', 'image/jpeg'],
    [
      'an SVG',
      'file-type-wrong',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      'photo.svg',
      'image/svg+xml',
    ],
    ['an SVG called JPEG', 'file-type-wrong', Buffer.from('<?xml version="1.0"?><svg/>'), 'photo.jpg', 'image/jpeg'],
    ['a GIF', 'file-type-wrong', gif, 'photo.gif', 'image/gif'],
    ['a page', 'file-type-wrong', Buffer.from('<!doctype html><script>1</script>'), 'photo.png', 'image/png'],
    ['nothing', 'file-type-wrong', Buffer.alloc(0), 'photo.jpg', 'image/jpeg'],
    ['a JPEG cut off', 'file-unreadable', jpeg.subarray(0, Math.floor(jpeg.length / 2)), 'photo.jpg', 'image/jpeg'],
    ['the head of a JPEG', 'file-unreadable', jpeg.subarray(0, 20), 'photo.jpg', 'image/jpeg'],
    [
      'a PNG with its middle gone',
      'file-unreadable',
      Buffer.concat([png.subarray(0, 60), png.subarray(90)]),
      'photo.png',
      'image/png',
    ],
  ];
  for (const [what, code, bytes, name, type] of wrong) {
    it(`refuses ${what}, from inside and from outside, and keeps nothing`, async () => {
      const before = kept();
      await house.unchanged(async () => {
        expectProblem(await house.as.dispatcher.upload('/api/files', bytes, name, type), code);
        expectProblem(await house.nobody.upload('/api/public/files', bytes, name, type), code);
      });
      assert.deepEqual(kept(), before);
    });
  }
  it('refuses an upload without a file, and JSON in its place', async () => {
    const raw = '--b\r\ncontent-disposition: form-data; name="note"\r\n\r\nhello\r\n--b--\r\n';
    const type = 'multipart/form-data; boundary=b';
    expectProblem(await house.as.dispatcher.ask('POST', '/api/files', { raw, type }), 'request-invalid');
    expectProblem(await house.as.dispatcher.ask('POST', '/api/files', { body: { file: 'x' } }), 'request-invalid');
    expectProblem(
      await house.as.dispatcher.ask('POST', '/api/files', { raw: '--b\r\ncontent-dis', type }),
      'request-invalid',
    );
    expectProblem(await house.nobody.upload('/api/files', jpeg), 'session-missing');
  });
});

describe('photos', () => {
  it('takes JPEG, PNG and WebP, whatever they are called', async () => {
    for (const [bytes, type] of [
      [jpeg, 'image/jpeg'],
      [png, 'image/png'],
      [webp, 'image/webp'],
    ] as const) {
      const answer = await house.as.dispatcher.upload('/api/files', bytes, 'x.txt', 'text/plain');
      assert.deepEqual(expectOk(answer, 201, stored), { ...(answer.json as object), type, size_bytes: bytes.length });
    }
  });
  it('shows one to whoever may see its matter, without the place it was taken', async () => {
    assert.ok(jpeg.includes('GPS') || jpeg.includes('Exif'));
    const { file } = expectOk(await house.nobody.upload('/api/public/files', jpeg), 201, stored);
    const reported = await house.nobody.post('/api/public/reports', {
      facts: { narrative: '礁石上有人', photos: [file] },
    });
    const { receipt, number } = expectOk(reported, 201, receipts);
    assert.equal((await photosOf(number))?.stated[0]?.value, file);

    const inside = await house.as.dispatcher.get(`/api/files/${file}?matter=${number}`);
    const outside = await house.nobody.ask('GET', `/api/public/files/${file}`, { headers: { 'x-receipt': receipt } });
    for (const answer of [inside, outside]) {
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'image/jpeg');
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.doesNotMatch(answer.text, /Exif|GPS/);
    }
    assert.equal((await house.as.dispatcher.get(`/api/files/${file}?matter=${number}&small=1`)).status, 200);
    expectProblem(await house.as.patrol.get(`/api/files/${file}?matter=${number}`), 'file-unknown');
    expectProblem(await house.nobody.get(`/api/public/files/${file}`), 'receipt-wrong');
  });
  it('shows none by way of a matter it does not belong to', async () => {
    const { file } = expectOk(await house.as.dispatcher.upload('/api/files', png), 201, stored);
    const [with_it, without] = [await house.incident({ photos: [file] }), await house.incident()];
    assert.equal((await house.as.dispatcher.get(`/api/files/${file}?matter=${with_it}`)).status, 200);
    expectProblem(await house.as.dispatcher.get(`/api/files/${file}?matter=${without}`), 'file-unknown');
    const { receipt } = expectOk(
      await house.nobody.post('/api/public/reports', { facts: { narrative: '另一件' } }),
      201,
      receipts,
    );
    expectProblem(
      await house.nobody.ask('GET', `/api/public/files/${file}`, { headers: { 'x-receipt': receipt } }),
      'file-unknown',
    );
    expectOk(await house.as.dispatcher.step(without, 'attach', { files: [file] }), 200, doneSchema);
    assert.equal((await house.as.dispatcher.get(`/api/files/${file}?matter=${without}`)).status, 200);
  });
});
