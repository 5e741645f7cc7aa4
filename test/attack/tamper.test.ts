import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { siteId } from '#core/base/ids.ts';
import type { Hash } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { emptyChain, extend } from '#core/ledger/chain.ts';
import { GENESIS } from '#core/ledger/envelope.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { headText } from '#core/ledger/heads.ts';
import { grow } from '#core/ledger/tree.ts';
import { startVerify } from '#core/ledger/verify.ts';
import type { Verified } from '#core/ledger/verify.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { Author, SITE, digest, draftOf, eventsOf, testKey } from '../contracts/store-kit.ts';

const key = testKey();
const SIZE = 60;
const author = new Author(key.signer);
const batches = [author.batch(20, true), author.batch(17), author.batch(3, true), author.batch(SIZE - 40)];
const events = eventsOf(batches);
const checkpoints = batches.filter((batch) => batch.checkpoint).map((batch) => batch.head);
const head = author.head();

const verify = (
  list: readonly StoredEvent[],
  heads: readonly SignedHead[] = checkpoints,
  last: SignedHead | null = head,
): Result<Verified, Flaw> => {
  const verification = startVerify({ digest, verifier: key.verifier, site: SITE, head: last, checkpoints: heads });
  for (const event of list) {
    const found = verification.next(event);
    if (found !== null) return { ok: false, error: found };
  }
  return verification.finish();
};
const flawOf = (answer: Result<Verified, Flaw>): Flaw => {
  assert.ok(!answer.ok, 'the tampering was not seen');
  return answer.error;
};
const at = (seq: number): StoredEvent => {
  const event = events[seq - 1];
  assert.ok(event !== undefined);
  return event;
};
/** Whoever has no key can still compute hashes. */
const hashed = (event: StoredEvent): StoredEvent => ({ ...event, hash: digest.leaf(event.text) });
const renumbered = (list: readonly StoredEvent[]): StoredEvent[] =>
  list.map((event, index) => ({ ...event, seq: index + 1 }));
const replaced = (seq: number, event: StoredEvent): StoredEvent[] =>
  events.map((old) => (old.seq === seq ? event : old));
const edited = (event: StoredEvent): StoredEvent => ({ ...event, text: event.text.replace('desk-1', 'desk-2') });
const withPrev = (event: StoredEvent, prev: Hash): StoredEvent =>
  hashed({ ...event, text: `${event.text.slice(0, -66)}${prev}"}` });
/** Every event from `from` on linked and hashed anew. */
const rechained = (list: readonly StoredEvent[], from: number): StoredEvent[] => {
  const made: StoredEvent[] = [];
  for (const event of list) made.push(event.seq < from ? event : withPrev(event, made.at(-1)?.hash ?? GENESIS));
  return made;
};
const anySeq = fc.integer({ min: 1, max: SIZE });
const names = (found: Flaw, seq: number): void =>
  assert.deepEqual([found.seq, found.upto], [seq, seq], found.reason.en);

