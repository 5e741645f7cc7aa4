import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '#main/free-port.ts';

/** A throw-away PostgreSQL cluster of the test's own, with all of its durability switched on. */
export interface Cluster {
  /** Makes an empty database and returns its connection string. */
  readonly makeDatabase: () => Promise<string>;
  readonly dropDatabase: (connection: string) => Promise<void>;
  /** Kills the postmaster (SIGKILL): its connections end at once, and what was not committed is gone. */
  readonly crash: () => void;
  /** Starts it again after a crash, on what it left. */
  readonly restart: () => Promise<void>;
  /** The socket it listens at, for what stands between it and a client. */
  readonly socket: string;
  /** Copies a database as an operator would: `pg_dump`, restored into an empty one. Returns the copy's connection string. */
  readonly copyDatabase: (connection: string) => Promise<string>;
  readonly stop: () => void;
}

const ROOT = '/usr/lib/postgresql';

/** The newest installed server's programs, or null. */
const programs = (): string | null => {
  if (!existsSync(ROOT)) return null;
  const versions = readdirSync(ROOT).toSorted((a, b) => Number(b) - Number(a));
  const found = versions.find((version) => existsSync(join(ROOT, version, 'bin', 'initdb')));
  return found === undefined ? null : join(ROOT, found, 'bin');
};

/** Why the tests cannot run here, or false. */
export const postgresSkip = (): string | false => (programs() === null ? 'postgresql is not installed' : false);

export const startCluster = async (): Promise<Cluster> => {
  const bin = programs();
  if (bin === null) throw new Error('postgresql is not installed');
  const dir = mkdtempSync(join(tmpdir(), 'qundao-postgres-'));
  const data = join(dir, 'data');
  const run = asPostgres(dir);
  const port = await freePort();
  const options = `-p ${port} -k ${dir} -c listen_addresses='' -c max_connections=40`;
  const start = (): void =>
    run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(dir, 'log'), '-o', options, 'start']);
  try {
    run(join(bin, 'initdb'), ['-D', data, '-U', 'qundao', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']);
    start();
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  const connectionTo = (database: string): string =>
    `postgres://qundao@localhost:${port}/${database}?host=${encodeURIComponent(dir)}`;
  const administer = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: connectionTo('postgres') });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  let isStopped = false;
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    // It may be down already, left so by a crash.
    attempt(() => run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']));
    rmSync(dir, { recursive: true, force: true });
  };
  // Also when a test failed before it came to it.
  process.once('exit', stop);
  let made = 0;
  const makeDatabase = async (): Promise<string> => {
    made += 1;
    await administer(`CREATE DATABASE ledger_${made}`);
    return connectionTo(`ledger_${made}`);
  };
  return {
    makeDatabase,
    dropDatabase: (connection) => administer(`DROP DATABASE ${nameOf(connection)} WITH (FORCE)`),
    crash: () => process.kill(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL'),
    // Until the last of the killed server's processes has ended, the new one is refused.
    restart: () => until('PostgreSQL starts again', async () => attempt(start)),
    socket: join(dir, `.s.PGSQL.${port}`),
    copyDatabase: async (connection) => {
      const copy = await makeDatabase();
      const file = join(dir, `${nameOf(connection)}.sql`);
      const reach = ['-h', dir, '-p', String(port), '-U', 'qundao', '-f', file];
      run(join(bin, 'pg_dump'), [...reach, nameOf(connection)]);
      run(join(bin, 'psql'), [...reach, '-v', 'ON_ERROR_STOP=1', nameOf(copy)]);
      return copy;
    },
    stop,
  };
};

const nameOf = (connection: string): string => /ledger_\d+/.exec(connection)?.[0] ?? '';

const attempt = (work: () => void): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

/** Asks again until it is so. */
export const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (const give_up_ms = Date.now() + UNTIL_MS; !(await isSo());) {
    if (Date.now() > give_up_ms) throw new Error(`in vain: ${what}`);
    await delay(ASK_AGAIN_MS);
  }
};
const UNTIL_MS = 60_000;
const ASK_AGAIN_MS = 25;

/** The server refuses to run as root: then it runs as the user the package made. */
const asPostgres = (dir: string): ((program: string, args: readonly string[]) => void) => {
  if (userInfo().uid !== 0) return (program, args) => void execFileSync(program, args, { stdio: 'ignore' });
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  chownSync(dir, id('-u'), id('-g'));
  return (program, args) =>
    void execFileSync('runuser', ['-u', 'postgres', '--', program, ...args], { stdio: 'ignore', cwd: dir });
};
