import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeAt } from './places.ts';

test('words for a position are asked in the body, so that no address holds where somebody is', async (t) => {
  const asked: { readonly path: unknown; readonly init: RequestInit | undefined }[] = [];
  const words = { zh: '昌国街道', en: 'Changguo' };
  t.mock.method(globalThis, 'fetch', (path: unknown, init?: RequestInit) => {
    asked.push({ path, init });
    return Promise.resolve(Response.json({ words }));
  });
  const at = { lon: 122.1, lat: 30.02, accuracy_m: 8 };
  assert.deepEqual(await placeAt(at), words);
  assert.deepEqual(
    asked.map(({ path, init }) => [path, init?.method, init?.body]),
    [['/api/places/at', 'POST', '{"lon":122.1,"lat":30.02}']],
  );
});
