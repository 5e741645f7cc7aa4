import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { StoreError } from '#app/ports.ts';
import { CsvError } from '../replay/reasons.ts';
import { LedgerInTheWay, replayCalls } from '../replay/replay.ts';
import type { ReplayReport } from '../replay/replay.ts';
import { summaryLines } from '../replay/summary.ts';
import { EXIT, Refused, ZHOUSHAN_DIR, print } from '../shell.ts';

interface CallsOptions {
  /** `max`: as fast as it goes. */
  readonly speed: number | 'max';
  readonly data?: string;
  readonly zone: string;
  readonly json?: true;
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
    .option('--json', 'answer as JSON')
    .action(async (csv: string, options: CallsOptions) => {
      const report = await replayOrRefuse(csv, options);
      if (options.json === true) print(JSON.stringify(report));
      else for (const line of summaryLines(report)) print(line);
      const sound = report.verified.ok && report.comparison.differences.length === 0;
      process.exitCode = sound ? EXIT.done : EXIT.refused;
    });
};

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
    if (error instanceof CsvError) throw new Refused(`${csv}: ${error.message}`);
    if (error instanceof StoreError) throw new Refused(error.message);
    if (isFileTrouble(error))
      throw new Refused(
        `读不到文件，请检查路径和权限。Cannot read the file; check its path and permissions.\n${error.message}`,
      );
    if (!(error instanceof LedgerInTheWay)) throw error;
    throw new Refused(
      `${data_dir} 已有台账，回放只写入新的目录。请用 --data 指定另一个。\n` +
        `${data_dir} already holds a ledger, and a replay writes into a fresh directory only. Name another with --data.`,
    );
  } finally {
    process.off('SIGINT', onSignal);
  }
};

const isFileTrouble = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'EACCES'].includes(String(error.code));
