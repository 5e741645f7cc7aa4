import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { Frames, framesOf } from './frames.ts';

const long = randomBytes(60_000).toString('hex');

describe('frames of a word', () => {
  test('a short word is one frame, and comes out as it went in', () => {
    const [only, ...more] = framesOf('{"v":1,"type":"beat"}', 1);
    assert.deepEqual(more, []);
    assert.equal(new Frames().take(only as Uint8Array), '{"v":1,"type":"beat"}');
  });

  test('a long word is cut small, and put together in whatever order its frames come', () => {
    const parts = framesOf(long, 7);
    assert.ok(parts.length > 5 && parts.every((one) => one.length <= 8_008));
    const frames = new Frames();
    const came = parts.toReversed().map((one) => frames.take(one));
    assert.deepEqual(
      came.slice(0, -1),
      parts.slice(1).map(() => null),
    );
    assert.equal(came.at(-1), long);
  });

  test('words whose frames mix do not mix themselves; one repeated is not counted twice', () => {
    const frames = new Frames();
    const [one, two] = [framesOf(long, 1), framesOf(`${long}!`, 2)];
    const came: (string | null)[] = [];
    for (let at = 0; at < Math.max(one.length, two.length); at += 1)
      for (const part of [one[at], one[at], two[at]]) if (part !== undefined) came.push(frames.take(part));
    assert.deepEqual(
      came.filter((word) => word !== null),
      [long, `${long}!`],
    );
  });

  test('what is no frame, is damaged, or would unpack without end is nothing', () => {
    const frames = new Frames();
    assert.equal(frames.take(Buffer.from('short')), null);
    assert.equal(frames.take(Buffer.alloc(8, 0)), null);
    const [frame] = framesOf('whole', 1);
    const damaged = Buffer.from(frame as Uint8Array);
    damaged[12] = (damaged[12] ?? 0) ^ 0xff;
    assert.equal(frames.take(damaged), null);
    const [bomb] = framesOf('0'.repeat(70_000_000), 3);
    assert.equal(frames.take(bomb as Uint8Array), null);
  });

  test('frames of words that never end are given up, the oldest first', () => {
    const frames = new Frames();
    const words = Array.from({ length: 40 }, (_, number) => framesOf(`${long}${number}`, number));
    for (const parts of words) frames.take(parts[0] as Uint8Array);
    const rest = (number: number) => words[number]?.slice(1).map((one) => frames.take(one));
    assert.equal(rest(39)?.at(-1), `${long}39`);
    assert.equal(rest(0)?.at(-1), null);
  });
});
