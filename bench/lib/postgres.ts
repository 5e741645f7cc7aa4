import { execFileSync } from 'node:child_process';
import type { ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { userInfo } from 'node:os';

const ROOT = '/usr/lib/postgresql';
const PORT = '54329';

/** Folder of the newest installed server's programs, or null. */
const programs = (): string | null =>
  (existsSync(ROOT) ? readdirSync(ROOT) : [])
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(ROOT, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'pgbench')) && existsSync(path.join(bin, 'initdb'))) ?? null;

export interface Peer {
  readonly version: string;
  /** One-row commits per second over so many connections. */
  readonly commits: (connections: number, seconds: number) => number;
  readonly stop: () => void;
}

/** A throw-away cluster in its own folder, fsync and synchronous commit on; null when there is no PostgreSQL. */
export const startPostgres = (parent: string, row_bytes: number): Peer | null => {
  const bin = programs();
  if (bin === null) return null;
  const dir = path.join(parent, 'postgres');
  mkdirSync(dir);
  const run = asPostgres(parent, dir);
  const data = path.join(dir, 'data');
  run(path.join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-locale']);
  const options = `-p ${PORT} -k ${dir} -c listen_addresses=127.0.0.1 -c max_connections=100`;
  run(path.join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', path.join(dir, 'log'), '-o', options, 'start']);
  const connection = ['-h', dir, '-p', PORT, '-U', 'postgres'];
  run(path.join(bin, 'psql'), [
    ...connection,
    '-c',
    'CREATE TABLE events (seq bigserial PRIMARY KEY, text text NOT NULL)',
    'postgres',
  ]);
  const script = path.join(dir, 'insert.sql');
  writeFileSync(script, `INSERT INTO events (text) VALUES ('${'x'.repeat(row_bytes)}');\n`);
  return {
    version: run(path.join(bin, 'postgres'), ['--version']).trim(),
    commits: (connections, seconds) => {
      const args = [
        '-h',
        '127.0.0.1',
        ...connection.slice(2),
        '-n',
        '-c',
        String(connections),
        '-j',
        '2',
        '-T',
        String(seconds),
        '-f',
        script,
        'postgres',
      ];
      return Number(/tps = ([\d.]+)/.exec(run(path.join(bin, 'pgbench'), args))?.[1]);
    },
    stop: () => void run(path.join(bin, 'pg_ctl'), ['-D', data, '-m', 'fast', '-w', 'stop']),
  };
};

/** The server refuses to run as root: then it runs as the user its package made. */
const asPostgres = (parent: string, dir: string): ((program: string, args: readonly string[]) => string) => {
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: dir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  };
  if (userInfo().uid !== 0) return (program, args) => execFileSync(program, args, options);
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  for (const folder of [parent, dir]) chownSync(folder, id('-u'), id('-g'));
  return (program, args) => execFileSync('runuser', ['-u', 'postgres', '--', program, ...args], options);
};