describe('L1, L4 tampering with a list of events', () => {
  it('nothing was changed: all is well', () => {
    const answer = verify(events);
    assert.ok(answer.ok);
    assert.deepEqual(answer.value, { ...author.at, checkpoints: 3, later: 0 });
  });

  it('an edit is named', () => {
    fc.assert(fc.property(anySeq, (seq) => names(flawOf(verify(replaced(seq, edited(at(seq))))), seq)));
  });

  it('a changed hash is named', () => {
    fc.assert(fc.property(anySeq, (seq) => names(flawOf(verify(replaced(seq, { ...at(seq), hash: GENESIS }))), seq)));
  });

  it('an event filed under another matter is named', () => {
    fc.assert(
      fc.property(anySeq, (seq) =>
        names(
          flawOf(
            verify(
              replaced(seq, { ...at(seq), matter: draftOf(1).matter === at(seq).matter ? null : draftOf(1).matter }),
            ),
          ),
          seq,
        ),
      ),
    );
  });

  it('an edit with its hash computed anew is within what is named, and named exactly away from signatures', () => {
    fc.assert(
      fc.property(anySeq, (seq) => {
        const found = flawOf(verify(replaced(seq, hashed(edited(at(seq))))));
        assert.ok(found.seq <= seq && seq <= found.upto, found.reason.en);
        if (![20, 40, SIZE].includes(seq)) names(found, seq);
      }),
    );
  });

  it('an edit of the link itself is named', () => {
    fc.assert(
      fc.property(anySeq, (seq) => {
        const found = flawOf(verify(replaced(seq, withPrev(at(seq), digest.leaf('elsewhere')))));
        assert.ok(found.seq <= seq && seq <= found.upto, found.reason.en);
        if (![20, 40, SIZE].includes(seq)) names(found, seq);
      }),
    );
  });

  it('an edit with the whole chain computed anew is narrowed down to between two signatures', () => {
    fc.assert(
      fc.property(anySeq, (seq) => {
        const found = flawOf(verify(rechained(replaced(seq, edited(at(seq))), seq)));
        const before = [0, 20, 40].findLast((size) => size < seq) ?? 0;
        const until = [20, 40, SIZE].find((size) => size >= seq) ?? SIZE;
        assert.deepEqual([found.code, found.seq, found.upto], ['fork', before + 1, until]);
      }),
    );
  });

  it('a deletion is named, with the places left as they are or closed up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: SIZE - 1 }), (seq) => {
        const rest = events.filter((event) => event.seq !== seq);
        names(flawOf(verify(rest)), seq);
        const found = flawOf(verify(renumbered(rest)));
        assert.deepEqual([found.code, found.seq], ['missing', seq]);
      }),
    );
  });

  it('two events changing places are named', () => {
    fc.assert(
      fc.property(anySeq, anySeq, (one, other) => {
        fc.pre(one !== other);
        const moved = events.map((event) => (event.seq === one ? at(other) : event.seq === other ? at(one) : event));
        const found = flawOf(verify(renumbered(moved)));
        assert.equal(found.seq, Math.min(one, other));
        assert.ok(found.code === 'reordered' || found.code === 'missing');
      }),
    );
  });

  it('truncation is named, also when an older signature is put in place of the head', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SIZE - 1 }), (size) => {
        const found = flawOf(verify(events.slice(0, size)));
        assert.deepEqual([found.code, found.seq], ['truncated', size + 1]);
      }),
    );
    const older = checkpoints[0];
    assert.ok(older !== undefined);
    assert.equal(flawOf(verify(events.slice(0, 20), checkpoints, older)).seq, 21);
    assert.equal(flawOf(verify(events, checkpoints, older)).seq, 21);
    assert.equal(flawOf(verify([], [], head)).seq, 1);
    assert.equal(flawOf(verify(events, [], null)).seq, 1);
  });

  it('a forged event put in is named, whether it links or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: SIZE }), fc.boolean(), (seq, links) => {
        const forged = links ? hashed(edited(at(seq))) : withPrev(edited(at(seq)), digest.leaf('elsewhere'));
        const found = flawOf(verify(renumbered([...events.slice(0, seq - 1), forged, ...events.slice(seq - 1)])));
        assert.ok(found.seq <= seq && seq <= found.upto, `${seq}: ${JSON.stringify(found)}`);
      }),
    );
  });

  it('an event put in twice is named', () => {
    fc.assert(
      fc.property(anySeq, anySeq, (copy, place) => {
        const found = flawOf(verify(renumbered([...events.slice(0, place), at(copy), ...events.slice(place)])));
        // Two equal events side by side: either may be called the one put in.
        const beside = copy === place || copy === place + 1;
        assert.ok(
          beside ? found.seq === copy || found.seq === copy + 1 : found.seq === place + 1,
          JSON.stringify(found),
        );
      }),
    );
  });

  it('the tail of another history spliced on is named', () => {
    const other = new Author(key.signer);
    other.batch(5);
    other.batch(3);
    const numbers = Array.from({ length: SIZE }, (_, index) => index + 1);
    const fork = extend(
      digest,
      emptyChain(SITE),
      numbers.map((n) => draftOf(n + 1000)),
      numbers.map((n) => [0, n] as never),
    ).events;
    fc.assert(
      fc.property(fc.integer({ min: 2, max: SIZE }), (seq) => {
        const found = flawOf(verify([...events.slice(0, seq - 1), ...fork.slice(seq - 1)]));
        assert.ok(found.seq <= seq && seq <= found.upto, JSON.stringify(found));
      }),
    );
  });

  it('an event of another site is named', () => {
    const foreign = extend(
      digest,
      { ...author.chain, site: siteId('zs-other'), size: 29, last: at(29).hash },
      [draftOf(30)],
      [[0, 0] as never],
    ).events[0];
    assert.ok(foreign !== undefined);
    assert.deepEqual(
      [flawOf(verify(replaced(30, foreign))).code, flawOf(verify(replaced(30, foreign))).seq],
      ['foreign-site', 30],
    );
  });

  it('signatures that were changed, or made by another key, are named', () => {
    const other = new Author(testKey().signer);
    other.batch(SIZE);
    assert.deepEqual(
      [flawOf(verify(events, checkpoints, other.head())).code, flawOf(verify(events, checkpoints, other.head())).seq],
      ['bad-signature', SIZE],
    );
    const changed = checkpoints.map((one) => (one.size === 40 ? { ...one, root: digest.leaf('x') } : one));
    assert.deepEqual(
      [flawOf(verify(events, changed)).code, flawOf(verify(events, changed)).seq],
      ['bad-signature', 40],
    );
  });

  it('L9 events of later versions are kept and hashed, not interpreted; changing them is seen', () => {
    const later = hashed({ seq: SIZE + 1, matter: null, text: '{"v":2,"of":"a later program"}', hash: GENESIS });
    const chain = { site: SITE, size: later.seq, last: later.hash };
    const signed = new Author(key.signer, { chain, tree: grow(digest, author.at.tree, [later.hash]) }).head();
    const answer = verify([...events, later], checkpoints, signed);
    assert.ok(answer.ok);
    assert.equal(answer.value.later, 1);
    const changed = hashed({ ...later, text: '{"v":2,"of":"an intruder"}' });
    const found = flawOf(verify([...events, changed], checkpoints, signed));
    assert.ok(found.seq <= SIZE + 1 && found.upto === SIZE + 1);
  });
});

