import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { err, ok } from '#core/base/result.ts';
import type { EventView, MatterRow, StreamMessage } from '#wire/api.ts';
import { Agenda } from '../agenda.ts';
import { marketTheft } from '../drills/market-theft.ts';
import type { Answer, Asks } from '../link/client.ts';
import { Picture } from '../link/picture.ts';
import { Dispatcher } from './dispatcher.ts';

const ID = 'ZS-261121-0001';
const SECOND_MS = 1000;

/** A server that only remembers what it was told, and has one incident. */
class Told implements Asks {
  readonly commands: string[] = [];
  seq = 1;
  parts: MatterRow['parts'] = [];

  readonly get = <T>(path: string): Promise<Answer<T>> => {
    if (path.endsWith('/candidates')) return this.#answer({ candidates: [{ force: 'car-1' }], excluded: [] });
    if (path === '/api/session') return this.#answer({ account: 'simulator' });
    if (path === '/api/forces') return this.#answer({ forces: [] });
    return this.#answer(path.startsWith('/api/matters?') ? { rows: [] } : this.row());
  };

  readonly post = <T>(path: string): Promise<Answer<T>> => {
    if (path === '/api/matters') return this.#answer({ matter: ID, seq: 1, also: [] });
    this.commands.push(path.split('/').at(-1) ?? '');
    this.seq += 1;
    return path.endsWith('/engagements')
      ? this.#answer({ matter: ID, seq: this.seq, also: [] })
      : Promise.resolve(err({ code: 'x', line: 'x' }));
  };

  row(): MatterRow {
    const fixed = {
      outcome: null,
      title: { zh: '', en: '' },
      place: null,
      position: null,
      urgency: null,
      raised_ms: 0,
      changed_ms: 0,
      clocks: [],
    };
    return {
      ...fixed,
      id: ID,
      kind: 'incident',
      site: 'zs-city',
      level: 'station',
      state: 'received',
      open: true,
      seq: this.seq,
      parts: this.parts,
    };
  }

  #answer<T>(value: unknown): Promise<Answer<T>> {
    return Promise.resolve(ok(value as T));
  }
}

const event = (actor: string): EventView => ({
  seq: 2,
  matter: ID,
  kind: 'incident',
  type: 'stepped',
  time_ms: 0,
  actor,
  words: { zh: '', en: '' },
  facts: {},
  told: false,
});
const batch = (told: Told, events: EventView[]): StreamMessage => ({
  type: 'batch',
  seq: told.seq,
  now_ms: 0,
  rows: [told.row()],
  events,
  forces: [],
  gone: [],
});

/** Lets promises that wait for nothing settle. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};
const pass = async (seconds: number): Promise<void> => {
  mock.timers.tick(seconds * SECOND_MS);
  await settle();
};

const begin = async (patience: number) => {
  const told = new Told();
  const picture = new Picture(told);
  const manner = { speed: 6, patience, decline_chance: 0 };
  const nothing = (): void => undefined;
  const dispatcher = new Dispatcher({
    client: told,
    picture,
    agenda: new Agenda(),
    manner,
    onJoined: nothing,
    onEnded: nothing,
  });
  await picture.load();
  assert.ok(await dispatcher.raise(marketTheft));
  await settle();
  return { told, picture };
};

describe('people have the first chance', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  test('the simulator dispatches when nobody did for ninety seconds', async () => {
    const { told } = await begin(1);
    await pass(89);
    assert.deepEqual(told.commands, []);
    await pass(2);
    assert.deepEqual(told.commands, ['engagements']);
  });

  test('a clock that runs out gives nobody more time', async () => {
    const { told, picture } = await begin(1);
    await pass(60);
    told.seq += 1;
    picture.take(batch(told, [event('system')]));
    await pass(31);
    assert.deepEqual(told.commands, ['engagements']);
  });

  test('what a person does there gives them ninety seconds more', async () => {
    const { told, picture } = await begin(1);
    await pass(80);
    told.seq += 1;
    picture.take(batch(told, [event('dispatcher')]));
    await pass(80);
    assert.deepEqual(told.commands, []);
    await pass(11);
    assert.deepEqual(told.commands, ['engagements']);
  });

  test('once it has taken over it goes on at once, until a person comes back', async () => {
    const { told, picture } = await begin(1);
    await pass(91);
    told.parts = [{ part: 'engagement', subject: 'car-1', state: 'released', active: false, since_ms: 0 }];
    told.seq += 1;
    picture.take(batch(told, [event('simulator')]));
    await pass(13);
    assert.deepEqual(told.commands, ['engagements', 'resolve']);
    told.seq += 1;
    picture.take(batch(told, [event('commander')]));
    await pass(80);
    assert.deepEqual(told.commands, ['engagements', 'resolve']);
  });

  test('played alone, nothing waits', async () => {
    const { told } = await begin(0);
    await pass(0.001);
    assert.deepEqual(told.commands, ['engagements']);
  });
});
