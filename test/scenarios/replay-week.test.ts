import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { replayCalls } from '#main/replay/replay.ts';
import { sharedFile } from '../harness/shared.ts';
import { tempDir } from '../harness/site.ts';

const PROJECT = path.join(import.meta.dirname, '../..');
const { file, skip } = sharedFile('calls/sffd-2016-12-31-week.csv');

test('a real week of a fire service: every row accounted for, every interval as in the file', { skip }, async () => {
  const { dir, remove } = tempDir('week');
  try {
    const report = await replayCalls({
      file,
      data_dir: path.join(dir, 'data'),
      place_dir: path.join(PROJECT, 'data/zhoushan'),
      speed: null,
      zone: 'America/Los_Angeles',
    });
    const { rows, calls, comparison } = report;
    assert.equal(rows.total, 7704);
    assert.equal(rows.accepted + rows.refused.length, rows.total);
    assert.equal(rows.out_of_order.length, 28);
    // Besides the 28 there are six rows with a transport of a unit that was never on scene.
    assert.deepEqual(
      Object.fromEntries(
        [...Map.groupBy(rows.refused, (row) => row.reason.code)].map(([code, all]) => [code, all.length]),
      ),
      { 'timestamps-out-of-order': 28, 'step-refused': 6 },
    );
    assert.equal(calls.total, 3560);
    assert.equal(calls.closed + calls.open.length, calls.total);
    // Five units have no time at which they were free again; their calls cannot end.
    assert.equal(calls.open.length, 5);
    assert.deepEqual(comparison.differences, []);
    const equal = comparison.intervals.reduce((sum, one) => sum + one.equal, 0);
    const notEntered = comparison.intervals.reduce((sum, one) => sum + one.not_entered, 0);
    assert.deepEqual({ equal, notEntered }, { equal: 41_142, notEntered: 76 });
    assert.equal(report.verified.ok, true);
    assert.equal(report.verified.events, report.events);
  } finally {
    remove();
  }
});
