import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { accountId } from '#core/base/ids.ts';
import { text } from '#core/base/text.ts';
import { openAuth } from '#rim/auth/auth.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';

const CLI = path.join(import.meta.dirname, '../../src/main/cli.ts');
const READY_WITHIN_MS = 120_000;

type Environment = Readonly<Record<string, string>>;

/** Settings of tests: any free port, and clients that say from which address they come. */
const environment = (data_dir: string, more: Environment): NodeJS.ProcessEnv => ({
  ...process.env,
  QUNDAO_DATA: data_dir,
  PORT: '0',
  QUNDAO_TRUST_PROXY: 'yes',
  ...more,
});

/** A directory that is gone after the test, with whatever is in it. */
export const tempDir = (): { readonly dir: string; readonly remove: () => void } => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'qundao-http-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line to its end, which must come: one that goes on is ended without a code. */
export const runCli = async (args: readonly string[], data_dir: string, more: Environment = {}): Promise<Ran> => {
  const child = spawn(process.execPath, [CLI, ...args], { env: environment(data_dir, more), timeout: READY_WITHIN_MS });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...told };
};

/** A server as its users meet it: a process, an address, what it prints. */
export interface Server {
  readonly url: string;
  readonly data_dir: string;
  /** Everything it has printed so far, log included. */
  readonly output: () => string;
  /** Asks it to stop; answers its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Pulls the plug. */
  readonly kill: () => Promise<void>;
}

export interface StartOptions {
  readonly data_dir: string;
  /** After `start`; an empty site unless told. */
  readonly args?: readonly string[];
  readonly env?: Environment;
}

/** Whatever still runs when the tests end, end it too. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a real server on a free port and waits until it has printed its address. */
export const startServer = async ({ data_dir, args = ['--empty'], env = {} }: StartOptions): Promise<Server> => {
  const child = spawn(process.execPath, [CLI, 'start', ...args], { env: environment(data_dir, env) });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the server did not start in time:\n${printed}`)), READY_WITHIN_MS);
    const take = (chunk: Buffer): void => {
      printed += chunk.toString();
      const found = /Qundao {2}(http:\/\/\S+?)\/ /.exec(printed)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code} before it was ready:\n${printed}`));
    });
  });
  return {
    url,
    data_dir,
    output: () => printed,
    stop: () => ended(child, 'SIGTERM'),
    kill: async () => {
      await ended(child, 'SIGKILL');
    },
  };
};

const ended = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill(signal);
  const [code] = (await closed) as [number | null];
  return code;
};

export interface TestAccount {
  readonly name: string;
  readonly roles: readonly string[];
  readonly units?: readonly string[];
}

export const PASSWORD = 'sea-breeze-2041';
/** Checks that cost what a test can spend. */
const CHEAP = { memory_kib: 64, passes: 1, lanes: 1 };

/** Makes accounts, all with `PASSWORD`, in a data directory whose server may be running. */
export const makeAccounts = async (data_dir: string, accounts: readonly TestAccount[]): Promise<void> => {
  const auth = openAuth(path.join(data_dir, 'accounts.db'), { now: Date.now, random: secureRandom, cost: CHEAP });
  try {
    for (const { name, roles, units = [] } of accounts) {
      const identity = { id: accountId(name), display: text(name, name), roles, sites: '*' as const, units };
      const made = await auth.createAccount(identity, PASSWORD);
      if (!made.ok) throw new Error(`${name}: ${made.error.code}`);
    }
  } finally {
    auth.close();
  }
};

/** Makes a machine token without the command line, which is slower; answers its secret. */
export const tokenFor = (
  data_dir: string,
  id: string,
  roles: readonly string[],
  units: readonly string[] = [],
): string => {
  const auth = openAuth(path.join(data_dir, 'accounts.db'), { now: Date.now, random: secureRandom });
  try {
    const identity = { id: accountId(id), display: text(id, id), roles, sites: '*' as const, units };
    const made = auth.createToken({ ...identity, expires_ms: null });
    if (!made.ok) throw new Error(`${id}: ${made.error.code}`);
    return made.value.secret;
  } finally {
    auth.close();
  }
};

/** Makes a machine token by the command line; answers its secret. */
export const makeToken = async (data_dir: string, id: string, more: readonly string[]): Promise<string> => {
  const ran = await runCli(['token', 'create', id, ...more], data_dir);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return ran.stdout.trim();
};
