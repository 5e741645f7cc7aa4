import type { StreamMessage } from '#wire/api.ts';

export type LinkState = 'connecting' | 'live' | 'cut';
export interface Link {
  readonly state: LinkState;
  /** When the last message came, by this machine's clock; null before the first. */
  readonly heard_ms: number | null;
  /** Server's clock minus this machine's. */
  readonly skew_ms: number;
  readonly seq: number | null;
}

export interface Stream {
  readonly link: () => Link;
  readonly subscribe: (listener: () => void) => () => void;
  readonly start: () => void;
  readonly stop: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 3_000;
/** After this long without a word the line is asked whether it still holds. */
const SILENCE_MS = 20_000;

export interface StreamOptions {
  /** Applied in order, before the position moves on. */
  readonly onMessage: (message: StreamMessage) => void;
  /** Resolves when the server answers at all; rejects when it does not. */
  readonly probe: () => Promise<unknown>;
  /** Told at every cut: the session may have ended with it. */
  readonly onCut: () => void;
  /** How many ledger positions before now the first connection begins. */
  readonly look_back: number;
}

/** A stream that never gives up: resumes after the last position heard, waits twice as long after each failure. */
export const makeStream = (options: StreamOptions): Stream => new Line(options);

class Line implements Stream {
  readonly #options: StreamOptions;
  readonly #listeners = new Set<() => void>();
  #link: Link = { state: 'connecting', heard_ms: null, skew_ms: 0, seq: null };
  #socket: WebSocket | null = null;
  #wait_ms = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  readonly link = (): Link => this.#link;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly start = (): void => {
    if (this.#running) return;
    this.#running = true;
    globalThis.addEventListener('online', this.#atOnce);
    globalThis.addEventListener('offline', this.#unplugged);
    this.#open();
  };

  readonly stop = (): void => {
    this.#running = false;
    clearTimeout(this.#timer);
    globalThis.removeEventListener('online', this.#atOnce);
    globalThis.removeEventListener('offline', this.#unplugged);
    this.#socket?.close();
    this.#socket = null;
  };

  #change(next: Partial<Link>): void {
    this.#link = { ...this.#link, ...next };
    this.#listeners.forEach((listener) => listener());
  }

  #open(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const after = this.#link.seq === null ? '' : `?after=${this.#link.seq}`;
    const socket = new WebSocket(`${scheme}://${location.host}/api/stream${after}`);
    this.#socket = socket;
    socket.addEventListener('message', (event: MessageEvent<string>) => {
      if (this.#socket === socket) this.#heard(JSON.parse(event.data) as StreamMessage);
    });
    socket.addEventListener('close', () => this.#lost(socket));
  }

  /** Said at once: a dead connection takes its time to close, and nobody waits for that. */
  #lost(socket: WebSocket | null): void {
    if (socket === null || this.#socket !== socket || !this.#running) return;
    this.#socket = null;
    socket.close();
    this.#change({ state: 'cut' });
    this.#options.onCut();
    this.#after(this.#wait_ms * (0.75 + Math.random() / 2), () => this.#open());
    this.#wait_ms = Math.min(LONGEST_WAIT_MS, this.#wait_ms * 2);
  }

  #heard(message: StreamMessage): void {
    this.#wait_ms = FIRST_WAIT_MS;
    const { look_back, onMessage } = this.#options;
    if (this.#link.seq === null && look_back > 0 && message.seq > 0) {
      const first = this.#socket;
      this.#link = { ...this.#link, seq: Math.max(0, message.seq - look_back) };
      this.#open();
      first?.close();
      return;
    }
    onMessage(message);
    this.#change({ state: 'live', heard_ms: Date.now(), skew_ms: message.now_ms - Date.now(), seq: message.seq });
    this.#after(SILENCE_MS, () => this.#ask());
  }

  /** A quiet night is not a cut line. A word of ours makes a dead connection show itself; the probe tells how old the picture is. */
  #ask(): void {
    const socket = this.#socket;
    if (socket?.readyState === WebSocket.OPEN) socket.send('?');
    this.#options.probe().then(
      () => {
        if (this.#socket !== socket || this.#link.state !== 'live') return;
        this.#change({ heard_ms: Date.now() });
        this.#after(SILENCE_MS, () => this.#ask());
      },
      () => this.#lost(socket),
    );
  }

  readonly #unplugged = (): void => this.#lost(this.#socket);

  readonly #atOnce = (): void => {
    if (!this.#running || this.#link.state === 'live') return;
    this.#socket?.close();
    clearTimeout(this.#timer);
    this.#open();
  };

  #after(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }
}
