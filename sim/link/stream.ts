import WebSocket from 'ws';
import type { StreamMessage } from '#wire/api.ts';
import { log } from '../log.ts';

/** The server pings every 20 s; a link that is silent longer is dead. */
const SILENT_MS = 50_000;
const RETRY_MS = 1000;
const RETRY_MAX_MS = 8000;

/** The live stream: keeps itself open, comes back after the server restarted, resumes from where it was. */
export class Stream {
  readonly #url: string;
  readonly #token: string;
  readonly #take: (message: StreamMessage) => void;
  #socket: WebSocket | null = null;
  #seq: number | null = null;
  #retry_ms = RETRY_MS;
  #silent: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(url: string, token: string, take: (message: StreamMessage) => void) {
    this.#url = url.replace(/^http/, 'ws');
    this.#token = token;
    this.#take = take;
  }

  open(): void {
    const after = this.#seq === null ? '' : `?after=${this.#seq}`;
    const socket = new WebSocket(`${this.#url}/api/stream${after}`, {
      headers: { authorization: `Bearer ${this.#token}` },
      perMessageDeflate: false,
    });
    this.#socket = socket;
    socket.on('open', () => {
      this.#retry_ms = RETRY_MS;
      this.#heard();
    });
    socket.on('ping', () => this.#heard());
    socket.on('message', (data: Buffer) => {
      this.#heard();
      const message = JSON.parse(data.toString('utf8')) as StreamMessage;
      // A hello on the way back tells where the server is, not what was missed.
      if (message.type !== 'hello' || this.#seq === null) this.#seq = message.seq;
      this.#take(message);
    });
    socket.on('error', (error) => log(`stream: ${error.message}`));
    socket.on('close', () => this.#closed());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#silent);
    clearTimeout(this.#again);
    this.#socket?.terminate();
  }

  #heard(): void {
    clearTimeout(this.#silent);
    this.#silent = setTimeout(() => this.#socket?.terminate(), SILENT_MS);
  }

  #closed(): void {
    clearTimeout(this.#silent);
    if (this.#stopped) return;
    this.#again = setTimeout(() => this.open(), this.#retry_ms);
    this.#retry_ms = Math.min(this.#retry_ms * 2, RETRY_MAX_MS);
  }
}
