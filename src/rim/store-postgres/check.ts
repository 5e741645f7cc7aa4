import { StoreError } from '#app/ports.ts';
import { siteId } from '#core/base/ids.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { REASONS, flaw } from '#core/ledger/flaw.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { startVerify } from '#core/ledger/verify.ts';
import type { Verified, VerifySetup } from '#core/ledger/verify.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { evidenceOf, headsBeside, refusedVerdict, soundVerdict } from '#rim/ledger-store/evidence.ts';
import type { CheckSetup, CheckedLedger, DirectoryVerdict, VerifyOptions } from '#rim/ledger-store/evidence.ts';
import { UNDEFINED_TABLE, sqlState, storeErrorOf } from './faults.ts';
import { askOver, openReader } from './session.ts';
import { EVENTS_TABLE, demandVersion, readCheckpoints, readEvents, readHead } from './tables.ts';
import type { Ask, DamagedCheckpoint } from './tables.ts';

const CHUNK = 5000;

/**
 * Reads the whole ledger and every record beside it, and compares all with the signatures. Rejects with StoreError when the database
 * cannot be read, unless it is because it is damaged.
 * @param ask over one connection, which is in no transaction
 * @param dir the data directory with `checkpoints.jsonl` and `head.json`
 */
export const checkTables = async (ask: Ask, dir: string, setup: CheckSetup): Promise<Result<CheckedLedger, Flaw>> => {
  const beside = headsBeside(dir, setup.verifier);
  try {
    // All of one moment, also when another process is writing.
    await ask('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await demandVersion(ask);
    const answer = await checkRecords(ask, { ...setup, outside: [...setup.outside, ...beside.heads] });
    await ask('ROLLBACK');
    return answer.ok && beside.flaw !== null ? err(beside.flaw) : answer;
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return err(noLedger());
    const failure = storeErrorOf(error);
    if (failure.fault !== 'corrupt') throw failure;
    return err(flaw('damaged', 0, 0, REASONS.file, { detail: failure.message }));
  }
};

const noLedger = (): Flaw => flaw('missing', 0, 0, REASONS.noLedger, { detail: `PostgreSQL ${EVENTS_TABLE}` });

const checkRecords = async (ask: Ask, setup: CheckSetup): Promise<Result<CheckedLedger, Flaw>> => {
  const head = await readHead(ask);
  const records = await readCheckpoints(ask);
  const checkpoints = [...records.filter(isHead), ...setup.outside];
  const site = setup.site ?? head?.site ?? checkpoints[0]?.site ?? siteId('unknown');
  const events = await checkEvents(ask, { digest: setup.digest, verifier: setup.verifier, site, head, checkpoints });
  if (!events.ok) return events;
  const damaged = records.find((record) => !isHead(record));
  if (damaged !== undefined) return err(flaw('damaged', 0, 0, REASONS.checkpointRecord, { size: damaged.size }));
  return ok({ ...events.value, head });
};

const checkEvents = async (ask: Ask, setup: VerifySetup): Promise<Result<Verified, Flaw>> => {
  const verification = startVerify(setup);
  for (let after = 0; ;) {
    const events = await readEvents(ask, after, CHUNK);
    for (const event of events) {
      const found = verification.next(event);
      if (found !== null) return err(found);
      after = event.seq;
    }
    if (events.length < CHUNK) return verification.finish();
  }
};

const isHead = (record: SignedHead | DamagedCheckpoint): record is SignedHead => 'signature' in record;

/**
 * Proves that the ledger in a PostgreSQL database, the site's own or a restored copy, is what its site signed. Takes no lock and writes
 * nothing; may run beside the site. Rejects with StoreError when the database cannot be reached.
 * @param dir the site's data directory or a copy of it: its public key, `checkpoints.jsonl` and `head.json`
 */
export const verifyDatabase = async (
  connection: string,
  dir: string,
  options: VerifyOptions = {},
): Promise<DirectoryVerdict> => {
  const evidence = evidenceOf(dir, options);
  if (!evidence.ok) return refusedVerdict(evidence.error);
  const reader = await openReader(connection);
  try {
    const setup = { ...evidence.value, digest: createDigest(), site: null };
    const answer = await checkTables(askOver(reader), dir, setup);
    return answer.ok ? soundVerdict(answer.value) : refusedVerdict(answer.error);
  } finally {
    await reader.end();
  }
};

/** A checkpoint the database says it has. @throws StoreError `corrupt` when its record is damaged */
export const soundCheckpoint = (record: SignedHead | DamagedCheckpoint): SignedHead => {
  if (isHead(record)) return record;
  throw new StoreError('corrupt', `the checkpoint record for ${record.size} events is damaged`, record.size);
};
