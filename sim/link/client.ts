import { randomUUID } from 'node:crypto';
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

const TIMEOUT_MS = 20_000;

/** The public HTTP interface, as any machine client uses it. A refusal is logged in one line and is a value. */
export class Client {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.#ask<T>('GET', path, null);
  }

  /** A command; its key makes sure that it happens at most once. */
  post<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.#ask<T>('POST', path, body);
  }

  async #ask<T>(method: string, path: string, body: unknown): Promise<Answer<T>> {
    const answer = await this.#send<T>(method, path, body);
    if (!answer.ok) log(`${method} ${path}: ${answer.error.line}`);
    return answer;
  }

  async #send<T>(method: string, path: string, body: unknown): Promise<Answer<T>> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (body !== null) {
      headers['content-type'] = 'application/json';
      headers['idempotency-key'] = randomUUID();
    }
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        headers,
        body: body === null ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) return ok((await response.json()) as T);
      const { code, words } = (await response.json()) as Problem;
      return err({ code, line: `${response.status} ${code}: ${words.en}` });
    } catch (error) {
      return err({ code: 'unreachable', line: reasonOf(error) });
    }
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};
