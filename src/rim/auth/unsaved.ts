interface UnsavedSession {
  readonly account: string;
  /** Hash of the password it was opened with: under another the session has ended, whoever changed it. */
  readonly password: string;
  readonly opened_ms: number;
  seen_ms: number;
}

/** What could not be written about sessions for want of space: those opened, and those ended. It lasts until a restart. */
export class Unsaved {
  readonly #opened = new Map<string, UnsavedSession>();
  readonly #ended = new Set<string>();

  keep(hash: Buffer, session: Omit<UnsavedSession, 'seen_ms'>, oldest_ms: number): void {
    for (const [key, one] of this.#opened) if (one.opened_ms <= oldest_ms) this.#opened.delete(key);
    this.#opened.set(hash.toString('hex'), { ...session, seen_ms: session.opened_ms });
  }

  saw(hash: Buffer, seen_ms: number): void {
    const kept = this.get(hash);
    if (kept !== undefined) kept.seen_ms = seen_ms;
  }

  get(hash: Buffer) {
    return this.#opened.get(hash.toString('hex'));
  }

  forget(hash: Buffer): void {
    this.#opened.delete(hash.toString('hex'));
  }

  end(hash: Buffer): void {
    this.#ended.add(hash.toString('hex'));
  }

  endOf(account: string): void {
    for (const [hash, one] of this.#opened) if (one.account === account) this.#opened.delete(hash);
  }

  hasEnded(hash: Buffer): boolean {
    return this.#ended.has(hash.toString('hex'));
  }
}
