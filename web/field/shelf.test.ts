import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, type Answer, drain, takenBack } from './queue.ts';
import { makeShelf, type Store } from './shelf.ts';

const NOW_MS = 1_000_000;
const KEY = 'outbox';
const phone = (text: string | null = null): Store => {
  const held = new Map(text === null ? [] : [[KEY, text]]);
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
};
const action = (key: string, held_until_ms?: number): Action => ({
  key,
  matter: 'PT-261121-0001',
  step: key,
  subject: 'ptu-3',
  facts: {},
  name: { zh: key, en: key },
  at_ms: 0,
  refused: null,
  ...(held_until_ms === undefined ? {} : { held_until_ms }),
});

test('two pages hold one outbox: a step taken back on one is not sent by the other', async () => {
  const store = phone();
  const [one, other] = [makeShelf(store, KEY), makeShelf(store, KEY)];
  one.write([action('arrive'), action('clear', NOW_MS + 3_000)]);
  assert.equal(other.read().length, 2);
  one.write(takenBack(one.read(), 'clear', NOW_MS));
  const sent: string[] = [];
  const send = async ({ key }: Action): Promise<Answer> => {
    sent.push(key);
    return { type: 'done' };
  };
  await drain(other.read, other.write, send, () => NOW_MS + 3_000);
  assert.deepEqual(sent, ['arrive']);
  assert.deepEqual(one.read(), []);
});

test('what was taken on one page while the other was sending is kept', async () => {
  const store = phone();
  const [one, other] = [makeShelf(store, KEY), makeShelf(store, KEY)];
  one.write([action('arrive')]);
  const send = async (): Promise<Answer> => {
    if (one.read().length === 1) one.write([...one.read(), action('say', NOW_MS + 3_000)]);
    return { type: 'done' };
  };
  assert.equal(await drain(other.read, other.write, send, () => NOW_MS), 'held');
  assert.deepEqual(
    one.read().map(({ key }) => key),
    ['say'],
  );
});

test('the list is the same object until something changes, and what cannot be read is none', () => {
  const shelf = makeShelf(phone(JSON.stringify([action('go')])), KEY);
  assert.equal(shelf.read(), shelf.read());
  assert.deepEqual(shelf.read(), [action('go')]);
  assert.deepEqual(makeShelf(phone('{'), KEY).read(), []);
  assert.deepEqual(makeShelf(phone('{}'), KEY).read(), []);
});

test('what a full phone cannot keep is still there to be sent', () => {
  const full: Store = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  };
  const shelf = makeShelf(full, KEY);
  assert.throws(() => shelf.write([action('go')]));
  assert.deepEqual(shelf.read(), [action('go')]);
});
