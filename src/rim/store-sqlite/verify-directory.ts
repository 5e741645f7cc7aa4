import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { StoreError } from '#app/ports.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Verifier } from '#core/ledger/digest.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { REASONS, flaw } from '#core/ledger/flaw.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { headText, parseHead } from '#core/ledger/heads.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { PUBLIC_KEY_FILE, readPublicKey, verifierOf } from '#rim/digest-node/site-key.ts';
import { checkLedgerFile, integrityFlaw } from './ledger-check.ts';
import { LEDGER_FILE, LedgerFile, ledgerPath } from './ledger-file.ts';

export interface DirectoryVerdict {
  readonly ok: boolean;
  readonly site: SiteId | null;
  /** Events vouched for; 0 when not ok. */
  readonly events: number;
  /** Different signed heads compared. */
  readonly checkpoints: number;
  /** Events of later envelope versions: kept and hashed, not interpreted. */
  readonly later: number;
  readonly first_bad: Flaw | null;
}

export interface VerifyOptions {
  /** SPKI PEM; the one in the directory unless told. Whoever does not trust the copy brings the key along. */
  readonly publicKey?: string;
  /** A checkpoint kept elsewhere, as its JSON: a line of `checkpoints.jsonl`. */
  readonly checkpoint?: string;
}

/**
 * Proves offline that the ledger in `dir`, a data directory or a copy of one, is what its site signed. Needs no lock and
 * writes nothing into the ledger.
 */
export const verifyDirectory = (dir: string, options: VerifyOptions = {}): DirectoryVerdict => {
  const outside: SignedHead[] = [];
  if (options.checkpoint !== undefined) {
    const given = givenHead(options.checkpoint);
    if (given === null) return refused(flaw('damaged', 0, 0, REASONS.givenCheckpoint));
    outside.push(given);
  }
  if (!existsSync(ledgerPath(dir))) return refused(flaw('missing', 0, 0, REASONS.noLedger, { detail: LEDGER_FILE }));
  const publicKey = options.publicKey ?? readPublicKey(dir);
  if (publicKey === null) return refused(flaw('bad-signature', 0, 0, REASONS.noKey, { detail: PUBLIC_KEY_FILE }));
  let verifier: Verifier;
  try {
    verifier = verifierOf(publicKey);
  } catch {
    return refused(flaw('bad-signature', 0, 0, REASONS.badKey, { detail: PUBLIC_KEY_FILE }));
  }
  try {
    return verdictOf(dir, verifier, outside);
  } catch (error) {
    if (!(error instanceof StoreError) || error.fault !== 'corrupt') throw error;
    return refused(flaw('damaged', 0, 0, REASONS.file, { detail: error.message }));
  }
};

const verdictOf = (dir: string, verifier: Verifier, outside: readonly SignedHead[]): DirectoryVerdict => {
  const digest = createDigest();
  const { ledger, dispose } = openCopy(dir, (path) => new LedgerFile(path, digest, true));
  try {
    const answer = checkLedgerFile(ledger, dir, { digest, verifier, site: null, outside });
    if (!answer.ok) return refused(answer.error);
    const damage = integrityFlaw(ledger);
    if (damage !== null) return refused(damage);
    const { chain, head, checkpoints, later } = answer.value;
    return { ok: true, site: head?.site ?? null, events: chain.size, checkpoints, later, first_bad: null };
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

const refused = (first_bad: Flaw): DirectoryVerdict => ({
  ok: false,
  site: null,
  events: 0,
  checkpoints: 0,
  later: 0,
  first_bad,
});

/** Spaces and the order of keys do not matter in a checkpoint that a person hands in. */
const givenHead = (text: string): SignedHead | null => {
  try {
    return parseHead(headText(JSON.parse(text) as SignedHead));
  } catch {
    return null;
  }
};
