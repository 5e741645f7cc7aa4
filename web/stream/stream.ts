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
const LONGEST_WAIT_MS = 15_000;
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
export const makeStream = ({ onMessage, probe, onCut, look_back }: StreamOptions): Stream => {
  const listeners = new Set<() => void>();
  let link: Link = { state: 'connecting', heard_ms: null, skew_ms: 0, seq: null };
  let socket: WebSocket | null = null;
  let wait_ms = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  const change = (next: Partial<Link>): void => {
    link = { ...link, ...next };
    listeners.forEach((listener) => listener());
  };
  const open = (): void => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const after = link.seq === null ? '' : `?after=${link.seq}`;
    const mine = new WebSocket(`${scheme}://${location.host}/api/stream${after}`);
    socket = mine;
    mine.onmessage = (event: MessageEvent<string>) => {
      const message = JSON.parse(event.data) as StreamMessage;
      wait_ms = FIRST_WAIT_MS;
      if (link.seq === null && look_back > 0 && message.seq > 0) {
        link = { ...link, seq: Math.max(0, message.seq - look_back) };
        mine.close();
        open();
        return;
      }
      onMessage(message);
      change({ state: 'live', heard_ms: Date.now(), skew_ms: message.now_ms - Date.now(), seq: message.seq });
      watch();
    };
    mine.onclose = () => {
      if (socket !== mine || !running) return;
      change({ state: 'cut' });
      onCut();
      again();
    };
  };
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(open, wait_ms * (0.75 + Math.random() / 2));
    wait_ms = Math.min(LONGEST_WAIT_MS, wait_ms * 2);
  };
  const watch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(ask, SILENCE_MS);
  };
  // A quiet night is not a cut line. A word of ours makes a dead connection show itself; the probe tells how old the picture is.
  const ask = (): void => {
    const mine = socket;
    if (mine?.readyState === WebSocket.OPEN) mine.send('?');
    probe().then(
      () => {
        if (socket !== mine || link.state !== 'live') return;
        change({ heard_ms: Date.now() });
        watch();
      },
      () => mine?.close(),
    );
  };
  const atOnce = (): void => {
    if (!running || link.state === 'live') return;
    clearTimeout(timer);
    socket?.close();
    open();
  };
  return {
    link: () => link,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => {
      if (running) return;
      running = true;
      globalThis.addEventListener('online', atOnce);
      open();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
      globalThis.removeEventListener('online', atOnce);
      socket?.close();
      socket = null;
    },
  };
};
