import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { siteId } from '#core/base/ids.ts';
import type { Random } from '#core/base/random.ts';
import { StoreError } from '#app/ports.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { SITE } from '../contracts/store-kit.ts';
import { at, randomMoment, randomOf } from './moments.ts';

const CHILD = join(import.meta.dirname, 'kill-child.ts');
/** Kills of bare stores; with those of the whole server (kill-server.test.ts) they are a hundred. */
const KILLS = 80;
/** Directories attacked at the same time, one after the other in each lane, so often each. */
const LANES = 2;
const KILLS_EACH = 10;
/** A kill comes at most so long after the store was opened. */
const LOAD_MS = 60;
/** Every fourth kill of a directory that holds something comes at most so long after the process began: while it opens. */
const OPENING_MS = 300;
const isOpeningKill = (kill: number): boolean => kill % 4 === 3;

/** What a child managed to say until it was killed at a random moment, while it opened or under load. */
const runAndKill = async (dir: string, random: Random, opening: boolean): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = (): boolean => child.kill('SIGKILL');
  if (opening) void randomMoment(random, OPENING_MS).then(kill);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (!opening && said.length === 1) void randomMoment(random, LOAD_MS).then(kill);
  }
  return said;
};

/** A directory whose holder is killed again and again: the ledger verifies each time, and holds what was acknowledged. Answers how much. */
const killOften = async (random: Random, name: string): Promise<number> => {
  const dir = mkdtempSync(join(tmpdir(), 'qundao-kill-'));
  const acknowledged = new Map<number, string>();
  let atLeast = 0;
  for (let kill = 0; kill < KILLS_EACH; kill += 1) {
    const where = at(`${name}, kill ${kill}`);
    const [opened, ...answers] = await runAndKill(dir, random, isOpeningKill(kill));
    if (opened !== undefined) {
      assert.match(opened, /^opened \d+$/, where);
      assert.ok(Number(opened.split(' ')[1]) >= atLeast, `${where}: ${opened}, ${atLeast} had been acknowledged`);
    }
    for (const answer of answers) {
      const [word, seq, hash] = answer.split(' ');
      assert.equal(word, 'acknowledged', where);
      acknowledged.set(Number(seq), hash ?? '');
      atLeast = Math.max(atLeast, Number(seq));
    }
    const verdict = verifyDirectory(dir);
    assert.ok(verdict.ok, `${where}: ${JSON.stringify(verdict)}`);
    assert.ok(verdict.events >= atLeast, `${where}: ${verdict.events} of ${atLeast} acknowledged are there`);
  }
  const store = await openSqliteStore(dir);
  const answer = await store.check(SITE, openSiteKey(dir, false).publicKey);
  assert.ok(answer.ok, at(name));
  const events = await store.read(0, answer.value.chain.size);
  for (const [seq, hash] of acknowledged) assert.equal(events[seq - 1]?.hash, hash, at(`${name}, event ${seq}`));
  await store.close();
  rmSync(dir, { recursive: true, force: true });
  return acknowledged.size;
};

const started = async (child: ChildProcess): Promise<void> => {
  assert.ok(child.stdout !== null);
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('opened')) return;
};

describe('kill -9', () => {
  it(`L5 ${KILLS} times at random moments: nothing acknowledged is lost, the ledger verifies`, async () => {
    const lane = async (first: number): Promise<number> => {
      const random = randomOf(first);
      let acknowledged = 0;
      for (let place = first; place < KILLS / KILLS_EACH; place += LANES)
        acknowledged += await killOften(random, `directory ${place}`);
      return acknowledged;
    };
    const each = await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
    const total = each.reduce((sum, one) => sum + one, 0);
    assert.ok(total > KILLS, at(`only ${total} batches were acknowledged: there was no load`));
  });

  it('L6 leaves no lock behind, and a living holder keeps others out', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'qundao-kill-'));
    const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    await started(child);
    await assert.rejects(openSqliteStore(dir), (error) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.fault, 'locked');
      assert.match(error.message, /another process uses the data directory/);
      return true;
    });
    child.kill('SIGKILL');
    await gone;
    const live = verifyDirectory(dir);
    assert.ok(live.ok, JSON.stringify(live));
    const store = await openSqliteStore(dir);
    assert.equal((await store.head())?.size, live.events);
    assert.equal((await store.head())?.site, siteId('zs-test'));
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
});
