import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { StoreError } from '#app/ports.ts';
import type { Batch, Store } from '#app/ports.ts';
import { Recorder } from '#app/recorder.ts';
import type { Site } from '#app/site.ts';
import { SYSTEM } from '#app/system.ts';
import { belongs, restore, snapshotLines } from '#app/views/snapshot.ts';
import { Views } from '#app/views/views.ts';
import { accountId, forceId, siteId } from '#core/base/ids.ts';
import type { Hash, MatterId } from '#core/base/ids.ts';
import { compareStamps, instant } from '#core/base/instant.ts';
import type { Instant, Stamp } from '#core/base/instant.ts';
import { text } from '#core/base/text.ts';
import { emptyChain } from '#core/ledger/chain.ts';
import type { Tip } from '#core/ledger/envelope.ts';
import type { Actor } from '#core/matter/actor.ts';
import { openBareSite } from '#main/replay/site.ts';
import type { BareSite } from '#main/replay/site.ts';
import { digest, draftOf, SITE } from '../contracts/store-kit.ts';
import { tempDir } from '../harness/site.ts';

const DESK: Actor = { account: accountId('desk'), roles: ['dispatcher'], sites: '*', units: [] };
const PHONE = '13900000000';
const PURPOSE = '回拨报警人核实位置';
const START = instant(1_790_000_000_000);

describe('a site that may not go on with its ledger', () => {
  it('S8 records nothing and says so, until it may', async () => {
    const groups: Batch[] = [];
    let isHeld = true;
    const recorder = new Recorder({
      store: { append: async (batch: Batch) => void groups.push(batch) } as unknown as Store,
      digest,
      now: () => START,
      chain: emptyChain(SITE),
      stamp: null,
      checkpointed: 0,
      soon: setImmediate,
      held: () => (isHeld ? new StoreError('held', 'it lacks events it signed for') : null),
      onDurable: () => undefined,
    });
    await assert.rejects(recorder.record([draftOf(1)], START), { fault: 'held' });
    assert.deepEqual([groups.length, recorder.seq], [0, 0]);
    isHeld = false;
    await recorder.record([draftOf(1)], START);
    assert.deepEqual([groups.length, recorder.seq], [1, 1]);
  });
});

describe('checkpoints', () => {
  it('L3 every group has its head; one per 1,000 events and one a minute is kept', async () => {
    let now: Instant = START;
    const groups: Batch[] = [];
    const idle: Tip[] = [];
    const store = {
      append: async (batch: Batch) => void groups.push(batch),
      keepCheckpoint: async (tip: Tip) => void idle.push(tip),
    } as unknown as Store;
    const recorder = new Recorder({
      store,
      digest,
      now: () => now,
      chain: emptyChain(SITE),
      stamp: null,
      checkpointed: 0,
      soon: setImmediate,
      onDurable: () => undefined,
    });
    const record = (from: number, count: number) =>
      recorder.record(
        Array.from({ length: count }, (_, i) => draftOf(from + i)),
        now,
      );
    await record(1, 999);
    await record(1000, 1);
    await record(1001, 1);
    now = instant(START + 60_000);
    await record(1002, 1);
    await recorder.checkpoint();
    assert.equal(idle.length, 0, 'nothing has come since the last one');
    await record(1003, 1);
    await recorder.checkpoint();
    assert.deepEqual(
      groups.map(({ head, checkpoint }) => [head.size, checkpoint]),
      [
        [999, false],
        [1000, true],
        [1001, false],
        [1002, true],
        [1003, false],
      ],
    );
    for (const { events, head } of groups) assert.equal(head.last, events.at(-1)?.hash);
    assert.deepEqual(
      idle.map((tip) => tip.size),
      [1003],
    );
  });
});

