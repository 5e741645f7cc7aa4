import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { beat, closeAll } from './running.ts';

const quiet = { error: () => undefined };
const turnOfLoop = async (): Promise<void> => {
  await setImmediate();
};

describe('the rounds of a site', () => {
  test('one that is under way is not begun again and keeps no other waiting; stopping waits for all', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const slow = Promise.withResolvers<void>();
    const begun = { slow: 0, quick: 0 };
    const rounds = [
      { every_ms: 100, work: () => ((begun.slow += 1), slow.promise) },
      { every_ms: 100, work: () => Promise.resolve((begun.quick += 1)) },
    ];
    const { run, stop } = beat(rounds, quiet);
    run();
    for (let n = 0; n < 3; n += 1) {
      t.mock.timers.tick(100);
      await turnOfLoop();
    }
    assert.deepEqual(begun, { slow: 1, quick: 3 });
    let stopped = false;
    const stopping = stop().then(() => (stopped = true));
    await turnOfLoop();
    assert.equal(stopped, false);
    slow.resolve();
    await stopping;
    t.mock.timers.tick(1000);
    assert.deepEqual(begun, { slow: 1, quick: 3 });
  });

  test('a failure is logged and the next turn tries again', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const logged: unknown[] = [];
    const failure = new Error('the disk is full');
    const { run, stop } = beat([{ every_ms: 100, work: () => Promise.reject(failure) }], {
      error: (error: unknown) => void logged.push(error),
    });
    run();
    t.mock.timers.tick(100);
    await turnOfLoop();
    t.mock.timers.tick(100);
    await stop();
    assert.deepEqual(logged, [failure, failure]);
  });
});

test('everything opened is closed, the last first, and the first failure told', async () => {
  const closed: string[] = [];
  const close = (name: string, fails: boolean) => async (): Promise<void> => {
    closed.push(name);
    if (fails) throw new Error(name);
  };
  await assert.rejects(closeAll([close('store', false), close('keys', true), close('accounts', true)]), {
    message: 'accounts',
  });
  assert.deepEqual(closed, ['accounts', 'keys', 'store']);
});
