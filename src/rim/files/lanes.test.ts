import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lanes } from './lanes.ts';
import type { Lane } from './lanes.ts';

/** Tasks that are done when told, and the order they were begun in. */
const hall = (waiting_max: number) => {
  const run = lanes(waiting_max);
  const begun: string[] = [];
  const open = new Map<string, () => void>();
  const enter = (lane: Lane, name: string) =>
    run(lane, () => {
      begun.push(name);
      return new Promise<string>((resolve) => {
        open.set(name, () => resolve(name));
      });
    });
  return { begun, enter, finish: (name: string) => open.get(name)?.() };
};

describe('two lanes to one window', () => {
  test('one at a time; whoever is signed in goes before the public that came earlier', async () => {
    const { begun, enter, finish } = hall(5);
    const all = [
      enter('anonymous', 'a1'),
      enter('anonymous', 'a2'),
      enter('signed-in', 's1'),
      enter('signed-in', 's2'),
    ];
    assert.deepEqual(begun, ['a1']);
    for (const [at, name] of ['a1', 's1', 's2', 'a2'].entries()) {
      finish(name);
      assert.deepEqual(await all[['a1', 'a2', 's1', 's2'].indexOf(name)], { value: name });
      assert.equal(begun.length, Math.min(at + 2, 4));
    }
    assert.deepEqual(begun, ['a1', 's1', 's2', 'a2']);
  });

  test('a full lane turns away at once and leaves the other open', async () => {
    const { begun, enter, finish } = hall(1);
    const first = enter('anonymous', 'a1');
    const second = enter('anonymous', 'a2');
    assert.equal(await enter('anonymous', 'a3'), null);
    const third = enter('signed-in', 's1');
    for (const [name, done] of [
      ['a1', first],
      ['s1', third],
      ['a2', second],
    ] as const) {
      finish(name);
      await done;
    }
    assert.deepEqual(begun, ['a1', 's1', 'a2']);
  });

  test('a task that fails lets the next one in', async () => {
    const run = lanes(1);
    await assert.rejects(
      run('anonymous', () => Promise.reject(new Error('torn'))),
      { message: 'torn' },
    );
    assert.deepEqual(await run('anonymous', () => Promise.resolve(1)), { value: 1 });
  });
});
