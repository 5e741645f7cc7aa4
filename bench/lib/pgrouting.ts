import { Client } from 'pg';
import type { RoadWeights } from '#engines/travel/road/customise.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { secondsOf } from '#engines/travel/road/weight.ts';
import { startCluster } from './cluster.ts';

/** The same roads in tables of pgRouting. Questions go from node to node. */
export interface PgRouting {
  readonly version: string;
  /** Pairs with a way, and the sum of their seconds. */
  readonly ask: (from: readonly number[], to: readonly number[]) => Promise<{ pairs: number; seconds: number }>;
  readonly stop: () => Promise<void>;
}

const EDGES = 'SELECT id, source, target, cost, reverse_cost FROM roads';
/** One place is asked for as such, not as a list of one: it has a search of its own for that. */
const ONE = `SELECT count(*) AS pairs, sum(agg_cost) AS seconds FROM pgr_dijkstraCost('${EDGES}', $1::bigint[], $2::bigint, true)`;
const MANY = `SELECT count(*) AS pairs, sum(agg_cost) AS seconds FROM pgr_dijkstraCost('${EDGES}', $1::bigint[], $2::bigint[], true)`;

/**
 * A server over a socket, without TCP, on the same directed edges and their seconds. It knows no turns and joins no positions (it is asked
 * from node to node), and sends back one row: all that is in its favour.
 * @returns null when PostgreSQL or its extension pgrouting is not installed
 */
export const openPgRouting = async (
  parent: string,
  data: RoadData,
  { edge }: RoadWeights,
): Promise<PgRouting | null> => {
  const cluster = startCluster(parent, 'pgrouting');
  if (cluster === null) return null;
  const { socket_dir: host, port } = cluster;
  const client = new Client({ host, port: Number(port), user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query('CREATE EXTENSION pgrouting CASCADE');
  const version = (await client.query<{ version: string }>('SELECT pgr_version() AS version')).rows[0]?.version ?? '';
  await client.query(
    'CREATE TABLE roads (id int PRIMARY KEY, source int, target int, cost float8, reverse_cost float8)',
  );
  const cost = (directed: number): number => (edge[directed] === Infinity ? -1 : secondsOf(edge[directed] ?? 0));
  const numbers = Array.from(data.edge_from, (_, at) => at);
  await client.query(
    'INSERT INTO roads SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::float8[], $5::float8[])',
    [
      numbers,
      [...data.edge_from],
      [...data.edge_to],
      numbers.map((at) => cost(2 * at)),
      numbers.map((at) => cost(2 * at + 1)),
    ],
  );
  await client.query('VACUUM ANALYZE roads');
  return {
    version: `pgRouting ${version} in ${cluster.version}`,
    ask: async (from, to) => {
      const { rows } = await client.query<{ pairs: string; seconds: number | null }>(
        to.length === 1 ? ONE : MANY,
        to.length === 1 ? [from, to[0]] : [from, to],
      );
      return { pairs: Number(rows[0]?.pairs), seconds: rows[0]?.seconds ?? 0 };
    },
    stop: async () => {
      await client.end();
      cluster.stop();
    },
  };
};
