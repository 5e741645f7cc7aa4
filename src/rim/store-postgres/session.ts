import { Client, Pool } from 'pg';
import { StoreError } from '#app/ports.ts';
import { storeError, storeErrorOf } from './faults.ts';

/** Raised with every change of the tables. */
const SCHEMA_VERSION = 1;
/** Key of the advisory lock: the letters QUNDAO. */
const LOCK_KEY = '89518193622351';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS qundao_schema (version integer NOT NULL);
  CREATE TABLE IF NOT EXISTS qundao_events (seq bigint PRIMARY KEY, matter text, hash bytea NOT NULL, text text NOT NULL);
  CREATE INDEX IF NOT EXISTS qundao_events_of_matter ON qundao_events (matter, seq) WHERE matter IS NOT NULL;
  CREATE TABLE IF NOT EXISTS qundao_head (id integer PRIMARY KEY CHECK (id = 1), size bigint NOT NULL, text text);
  CREATE TABLE IF NOT EXISTS qundao_checkpoints (id bigserial PRIMARY KEY, size bigint NOT NULL, text text NOT NULL);
  INSERT INTO qundao_head VALUES (1, 0, NULL) ON CONFLICT DO NOTHING;
  INSERT INTO qundao_schema SELECT ${SCHEMA_VERSION} WHERE NOT EXISTS (SELECT 1 FROM qundao_schema);
`;

/** The connections of one store. */
export interface Session {
  /** Holds the lock and does all writing: when it is lost, the lock and the right to write are lost with it. */
  readonly writer: Client;
  readonly readers: Pool;
}

/** Connects, takes the ledger for this process and makes the tables on first use. */
export const openSession = async (connection: string): Promise<Session> => {
  const writer = new Client({ connectionString: connection, application_name: 'qundao ledger', keepAlive: true });
  try {
    await writer.connect();
    await takeLock(writer);
    await demandDurability(writer);
    await makeTables(writer);
  } catch (error) {
    await writer.end();
    throw storeErrorOf(error);
  }
  return { writer, readers: new Pool({ connectionString: connection, application_name: 'qundao reader', max: 4 }) };
};

const takeLock = async (writer: Client): Promise<void> => {
  const answer = await writer.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS taken', [LOCK_KEY]);
  if (answer.rows[0]?.taken !== true) throw storeError('locked');
};

const demandDurability = async (writer: Client): Promise<void> => {
  await writer.query('SET synchronous_commit = on');
  const answer = await writer.query<{ fsync: string }>('SHOW fsync');
  if (answer.rows[0]?.fsync !== 'on') {
    throw new StoreError('broken', 'PostgreSQL runs with fsync off and may lose what it acknowledged: switch it on');
  }
};

const makeTables = async (writer: Client): Promise<void> => {
  await writer.query(SCHEMA);
  const answer = await writer.query<{ version: number }>('SELECT version FROM qundao_schema');
  const version = answer.rows[0]?.version;
  if (answer.rows.length !== 1 || version !== SCHEMA_VERSION) {
    throw new StoreError(
      'corrupt',
      `the tables are of version ${version}, this program knows version ${SCHEMA_VERSION}: use the program that made them`,
    );
  }
};
