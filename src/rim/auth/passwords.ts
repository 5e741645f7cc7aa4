import { argon2, timingSafeEqual } from 'node:crypto';
import { CodedError } from '#wire/errors.ts';

/** Cost of a password check; kept with every hash, so that it can be raised later. */
export interface Cost {
  readonly memory_kib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** OWASP Password Storage Cheat Sheet, argon2id: m = 19 MiB, t = 2, p = 1. */
export const STANDARD_COST: Cost = { memory_kib: 19_456, passes: 2, lanes: 1 };

const TAG_BYTES = 32;
export const SALT_BYTES = 16;
/** Checks under way at once. Each takes 19 MiB and a thread that file access needs too. */
const AT_ONCE = 2;
/** Checks that may wait; beyond it a flood of sign-ins is turned away instead of queued for minutes. */
const WAITING_MAX = 100;

export interface Passwords {
  /** Hash in PHC form, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. Rejects with `too-many-requests` when too many wait. */
  readonly hash: (password: string, salt: Uint8Array) => Promise<string>;
  readonly verify: (password: string, stored: string) => Promise<boolean>;
  /** True when `stored` was made at another cost than hashes are made now. */
  readonly isOutdated: (stored: string) => boolean;
}

export const passwords = (cost: Cost = STANDARD_COST): Passwords => {
  const run = queue();
  const derive = (password: string, salt: Uint8Array, at: Cost): Promise<Buffer> =>
    run(
      () =>
        new Promise((resolve, reject) => {
          const input = {
            message: password.normalize('NFKC'),
            nonce: salt,
            memory: at.memory_kib,
            passes: at.passes,
            parallelism: at.lanes,
            tagLength: TAG_BYTES,
          };
          argon2('argon2id', input, (error, tag) => (error === null ? resolve(tag) : reject(error)));
        }),
    );
  return {
    hash: async (password, salt) => {
      const tag = await derive(password, salt, cost);
      return `${prefixOf(cost)}$${base64(salt)}$${base64(tag)}`;
    },
    verify: async (password, stored) => {
      const parsed = parse(stored);
      return timingSafeEqual(await derive(password, parsed.salt, parsed.cost), parsed.tag);
    },
    isOutdated: (stored) => !stored.startsWith(`${prefixOf(cost)}$`),
  };
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');
const prefixOf = (cost: Cost): string => `$argon2id$v=19$m=${cost.memory_kib},t=${cost.passes},p=${cost.lanes}`;

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
const parse = (stored: string): { readonly cost: Cost; readonly salt: Buffer; readonly tag: Buffer } => {
  const [, memory, passes, lanes, salt = '', tag = ''] = PHC.exec(stored) ?? [];
  if (memory === undefined) throw new Error('an account holds a password hash of unknown form');
  return {
    cost: { memory_kib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
};

/** Runs a few tasks at a time, the others in the order they came. */
const queue = () => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (waiting.length >= WAITING_MAX) throw new CodedError('too-many-requests', { values: { seconds: 5 } });
    if (running >= AT_ONCE)
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
};
