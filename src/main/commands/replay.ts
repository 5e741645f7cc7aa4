import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { StoreError } from '#app/ports.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { CsvError } from '../replay/reasons.ts';
import { LedgerInTheWay, replayCalls } from '../replay/replay.ts';
import type { ReplayReport } from '../replay/replay.ts';
import { summaryLines } from '../replay/summary.ts';
import { makeReady, refusedByStore } from '../opening.ts';
import { EXIT, JSON_OPTION, Refused, ZHOUSHAN_DIR, answer, printRefusal } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface CallsOptions extends Answering {
  /** `max`: as fast as it goes. */
  readonly speed: number | 'max';
  readonly data?: string;
  readonly zone: string;
}

export const replayCommand = (program: Command): void => {
  program
    .command('replay')
    .description('play recorded work through the commands of a fresh site')
    .command('calls <csv>')
    .description(
      "a fire service's calls (DataSF “Fire Department Calls for Service”), judged against the file's own timestamps",
    )
    .option('--speed <n>', '`max`, or how many times faster than real time', parseSpeed, 'max')
    .option(
      '--data <dir>',
      'data directory of the site, which must not hold a ledger; a new one under var/ unless told',
    )
    .option('--zone <name>', "time zone of the file's local times", parseZone, 'America/Los_Angeles')
    .option(...JSON_OPTION)
    .action(async (csv: string, options: CallsOptions) => {
      const report = await replayOrRefuse(csv, options);
      const sound = report.verified.ok && report.comparison.differences.length === 0;
      if (sound || options.json !== true) answer(options, report, summaryLines(report));
      else printRefusal('replay-differs', DIFFERS, report);
      process.exitCode = sound ? EXIT.done : EXIT.refused;
    });
};

const DIFFERS = text(
  '台账没有通过校验，或与文件自己的时间不一致；明细见 verified 和 comparison。',
  'The ledger does not verify, or differs from the times of the file itself; see verified and comparison.',
);

const parseSpeed = (value: string): number | 'max' => {
  if (value === 'max') return value;
  const speed = Number(value);
  if (!(speed > 0 && speed <= 1e6)) throw new InvalidArgumentError('must be max or a number above 0');
  return speed;
};

const parseZone = (value: string): string => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('must be an IANA time zone, e.g. America/Los_Angeles');
  }
};

/** A first Ctrl-C ends the replay and judges what was played. */
const replayOrRefuse = async (csv: string, options: CallsOptions): Promise<ReplayReport> => {
  const data_dir = path.resolve(options.data ?? `var/replay-${path.parse(csv).name}-${Date.now()}`);
  makeReady(data_dir);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  try {
    const { speed, zone } = options;
    return await replayCalls({
      file: path.resolve(csv),
      data_dir,
      place_dir: ZHOUSHAN_DIR,
      speed: speed === 'max' ? null : speed,
      zone,
      signal: stop.signal,
    });
  } catch (error) {
    throw inWords(error, csv, data_dir);
  } finally {
    process.off('SIGINT', onSignal);
  }
};

/** What went wrong as a refusal where it is not a fault of the program. */
const inWords = (error: unknown, csv: string, data_dir: string): unknown => {
  if (error instanceof CsvError) {
    const { code, words } = error.reason;
    return new Refused(code, text(`${csv}：${words.zh}`, `${csv}: ${words.en}`));
  }
  if (error instanceof StoreError) return refusedByStore(data_dir, error);
  if (isFileTrouble(error)) return new Refused('file-unreadable', unreadable(csv, error.message));
  if (error instanceof LedgerInTheWay) return new Refused('ledger-in-the-way', inTheWay(data_dir));
  return error;
};

const unreadable = (csv: string, detail: string): Text =>
  text(
    `读不到文件 ${csv}，请检查路径和权限。（${detail}）`,
    `Cannot read the file ${csv}; check its path and permissions. (${detail})`,
  );

const inTheWay = (data_dir: string): Text =>
  text(
    `${data_dir} 已有台账，回放只写入新的目录。请用 --data 指定另一个。`,
    `${data_dir} already holds a ledger, and a replay writes into a fresh directory only. Name another with --data.`,
  );

const isFileTrouble = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'EACCES'].includes(String(error.code));
