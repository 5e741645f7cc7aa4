import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { StoreError } from '#app/ports.ts';
import type { Verifier } from '#core/ledger/digest.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { REASONS, flaw } from '#core/ledger/flaw.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { evidenceOf, refusedVerdict, soundVerdict } from '#rim/ledger-store/evidence.ts';
import type { DirectoryVerdict, VerifyOptions } from '#rim/ledger-store/evidence.ts';
import { checkLedgerFile, integrityFlaw } from './ledger-check.ts';
import { LEDGER_FILE, LedgerFile, ledgerPath } from './ledger-file.ts';

export type { DirectoryVerdict } from '#rim/ledger-store/evidence.ts';

/**
 * Proves offline that the ledger in `dir`, a data directory or a copy of one, is what its site signed. Needs no lock and
 * writes nothing into the ledger.
 */
export const verifyDirectory = (dir: string, options: VerifyOptions = {}): DirectoryVerdict => {
  if (!existsSync(ledgerPath(dir))) {
    return refusedVerdict(flaw('missing', 0, 0, REASONS.noLedger, { detail: LEDGER_FILE }));
  }
  const evidence = evidenceOf(dir, options);
  if (!evidence.ok) return refusedVerdict(evidence.error);
  try {
    return verdictOf(dir, evidence.value.verifier, evidence.value.outside);
  } catch (error) {
    if (!(error instanceof StoreError) || error.fault !== 'corrupt') throw error;
    return refusedVerdict(flaw('damaged', 0, 0, REASONS.file, { detail: error.message }));
  }
};

const verdictOf = (dir: string, verifier: Verifier, outside: readonly SignedHead[]): DirectoryVerdict => {
  const digest = createDigest();
  const { ledger, dispose } = openCopy(dir, (path) => new LedgerFile(path, digest, true));
  try {
    const answer = checkLedgerFile(ledger, dir, { digest, verifier, site: null, outside });
    if (!answer.ok) return refusedVerdict(answer.error);
    const damage = integrityFlaw(ledger);
    return damage === null ? soundVerdict(answer.value) : refusedVerdict(damage);
  } finally {
    ledger.close();
    dispose();
  }
};

/** On a medium that cannot be written SQLite cannot read a write-ahead log; then a temporary copy is read instead. */
const openCopy = (dir: string, open: (path: string) => LedgerFile): { ledger: LedgerFile; dispose: () => void } => {
  const path = ledgerPath(dir);
  try {
    return { ledger: open(path), dispose: () => undefined };
  } catch (error) {
    if (!(error instanceof StoreError) || error.fault === 'corrupt') throw error;
  }
  const copy = mkdtempSync(join(tmpdir(), 'qundao-verify-'));
  const dispose = (): void => rmSync(copy, { recursive: true, force: true });
  try {
    for (const file of [path, `${path}-wal`]) if (existsSync(file)) copyFileSync(file, join(copy, basename(file)));
    return { ledger: open(ledgerPath(copy)), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
};
