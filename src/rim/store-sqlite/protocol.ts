import type { StoreFault } from '#app/ports.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import type { CheckedLedger } from './ledger-check.ts';
import type { FlatBatch } from './ledger-file.ts';

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
  readonly keepCheckpoint: { readonly ask: readonly [size: number, head: string]; readonly answer: null };
  readonly check: {
    readonly ask: readonly [site: SiteId, publicKey: string];
    readonly answer: Result<CheckedLedger, Flaw>;
  };
  readonly integrity: { readonly ask: null; readonly answer: Flaw | null };
  readonly close: { readonly ask: null; readonly answer: null };
}

export type Request =
  | { readonly id: number; readonly op: 'append'; readonly ask: FlatBatch }
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
