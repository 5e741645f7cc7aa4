import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Hash, MatterId } from '#core/base/ids.ts';
import type { StoredEvent } from '#core/ledger/envelope.ts';
import { storeErrorOf } from './faults.ts';

/** Rows of `events` as SQLite hands them out: seq, matter, hash, text. */
export type EventRow = [seq: number, matter: MatterId | null, hash: Hash, text: string];
export const EVENT_COLUMNS = 'seq, matter, lower(hex(hash)), text';

export const eventOf = (row: EventRow): StoredEvent => ({ seq: row[0], matter: row[1], hash: row[2], text: row[3] });

/** A statement whose rows are arrays: half the work of objects. */
export const query = (database: DatabaseSync, sql: string): StatementSync => {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
};

/** Any failure as a StoreError. */
export const guarded = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw storeErrorOf(error);
  }
};
