import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Snapshots } from '#app/ports.ts';
import { openSnapshots } from './snapshots.ts';

describe('snapshots', () => {
  let dir: string;
  let snapshots: Snapshots;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'qundao-views-'));
    snapshots = openSnapshots(dir);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const file = (name: string): string => join(dir, 'views', name);

  it('gives back the lines of the newest, and keeps only that', async () => {
    assert.equal(await snapshots.get('matters'), null);
    await snapshots.put('matters', 10, ['old']);
    await snapshots.put('matters', 200, ['{"岛":1}', '', 'x']);
    await snapshots.put('matters-open', 5, []);
    assert.deepEqual(await snapshots.get('matters'), { seq: 200, lines: ['{"岛":1}', '', 'x'] });
    assert.deepEqual(await snapshots.get('matters-open'), { seq: 5, lines: [] });
    assert.deepEqual(readdirSync(join(dir, 'views')).toSorted(), ['matters-200.jsonl', 'matters-open-5.jsonl']);
  });

  it('holds many lines', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `{"n":${index},"filling":"${'y'.repeat(index % 90)}"}`);
    await snapshots.put('big', 1, lines);
    assert.deepEqual((await snapshots.get('big'))?.lines, lines);
  });

  it('reads as absent when torn at any place or changed in any byte', async () => {
    await snapshots.put('v', 7, ['one', 'two']);
    const whole = readFileSync(file('v-7.jsonl'));
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(file('v-7.jsonl'), whole);
      truncateSync(file('v-7.jsonl'), length);
      assert.equal(await snapshots.get('v'), null, `cut at ${length}`);
      const changed = Buffer.from(whole);
      changed[length] = (changed[length] ?? 0) ^ 4;
      writeFileSync(file('v-7.jsonl'), changed);
      assert.equal(await snapshots.get('v'), null, `changed at ${length}`);
    }
  });

  it('falls back on an older intact one', async () => {
    await snapshots.put('v', 7, ['one']);
    writeFileSync(file('v-9.jsonl'), 'damaged\n');
    assert.deepEqual(await snapshots.get('v'), { seq: 7, lines: ['one'] });
  });

  it('leaves the old one when the new one cannot be written', async () => {
    await snapshots.put('v', 7, ['one']);
    const failing = function* () {
      yield 'half';
      throw new Error('interrupted');
    };
    await assert.rejects(snapshots.put('v', 8, failing()), /interrupted/);
    await assert.rejects(snapshots.put('v', 8, ['a\nb']), RangeError);
    await assert.rejects(snapshots.put('../v', 8, []), RangeError);
    assert.deepEqual(await snapshots.get('v'), { seq: 7, lines: ['one'] });
    assert.deepEqual(readdirSync(join(dir, 'views')), ['v-7.jsonl']);
  });
});
