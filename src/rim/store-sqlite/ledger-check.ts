import { StoreError } from '#app/ports.ts';
import { siteId } from '#core/base/ids.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { REASONS, flaw } from '#core/ledger/flaw.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { startVerify } from '#core/ledger/verify.ts';
import type { Verified, VerifySetup } from '#core/ledger/verify.ts';
import type { DamagedCheckpoint, LedgerFile } from './ledger-file.ts';
import { headsBeside } from '#rim/ledger-store/evidence.ts';
import type { CheckSetup, CheckedLedger } from '#rim/ledger-store/evidence.ts';

export type { CheckedLedger } from '#rim/ledger-store/evidence.ts';

const CHUNK = 2000;

/**
 * Reads the whole ledger and every record beside it, and compares all with the signatures. `integrityFlaw` belongs to it: the
 * two may run side by side, and what this finds is told first.
 */
export const checkLedgerFile = (ledger: LedgerFile, dir: string, setup: CheckSetup): Result<CheckedLedger, Flaw> => {
  const beside = headsBeside(dir, setup.verifier);
  const outside = [...setup.outside, ...beside.heads];
  return ledger.atOneMoment(() => {
    const answer = checkRecords(ledger, setup, outside);
    return answer.ok && beside.flaw !== null ? err(beside.flaw) : answer;
  });
};

const checkRecords = (
  ledger: LedgerFile,
  setup: CheckSetup,
  outside: readonly SignedHead[],
): Result<CheckedLedger, Flaw> => {
  const records = attempt(0, () => ({ head: ledger.head(), checkpoints: ledger.checkpoints() }));
  if (!records.ok) return records;
  const { head } = records.value;
  const checkpoints = [...records.value.checkpoints.filter(isHead), ...outside];
  const site = setup.site ?? head?.site ?? checkpoints[0]?.site ?? siteId('unknown');
  const events = checkEvents(ledger, { digest: setup.digest, verifier: setup.verifier, site, head, checkpoints });
  if (!events.ok) return events;
  const damaged = records.value.checkpoints.find((checkpoint) => !isHead(checkpoint));
  if (damaged !== undefined) return err(flaw('damaged', 0, 0, REASONS.checkpointRecord, { size: damaged.size }));
  return ok({ ...events.value, head });
};

/** SQLite's own check of pages and indexes: it sees what no signature covers, such as a lost entry of an index. */
export const integrityFlaw = (ledger: LedgerFile): Flaw | null => {
  const detail = attempt(0, () => ledger.integrity());
  if (!detail.ok) return detail.error;
  return detail.value === null ? null : flaw('damaged', 0, 0, REASONS.file, { detail: detail.value });
};

const checkEvents = (ledger: LedgerFile, setup: VerifySetup): Result<Verified, Flaw> => {
  const verification = startVerify(setup);
  for (let after = 0; ;) {
    const rows = attempt(after + 1, () => ledger.rows(after, CHUNK));
    if (!rows.ok) return rows;
    for (const event of rows.value) {
      const found = verification.next(event);
      if (found !== null) return err(found);
      after = event.seq;
    }
    if (rows.value.length < CHUNK) return verification.finish();
  }
};

/** SQLite's own complaint about a page becomes a flaw at the event being read; any other trouble is thrown on. */
const attempt = <T>(seq: number, work: () => T): Result<T, Flaw> => {
  try {
    return ok(work());
  } catch (error) {
    if (!(error instanceof StoreError) || error.fault !== 'corrupt') throw error;
    return err(flaw('damaged', seq, seq, REASONS.file, { detail: error.message }));
  }
};

const isHead = (checkpoint: SignedHead | DamagedCheckpoint): checkpoint is SignedHead => 'signature' in checkpoint;
