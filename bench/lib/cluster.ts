import { execFileSync } from 'node:child_process';
import type { ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';

const ROOT = '/usr/lib/postgresql';
const SHARE = '/usr/share/postgresql';
const PORT = '54329';

/** A throw-away PostgreSQL in its own folder, with its settings as they come: fsync and synchronous commit on. */
export interface Cluster {
  readonly version: string;
  readonly host: string;
  readonly port: string;
  /** Where its socket lies; as a host it means a connection without TCP. */
  readonly socket_dir: string;
  /** A program of its own, as the user the server runs as. @returns what it printed */
  readonly run: (program: string, args: readonly string[]) => string;
  readonly stop: () => void;
}

/**
 * @param parent folder the server's user may come to have a look at
 * @param extension name of an extension that is needed besides
 * @returns null when PostgreSQL, or the extension, is not installed
 */
export const startCluster = (parent: string, extension?: string): Cluster | null => {
  const bin = programs(extension);
  if (bin === null) return null;
  const dir = path.join(parent, 'postgres');
  mkdirSync(dir);
  const runAny = asPostgres(parent, dir);
  const run: Cluster['run'] = (program, args) => runAny(path.join(bin, program), args);
  const data = path.join(dir, 'data');
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-locale']);
  const options = `-p ${PORT} -k ${dir} -c listen_addresses=127.0.0.1 -c max_connections=100`;
  run('pg_ctl', ['-D', data, '-w', '-l', path.join(dir, 'log'), '-o', options, 'start']);
  return {
    version: run('postgres', ['--version']).trim(),
    host: '127.0.0.1',
    port: PORT,
    socket_dir: dir,
    run,
    stop: () => void run('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop']),
  };
};

/** Folder of the newest installed server's programs (that has the extension), or null. */
const programs = (extension: string | undefined): string | null =>
  (existsSync(ROOT) ? readdirSync(ROOT) : [])
    .toSorted((a, b) => Number(b) - Number(a))
    .filter(
      (version) =>
        extension === undefined || existsSync(path.join(SHARE, version, 'extension', `${extension}.control`)),
    )
    .map((version) => path.join(ROOT, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'pgbench')) && existsSync(path.join(bin, 'initdb'))) ?? null;

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
