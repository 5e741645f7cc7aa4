import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ISLAND_FEED, temporary, writeFeed, zipOf } from '../harness/gtfs.ts';

const CLI = path.join(import.meta.dirname, '../../src/main/cli.ts');
let [dir, remove] = ['', (): void => undefined];
beforeEach(() => {
  ({ dir, remove } = temporary());
});
afterEach(() => remove());

/** Runs the command and gives its one JSON object, and how it ended. */
const run = (
  ...args: readonly string[]
): { readonly status: number | null; readonly said: Record<string, unknown> } => {
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'import', 'gtfs', ...args, '--json'], {
    encoding: 'utf8',
  });
  return { status, said: JSON.parse(stdout) as Record<string, unknown> };
};

describe('import gtfs', () => {
  test('makes the place directory, writes lines.json and sums up; a feed that is wrong changes nothing', () => {
    const place = path.join(dir, 'place');
    const file = path.join(dir, 'feed.zip');
    writeFileSync(file, zipOf(ISLAND_FEED));
    const { status, said } = run(file, '--out', place, '--boarding', '60', '--vehicles', 'R1');
    assert.equal(status, 0);
    const { lines, lines_with_vehicles, trips, stops, stops_at_piers, ok } = said;
    assert.deepEqual(
      { lines, lines_with_vehicles, trips, stops, stops_at_piers, ok },
      {
        lines: 2,
        lines_with_vehicles: 2,
        trips: 3,
        stops: 3,
        stops_at_piers: 0,
        ok: true,
      },
    );
    const before = readFileSync(path.join(place, 'lines.json'), 'utf8');
    assert.equal(
      (JSON.parse(before) as { feeds: { lines: { boarding_s: number }[] }[] }).feeds[0]?.lines[0]?.boarding_s,
      60,
    );

    const wrong = writeFeed(dir, { ...ISLAND_FEED, 'stop_times.txt': 'trip_id,stop_sequence\nghost,1\n' });
    const refused = run(wrong, '--out', place);
    assert.equal(refused.status, 1);
    assert.equal(refused.said['code'], 'gtfs-reference-unknown');
    assert.match(String(refused.said['en']), /stop_times\.txt line 2.*ghost/);
    assert.match(String(refused.said['zh']), /第 2 行.*ghost/);
    assert.deepEqual(readdirSync(place), ['lines.json']);
    assert.equal(readFileSync(path.join(place, 'lines.json'), 'utf8'), before);
  });

  test('a place that cannot take it is refused in words, and a wrong option is bad usage', () => {
    const feed = writeFeed(dir, ISLAND_FEED);
    writeFileSync(path.join(dir, 'file'), '');
    const refused = run(feed, '--out', path.join(dir, 'file'));
    assert.deepEqual([refused.status, refused.said['code']], [1, 'place-write-failed']);
    assert.equal(run(feed, '--out', path.join(dir, 'place'), '--within', 'far').status, 2);
    assert.ok(!existsSync(path.join(dir, 'place')));
  });
});
