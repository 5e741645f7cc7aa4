import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startCluster } from './cluster.ts';

export interface Peer {
  readonly version: string;
  /** One-row commits per second over so many connections. */
  readonly commits: (connections: number, seconds: number) => number;
  readonly stop: () => void;
}

/** A throw-away server that commits rows; null when there is no PostgreSQL. */
export const startPostgres = (parent: string, row_bytes: number): Peer | null => {
  const cluster = startCluster(parent);
  if (cluster === null) return null;
  const { socket_dir, host, port, run } = cluster;
  const table = 'CREATE TABLE events (seq bigserial PRIMARY KEY, text text NOT NULL)';
  run('psql', ['-h', socket_dir, '-p', port, '-U', 'postgres', '-c', table, 'postgres']);
  const script = path.join(socket_dir, 'insert.sql');
  writeFileSync(script, `INSERT INTO events (text) VALUES ('${'x'.repeat(row_bytes)}');\n`);
  return {
    version: cluster.version,
    commits: (connections, seconds) => {
      const connection = ['-h', host, '-p', port, '-U', 'postgres'];
      const work = ['-n', '-c', String(connections), '-j', '2', '-T', String(seconds), '-f', script];
      return Number(/tps = ([\d.]+)/.exec(run('pgbench', [...connection, ...work, 'postgres']))?.[1]);
    },
    stop: cluster.stop,
  };
};
