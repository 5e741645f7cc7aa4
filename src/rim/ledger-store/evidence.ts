import type { SiteId } from '#core/base/ids.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Digest, Verifier } from '#core/ledger/digest.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { REASONS, flaw } from '#core/ledger/flaw.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { headText, parseHead, verifyHead } from '#core/ledger/heads.ts';
import type { Verified } from '#core/ledger/verify.ts';
import { PUBLIC_KEY_FILE, readPublicKey, verifierOf } from '#rim/digest-node/site-key.ts';
import { readCheckpointLines, readHeadMark } from './marks.ts';

/** What a ledger is compared with, wherever it is kept. */
export interface CheckSetup {
  readonly digest: Digest;
  readonly verifier: Verifier;
  /** Null: the site the head names. */
  readonly site: SiteId | null;
  /** Signed heads kept elsewhere. */
  readonly outside: readonly SignedHead[];
}

export interface CheckedLedger extends Verified {
  readonly head: SignedHead | null;
}

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

export const soundVerdict = ({ chain, head, checkpoints, later }: CheckedLedger): DirectoryVerdict => ({
  ok: true,
  site: head?.site ?? null,
  events: chain.size,
  checkpoints,
  later,
  first_bad: null,
});

export const refusedVerdict = (first_bad: Flaw): DirectoryVerdict => ({
  ok: false,
  site: null,
  events: 0,
  checkpoints: 0,
  later: 0,
  first_bad,
});

/** The key and the checkpoint to verify with, from whoever asks or from the directory. */
export const evidenceOf = (
  dir: string,
  options: VerifyOptions,
): Result<Pick<CheckSetup, 'verifier' | 'outside'>, Flaw> => {
  const given = options.checkpoint === undefined ? null : givenHead(options.checkpoint);
  if (given === null && options.checkpoint !== undefined) return err(flaw('damaged', 0, 0, REASONS.givenCheckpoint));
  const publicKey = options.publicKey ?? readPublicKey(dir);
  if (publicKey === null) return err(flaw('bad-signature', 0, 0, REASONS.noKey, { detail: PUBLIC_KEY_FILE }));
  try {
    return ok({ verifier: verifierOf(publicKey), outside: given === null ? [] : [given] });
  } catch {
    return err(flaw('bad-signature', 0, 0, REASONS.badKey, { detail: PUBLIC_KEY_FILE }));
  }
};

/** Spaces and the order of keys do not matter in a checkpoint that a person hands in. */
const givenHead = (text: string): SignedHead | null => {
  try {
    return parseHead(headText(JSON.parse(text) as SignedHead));
  } catch {
    return null;
  }
};

export interface HeadsBeside {
  readonly heads: readonly SignedHead[];
  /** A damaged line of `checkpoints.jsonl`; told only when the ledger itself is sound. */
  readonly flaw: Flaw | null;
}

/** The signed heads in files beside the ledger. To be read before it: while a site is writing, they may only lag behind it. */
export const headsBeside = (dir: string, verifier: Verifier): HeadsBeside => {
  const lines = readCheckpointLines(dir);
  const mark = readHeadMark(dir);
  const markCounts = mark !== null && verifyHead(verifier, mark);
  return { heads: markCounts ? [...lines.heads, mark] : lines.heads, flaw: lines.flaw };
};
