import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { SignedHead } from '#core/ledger/envelope.ts';
import type { OutageError } from '#rim/ledger-store/watch.ts';
import { outageOf } from './faults.ts';
import { openWriter } from './session.ts';
import type { Writer } from './session.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;

interface LinkEvents {
  /** The connection went: nothing can be written until it is back. */
  readonly onLost: (outage: OutageError) => void;
  /** It is back, and with it the lock, so that nothing written over the old one can still come; called before anything is written. */
  readonly onBack: (head: SignedHead | null) => void;
}

/** The connection that writes. Lost, it is made again by itself, after a tenth of a second at first, later every five. */
export class Link {
  readonly #connection: string;
  readonly #events: LinkEvents;
  readonly #givenUp = new AbortController();
  #writer: Writer;
  #outage: OutageError | null = null;
  #back: Promise<void> = Promise.resolve();

  constructor(connection: string, writer: Writer, events: LinkEvents) {
    this.#connection = connection;
    this.#events = events;
    this.#writer = writer;
    this.#listen(writer.client);
  }

  get client(): Client {
    return this.#writer.client;
  }

  /** Why nothing can be written now; null when it can. */
  get outage(): OutageError | null {
    return this.#outage;
  }

  /** Resolves when the connection is back, or given up. */
  get back(): Promise<void> {
    return this.#back;
  }

  get givenUp(): boolean {
    return this.#givenUp.signal.aborted;
  }

  /** To be told of a failure that leaves it open how a statement of that client ended. */
  lose(client: Client, error: unknown): OutageError {
    if (this.#outage !== null) return this.#outage;
    const outage = outageOf(error);
    if (client !== this.#writer.client || this.givenUp) return outage;
    this.#outage = outage;
    client.end().catch(() => undefined);
    this.#back = this.#regain();
    this.#events.onLost(outage);
    return outage;
  }

  /** Tries no more. */
  giveUp(): void {
    this.#givenUp.abort();
  }

  async close(): Promise<void> {
    this.giveUp();
    await this.#back;
    if (this.#outage === null) await this.#writer.client.end();
  }

  #listen(client: Client): void {
    client.on('error', (error) => this.lose(client, error));
    client.on('end', () => this.lose(client, 'the server ended it'));
  }

  async #regain(): Promise<void> {
    const { signal } = this.#givenUp;
    for (let wait_ms = FIRST_WAIT_MS; !signal.aborted; wait_ms = Math.min(2 * wait_ms, LONGEST_WAIT_MS)) {
      try {
        await delay(wait_ms, undefined, { signal });
        const writer = await openWriter(this.#connection);
        if (signal.aborted) return await writer.client.end();
        this.#listen(writer.client);
        this.#writer = writer;
        this.#outage = null;
        this.#events.onBack(writer.head);
      } catch (error) {
        if (!signal.aborted) this.#outage = outageOf(error);
        continue;
      }
      return;
    }
  }
}
