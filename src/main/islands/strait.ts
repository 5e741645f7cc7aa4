import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What a strait does to what goes over it. silent: nothing passes and nobody is told. slow: it takes time, and little passes at once. */
export type Weather =
  | { readonly type: 'open' | 'cut' | 'silent' }
  | { readonly type: 'slow'; readonly delay_ms: number; readonly bytes_s: number };

const SLICE_BYTES = 1024;

/** A way over water between two servers: TCP that can be cut, fall silent, or grow slow, as a real link does. */
export class Strait {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  readonly #to: number;
  #weather: Weather = { type: 'open' };

  private constructor(to: number) {
    this.#to = to;
    this.#server = createServer((near) => this.#join(near));
  }

  /** @param to port on this machine it leads to @param port it is entered at; 0 for any */
  static async open(to: number, port = 0): Promise<Strait> {
    const strait = new Strait(to);
    await new Promise<void>((resolve, reject) => {
      strait.#server.once('error', reject);
      strait.#server.listen(port, '127.0.0.1', resolve);
    });
    return strait;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get weather(): Weather {
    return this.#weather;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    if (weather.type === 'cut') for (const pair of this.#pairs) for (const end of pair) end.destroy();
    if (weather.type === 'open' || weather.type === 'slow')
      for (const pair of this.#pairs) for (const end of pair) end.resume();
  }

  #join(near: Socket): void {
    if (this.#weather.type === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(this.#to, '127.0.0.1');
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    this.#carry(near, far);
    this.#carry(far, near);
    for (const end of pair) {
      end.on('error', () => undefined);
      end.on('close', () => {
        this.#pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  }

  /** Bytes in their order: the next ones are read when those before have passed. */
  #carry(from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => {
      from.pause();
      void this.#pass(bytes, to).then(() => {
        if (this.#weather.type !== 'silent') from.resume();
      });
    });
  }

  async #pass(bytes: Buffer, to: Socket): Promise<void> {
    if (this.#weather.type === 'slow') await delay(this.#weather.delay_ms);
    for (let at = 0; at < bytes.length;) {
      const weather = this.#weather;
      if (weather.type === 'silent') return;
      const slice = weather.type === 'slow' ? SLICE_BYTES : bytes.length;
      if (weather.type === 'slow') await delay((Math.min(slice, bytes.length - at) / weather.bytes_s) * 1000);
      to.write(bytes.subarray(at, at + slice));
      at += slice;
    }
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) for (const end of pair) end.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
