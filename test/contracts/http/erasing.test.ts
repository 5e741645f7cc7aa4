import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import { z } from 'zod';
import { doneSchema, matterSchema } from '#wire/api.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import { openHouse } from '../../harness/house.ts';

const house = await openHouse();
after(() => house.close());
const { dispatcher, commander } = house.as;

const stored = z.object({ file: z.string() });
const erased = z.object({ erased: z.array(z.string()) });
const PURPOSE = '当事人依法要求删除';
const PHONE = '13000004471';

const photo = async (colour: string): Promise<string> => {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  return expectOk(await dispatcher.upload('/api/files', bytes), 201, stored).file;
};
const shown = (file: string, matter: string) => dispatcher.get(`/api/files/${file}?matter=${matter}`);

describe('erasing a matter', () => {
  it('P5 deletes its photos, but not one that another matter names too', async () => {
    const [own, shared] = [await photo('#204060'), await photo('#604020')];
    const id = await house.incident({ photos: [own, shared] });
    const other = await house.incident({ photos: [shared] });
    assert.equal((await shown(own, id)).status, 200);
    expectOk(await commander.post(`/api/matters/${id}/erase`, { purpose: PURPOSE }), 200, erased);
    expectProblem(await shown(own, id), 'file-unknown');
    assert.equal((await shown(shared, other)).status, 200);
  });

  it('P5 reaches what it carried into the matter it opened', async () => {
    const id = await house.incident({ caller_phone: PHONE });
    const diverted = expectOk(await dispatcher.step(id, 'divert', { reason: '非警务' }), 200, doneSchema);
    const follower = diverted.also[0] ?? '';
    const links = expectOk(await dispatcher.get(`/api/matters/${id}`), 200, matterSchema).links;
    assert.deepEqual(
      links,
      [{ to: follower, relation: 'follows', outgoing: false }],
      'K14: the incident knows what it became',
    );
    const answer = expectOk(await commander.post(`/api/matters/${id}/erase`, { purpose: PURPOSE }), 200, erased);
    assert.deepEqual(answer.erased, [id, follower]);
    const read = { facts: ['caller_phone'], purpose: PURPOSE };
    expectProblem(await dispatcher.post(`/api/matters/${follower}/unseal`, read), 'sealed-erased');
  });

  it('two incidents merged into each other in the same second: one of them stays open', async () => {
    const [one, two] = [await house.incident(), await house.incident()];
    const merges = await Promise.all([
      dispatcher.step(one, 'merge', { duplicate_of: two }),
      dispatcher.step(two, 'merge', { duplicate_of: one }),
    ]);
    assert.deepEqual(
      merges.map((answer) => answer.status).toSorted((a, b) => a - b),
      [200, 409],
    );
  });
});
