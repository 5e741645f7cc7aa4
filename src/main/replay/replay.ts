import { existsSync, readFileSync } from 'node:fs';
import type { LonLat } from '#core/base/geo.ts';
import { siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { PLAIN_CALENDAR } from '#core/matter/calendar.ts';
import { zoneOffset } from '#rim/calendar/zone-offset.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import type { DirectoryVerdict } from '#rim/store-sqlite/verify-directory.ts';
import { virtualClock } from './clock.ts';
import { compareIntervals, readLedger } from './compare.ts';
import type { Comparison } from './compare.ts';
import { localTimes } from './local-time.ts';
import { callsOutcome, responseTimes, rowsOutcome } from './outcome.ts';
import type { CallsOutcome, ResponseTimes, RowsOutcome } from './outcome.ts';
import { planOf } from './plan.ts';
import { Player } from './play.ts';
import { readRows } from './rows.ts';
import type { UnitRow } from './rows.ts';
import { openBareSite } from './site.ts';

export interface ReplayOptions {
  readonly file: string;
  /** Must not hold a ledger yet. */
  readonly data_dir: string;
  readonly place_dir: string;
  /** Times real time; null as fast as possible. */
  readonly speed: number | null;
  /** IANA name of the zone the file's local times are in. */
  readonly zone: string;
  /** Stops the replay early; what was played until then is judged. */
  readonly signal?: AbortSignal;
}

export interface ReplayReport {
  readonly file: string;
  readonly data_dir: string;
  readonly zone: string;
  readonly rows: RowsOutcome;
  readonly calls: CallsOutcome;
  readonly comparison: Comparison;
  readonly response: ResponseTimes;
  readonly clocks_fired: Readonly<Record<string, number>>;
  readonly commands: number;
  readonly events: number;
  /** Virtual time from the first to the last moment played. */
  readonly span_s: number;
  /** Real time the commands took, everything durable. */
  readonly took_s: number;
  /** Virtual over real time. */
  readonly factor: number;
  readonly verified: DirectoryVerdict;
}

/** The directory has a ledger already; a replay never writes into one. */
export class LedgerInTheWay extends Error {
  override readonly name = 'LedgerInTheWay';
}

/**
 * Plays a file of calls through a fresh site and judges what its ledger says of them.
 * @throws CsvError for a file that cannot be read, LedgerInTheWay, RangeError for an unknown zone, StoreError
 */
export const replayCalls = async (options: ReplayOptions): Promise<ReplayReport> => {
  if (existsSync(`${options.data_dir}/ledger.db`)) throw new LedgerInTheWay(options.data_dir);
  const { total, rows, refused } = readRows(readFileSync(options.file, 'utf8'), localTimes(options.zone));
  const turns = planOf(rows);
  const start = turns[0]?.at ?? (0 as Instant);
  const clock = virtualClock(start, options.speed, options.signal);
  const calendar = { ...PLAIN_CALENDAR, offset_min: zoneOffset(options.zone) };
  const { data_dir, place_dir } = options;
  const bare = await openBareSite({
    data_dir,
    place_dir,
    id: siteId('replay'),
    prefix: 'RP',
    now: clock.now,
    calendar,
  });
  try {
    const began_ms = performance.now();
    const played = await new Player(bare.site, clock, middleOf(rows)).play(turns, options.signal);
    const took_s = (performance.now() - began_ms) / 1000;
    const ledger = await readLedger(bare.store);
    await bare.close();
    const span_s = (clock.now() - start) / 1000;
    return {
      file: options.file,
      data_dir,
      zone: options.zone,
      rows: rowsOutcome(total, rows, refused, played),
      calls: callsOutcome(rows, refused, played),
      comparison: compareIntervals(rows, ledger),
      response: responseTimes(rows, ledger),
      clocks_fired: ledger.clocks_fired,
      commands: played.commands,
      events: ledger.events,
      span_s,
      took_s,
      factor: span_s / took_s,
      verified: verifyDirectory(data_dir),
    };
  } catch (error) {
    await bare.close();
    throw error;
  }
};

/** Mean position of the rows that have one. */
const middleOf = (rows: readonly UnitRow[]): LonLat => {
  const known = rows.flatMap((row) => (row.where === null ? [] : [row.where]));
  const mean = (of: (at: { lon: number; lat: number }) => number): number =>
    known.length === 0 ? 0 : known.reduce((sum, at) => sum + of(at), 0) / known.length;
  return [mean((at) => at.lon), mean((at) => at.lat)];
};
