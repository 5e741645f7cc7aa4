import type { Store } from '#app/ports.ts';
import type { Instant } from '#core/base/instant.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import { MARKING_STEP } from './plan.ts';
import { MOMENT_NAMES } from './rows.ts';
import type { Moment, UnitRow } from './rows.ts';

const READ_EVENTS = 5000;

/** What the ledger says of the calls, read back from the store event by event. */
export interface LedgerTimes {
  readonly events: number;
  /** When a moment of a unit on a call was entered; of the call itself for `received` and `entry`. */
  readonly at: (row: UnitRow, moment: Moment) => Instant | undefined;
  /** How often each clock ran out. */
  readonly clocks_fired: Readonly<Record<string, number>>;
}

/** @throws Error when an event cannot be read */
export const readLedger = async (store: Store): Promise<LedgerTimes> => {
  const calls = new Map<string, string>();
  const times = new Map<string, Instant>();
  const fired: Record<string, number> = {};
  let events = 0;
  for (;;) {
    const stored = await store.read(events, READ_EVENTS);
    for (const one of stored) {
      events = one.seq;
      const parsed = parseEvent(one.text);
      if (!parsed.ok || !parsed.value.known) throw new Error(`event ${one.seq} cannot be read`);
      const { matter, type, body, time } = parsed.value.envelope;
      if (matter === null) continue;
      const said = body as {
        readonly facts?: { readonly reference?: string };
        readonly step?: string;
        readonly clock?: string;
        readonly parts?: readonly { readonly subject: string }[];
      };
      if (type === 'raised') calls.set(matter, said.facts?.reference ?? '');
      if (type === 'fired') {
        const clock = (said.clock ?? '').split('/')[0] ?? '';
        fired[clock] = (fired[clock] ?? 0) + 1;
      }
      const step = type === 'raised' ? type : (said.step ?? '');
      times.set(keyOf(calls.get(matter) ?? '', step, said.parts?.[0]?.subject ?? ''), time[0]);
    }
    if (stored.length < READ_EVENTS) break;
  }
  const at = (row: UnitRow, moment: Moment): Instant | undefined =>
    times.get(keyOf(row.call, MARKING_STEP[moment], isOfCall(moment) ? '' : row.unit));
  return { events, at, clocks_fired: fired };
};

const keyOf = (call: string, step: string, subject: string): string => `${call}\n${step}\n${subject}`;
const isOfCall = (moment: Moment): boolean => moment === 'received' || moment === 'entry';

/** Intervals between neighbouring moments of rows: how many the file has, and what the ledger says of them. */
export interface IntervalCount {
  readonly from: Moment;
  readonly to: Moment;
  readonly in_file: number;
  /** The same length in the ledger, and both ends at the very same second. */
  readonly equal: number;
  readonly different: number;
  /** One of its ends was not accepted; its row is listed as refused. */
  readonly not_entered: number;
}

/** Rows whose interval is not the same in the ledger; must be empty. */
export interface Difference {
  readonly row: number;
  readonly id: string;
  readonly from: Moment;
  readonly to: Moment;
  readonly file_s: number;
  readonly ledger_s: number;
}

export interface Comparison {
  readonly intervals: readonly IntervalCount[];
  readonly differences: readonly Difference[];
}

/** Recomputes every interval of the rows from the ledger. */
export const compareIntervals = (rows: readonly UnitRow[], ledger: LedgerTimes): Comparison => {
  const counts = new Map<
    string,
    { from: Moment; to: Moment; in_file: number; equal: number; different: number; not_entered: number }
  >();
  const differences: Difference[] = [];
  for (const row of rows) {
    for (const [from, to] of neighbours(row)) {
      const key = `${MOMENT_NAMES.indexOf(from)}${MOMENT_NAMES.indexOf(to)}`;
      const count = counts.get(key) ?? { from, to, in_file: 0, equal: 0, different: 0, not_entered: 0 };
      counts.set(key, count);
      count.in_file += 1;
      const [start, end] = [ledger.at(row, from), ledger.at(row, to)];
      const [began, ended] = [row.times[from] ?? Number.NaN, row.times[to] ?? Number.NaN];
      if (start === undefined || end === undefined) count.not_entered += 1;
      else if (start === began && end === ended) count.equal += 1;
      else {
        count.different += 1;
        differences.push({
          row: row.row,
          id: row.id,
          from,
          to,
          file_s: (ended - began) / 1000,
          ledger_s: (end - start) / 1000,
        });
      }
    }
  }
  const intervals = [...counts.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, count]) => count);
  return { intervals, differences };
};

const neighbours = (row: UnitRow): readonly (readonly [Moment, Moment])[] => {
  const present = MOMENT_NAMES.filter((moment) => row.times[moment] !== undefined);
  return present.slice(1).map((to, index) => [present[index] ?? to, to] as const);
};
