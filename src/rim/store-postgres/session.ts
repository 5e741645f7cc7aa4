import { Client, Pool } from 'pg';
import { StoreError } from '#app/ports.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { OutageError } from '#rim/ledger-store/watch.ts';
import { storeError, storeErrorOf } from './faults.ts';
import { makeTables, readHead } from './tables.ts';
import type { Ask } from './tables.ts';

/** Key of the advisory lock: the letters QUNDAO. */
const LOCK_KEY = '89518193622351';
const CONNECT_MS = 5000;
/** A statement that takes longer has lost its connection. */
const ANSWER_MS = 30_000;
/** No read of a screen or a command takes this long; one that does has lost its connection too. */
const READ_MS = 10_000;

/** The connection that holds the lock and does all writing: when it is lost, the lock and the right to write are lost with it. */
export interface Writer {
  readonly client: Client;
  /** The durable end of the ledger when the lock was taken. */
  readonly head: SignedHead | null;
}

const client = (connection: string, name: string, answer_ms: number | null): Client => {
  const made = new Client({
    connectionString: connection,
    application_name: name,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: CONNECT_MS,
    ...(answer_ms === null ? {} : { query_timeout: answer_ms }),
  });
  // Whoever waits for an answer is told; without a listener the process would end.
  made.on('error', () => undefined);
  return made;
};

export const askOver =
  (asked: Pick<Client, 'query'>): Ask =>
  async (sql, values = []) =>
    (await asked.query(sql, [...values])).rows as never;

/** Connects, takes the ledger for this process and makes the tables on first use. Rejects with StoreError, which is an OutageError when it cannot. */
export const openWriter = async (connection: string): Promise<Writer> => {
  const writer = client(connection, 'qundao ledger', ANSWER_MS);
  try {
    await writer.connect();
    await takeLock(writer);
    await demandDurability(writer);
    const ask = askOver(writer);
    await makeTables(ask);
    return { client: writer, head: await readHead(ask) };
  } catch (error) {
    await writer.end();
    throw unreachable(error);
  }
};

export const openReaders = (connection: string): Pool => {
  const readers = new Pool({
    connectionString: connection,
    application_name: 'qundao reader',
    max: 4,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: CONNECT_MS,
    // A command reads while it holds its matter: it may not wait for a cable that was cut.
    query_timeout: READ_MS,
  });
  // An idle reader that loses its connection is replaced by the pool.
  readers.on('error', () => undefined);
  return readers;
};

/** A connection that reads beside whoever has the ledger open. Rejects with OutageError. */
export const openReader = async (connection: string): Promise<Client> => {
  const reader = client(connection, 'qundao verify', null);
  try {
    await reader.connect();
    return reader;
  } catch (error) {
    await reader.end();
    throw unreachable(error);
  }
};

const unreachable = (error: unknown): StoreError => {
  const failure = storeErrorOf(error);
  return failure.fault === 'broken' ? new OutageError(failure.message) : failure;
};

const takeLock = async (writer: Client): Promise<void> => {
  // So that the server lets go of the lock soon after this machine has vanished from the net.
  await writer.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3');
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
