import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, type Answer, drain, refused, waiting } from './queue.ts';

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
  const end = await drain(store.read, store.write, async (one): Promise<Answer> => {
    sent.push(one.key);
    return { type: 'done' };
  });
  assert.equal(end, 'empty');
  assert.deepEqual(sent, ['go', 'arrive', 'clear']);
  assert.equal(store.held.length, 0);
});

test('without a link nothing is lost and nothing overtakes', async () => {
  const store = shelf(['go', 'arrive']);
  const sent: string[] = [];
  const end = await drain(store.read, store.write, async (one): Promise<Answer> => {
    sent.push(one.key);
    return { type: 'no-link' };
  });
  assert.equal(end, 'no-link');
  assert.deepEqual(sent, ['go']);
  assert.deepEqual(
    waiting(store.held).map((one) => one.key),
    ['go', 'arrive'],
  );
});

test('a refused action is kept with its reason and those after it go on', async () => {
  const store = shelf(['go', 'arrive']);
  await drain(store.read, store.write, async (one): Promise<Answer> =>
    one.key === 'go' ? { type: 'refused', problem } : { type: 'done' },
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
  await drain(store.read, store.write, async (one): Promise<Answer> => {
    if (one.key === 'go') store.write([...store.held, action('arrive')]);
    sent.push(one.key);
    return { type: 'done' };
  });
  assert.deepEqual(sent, ['go', 'arrive']);
});
