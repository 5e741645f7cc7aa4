import type { StoreFault } from '#app/ports.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import type { SignedHead, StoredEvent, Tip } from '#core/ledger/envelope.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import type { CheckedLedger } from './ledger-check.ts';

/** What the worker is started with. */
export interface WorkerSetup {
  readonly dir: string;
}

/** Everything the worker can be asked, and its answer. */
export interface Questions {
  readonly head: { readonly ask: null; readonly answer: SignedHead | null };
  readonly read: { readonly ask: readonly [after: number, limit: number]; readonly answer: readonly StoredEvent[] };
  readonly ofMatter: { readonly ask: string; readonly answer: readonly StoredEvent[] };
  readonly checkpoints: { readonly ask: null; readonly answer: readonly SignedHead[] };
  /** PKCS8 PEM. */
  readonly signWith: { readonly ask: string; readonly answer: null };
  readonly keepCheckpoint: { readonly ask: Tip | SignedHead; readonly answer: null };
  readonly check: {
    readonly ask: readonly [site: SiteId, publicKey: string];
    readonly answer: Result<CheckedLedger, Flaw>;
  };
  readonly integrity: { readonly ask: null; readonly answer: Flaw | null };
  readonly close: { readonly ask: null; readonly answer: null };
}

/**
 * A batch in the form it crosses the thread in. A long text costs no more than a copy of its bytes, a list of short ones costs a
 * good deal for each: so the events lie in three long ones.
 */
export interface PackedBatch {
  /** Seq of the first event; the head's size + 1 when there is none. */
  readonly first: number;
  /** All texts in one row, and the length of each. */
  readonly texts: string;
  readonly lengths: readonly number[];
  /** All hashes in one row, each 64 letters long. */
  readonly hashes: string;
  /** Numbers of the matters, a line each; an empty line for an event of none. */
  readonly matters: string;
  readonly head: Tip | SignedHead;
  readonly checkpoint: boolean;
}

export type Request =
  | { readonly id: number; readonly op: 'append'; readonly ask: PackedBatch }
  | {
      [Op in keyof Questions]: { readonly id: number; readonly op: Op; readonly ask: Questions[Op]['ask'] };
    }[keyof Questions];

export interface Failure {
  readonly fault: StoreFault;
  readonly message: string;
  readonly seq: number | null;
}

export type Reply =
  /** Batches that are durable, answered together. */
  | { readonly done: readonly number[] }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure }
  /** The first message: the ledger is open, or why it is not. */
  | { readonly opened: Failure | null };

/** What the thread that checks the database's pages says. */
export type IntegrityAnswer = { readonly flaw: Flaw | null } | { readonly failure: Failure };
