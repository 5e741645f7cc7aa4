import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Heard, Link } from '#app/ports.ts';
import { isSlug } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import { parseWord, wordText } from '#wire/site-message.ts';
import { Frames, framesOf } from './frames.ts';
import { DOWN, FROM, TO, UP } from './subjects.ts';

const RETRY_MS = 1_000;
/** A satellite link needs seconds for a round trip, and several of them to connect. */
const CONNECT_MS = 30_000;
const PING_MS = 10_000;
const PINGS_OUT_MAX = 3;

export interface NatsLinkSetup {
  /** Seed of the site's nkey. */
  readonly seed: string;
  /** The parent, and host:port of its nats-server; null at the top. */
  readonly up: { readonly parent: SiteId; readonly server: string } | null;
  /** host:port of the site's own nats-server; null where there is nobody below. */
  readonly down: string | null;
  readonly heard: Heard;
  /** Something came that is no word, or of a later version. */
  readonly misheard: (from: SiteId, why: string) => void;
}

/**
 * The way to the neighbours: to the parent by its nats-server, to the children by the site's own. The servers say who speaks: what a child brings arrives under
 * its name whatever it says (see `config.ts`).
 */
export const openNatsLink = ({ seed, up, down, heard, misheard }: NatsLinkSetup): Link => {
  const frames = new Map<SiteId, Frames>();
  let number = 0;
  const took = (from: SiteId, frame: Uint8Array): void => {
    const own = frames.get(from) ?? new Frames();
    frames.set(from, own);
    const text = own.take(frame);
    if (text === null) return heard(from, null);
    const word = parseWord(text);
    if (word.ok) heard(from, word.value);
    else misheard(from, word.error.code);
  };
  const upward = up === null ? null : new Line(up.server, seed, DOWN, (_subject, frame) => took(up.parent, frame));
  const downward =
    down === null
      ? null
      : new Line(down, seed, `${FROM}.*`, (subject, frame) => {
          const from = subject.slice(FROM.length + 1);
          if (isSlug(from)) took(from as SiteId, frame);
        });
  return {
    send: (to, word) => {
      number += 1;
      const isUp = to === up?.parent;
      const line = isUp ? upward : downward;
      for (const frame of framesOf(wordText(word), number)) line?.publish(isUp ? UP : `${TO}.${to}`, frame);
    },
    renew: (peer) => (peer === up?.parent ? upward?.renew() : undefined),
    close: async () => {
      await Promise.all([upward?.close(), downward?.close()]);
    },
  };
};

/** A connection to a nats-server that never gives up. */
class Line {
  readonly #take: (subject: string, frame: Uint8Array) => void;
  #connection: NatsConnection | null = null;
  #isUp = false;
  #closed = false;

  constructor(server: string, seed: string, subject: string, take: (subject: string, frame: Uint8Array) => void) {
    this.#take = take;
    void this.#run(server, seed, subject);
  }

  /** The server may start after the site, or anew. */
  async #run(server: string, seed: string, subject: string): Promise<void> {
    const authenticator = nkeyAuthenticator(new TextEncoder().encode(seed));
    while (!this.#closed && this.#connection === null) {
      try {
        this.#connection = await connect({
          servers: server,
          authenticator,
          timeout: CONNECT_MS,
          pingInterval: PING_MS,
          maxPingOut: PINGS_OUT_MAX,
          maxReconnectAttempts: -1,
          reconnectTimeWait: RETRY_MS,
          ignoreAuthErrorAbort: true,
          ignoreClusterUpdates: true,
        });
      } catch {
        await new Promise((resolve) => {
          setTimeout(resolve, RETRY_MS);
        });
      }
    }
    const connection = this.#connection;
    if (connection === null || this.#closed) return connection?.close();
    this.#isUp = true;
    connection.subscribe(subject, { callback: (_, one) => this.#take(one.subject, one.data) });
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#isUp = false;
      if (type === 'reconnect') this.#isUp = true;
    }
  }

  /** What is said while the server cannot be reached is lost: nobody could say when it would arrive. */
  publish(subject: string, frame: Uint8Array): void {
    if (this.#isUp) this.#connection?.publish(subject, frame);
  }

  /** Nothing is heard although the connection stands: it may lead nowhere any more, and pings take long to find out. */
  renew(): void {
    if (this.#isUp) this.#connection?.reconnect().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connection?.close();
  }
}
