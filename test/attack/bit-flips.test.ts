import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { StoreError } from '#app/ports.ts';
import type { MatterId } from '#core/base/ids.ts';
import { between, seeded } from '#core/base/random.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { LedgerFile } from '#rim/store-sqlite/ledger-file.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { Author, SITE, digest, eventsOf } from '../contracts/store-kit.ts';

/** What an untouched ledger serves. */
interface Truth {
  readonly events: readonly StoredEvent[];
  readonly head: SignedHead;
  readonly checkpoints: readonly SignedHead[];
}

const isCorrupt = (error: unknown): boolean => error instanceof StoreError && error.fault === 'corrupt';

/** The answer, or null when it was refused as corrupt. Any other failure fails the test. */
const served = <T>(work: () => T): T | null => {
  try {
    return work();
  } catch (error) {
    assert.ok(isCorrupt(error), String(error));
    return null;
  }
};

/** Whatever is handed out by a read must be what was written. */
const servesOnlyTruth = (ledger: LedgerFile, truth: Truth): void => {
  for (let from = 0; from < truth.events.length; from += 50) {
    const events = served(() => ledger.read(from, 50));
    if (events !== null) assert.deepEqual(events, truth.events.slice(from, from + events.length));
  }
};

/** A ledger that checked out must serve everything, byte for byte. */
const servesAll = (ledger: LedgerFile, truth: Truth): void => {
  assert.deepEqual(ledger.read(0, 10_000), truth.events);
  assert.deepEqual(ledger.head(), truth.head);
  assert.deepEqual(ledger.checkpoints(), truth.checkpoints);
  const matters = new Set(
    truth.events.map((event) => event.matter).filter((matter): matter is MatterId => matter !== null),
  );
  for (const matter of matters) {
    assert.deepEqual(
      ledger.ofMatter(matter),
      truth.events.filter((event) => event.matter === matter),
    );
  }
};

describe('random bit flips', () => {
  const dir = mkdtempSync(join(tmpdir(), 'qundao-flips-'));
  const closed = join(dir, 'closed');
  const crashed = join(dir, 'crashed');
  const work = join(dir, 'work');
  let truth: Truth;

  before(async () => {
    const store = await openSqliteStore(closed);
    const author = new Author(openSiteKey(closed).signer);
    const batches = [author.batch(150, true), author.batch(200), author.batch(90, true)];
    for (const batch of batches) await store.append(batch);
    // As kill -9 would leave it: with its write-ahead log.
    cpSync(closed, crashed, { recursive: true });
    await store.close();
    truth = {
      events: eventsOf(batches),
      head: author.head(),
      checkpoints: batches.filter((batch) => batch.checkpoint).map((batch) => batch.head),
    };
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  /** A fresh copy with one bit of one file turned. */
  const flipped = (source: string, file: string, bit: number): void => {
    rmSync(work, { recursive: true, force: true });
    cpSync(source, work, { recursive: true });
    const path = join(work, file);
    const bytes = readFileSync(path);
    const at = Math.floor(bit / 8);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
    writeFileSync(path, bytes);
  };
  const bitsOf = (source: string, file: string): number => readFileSync(join(source, file)).length * 8;

  /** True when it was seen. */
  const tryFlip = (source: string, file: string, bit: number): boolean => {
    flipped(source, file, bit);
    const verdict = verifyDirectory(work);
    const seen = !verdict.ok;
    if (seen) assert.ok(verdict.first_bad !== null && verdict.first_bad.reason.zh !== '');
    const ledger = served(() => new LedgerFile(join(work, 'ledger.db'), digest, true));
    if (ledger === null) {
      assert.ok(seen, 'it cannot be opened, yet it verified');
      return true;
    }
    if (seen) servesOnlyTruth(ledger, truth);
    else servesAll(ledger, truth);
    ledger.close();
    return seen;
  };

  it('in the database: named, or without effect on anything served', () => {
    const random = seeded(7);
    const bits = bitsOf(closed, 'ledger.db');
    let seen = 0;
    for (let trial = 0; trial < 400; trial += 1)
      if (tryFlip(closed, 'ledger.db', between(random, 0, bits - 1))) seen += 1;
    // Most of the file is events; the rest is free space at the end of pages.
    assert.ok(seen > 200, `${seen} of 400 were seen`);
  });

  it('in the write-ahead log: named, or without effect on anything served', () => {
    const random = seeded(8);
    const bits = bitsOf(crashed, 'ledger.db-wal');
    let seen = 0;
    for (let trial = 0; trial < 150; trial += 1)
      if (tryFlip(crashed, 'ledger.db-wal', between(random, 0, bits - 1))) seen += 1;
    assert.ok(seen > 75, `${seen} of 150 were seen`);
  });

  it('in the files beside it: named, or without effect on anything served', () => {
    const random = seeded(9);
    for (const file of ['checkpoints.jsonl', 'head.json', 'site-key.public.pem']) {
      const bits = bitsOf(closed, file);
      for (let trial = 0; trial < 40; trial += 1) tryFlip(closed, file, between(random, 0, bits - 1));
    }
  });

  it('are found by the store itself at its start', async () => {
    const random = seeded(10);
    const publicKey = openSiteKey(closed, false).publicKey;
    const textAt = readFileSync(join(closed, 'ledger.db')).indexOf('command-217');
    assert.ok(textAt > 0);
    for (const bit of [
      textAt * 8 + 1,
      ...Array.from({ length: 25 }, () => between(random, 0, bitsOf(closed, 'ledger.db') - 1)),
    ]) {
      flipped(closed, 'ledger.db', bit);
      const store = await openSqliteStore(work).catch((error: unknown) => {
        assert.ok(isCorrupt(error), String(error));
        return null;
      });
      if (store === null) continue;
      const answer = await store.check(SITE, publicKey);
      if (bit === textAt * 8 + 1)
        assert.deepEqual(answer.ok ? null : [answer.error.code, answer.error.seq], ['edited', 217]);
      if (answer.ok) assert.deepEqual(await store.read(0, 10_000), truth.events);
      await store.close();
    }
  });
});
