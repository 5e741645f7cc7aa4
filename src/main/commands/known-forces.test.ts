import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Refused } from '../shell.ts';
import { checkUnits, closest, registerOf } from './known-forces.ts';
import type { KnownForce } from './known-forces.ts';

const force = (id: string, call_sign: string, zh: string, en: string): KnownForce => ({
  id,
  call_sign,
  name: { zh, en },
});
const FORCES = [
  force('ptu-changguo', '昌国03', '昌国轻型PTU', 'Changguo light PTU'),
  force('boat-07', '艇07', '警 07 艇', 'Patrol boat 07'),
];
const known = { known: true, forces: FORCES } as const;

test('units are ids; a call sign, a name or a slip is refused with the force that may be meant', () => {
  assert.doesNotThrow(() => checkUnits(['ptu-changguo', 'boat-07'], known));
  for (const typed of ['昌国03', 'changguo light ptu', 'ptu-changgou']) {
    assert.deepEqual(
      closest(typed, FORCES).map((one) => one.id),
      ['ptu-changguo'],
    );
    assert.throws(() => checkUnits(['boat-07', typed], known), Refused);
  }
  assert.deepEqual(closest('helicopter', FORCES), []);
});

test('every unknown unit is named, in both languages', () => {
  assert.throws(
    () => checkUnits(['x-1', 'x-2'], known),
    (error: Error) =>
      ['没有力量 x-1', 'has no force x-1', '没有力量 x-2', 'import forces'].every((words) =>
        error.message.includes(words),
      ),
  );
});

test('a register that cannot be read here is not taken for an empty one', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'qundao-register-'));
  try {
    const sqlite = { data_dir: dir, store: { type: 'sqlite' } } as const;
    assert.equal(registerOf(sqlite).known, false);
    writeFileSync(path.join(dir, 'ledger.db'), 'not a ledger');
    assert.equal(registerOf(sqlite).known, false);
    assert.equal(
      registerOf({ data_dir: dir, store: { type: 'postgres', url: 'postgres://localhost/x' } }).known,
      false,
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});
