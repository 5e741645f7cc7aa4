import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** A throw-away PostgreSQL cluster of the test's own, with all of its durability switched on. */
export interface Cluster {
  /** Makes an empty database and returns its connection string. */
  readonly makeDatabase: () => Promise<string>;
  readonly dropDatabase: (connection: string) => Promise<void>;
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
  try {
    run(join(bin, 'initdb'), ['-D', data, '-U', 'qundao', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']);
    const options = `-p ${port} -k ${dir} -c listen_addresses='' -c max_connections=40`;
    run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(dir, 'log'), '-o', options, 'start']);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  const connectionTo = (database: string): string =>
    `postgres://qundao@/${database}?host=${encodeURIComponent(dir)}&port=${port}`;
  const administer = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: connectionTo('postgres') });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  let made = 0;
  return {
    makeDatabase: async () => {
      made += 1;
      await administer(`CREATE DATABASE ledger_${made}`);
      return connectionTo(`ledger_${made}`);
    },
    dropDatabase: (connection) => administer(`DROP DATABASE ${/ledger_\d+/.exec(connection)?.[0]} WITH (FORCE)`),
    stop: () => {
      run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** The server refuses to run as root: then it runs as the user the package made. */
const asPostgres = (dir: string): ((program: string, args: readonly string[]) => void) => {
  if (userInfo().uid !== 0) return (program, args) => void execFileSync(program, args, { stdio: 'ignore' });
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  chownSync(dir, id('-u'), id('-g'));
  return (program, args) =>
    void execFileSync('runuser', ['-u', 'postgres', '--', program, ...args], { stdio: 'ignore', cwd: dir });
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
};