describe('a site and its ledger', () => {
  let place = tempDir('ledger');
  let now: Instant = START;
  /** What stands before the store, in the way of every append. */
  let gate: () => Promise<void> = async () => undefined;
  let bare: BareSite;
  let site: Site;

  const open = async (): Promise<void> => {
    bare = await openBareSite({
      data_dir: place.dir,
      id: siteId('test'),
      prefix: 'TS',
      now: () => now,
      place_dir: path.join(import.meta.dirname, '../../data/zhoushan'),
      watch: (store) => ({
        ...store,
        append: async (batch) => {
          await gate();
          await store.append(batch);
        },
      }),
    });
    site = bare.site;
  };
  const raise = async (narrative: string): Promise<MatterId> => {
    const facts = { narrative, caller_phone: PHONE };
    const answer = await site.commands.raise({ kind: 'incident', facts }, { actor: DESK, key: narrative });
    assert.ok(answer.ok);
    return answer.value.matter;
  };
  const take = async (id: MatterId, step: string, subject: string | null, facts: Record<string, unknown> = {}) => {
    const [answer] = await site.commands.steps(id, [{ step, subject, facts }], DESK);
    assert.ok(answer?.ok === true, step);
  };
  const viewed = (): readonly string[] => {
    const { chain, stamp } = site.recorder;
    return [...snapshotLines(site.views, { chain, stamp }, '' as Hash)].toSorted();
  };

  beforeEach(async () => {
    place = tempDir('ledger');
    now = START;
    gate = async () => undefined;
    await open();
  });
  afterEach(async () => {
    await bare.close();
    place.remove();
  });

  it('L7 views thrown away are rebuilt the same from the ledger', async () => {
    const car = { kind: 'car', name: text('车', 'car'), call_sign: 'C1', tier: 'station', district: null } as const;
    const rest = { home: [122.1, 30], home_place: null, skills: [], gear: [], seats: 0, crew: 2 } as const;
    await site.forces.register([{ id: forceId('car-1'), ...car, ...rest }], SYSTEM);
    const ids = [await raise('落水'), await raise('走失'), await raise('失窃')] as const;
    await take(ids[0], 'offer', 'car-1');
    await take(ids[0], 'accept', 'car-1');
    await take(ids[1], 'resolve', null, { ending: 'settled', result: '已找到' });
    await take(ids[1], 'feed_back', null, { feedback: '已告知' });
    await take(ids[1], 'close', null);
    const before = viewed();
    assert.ok(
      before.some((line) => line.startsWith('["closed"')) && before.some((line) => line.startsWith('["force"')),
    );
    await bare.close();
    rmSync(path.join(place.dir, 'views'), { recursive: true });
    await open();
    assert.deepEqual(viewed(), before);
  });

  it('L7 a snapshot of an earlier program, with the tree in its chain, is still read', async () => {
    await raise('落水');
    const { chain, stamp } = site.recorder;
    const earlier = { chain: { ...chain, peaks: [chain.last] }, stamp };
    const views = new Views(siteId('test'), site.setup.kinds);
    const standpoint = restore(views, [...snapshotLines(site.views, earlier, '' as Hash)], '' as Hash);
    assert.ok(standpoint !== null && belongs(standpoint, chain.last));
    assert.deepEqual([...snapshotLines(views, { chain, stamp }, '' as Hash)].toSorted(), viewed());
  });

  it('L7 a view shows an event when it is durable, not before', async () => {
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    gate = () => {
      reached.resolve();
      return held.promise;
    };
    const raising = raise('落水');
    await reached.promise;
    assert.deepEqual([...site.views.book.open()], []);
    held.resolve();
    const id = await raising;
    assert.deepEqual(
      [...site.views.book.open()].map((matter) => matter.id),
      [id],
    );
  });

  it('L5, L7 a group that could not be stored shows nowhere, and the next one takes its place', async () => {
    gate = () => Promise.reject(new StoreError('full', 'no space'));
    await assert.rejects(raise('落水'), { fault: 'full' });
    assert.deepEqual([[...site.views.book.open()], site.recorder.seq, await bare.store.head()], [[], 0, null]);
    gate = async () => undefined;
    await raise('走失');
    assert.deepEqual([site.recorder.seq, (await bare.store.head())?.size], [1, 1]);
  });

  it('L8 stamps grow although the wall clock steps back, also over a restart', async () => {
    await raise('落水');
    now = instant(START - 3_600_000);
    await raise('走失');
    await bare.close();
    now = instant(START - 7_200_000);
    await open();
    await raise('失窃');
    const stamps = (await bare.store.read(0, 10)).map((event) => (JSON.parse(event.text) as { time: Stamp }).time);
    assert.equal(stamps.length, 3);
    for (const [i, stamp] of stamps.slice(1).entries()) assert.ok(compareStamps(stamps[i] as Stamp, stamp) < 0);
  });

  it('P3 a sealed value is shown only when the reading is on record', async () => {
    const id = await raise('落水');
    gate = () => Promise.reject(new StoreError('full', 'no space'));
    await assert.rejects(site.personal.read(id, ['caller_phone'], PURPOSE, DESK), { fault: 'full' });
    gate = async () => undefined;
    const read = await site.personal.read(id, ['caller_phone'], PURPOSE, DESK);
    assert.deepEqual(read, { ok: true, value: { caller_phone: PHONE } });
    const last = (await bare.store.ofMatter(id)).at(-1);
    assert.match(last?.text ?? '', /"type":"unsealed".*"purpose":"回拨报警人核实位置"/);
  });
});
