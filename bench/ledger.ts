import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { seeded } from '#core/base/random.ts';
import { keepNewYoung } from '#main/memory.ts';
import { openBareSite } from '#main/replay/site.ts';
import type { CheckableStore } from '#rim/store-sqlite/store.ts';
import { figure, median, percentile } from './lib/figures.ts';
import { fsyncTimes } from './lib/machine.ts';
import type { FsyncTimes } from './lib/machine.ts';
import { drive, prepareLanes } from './lib/mix.ts';
import { tell } from './lib/report.ts';
import { PLACE_DIR, scratch } from './lib/scratch.ts';

const UNDER_WAY = 64;
const LANES = 2000;
const COMMANDS = 30_000;
const WARM_UP = 60_000;
const ROUNDS = 9;

/** Which events shared an fsync. */
interface Groups {
  readonly watch: (store: CheckableStore) => CheckableStore;
  /** The exact texts, group by group, as they lie in the ledger; from the last call on. */
  readonly take: (store: CheckableStore) => Promise<readonly (readonly string[])[]>;
}

/**
 * Batches answered by one message of the store's thread were one transaction. Only where groups end is kept while they are measured:
 * to keep the texts would burden the collector with what nobody keeps in earnest.
 */
const recordGroups = (): Groups => {
  let from = 0;
  let ends: number[] = [];
  let isNew = true;
  const watch = (store: CheckableStore): CheckableStore => ({
    ...store,
    append: async (batch) => {
      await store.append(batch);
      if (isNew) {
        ends.push(batch.head.size);
        isNew = false;
        process.nextTick(() => {
          isNew = true;
        });
      } else ends[ends.length - 1] = batch.head.size;
    },
  });
  const take = async (store: CheckableStore): Promise<readonly (readonly string[])[]> => {
    const taken = ends;
    ends = [];
    const groups: (readonly string[])[] = [];
    for (const end of taken) {
      groups.push((await store.read(from, end - from)).map((event) => event.text));
      from = end;
    }
    return groups;
  };
  return { watch, take };
};

/** The peer, in a process of its own so that it does not pay for what lies in this one's memory. Events per second. */
const rawInserts = (dir: string, round: number, groups: readonly (readonly string[])[]): number => {
  const texts = path.join(dir, `raw-${round}.json`);
  writeFileSync(texts, JSON.stringify(groups));
  const peer = path.join(import.meta.dirname, 'lib/raw-inserts.ts');
  const told = execFileSync(process.execPath, [peer, path.join(dir, `raw-${round}.db`), texts], { encoding: 'utf8' });
  rmSync(texts);
  return Number(told);
};

interface Round {
  /** Durable events per second: through the commands, and as raw inserts. */
  readonly ours: number;
  readonly raw: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly fsync: FsyncTimes;
  /** Events that shared an fsync, on average. */
  readonly group: number;
  readonly event_bytes: number;
}

const measure = async (dir: string): Promise<readonly Round[]> => {
  const random = seeded(7);
  const groups = recordGroups();
  const now = (): Instant => Date.now() as Instant;
  const { watch } = groups;
  const id = siteId('bench');
  const bare = await openBareSite({
    data_dir: path.join(dir, 'site'),
    id,
    prefix: 'BE',
    now,
    place_dir: PLACE_DIR,
    watch,
  });
  const lanes = await prepareLanes(bare.site, LANES, random);
  await drive(bare.site, lanes, UNDER_WAY, WARM_UP, random);
  await groups.take(bare.store);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    const times = await drive(bare.site, lanes, UNDER_WAY, COMMANDS, random);
    const took_s = (performance.now() - began) / 1000;
    const taken = await groups.take(bare.store);
    const events = taken.reduce((sum, group) => sum + group.length, 0);
    rounds.push({
      ours: events / took_s,
      raw: rawInserts(dir, round, taken),
      p50_ms: percentile(times, 0.5),
      p99_ms: percentile(times, 0.99),
      fsync: fsyncTimes(dir),
      group: events / taken.length,
      event_bytes: taken.flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0) / events,
    });
  }
  await bare.close();
  return rounds;
};

keepNewYoung();
const rounds = await measure(scratch());
const of = (key: (round: Round) => number): number => median(rounds.map(key));
const ratio = of((round) => round.ours / round.raw);
const ratios = rounds.map((round) => figure(round.ours / round.raw)).join(', ');
tell({
  name: 'ledger',
  about: `In-process command path (check, decide, seal, append, fsync, fold, answer), ${UNDER_WAY} commands under way on ${LANES} matters, beside raw \`node:sqlite\` inserts (WAL, FULL, one table, one prepared statement, a process of its own) of the very same bytes in the very same groups on the same disk. Medians of ${ROUNDS} rounds of ${COMMANDS.toLocaleString('en')} commands, one after the other in one run, after ${WARM_UP.toLocaleString('en')} to warm up.`,
  command: 'npm run bench -- ledger',
  rows: [
    { figure: 'durable events per second', value: figure(of((round) => round.ours)) },
    { figure: 'raw SQLite, same bytes and groups', value: figure(of((round) => round.raw)) },
    { figure: 'ratio', value: `${figure(ratio)} × (${ratios})`, aim: '≥ 0.5 ×', met: ratio >= 0.5 },
    {
      figure: 'events per group, bytes per event',
      value: `${figure(of((round) => round.group))}, ${figure(of((round) => round.event_bytes))}`,
    },
    {
      figure: 'command p50, p99',
      value: `${figure(of((round) => round.p50_ms))} ms, ${figure(of((round) => round.p99_ms))} ms`,
    },
    {
      figure: 'one fsync p50, p99 (4 KiB)',
      value: `${figure(of((round) => round.fsync.p50_ms))} ms, ${figure(of((round) => round.fsync.p99_ms))} ms`,
    },
  ],
});
