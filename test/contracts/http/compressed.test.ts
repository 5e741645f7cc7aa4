import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { startServer, tempDir } from '../../harness/server.ts';

const { dir, remove } = tempDir();
const server = await startServer({ data_dir: dir });
after(async () => {
  await server.kill();
  remove();
});

/** Bytes that crossed the link, and the text they hold. */
const fetched = async (path: string, encodings: string) => {
  const answer = await fetch(`${server.url}${path}`, { headers: { 'accept-encoding': encodings } });
  return {
    encoding: answer.headers.get('content-encoding'),
    etag: answer.headers.get('etag'),
    vary: answer.headers.get('vary'),
    text: await answer.text(),
  };
};

describe('a thin link', () => {
  for (const path of ['/api/kinds', '/api/places', '/api/map/land']) {
    it(`carries ${path} compressed for whoever can read it, and the same for whoever cannot`, async () => {
      const plain = await fetched(path, 'identity');
      const small = await fetched(path, 'gzip, br');
      assert.equal(plain.encoding, null);
      assert.equal(small.encoding, 'gzip');
      assert.match(small.vary ?? '', /accept-encoding/i);
      assert.equal(small.text, plain.text);
      assert.ok(JSON.parse(plain.text) !== null);
    });
  }

  it('is not asked twice for what has not changed', async () => {
    const { etag } = await fetched('/api/kinds', 'gzip');
    const again = await fetch(`${server.url}/api/kinds`, {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': etag ?? '' },
    });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), '');
  });

  it('carries short answers as they are', async () => {
    assert.equal((await fetched('/api/site', 'gzip, br')).encoding, null);
  });
});
