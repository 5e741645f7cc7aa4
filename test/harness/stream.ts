import { once } from 'node:events';
import WebSocket from 'ws';
import type { z } from 'zod';
import { streamMessageSchema } from '#wire/api.ts';
import type { StreamMessage } from '#wire/api.ts';
import type { Client } from './client.ts';

type Batch = Extract<z.infer<typeof streamMessageSchema>, { type: 'batch' }>;
const WITHIN_MS = 10_000;

/** An open stream as a screen has it. Every message is checked against its shape as it comes. */
export class Stream {
  readonly messages: StreamMessage[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #closed: number | null = null;
  #wrong: Error | null = null;

  constructor(client: Client, after?: number | string) {
    const query = after === undefined ? '' : `?after=${after}`;
    this.#socket = new WebSocket(`${client.url.replace('http', 'ws')}/api/stream${query}`, {
      headers: client.credentials,
    });
    this.#socket.on('message', (data: Buffer) => {
      try {
        this.messages.push(streamMessageSchema.parse(JSON.parse(data.toString())));
      } catch (error) {
        this.#wrong = new Error(`not of the promised shape: ${data.toString()}`, { cause: error });
      }
      this.#wake();
    });
    this.#socket.on('close', (code) => {
      this.#closed = code;
      this.#wake();
    });
    this.#socket.on('unexpected-response', (request, response) => {
      this.#closed = response.statusCode ?? 0;
      request.destroy();
      this.#wake();
    });
    this.#socket.on('error', () => this.#wake());
  }

  /** The first message, past or to come, for which `find` has something to say. */
  async until<T>(find: (message: StreamMessage) => T | undefined): Promise<T> {
    return this.#wait(() => {
      for (const message of this.messages) {
        const found = find(message);
        if (found !== undefined) return found;
      }
      if (this.#closed !== null) throw new Error(`the stream was closed with ${this.#closed}`);
      return undefined;
    });
  }

  /** The first batch for which it is true. */
  batch(test: (batch: Batch) => boolean): Promise<Batch> {
    return this.until((message) => (message.type === 'batch' && test(message) ? message : undefined));
  }

  hello(): Promise<number> {
    return this.until((message) => (message.type === 'hello' ? message.seq : undefined));
  }

  /** The code it is closed with, or the HTTP status it is refused with. */
  closed(): Promise<number> {
    return this.#wait(() => this.#closed ?? undefined);
  }

  /** All batches so far. */
  get batches(): readonly Batch[] {
    return this.messages.filter((message) => message.type === 'batch');
  }

  async close(): Promise<void> {
    if (this.#closed !== null) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }

  #wait<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => finish(() => reject(new Error(`nothing within ${WITHIN_MS} ms: ${JSON.stringify(this.messages)}`))),
        WITHIN_MS,
      );
      const finish = (end: () => void): void => {
        clearTimeout(late);
        this.#waiting.delete(again);
        end();
      };
      const again = (): void => {
        try {
          if (this.#wrong !== null) throw this.#wrong;
          const found = look();
          if (found !== undefined) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      this.#waiting.add(again);
      again();
    });
  }
}