describe('L4 tampering with a copy of a data directory', () => {
  let dir: string;
  let work: string;
  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'qundao-tamper-'));
    work = join(dir, 'copy');
    const data = join(dir, 'data');
    const store = await openSqliteStore(data);
    const site = openSiteKey(data);
    const writer = new Author(site.signer);
    for (const count of [300, 700, 250]) await store.append(writer.batch(count, count === 700));
    await store.close();
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  const copied = (change: (database: DatabaseSync) => void): string => {
    rmSync(work, { recursive: true, force: true });
    cpSync(join(dir, 'data'), work, { recursive: true });
    const database = new DatabaseSync(join(work, 'ledger.db'));
    change(database);
    database.close();
    return work;
  };
  const firstBad = (change: (database: DatabaseSync) => void): string => {
    const { ok, first_bad } = verifyDirectory(copied(change));
    assert.ok(!ok && first_bad !== null);
    assert.ok(first_bad.reason.zh !== '' && first_bad.reason.en !== '');
    return `${first_bad.code} ${first_bad.seq}`;
  };

  it('an untouched copy verifies, with an outside checkpoint too, and is left as it was', () => {
    const copy = copied(() => undefined);
    const bytes = readFileSync(join(copy, 'ledger.db'));
    const [line] = readFileSync(join(copy, 'checkpoints.jsonl'), 'utf8').split('\n');
    assert.deepEqual(verifyDirectory(copy, { checkpoint: JSON.stringify(JSON.parse(line ?? ''), null, 2) }), {
      ok: true,
      site: SITE,
      events: 1250,
      checkpoints: 2,
      later: 0,
      first_bad: null,
    });
    assert.ok(readFileSync(join(copy, 'ledger.db')).equals(bytes));
  });

  it('edit, deletion, exchange and refiling are named', () => {
    assert.equal(
      firstBad((db) => db.exec(`UPDATE events SET text = replace(text, 'desk-1', 'desk-9') WHERE seq = 777`)),
      'edited 777',
    );
    assert.equal(
      firstBad((db) => db.exec('DELETE FROM events WHERE seq = 333')),
      'missing 333',
    );
    assert.equal(
      firstBad((db) => db.exec('UPDATE events SET matter = NULL WHERE seq = 501')),
      'edited 501',
    );
    const exchange =
      'UPDATE events SET seq = -1 WHERE seq = 90; UPDATE events SET seq = 90 WHERE seq = 91; UPDATE events SET seq = 91 WHERE seq = -1';
    assert.equal(
      firstBad((db) => db.exec(exchange)),
      'reordered 90',
    );
  });

  it('truncation is named, even when head and checkpoints are put back with it', () => {
    assert.equal(
      firstBad((db) => db.exec('DELETE FROM events WHERE seq > 1200')),
      'truncated 1201',
    );
    const back = (db: DatabaseSync): void =>
      db.exec(
        `DELETE FROM events WHERE seq > 1000; UPDATE head SET text = (SELECT text FROM checkpoints WHERE size = 1000)`,
      );
    assert.equal(firstBad(back), 'truncated 1001');
    copied(back);
    rmSync(join(work, 'head.json'));
    assert.ok(verifyDirectory(work).ok, 'a ledger as it once was cannot be told from one that never went on …');
    const outside = headText(headOf());
    assert.equal(
      verifyDirectory(work, { checkpoint: outside }).first_bad?.seq,
      1001,
      '… but for a checkpoint kept elsewhere',
    );
  });

  /** The head of the untouched directory. */
  const headOf = (): SignedHead => JSON.parse(readFileSync(join(dir, 'data', 'head.json'), 'utf8')) as SignedHead;

  it('damaged records are named', () => {
    assert.match(
      firstBad((db) => db.exec(`UPDATE head SET text = replace(text, '"size":1250', '"size":1249')`)),
      /bad-signature 1249|spliced 1250/,
    );
    assert.equal(
      firstBad((db) => db.exec(`UPDATE checkpoints SET text = text || ' '`)),
      'damaged 0',
    );
    assert.equal(
      firstBad((db) => db.exec(`DELETE FROM head`)),
      'spliced 1',
    );
    copied(() => undefined);
    const lines = readFileSync(join(work, 'checkpoints.jsonl'), 'utf8');
    writeFileSync(join(work, 'checkpoints.jsonl'), `${lines.slice(0, 30)}x${lines.slice(31)}${lines}`);
    assert.equal(verifyDirectory(work).first_bad?.code, 'damaged');
  });

  it('says what is missing', () => {
    copied(() => undefined);
    rmSync(join(work, 'site-key.public.pem'));
    assert.match(verifyDirectory(work).first_bad?.reason.en ?? '', /public key .* is missing/);
    assert.match(verifyDirectory(join(dir, 'nowhere')).first_bad?.reason.zh ?? '', /没有台账/);
    copied(() => undefined);
    assert.match(verifyDirectory(work, { checkpoint: 'x' }).first_bad?.reason.en ?? '', /cannot be read/);
    assert.equal(verifyDirectory(work, { publicKey: testKey().publicKey }).first_bad?.code, 'bad-signature');
  });
});
