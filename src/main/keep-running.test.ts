import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { beforeEach, describe, mock, test } from 'node:test';
import { keepRunning } from './keep-running.ts';

/** A process that ends when told. */
class Child extends EventEmitter {
  readonly signals: string[] = [];
  kill(signal: string): boolean {
    this.signals.push(signal);
    return true;
  }
}

let children: Child[] = [];
let ends: unknown[] = [];
const start = (): ChildProcess => {
  const child = new Child();
  children.push(child);
  return child as unknown as ChildProcess;
};
const keep = (starting = start) => keepRunning(starting, (how) => ends.push(how));
const end = async (event: 'exit' | 'error', how: unknown): Promise<void> => {
  children.at(-1)?.emit(event, how);
  await Promise.resolve();
};
beforeEach(() => {
  children = [];
  ends = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
});

describe('keeping a process running', () => {
  test('it comes back after 1 s, 2 s, 4 s … at most 60 s', async () => {
    keep();
    for (const wait_s of [1, 2, 4, 8, 16, 32, 60, 60]) {
      const before = children.length;
      await end('exit', 1);
      mock.timers.tick(wait_s * 1000 - 1);
      assert.equal(children.length, before);
      mock.timers.tick(1);
      assert.equal(children.length, before + 1, `after ${wait_s} s`);
    }
  });

  test('one that lasted a minute comes back after a second again', async () => {
    keep();
    await end('exit', 1);
    mock.timers.tick(1000);
    mock.timers.tick(60_000);
    await end('exit', 0);
    mock.timers.tick(1000);
    assert.equal(children.length, 3);
    assert.deepEqual(ends, [1, 0]);
  });

  test('what cannot be started is tried again', async () => {
    let disk_full = true;
    const failure = new Error('full');
    keep(() => {
      if (disk_full) throw failure;
      return start();
    });
    assert.deepEqual([children.length, ends], [0, [failure]]);
    disk_full = false;
    mock.timers.tick(1000);
    assert.equal(children.length, 1);
    await end('error', failure);
    mock.timers.tick(2000);
    assert.equal(children.length, 2);
  });

  test('after stop it is ended and does not come back', async () => {
    const kept = keep();
    kept.stop();
    assert.deepEqual(children[0]?.signals, ['SIGTERM']);
    await end('exit', null);
    mock.timers.tick(120_000);
    const waiting = keep();
    await end('exit', 1);
    waiting.stop();
    mock.timers.tick(120_000);
    assert.equal(children.length, 2);
    assert.deepEqual(ends, [1]);
  });
});
