import type { Instant } from '#core/base/instant.ts';
import type { LedgerTimes } from './compare.ts';
import type { NotTaken, Played } from './play.ts';
import { reason } from './reasons.ts';
import { MOMENTS, MOMENT_NAMES } from './rows.ts';
import type { RefusedRow, UnitRow } from './rows.ts';

/** A row whose moments do not come one after the other. */
export interface DisorderedRow {
  readonly row: number;
  readonly id: string;
  /** Which moment stands before one it should follow, and by how much: `Hospital DtTm < Transport DtTm (19 s)`. */
  readonly order: string;
  readonly accepted: boolean;
}

export interface RowsOutcome {
  readonly total: number;
  readonly accepted: number;
  readonly refused: readonly RefusedRow[];
  readonly out_of_order: readonly DisorderedRow[];
}

/** Which rows were entered whole, and why the others were not. Accepted and refused together are all rows of the file. */
export const rowsOutcome = (
  total: number,
  rows: readonly UnitRow[],
  unreadable: readonly RefusedRow[],
  played: Played,
): RowsOutcome => {
  const notTaken = Map.groupBy(played.not_taken, ({ action }) => action.row ?? action.call);
  const left = new Set(played.left.map((action) => action.row ?? action.call));
  const refused = [...unreadable];
  const out_of_order: DisorderedRow[] = [];
  for (const row of rows) {
    const order = disorderOf(row);
    const ofCall = (notTaken.get(row.call) ?? []).filter(({ action }) => action.moment !== 'closing');
    const stopped = [...ofCall, ...(notTaken.get(row) ?? [])];
    const why =
      left.has(row) && stopped.length === 0 ? reason('not-played', { row: row.row }) : refusedFor(row, order, stopped);
    if (why !== null) refused.push({ row: row.row, id: row.id, reason: why });
    if (order !== '') out_of_order.push({ row: row.row, id: row.id, order, accepted: why === null });
  }
  refused.sort((a, b) => a.row - b.row);
  return { total, accepted: total - refused.length, refused, out_of_order };
};

const refusedFor = (row: UnitRow, order: string, stopped: readonly NotTaken[]): RefusedRow['reason'] | null => {
  if (stopped.length === 0) return null;
  const refused = stopped
    .map(
      ({ action, code }) =>
        `${action.moment === 'closing' ? action.step : MOMENTS[action.moment]} (${action.step}: ${code})`,
    )
    .join(', ');
  return order === ''
    ? reason('step-refused', { row: row.row, refused })
    : reason('timestamps-out-of-order', { row: row.row, order, refused });
};

/** Neighbouring moments in the wrong order, in words; empty when there are none. */
const disorderOf = (row: UnitRow): string => {
  const wrong: string[] = [];
  let before: { readonly column: string; readonly at: Instant } | null = null;
  for (const moment of MOMENT_NAMES) {
    const at = row.times[moment];
    if (at === undefined) continue;
    if (before !== null && at < before.at)
      wrong.push(`${MOMENTS[moment]} < ${before.column} (${(before.at - at) / 1000} s)`);
    before = { column: MOMENTS[moment], at };
  }
  return wrong.join(', ');
};

export interface CallsOutcome {
  readonly total: number;
  readonly closed: number;
  /** Calls that were not raised: all their rows were refused. */
  readonly not_raised: number;
  readonly open: readonly { readonly call: string; readonly why: string }[];
}

/** How many calls ran through to their closing, and why others did not. */
export const callsOutcome = (
  rows: readonly UnitRow[],
  refused: readonly RefusedRow[],
  played: Played,
): CallsOutcome => {
  const calls = Map.groupBy(rows, (row) => row.call);
  const known = new Set([...calls.keys(), ...refused.map(({ id }) => id.slice(0, id.indexOf('-')))]);
  const closing = new Map(
    played.not_taken.filter(({ action }) => action.moment === 'closing').map((one) => [one.action.call, one]),
  );
  const left = new Set(played.left.map((action) => action.call));
  const open: { call: string; why: string }[] = [];
  for (const [call, units] of calls) {
    const never = units.filter((row) => row.times.available === undefined).map((row) => row.call_sign);
    const stopped = closing.get(call);
    if (never.length > 0) open.push({ call, why: `${MOMENTS.available}: ${never.join(', ')}` });
    else if (stopped !== undefined) open.push({ call, why: `${stopped.action.step}: ${stopped.code}` });
    else if (left.has(call)) open.push({ call, why: 'not-played' });
  }
  return { total: known.size, closed: calls.size - open.length, not_raised: known.size - calls.size, open };
};

/** Seconds; null where nothing was measured. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

export interface ResponseTimes {
  /** Call received to the first unit dispatched. */
  readonly to_dispatch_s: Percentiles;
  /** Call received to the first unit on scene. */
  readonly to_on_scene_s: Percentiles;
}

/** Response times per call, from the ledger. */
export const responseTimes = (rows: readonly UnitRow[], ledger: LedgerTimes): ResponseTimes => {
  const dispatch: number[] = [];
  const onScene: number[] = [];
  for (const units of Map.groupBy(rows, (row) => row.call).values()) {
    const [first] = units;
    const received = first === undefined ? undefined : ledger.at(first, 'received');
    if (received === undefined) continue;
    const earliest = (moment: 'dispatch' | 'on_scene'): number =>
      Math.min(...units.map((row) => ledger.at(row, moment) ?? Infinity));
    for (const [into, at] of [
      [dispatch, earliest('dispatch')],
      [onScene, earliest('on_scene')],
    ] as const) {
      if (at < Infinity) into.push((at - received) / 1000);
    }
  }
  return { to_dispatch_s: percentiles(dispatch), to_on_scene_s: percentiles(onScene) };
};

/** Nearest-rank percentiles. */
const percentiles = (values: readonly number[]): Percentiles => {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { count: sorted.length, p50: rank(0.5), p90: rank(0.9), p95: rank(0.95), max: sorted.at(-1) ?? null };
};
