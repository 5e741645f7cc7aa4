import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Action,
  type Answer,
  drain,
  held,
  heldFor_ms,
  HOLD_MS,
  refused,
  released,
  takenBack,
  waiting,
} from './queue.ts';

const NOW_MS = 1_000_000;
const now = (): number => NOW_MS;

const action = (key: string): Action => ({
  key,
  matter: 'PT-261121-0001',
  step: key,
  subject: 'ptu-3',
  facts: {},
  name: { zh: key, en: key },
  at_ms: 0,
  refused: null,
});
const problem = { code: 'step-refused', words: { zh: '不', en: 'no' }, advice: { zh: '', en: '' } };

interface Shelf {
  held: readonly Action[];
  readonly read: () => readonly Action[];
  readonly write: (actions: readonly Action[]) => void;
}
const shelf = (keys: readonly string[]): Shelf => {
  const self: Shelf = {
    held: keys.map(action),
    read: () => self.held,
    write: (actions: readonly Action[]) => {
      self.held = actions;
    },
  };
  return self;
};

test('actions are sent in the order they were taken', async () => {
  const store = shelf(['go', 'arrive', 'clear']);
  const sent: string[] = [];
  const end = await drain(
    store.read,
    store.write,
    async (one): Promise<Answer> => {
      sent.push(one.key);
      return { type: 'done' };
    },
    now,
  );
  assert.equal(end, 'empty');
  assert.deepEqual(sent, ['go', 'arrive', 'clear']);
  assert.equal(store.held.length, 0);
});

test('without a link nothing is lost and nothing overtakes', async () => {
  const store = shelf(['go', 'arrive']);
  const sent: string[] = [];
  const end = await drain(
    store.read,
    store.write,
    async (one): Promise<Answer> => {
      sent.push(one.key);
      return { type: 'no-link' };
    },
    now,
  );
  assert.equal(end, 'no-link');
  assert.deepEqual(sent, ['go']);
  assert.deepEqual(
    waiting(store.held).map((one) => one.key),
    ['go', 'arrive'],
  );
});

test('a refused action is kept with its reason and those after it go on', async () => {
  const store = shelf(['go', 'arrive']);
  await drain(
    store.read,
    store.write,
    async (one): Promise<Answer> => (one.key === 'go' ? { type: 'refused', problem } : { type: 'done' }),
    now,
  );
  assert.equal(waiting(store.held).length, 0);
  assert.deepEqual(
    refused(store.held).map((one) => [one.key, one.refused?.code]),
    [['go', 'step-refused']],
  );
});

test('an action taken while another is being sent is sent too', async () => {
  const store = shelf(['go']);
  const sent: string[] = [];
  await drain(
    store.read,
    store.write,
    async (one): Promise<Answer> => {
      if (one.key === 'go') store.write([...store.held, action('arrive')]);
      sent.push(one.key);
      return { type: 'done' };
    },
    now,
  );
  assert.deepEqual(sent, ['go', 'arrive']);
});

const heldBack = (key: string, left_ms: number): Action => ({ ...action(key), held_until_ms: NOW_MS + left_ms });

test('what can still be taken back is not sent, and nothing overtakes it', async () => {
  const store = shelf([]);
  store.held = [action('arrive'), heldBack('clear', 3_000), action('say')];
  const sent: string[] = [];
  const take = async (one: Action): Promise<Answer> => {
    sent.push(one.key);
    return { type: 'done' };
  };
  assert.equal(await drain(store.read, store.write, take, now), 'held');
  assert.deepEqual(sent, ['arrive']);
  assert.equal(await drain(store.read, store.write, take, () => NOW_MS + 3_000), 'empty');
  assert.deepEqual(sent, ['arrive', 'clear', 'say']);
});

test('an action is taken back only while it is kept back', () => {
  const actions = [action('arrive'), heldBack('clear', 1)];
  assert.deepEqual(
    held(actions, NOW_MS).map((one) => one.key),
    ['clear'],
  );
  assert.deepEqual(
    takenBack(actions, 'clear', NOW_MS).map((one) => one.key),
    ['arrive'],
  );
  assert.equal(takenBack(actions, 'clear', NOW_MS + 1).length, 2);
  assert.equal(takenBack(actions, 'arrive', NOW_MS).length, 2);
});

test('a clock set back keeps nothing, and a page put away lets all go', () => {
  assert.equal(heldFor_ms(heldBack('clear', HOLD_MS), NOW_MS), HOLD_MS);
  assert.equal(heldFor_ms(heldBack('clear', HOLD_MS + 400), NOW_MS), HOLD_MS);
  assert.equal(heldFor_ms(heldBack('clear', HOLD_MS + 60_000), NOW_MS), 0);
  assert.equal(held(released([heldBack('clear', 3_000)]), NOW_MS).length, 0);
});

test('a step on its way is taken back no more, also when the clock is set back meanwhile or the answer is lost', async () => {
  const store = shelf([]);
  store.held = [heldBack('clear', 3_000), heldBack('say', 4_000)];
  const late = (): number => NOW_MS + 3_000;
  const send = async (one: Action): Promise<Answer> => {
    store.write(takenBack(store.read(), one.key, NOW_MS));
    return { type: 'no-link' };
  };
  assert.equal(await drain(store.read, store.write, send, late), 'no-link');
  assert.deepEqual(
    takenBack(store.held, 'clear', NOW_MS).map((one) => one.key),
    ['clear', 'say'],
  );
  assert.deepEqual(
    takenBack(store.held, 'say', late()).map((one) => one.key),
    ['clear'],
  );
});

test('without any network nothing is tried, and what waits can be taken back as long as it lasts', async () => {
  const store = shelf([]);
  store.held = [action('arrive'), heldBack('clear', 3_000)];
  const late = (): number => NOW_MS + 60_000;
  const sent: string[] = [];
  const send = async (one: Action): Promise<Answer> => {
    sent.push(one.key);
    return { type: 'no-link' };
  };
  assert.equal(await drain(store.read, store.write, send, late, () => true), 'no-link');
  assert.deepEqual(sent, []);
  const left = takenBack(store.held, 'clear', late(), true);
  assert.deepEqual(
    left.map((one) => one.key),
    ['arrive'],
  );
  // A link that is merely bad: it may have arrived, so it stays.
  assert.equal(await drain(store.read, store.write, send, late, () => false), 'no-link');
  assert.deepEqual(sent, ['arrive']);
  assert.equal(takenBack(store.held, 'arrive', late(), true).length, 2);
});
