import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Copies } from '#app/ports.ts';
import { accountId, matterId, siteId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import { extend, tipOf } from '#core/ledger/chain.ts';
import { GENESIS } from '#core/ledger/envelope.ts';
import type { StoredEvent } from '#core/ledger/envelope.ts';
import { signHead } from '#core/ledger/heads.ts';
import { grow, rootOf } from '#core/ledger/tree.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { emptyCopy } from '#sites/copy.ts';
import type { Copy } from '#sites/copy.ts';
import { openCopies } from './copies.ts';

const digest = createDigest();
const ISLAND = siteId('island');
const MATTER = matterId('IS-261121-0001');

describe('copies of other ledgers', () => {
  let dir = '';
  let copies: Copies;
  let aside: string[] = [];
  const open = (): Promise<Copies> => openCopies(dir, (file) => aside.push(file));

  beforeEach(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'qundao-copies-'));
    aside = [];
    copies = await open();
  });
  afterEach(async () => {
    await copies.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** So many events that go on from a copy, and the copy with them. */
  const more = (before: Copy, count: number): { readonly events: readonly StoredEvent[]; readonly after: Copy } => {
    const chain = { site: before.origin, size: before.tree.size, last: before.head?.last ?? GENESIS };
    const stamps = Array.from({ length: count }, (_, n) => [instant(1_763_700_000_000 + chain.size + n), 0] as const);
    const drafts = stamps.map(() => ({
      matter: MATTER,
      kind: 'incident',
      type: 'step',
      actor: accountId('desk'),
      purpose: null,
      command: null,
      body: {},
    }));
    const { chain: end, events } = extend(digest, chain, drafts, stamps);
    const tree = grow(
      digest,
      before.tree,
      events.map((event) => event.hash),
    );
    const head = signHead(openSiteKey(dir).signer, {
      ...tipOf(end, stamps.at(-1) ?? [instant(0), 0]),
      root: rootOf(digest, tree),
    });
    return { events, after: { origin: before.origin, tree, head } };
  };
  const keep = async (before: Copy, count: number): Promise<Copy> => {
    const { events, after } = more(before, count);
    await copies.append(events, after);
    return after;
  };

  test('S1 what is kept is there after a restart, as it was', async () => {
    const kept = await keep(await keep(emptyCopy(ISLAND), 3), 2);
    await copies.close();
    copies = await open();
    assert.deepEqual(await copies.all(), [kept]);
    assert.deepEqual(
      (await copies.read(ISLAND, 0, 10)).map((event) => event.seq),
      [1, 2, 3, 4, 5],
    );
    assert.equal((await copies.ofMatter(MATTER)).length, 5);
    assert.deepEqual(
      await copies.hashes(ISLAND, 2),
      (await copies.read(ISLAND, 0, 2)).map((event) => event.hash),
    );
  });

  test('S1 what does not follow is refused and changes nothing', async () => {
    const kept = await keep(emptyCopy(ISLAND), 3);
    const { events, after } = more(kept, 2);
    await assert.rejects(copies.append(events.slice(1), after), { fault: 'conflict' });
    await assert.rejects(copies.append(more(emptyCopy(ISLAND), 4).events, more(emptyCopy(ISLAND), 4).after), {
      fault: 'conflict',
    });
    assert.deepEqual(await copies.all(), [kept]);
  });

  test('pieces end where the site signed: within so many events, or at the next head', async () => {
    let kept = emptyCopy(ISLAND);
    for (let piece = 0; piece < 6; piece += 1) kept = await keep(kept, 300);
    const sizes: number[] = [];
    for (let after = 0; after < 1800;) {
      const give = await copies.give(ISLAND, after, 700);
      assert.ok(give !== null && give.texts.length === give.head.size - after && give.texts.length <= 900);
      sizes.push((after = give.head.size));
    }
    assert.equal(sizes.at(-1), 1800);
    assert.equal(await copies.give(ISLAND, 1800, 700), null);
    assert.equal(await copies.give(siteId('other'), 0, 700), null);
  });

  test('an event that was changed on disk is never handed out', async () => {
    await keep(emptyCopy(ISLAND), 5);
    await copies.close();
    const database = new DatabaseSync(path.join(dir, 'copies.db'));
    database.exec(`UPDATE events SET text = replace(text, 'desk', 'dusk') WHERE seq = 3`);
    database.close();
    copies = await open();
    await assert.rejects(copies.read(ISLAND, 0, 5), { fault: 'corrupt', seq: 3 });
    assert.equal((await copies.read(ISLAND, 0, 2)).length, 2);
  });

  test('where it stands being damaged, the database is laid aside and begun anew', async () => {
    await keep(emptyCopy(ISLAND), 5);
    await copies.close();
    const database = new DatabaseSync(path.join(dir, 'copies.db'));
    database.exec(`UPDATE copies SET peaks = ''`);
    database.close();
    copies = await open();
    assert.equal(aside.length, 1);
    assert.ok(existsSync(aside[0] ?? ''));
    assert.deepEqual(await copies.all(), []);
    await keep(emptyCopy(ISLAND), 5);
  });
});
