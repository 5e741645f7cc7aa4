import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { siteId } from '#core/base/ids.ts';
import { between, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import { StoreError } from '#app/ports.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { SITE } from '../contracts/store-kit.ts';

const CHILD = join(import.meta.dirname, 'kill-child.ts');
const KILLS = 100;
/** Directories attacked at the same time. */
const LANES = 2;
/** The child is killed after it acknowledged this many batches (a random number up to it). */
const MOST_BATCHES = 60;

/** Lines of a child until it has said `lines` of them after opening and is killed; all lines it managed to say. */
const runAndKill = async (dir: string, lines: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  return said;
};

/** A directory whose holder is killed `kills` times; after every kill, and at the end, all that was acknowledged is there. */
const killOften = async (random: Random, kills: number): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'qundao-kill-'));
  const acknowledged = new Map<number, string>();
  let atLeast = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const [opened, ...answers] = await runAndKill(dir, between(random, 1, MOST_BATCHES));
    assert.match(opened ?? '', /^opened \d+$/);
    const size = Number(opened?.split(' ')[1]);
    assert.ok(size >= atLeast, `kill ${kill}: opened with ${size} events, ${atLeast} had been acknowledged`);
    for (const answer of answers) {
      const [word, seq, hash] = answer.split(' ');
      assert.equal(word, 'acknowledged');
      acknowledged.set(Number(seq), hash ?? '');
      atLeast = Math.max(atLeast, Number(seq));
    }
  }
  const store = await openSqliteStore(dir);
  const answer = await store.check(SITE, openSiteKey(dir, false).publicKey);
  assert.ok(answer.ok);
  const events = await store.read(0, answer.value.chain.size);
  assert.ok(acknowledged.size > kills);
  for (const [seq, hash] of acknowledged) assert.equal(events[seq - 1]?.hash, hash, `acknowledged event ${seq}`);
  await store.close();
  assert.ok(verifyDirectory(dir).ok);
  rmSync(dir, { recursive: true, force: true });
};

const started = async (child: ChildProcess): Promise<void> => {
  assert.ok(child.stdout !== null);
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('opened')) return;
};

describe('kill -9', () => {
  it(`L5 ${KILLS} times at random moments under load: nothing acknowledged is lost`, { timeout: 120_000 }, async () => {
    const lanes = Array.from({ length: LANES }, (_, lane) => killOften(seeded(20_261_121 + lane), KILLS / LANES));
    await Promise.all(lanes);
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
