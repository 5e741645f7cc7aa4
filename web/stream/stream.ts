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
/** The server speaks at least every 15 s; three silences and the line counts as cut even if the socket says otherwise. */
const SILENCE_MS = 45_000;

/**
 * A stream that never gives up: resumes after the last position heard, waits twice as long after each failure.
 * @param onMessage applied in order, before the position moves on
 */
export const makeStream = (onMessage: (message: StreamMessage) => void): Stream => {
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
      onMessage(message);
      change({ state: 'live', heard_ms: Date.now(), skew_ms: message.now_ms - Date.now(), seq: message.seq });
      watch();
    };
    mine.onclose = () => {
      if (socket !== mine || !running) return;
      change({ state: 'cut' });
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
    timer = setTimeout(() => socket?.close(), SILENCE_MS);
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
