import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import type { z } from 'zod';
import { problemSchema, sessionSchema } from '#wire/api.ts';
import type { Problem } from '#wire/api.ts';
import { ERRORS } from '#wire/errors.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { PASSWORD } from './server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

export interface Asking {
  readonly body?: unknown;
  /** Sent as it is; `body` is sent as JSON. */
  readonly raw?: string | Buffer;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Idempotency key. */
  readonly key?: string;
}

/** Keeps connections as browsers do. */
const agent = new Agent({ keepAlive: true });
let addresses = 0;
/** Every request comes from another address, unless a test says which: the limits per address have a test of their own. */
const newAddress = (): string => `10.${(addresses += 1) >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;

/** One request; an answer that comes before the body is taken counts as the answer. */
const send = (
  url: string,
  method: string,
  headers: Record<string, string>,
  payload: string | Buffer | null,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let answered = false;
    const outgoing = request(url, { method, headers, agent }, (incoming) => {
      answered = true;
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const told = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: told, json: parsed(told) });
      });
    });
    outgoing.on('error', (error) => {
      if (!answered) reject(error);
    });
    outgoing.end(payload ?? undefined);
  });

const parsed = (told: string): unknown => {
  try {
    return JSON.parse(told);
  } catch {
    return undefined;
  }
};

/** Whoever makes requests: nobody, someone signed in, or a machine. */
export class Client {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.#headers = headers;
  }

  /** The headers that say who this is, e.g. for the stream. */
  get credentials(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  ask(method: string, path: string, asking: Asking = {}): Promise<Answer> {
    const payload = asking.raw ?? (asking.body === undefined ? null : JSON.stringify(asking.body));
    const headers = {
      'x-forwarded-for': newAddress(),
      ...this.#headers,
      ...(payload === null ? {} : { 'content-type': asking.type ?? 'application/json' }),
      ...(payload === null ? {} : { 'content-length': String(Buffer.byteLength(payload)) }),
      ...(asking.key === undefined ? {} : { 'idempotency-key': asking.key }),
      ...asking.headers,
    };
    return send(`${this.url}${path}`, method, headers, payload);
  }
  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }
  post(path: string, body: unknown = {}, key?: string): Promise<Answer> {
    return this.ask('POST', path, key === undefined ? { body } : { body, key });
  }
  step(matter: string, step: string, facts: Readonly<Record<string, unknown>> = {}, subject?: string): Promise<Answer> {
    return this.post(`/api/matters/${matter}/steps/${step}`, subject === undefined ? { facts } : { facts, subject });
  }
  upload(path: string, bytes: Buffer, name = 'photo.jpg', type = 'image/jpeg'): Promise<Answer> {
    const mark = 'qundao-test-boundary';
    const head = `--${mark}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
    const raw = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${mark}--\r\n`)]);
    return this.ask('POST', path, { raw, type: `multipart/form-data; boundary=${mark}` });
  }
}

export const bearer = (url: string, secret: string): Client => new Client(url, { authorization: `Bearer ${secret}` });

/** The cookie of an answer to a sign-in, as a browser sends it back. */
export const cookieOf = (answer: Answer): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';

export const signIn = async (url: string, name: string, password = PASSWORD): Promise<Client> => {
  const answer = await new Client(url).post('/api/session', { name, password });
  const session = expectOk(answer, 200, sessionSchema);
  return new Client(url, { cookie: cookieOf(answer), 'x-csrf-token': session.csrf });
};

/** The answer is what was asked for, and has exactly the promised shape. */
export const expectOk = <T>(answer: Answer, status: number, schema: z.ZodType<T>): T => {
  assert.equal(answer.status, status, answer.text);
  const checked = schema.safeParse(answer.json);
  assert.ok(checked.success, `${checked.error?.message}\n${answer.text.slice(0, 2000)}`);
  return checked.data;
};

const CHINESE = /\p{Script=Han}/u;
const UNFILLED = /\{\w+\}/;

/** The answer is a refusal of the catalogue: its status and code, words and advice in both languages, all filled in. */
export const expectProblem = (answer: Answer, code: ErrorCode): Problem => {
  const problem = problemSchema.parse(answer.json, { error: () => answer.text });
  assert.equal(problem.code, code, answer.text);
  assert.equal(answer.status, ERRORS[code].status);
  for (const { zh, en } of [problem.words, problem.advice]) {
    assert.match(zh, CHINESE);
    assert.match(en, /[a-z]{2}/i);
    assert.doesNotMatch(zh + en, UNFILLED);
  }
  assert.match(problem.request ?? '', /^r[0-9a-z]+$/);
  return problem;
};
