import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Site } from '#app/site.ts';
import { siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { seeded } from '#core/base/random.ts';
import { openBareSite } from '#main/replay/site.ts';
import { figure, median } from './lib/figures.ts';
import { DISPATCHER, drive, prepareLanes } from './lib/mix.ts';
import type { Lane } from './lib/mix.ts';
import type { Opening } from './lib/open-once.ts';
import { tell } from './lib/report.ts';
import { PLACE_DIR, scratch } from './lib/scratch.ts';

const EVENTS = 1_000_000;
/** Matters of one wave, worked on and then closed: a million events are some forty thousand matters. */
const WAVE = 500;
const PER_MATTER = 24;
const ROUNDS = 3;

/** Fills a ledger through the commands themselves: waves of matters that are raised, worked on and closed. */
const fill = async (data_dir: string): Promise<void> => {
  const random = seeded(5);
  // An hour of the wall is a moment here: the ledger spans months, as a real one of this size would.
  let now = Date.UTC(2026, 0, 1) as Instant;
  const bare = await openBareSite({
    data_dir,
    id: siteId('bench'),
    prefix: 'BE',
    now: () => now,
    place_dir: PLACE_DIR,
  });
  const { site } = bare;
  let lanes = await prepareLanes(site, WAVE, random);
  while (site.recorder.seq < EVENTS) {
    await drive(site, lanes, WAVE / 2, WAVE * PER_MATTER, random);
    now = (now + 3_600_000) as Instant;
    await Promise.all(lanes.map((lane) => end(site, lane)));
    lanes = await prepareLanes(site, WAVE, random);
  }
  await bare.close();
};

const end = async (site: Site, lane: Lane): Promise<void> => {
  const steps = [
    { step: 'withdraw', subject: lane.force, facts: {} },
    { step: 'clear', subject: lane.force, facts: {} },
    { step: 'resolve', subject: null, facts: { ending: 'settled', result: '已处置' } },
    { step: 'feed_back', subject: null, facts: { feedback: '已告知' } },
    { step: 'close', subject: null, facts: {} },
  ];
  const answers = await site.commands.steps(lane.matter, steps, DISPATCHER);
  if (answers.at(-1)?.ok !== true) throw new Error(`${lane.matter} was not closed`);
};

const openOnce = (data_dir: string): Opening =>
  JSON.parse(
    execFileSync(process.execPath, [path.join(import.meta.dirname, 'lib/open-once.ts'), data_dir], {
      encoding: 'utf8',
    }),
  ) as Opening;

const main = async (): Promise<void> => {
  const data_dir = path.join(scratch(), 'site');
  await fill(data_dir);
  const kept = Array.from({ length: ROUNDS }, () => openOnce(data_dir));
  const bare = Array.from({ length: ROUNDS }, () => {
    rmSync(path.join(data_dir, 'views'), { recursive: true, force: true });
    return openOnce(data_dir);
  });
  const of = (openings: readonly Opening[], key: (one: Opening) => number): number => median(openings.map(key));
  const events = kept[0]?.events ?? 0;
  const took_s = of(kept, (one) => one.took_s);
  tell({
    name: 'open',
    about: `A ledger of ${events.toLocaleString('en')} events (made through the commands, matters of about ${PER_MATTER + 4} events, ${kept[0]?.open ?? 0} open at the end) opened in a fresh process: every event read and checked against hashes and signatures, views from the snapshot. Medians of ${ROUNDS}; the file is in the page cache.`,
    command: 'npm run bench -- open',
    rows: [
      {
        figure: 'open: check, snapshot, tail',
        value: `${figure(took_s)} s (${kept.map((one) => figure(one.took_s)).join(', ')})`,
        aim: '≤ 10 s',
        met: took_s <= 10,
      },
      {
        figure: 'of that the check',
        value: `${figure(of(kept, (one) => one.check_s))} s = ${figure(events / of(kept, (one) => one.check_s))} events/s`,
      },
      { figure: 'open without a snapshot', value: `${figure(of(bare, (one) => one.took_s))} s` },
      {
        figure: 'of that folding every event anew',
        value: `${figure(of(bare, (one) => one.took_s - one.check_s))} s = ${figure(events / of(bare, (one) => one.took_s - one.check_s))} events/s`,
      },
      {
        figure: 'resident after opening with, without snapshot',
        value: `${figure(of(kept, (one) => one.rss_mb))} MB, ${figure(of(bare, (one) => one.rss_mb))} MB`,
      },
    ],
  });
};

await main();
