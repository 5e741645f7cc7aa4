import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { keepNewYoung } from '#main/memory.ts';
import { replayCalls } from '#main/replay/replay.ts';
import { figure, median } from './lib/figures.ts';
import { fsyncTimes } from './lib/machine.ts';
import { tell } from './lib/report.ts';
import { PLACE_DIR, scratch } from './lib/scratch.ts';

const ROUNDS = 3;
const SHARED = process.env['QUNDAO_SHARED'] ?? path.join(import.meta.dirname, '../../shared');
const WEEK = path.join(SHARED, 'data/calls/sffd-2016-12-31-week.csv');

const main = async (): Promise<void> => {
  keepNewYoung();
  if (!existsSync(WEEK)) {
    process.stderr.write(`replay: the real week is not here (data/calls in the folder QUNDAO_SHARED names)\n`);
    process.exitCode = 1;
    return;
  }
  const dir = scratch();
  const rounds: { factor: number; took_s: number; events: number; equal: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const report = await replayCalls({
      file: WEEK,
      data_dir: path.join(dir, String(round)),
      place_dir: PLACE_DIR,
      speed: null,
      zone: 'America/Los_Angeles',
    });
    if (!report.verified.ok || report.comparison.differences.length > 0)
      throw new Error('the ledger is not what the file says');
    rounds.push({
      factor: report.factor,
      took_s: report.took_s,
      events: report.events,
      equal: report.comparison.intervals.reduce((sum, one) => sum + one.equal, 0),
    });
  }
  const factor = median(rounds.map((round) => round.factor));
  const fsync = fsyncTimes(dir);
  tell({
    name: 'replay',
    about: `A real week of a fire service (7,704 unit rows, 3,560 calls) through the commands of a fresh site, as fast as possible, every command durable. The peer is the week itself. Median of ${ROUNDS} runs.`,
    command: 'npm run bench -- replay',
    rows: [
      {
        figure: 'speed',
        value: `${figure(factor)} × real time (${rounds.map((round) => figure(round.factor)).join(', ')})`,
        aim: '≥ 20,000 ×',
        met: factor >= 20_000,
      },
      { figure: 'time', value: `${figure(median(rounds.map((round) => round.took_s)))} s` },
      {
        figure: 'events, intervals equal to the file',
        value: `${figure(rounds[0]?.events ?? 0)}, ${figure(rounds[0]?.equal ?? 0)}`,
      },
      { figure: 'one fsync p50, p99 (4 KiB)', value: `${figure(fsync.p50_ms)} ms, ${figure(fsync.p99_ms)} ms` },
    ],
  });
};

await main();
