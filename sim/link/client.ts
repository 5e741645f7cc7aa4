import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Problem } from '#wire/api.ts';
import { log } from '../log.ts';

/** Why the server did not do it; `code` is one of docs/ERRORS.md, or `unreachable`. */
export interface Refused {
  readonly code: string;
  readonly line: string;
}
export type Answer<T> = Result<T, Refused>;

/** Whoever can ask the server. */
export interface Asks {
  readonly get: <T>(path: string) => Promise<Answer<T>>;
  /** A command; its key makes sure that it happens at most once. */
  readonly post: <T>(path: string, body: unknown) => Promise<Answer<T>>;
}

const TIMEOUT_MS = 20_000;
const SOCKETS = 8;

/**
 * The public HTTP interface, as any machine client uses it (by `node:http`, a third of what `fetch` weighs). A refusal is logged in one line and is a value.
 */
export class Client implements Asks {
  readonly #url: string;
  readonly #token: string;
  readonly #request: typeof http.request;
  readonly #agent: http.Agent;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
    const secure = url.startsWith('https:');
    this.#request = secure ? https.request : http.request;
    this.#agent = new (secure ? https : http).Agent({ keepAlive: true, maxSockets: SOCKETS });
  }

  /** Lets go of the connections. */
  close(): void {
    this.#agent.destroy();
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.#ask<T>('GET', path, null);
  }

  post<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.#ask<T>('POST', path, body);
  }

  async #ask<T>(method: string, path: string, body: unknown): Promise<Answer<T>> {
    const answer = await this.#send<T>(method, path, body);
    if (!answer.ok) log(`${method} ${path}: ${answer.error.line}`);
    return answer;
  }

  #send<T>(method: string, path: string, body: unknown): Promise<Answer<T>> {
    const text = body === null ? null : JSON.stringify(body);
    const headers: Record<string, string | number> = { authorization: `Bearer ${this.#token}` };
    if (text !== null) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = Buffer.byteLength(text);
      headers['idempotency-key'] = randomUUID();
    }
    return new Promise((resolve) => {
      const unreachable = (error: Error): void => resolve(err({ code: 'unreachable', line: error.message }));
      const asked = this.#request(`${this.#url}${path}`, { method, headers, agent: this.#agent, timeout: TIMEOUT_MS });
      asked.on('error', unreachable);
      asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
      asked.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', unreachable);
        response.on('end', () =>
          resolve(answerOf<T>(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))),
        );
      });
      asked.end(text ?? undefined);
    });
  }
}

const answerOf = <T>(status: number, text: string): Answer<T> => {
  try {
    if (status >= 200 && status < 300) return ok(JSON.parse(text) as T);
    const { code, words } = JSON.parse(text) as Problem;
    return err({ code, line: `${status} ${code}: ${words.en}` });
  } catch {
    return err({ code: 'unreachable', line: `${status}, not an answer of the platform` });
  }
};
