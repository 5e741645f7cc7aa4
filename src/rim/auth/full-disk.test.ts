import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { AccountId } from '#core/base/ids.ts';
import { inTransaction, numberOf, openDatabase } from './database.ts';
import { FAILURES_MAX, LOCK_MS, openFailures } from './failures.ts';
import { openSessions } from './sessions.ts';

const DESK = {
  id: 'desk-1' as AccountId,
  display: { zh: '接警员甲', en: 'Dispatcher A' },
  roles: ['dispatcher'],
  sites: '*' as const,
  units: [],
};
const MANY = 500;

let folder = '';
let db: DatabaseSync;
let clock = 0;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qundao-auth-full-'));
  db = openDatabase(path.join(folder, 'accounts.db'));
  db.exec(
    `INSERT INTO accounts VALUES ('desk-1', '${JSON.stringify(DESK.display)}', '["dispatcher"]', '"*"', '[]', '', 0, 0, NULL, NULL)`,
  );
  // SQLite answers FULL when the file may not grow, as it does when the disk has no room.
  db.exec(`PRAGMA max_page_count = ${numberOf(db.prepare('PRAGMA page_count').get(), 'page_count')}`);
  clock = Date.UTC(2026, 10, 21, 4);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});
const rows = (table: string): number => numberOf(db.prepare(`SELECT count(*) AS n FROM ${table}`).get(), 'n');

describe('a full disk', () => {
  test('sessions that find no room live in memory, say so, and end like others', () => {
    const warnings: string[] = [];
    const csrfKey = randomBytes(32);
    const sessions = openSessions(db, {
      now: () => clock,
      random: (bytes) => randomBytes(bytes),
      warn: (message) => warnings.push(message),
      csrfKey,
      session_idle_s: 3600,
      session_s: 86_400,
    });
    const opened = Array.from({ length: MANY }, () => sessions.open(DESK));
    assert.ok(warnings.length > 0 && rows('sessions') === MANY - warnings.length);
    sessions.refresh();
    for (const { token, session } of opened) assert.deepEqual(sessions.find(token), session);
    const [last, other] = [opened.at(-1)?.token ?? '', opened.at(-2)?.token ?? ''];
    sessions.end(last);
    assert.equal(sessions.find(last), null);
    clock += 3_600_000;
    assert.equal(sessions.find(other), null);
  });

  test('a session in memory ends when another process changes the password', () => {
    const sessions = openSessions(db, {
      now: () => clock,
      random: (bytes) => randomBytes(bytes),
      warn: () => undefined,
      csrfKey: randomBytes(32),
      session_idle_s: 3600,
      session_s: 86_400,
    });
    const opened = Array.from({ length: MANY }, () => sessions.open(DESK));
    const last = opened.at(-1)?.token ?? '';
    assert.equal(sessions.find(last)?.actor.account, DESK.id);
    // As the command line does: the rows of the sessions go, the hash is another.
    const elsewhere = new DatabaseSync(path.join(folder, 'accounts.db'));
    elsewhere.exec(`DELETE FROM sessions; UPDATE accounts SET password = 'other'`);
    elsewhere.close();
    clock += 1000;
    assert.deepEqual(
      opened.map(({ token }) => sessions.find(token)),
      opened.map(() => null),
    );
  });

  test('failed sign-ins are counted and lock all the same', () => {
    const failures = openFailures(db, () => clock);
    for (let n = 0; n < MANY; n += 1) assert.equal(failures.begin(`name-${n}`), null);
    assert.ok(rows('failures') < MANY, 'the file is full');
    for (let n = 0; n < FAILURES_MAX; n += 1) {
      assert.equal(failures.begin('desk-1'), null);
      failures.failed('desk-1');
    }
    assert.deepEqual(failures.begin('desk-1'), { locked_ms: LOCK_MS });
    failures.forgive('desk-1');
    assert.equal(failures.begin('desk-1'), null);
  });

  test('a transaction that SQLite has rolled back itself tells its own error', () => {
    const fill = (): void => db.exec(`INSERT INTO secrets VALUES ('large', zeroblob(1000000))`);
    assert.throws(() => inTransaction(db, fill), { errcode: 13 });
    assert.equal(db.isTransaction, false);
  });
});
