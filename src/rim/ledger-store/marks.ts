import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { REASONS, flaw } from '#core/ledger/flaw.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { headText, parseHead } from '#core/ledger/heads.ts';

/** Signed heads kept beside the database, so that a database put back to an earlier state is seen against them. */
export const CHECKPOINT_FILE = 'checkpoints.jsonl';
const HEAD_FILE = 'head.json';
/** The head's text is shorter; padding lets it be overwritten in place without needing space on the disk. */
const HEAD_BYTES = 1024;

export interface CheckpointLines {
  readonly heads: readonly SignedHead[];
  /** A damaged line before the last. A damaged last line is one that was being written when the power went. */
  readonly flaw: Flaw | null;
  /** Bytes of the file that are good. */
  readonly goodBytes: number;
}

/** Reads `checkpoints.jsonl`; no file is no lines. */
export const readCheckpointLines = (dir: string): CheckpointLines => {
  const path = join(dir, CHECKPOINT_FILE);
  const heads: SignedHead[] = [];
  let goodBytes = 0;
  if (!existsSync(path)) return { heads, flaw: null, goodBytes };
  const lines = readFileSync(path, 'utf8').split('\n');
  for (const [index, line] of lines.slice(0, -1).entries()) {
    const head = parseHead(line);
    if (head === null) {
      const last = index === lines.length - 2 && lines.at(-1) === '';
      return {
        heads,
        flaw: last ? null : flaw('damaged', 0, 0, REASONS.checkpointLine, { line: index + 1 }),
        goodBytes,
      };
    }
    heads.push(head);
    goodBytes += Buffer.byteLength(line) + 1;
  }
  return { heads, flaw: null, goodBytes };
};

/**
 * The file of checkpoints, one JSON line each, for people to copy to a safe place. The database is the truth: what cannot be written
 * here now (the disk is full, the file is guarded) is written with the next one.
 */
export class CheckpointWriter {
  readonly #path: string;
  readonly #sound: boolean;
  #waiting: readonly SignedHead[] = [];
  #goodBytes: number;

  /** @param durable all checkpoints in the database: those the file lacks are added, a torn last line is cut off */
  constructor(dir: string, durable: readonly SignedHead[]) {
    this.#path = join(dir, CHECKPOINT_FILE);
    const lines = readCheckpointLines(dir);
    this.#goodBytes = lines.goodBytes;
    // A file damaged before its end is evidence: it stays as it is, and the check at the next start names it.
    this.#sound = lines.flaw === null;
    const present = new Set(lines.heads.map(headText));
    this.add(durable.filter((head) => !present.has(headText(head))));
  }

  add(heads: readonly SignedHead[]): void {
    if (!this.#sound) return;
    this.#waiting = [...this.#waiting, ...heads];
    try {
      this.#cutTail();
      this.#goodBytes += appendDurably(this.#path, this.#waiting);
      this.#waiting = [];
    } catch {
      // They wait for the next one.
    }
  }

  /** Only when there is something to cut: a file that may only grow refuses to be truncated, even to the size it has. */
  #cutTail(): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > this.#goodBytes) truncateSync(this.#path, this.#goodBytes);
  }
}

/** Bytes written. */
const appendDurably = (path: string, heads: readonly SignedHead[]): number => {
  if (heads.length === 0) return 0;
  const text = heads.map((head) => `${headText(head)}\n`).join('');
  const file = openSync(path, 'a');
  try {
    const bytes = Buffer.from(text, 'utf8');
    if (writeSync(file, bytes) !== bytes.length) throw new Error('short write');
    fsyncSync(file);
    return bytes.length;
  } finally {
    closeSync(file);
  }
};

/**
 * The latest durable head, overwritten after every commit and not fsynced: it may lag behind the database after a power
 * failure, never lead it. It shows when the newest part of the database (its write-ahead log) was lost or damaged.
 */
export class HeadMark {
  readonly #file: number | null;
  readonly #bytes = Buffer.alloc(HEAD_BYTES, ' ');

  constructor(dir: string) {
    this.#file = openMark(join(dir, HEAD_FILE));
  }

  write(text: string): void {
    if (this.#file === null) return;
    this.#bytes.fill(' ');
    this.#bytes.write(`${text}\n`);
    try {
      writeSync(this.#file, this.#bytes, 0, HEAD_BYTES, 0);
    } catch {
      // a mark that lags is allowed
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

const openMark = (path: string): number | null => {
  try {
    return openSync(path, existsSync(path) ? 'r+' : 'w+');
  } catch {
    return null;
  }
};

/** The marked head, or null when there is none or it was torn. */
export const readHeadMark = (dir: string): SignedHead | null => {
  const path = join(dir, HEAD_FILE);
  return existsSync(path) ? parseHead(readFileSync(path, 'utf8').trimEnd()) : null;
};
