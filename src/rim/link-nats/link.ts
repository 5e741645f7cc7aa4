import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Heard, Link } from '#app/ports.ts';
import { isSlug } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import { parseWord, wordText } from '#wire/site-message.ts';
import { Frames, framesOf } from './frames.ts';
import { DOWN, FROM, TO, UP } from './subjects.ts';

const RETRY_MS = 1_000;

export interface NatsLinkSetup {
  /** host:port of the site's own nats-server. */
  readonly server: string;
  readonly user: string;
  readonly password: string;
  readonly parent: SiteId | null;
  readonly heard: Heard;
  /** Something came that is no word, or of a later version. */
  readonly misheard: (from: SiteId, why: string) => void;
}

/**
 * The way to the neighbours by the site's own nats-server, which is joined to the parent's as a leaf. The servers say who speaks: what a site's leaf
 * connection brings arrives under that site's name whatever it says (see `config.ts`).
 */
export const openNatsLink = (setup: NatsLinkSetup): Link => {
  const link = new NatsLink(setup);
  void link.run();
  return { send: (to, word) => link.send(to, wordText(word)), close: () => link.close() };
};

class NatsLink {
  readonly #setup: NatsLinkSetup;
  readonly #frames = new Map<SiteId, Frames>();
  #connection: NatsConnection | null = null;
  #isUp = false;
  #closed = false;
  #number = 0;

  constructor(setup: NatsLinkSetup) {
    this.#setup = setup;
  }

  /** Connects, and again whenever it is lost: the server may start after the site, or anew. */
  async run(): Promise<void> {
    const { server, user, password } = this.#setup;
    while (!this.#closed && this.#connection === null) {
      try {
        this.#connection = await connect({
          servers: server,
          user,
          pass: password,
          maxReconnectAttempts: -1,
          reconnectTimeWait: RETRY_MS,
          ignoreClusterUpdates: true,
        });
      } catch {
        await new Promise((resolve) => {
          setTimeout(resolve, RETRY_MS);
        });
      }
    }
    if (this.#connection !== null) await this.#serve(this.#connection);
  }

  async #serve(connection: NatsConnection): Promise<void> {
    if (this.#closed) return connection.close();
    this.#isUp = true;
    const { parent } = this.#setup;
    if (parent !== null) connection.subscribe(DOWN, { callback: (_, one) => this.#took(parent, one.data) });
    connection.subscribe(`${FROM}.*`, {
      callback: (_, { subject, data }) => {
        const from = subject.slice(FROM.length + 1);
        if (isSlug(from)) this.#took(from as SiteId, data);
      },
    });
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#isUp = false;
      if (type === 'reconnect') this.#isUp = true;
    }
  }

  /** What is said while the own server cannot be reached is lost: nobody could say when it would arrive. */
  send(to: SiteId, text: string): void {
    if (!this.#isUp) return;
    this.#number += 1;
    const subject = to === this.#setup.parent ? UP : `${TO}.${to}`;
    for (const frame of framesOf(text, this.#number)) this.#connection?.publish(subject, frame);
  }

  #took(from: SiteId, frame: Uint8Array): void {
    const { heard, misheard } = this.#setup;
    let frames = this.#frames.get(from);
    if (frames === undefined) this.#frames.set(from, (frames = new Frames()));
    const text = frames.take(frame);
    if (text === null) return heard(from, null);
    const word = parseWord(text);
    if (word.ok) heard(from, word.value);
    else misheard(from, word.error.code);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connection?.close();
  }
}
