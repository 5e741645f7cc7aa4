import type { Problem } from '#wire/api.ts';
import { ApiError, offline, unreadable } from './problem.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface CallOptions {
  readonly method?: Method;
  readonly body?: unknown;
  /** Names a command, so that sending it again cannot do it twice. */
  readonly key?: string;
  /** A call made before there is a session: 401 is then an answer, not an expiry. */
  readonly open?: boolean;
  readonly signal?: AbortSignal;
}

let csrf: string | null = null;
/** Waits until the person has signed in again; set by the session gate. */
let signInAgain: (() => Promise<void>) | null = null;

export const setCsrf = (token: string | null): void => {
  csrf = token;
};
export const onExpired = (handler: (() => Promise<void>) | null): void => {
  signInAgain = handler;
};

/** A fresh idempotency key. `randomUUID` needs a secure origin; a station's plain-http address has none. */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Calls the server. Throws `ApiError`; after an expired session it waits for the new one and sends the same again. */
export const call = async <T>(path: string, options: CallOptions = {}): Promise<T> => {
  const response = await send(path, options);
  if (response.status === 401 && options.open !== true && signInAgain !== null) {
    await signInAgain();
    return answer<T>(await send(path, options));
  }
  return answer<T>(response);
};

const send = async (path: string, options: CallOptions): Promise<Response> => {
  const method = options.method ?? 'GET';
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET' && csrf !== null) headers['x-csrf-token'] = csrf;
  if (options.key !== undefined) headers['idempotency-key'] = options.key;
  const body = bodyOf(options.body, headers);
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw offline();
  }
};

const bodyOf = (body: unknown, headers: Record<string, string>): BodyInit | undefined => {
  if (body === undefined) return undefined;
  if (body instanceof FormData) return body;
  headers['content-type'] = 'application/json';
  return JSON.stringify(body);
};

const answer = async <T>(response: Response): Promise<T> => {
  if (response.status === 204) return undefined as T;
  const value: unknown = await response.json().catch(() => undefined);
  // Accepted is not done: it says what it waits for, as a refusal would.
  if (response.ok && response.status !== 202 && value !== undefined) return value as T;
  throw isProblem(value) ? new ApiError(response.status, value) : unreadable(response.status);
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'words' in value && 'advice' in value;
