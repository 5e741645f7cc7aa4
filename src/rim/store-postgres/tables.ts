import { StoreError } from '#app/ports.ts';
import type { Hash, MatterId } from '#core/base/ids.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { parseHead } from '#core/ledger/heads.ts';

/** Raised with every change of the tables. */
const SCHEMA_VERSION = 1;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS qundao_schema (version integer NOT NULL);
  CREATE TABLE IF NOT EXISTS qundao_events (seq bigint PRIMARY KEY, matter text, hash bytea NOT NULL, text text NOT NULL);
  CREATE INDEX IF NOT EXISTS qundao_events_of_matter ON qundao_events (matter, seq) WHERE matter IS NOT NULL;
  CREATE TABLE IF NOT EXISTS qundao_head (id integer PRIMARY KEY CHECK (id = 1), size bigint NOT NULL, text text);
  CREATE TABLE IF NOT EXISTS qundao_checkpoints (id bigserial PRIMARY KEY, size bigint NOT NULL, text text NOT NULL);
  INSERT INTO qundao_head VALUES (1, 0, NULL) ON CONFLICT DO NOTHING;
  INSERT INTO qundao_schema SELECT ${SCHEMA_VERSION} WHERE NOT EXISTS (SELECT 1 FROM qundao_schema);
`;
/** Of which one is missing where there is no ledger. */
export const EVENTS_TABLE = 'qundao_events';

const COLUMNS = `seq::text AS seq, matter, encode(hash, 'hex') AS hash, text`;
const READ = `SELECT ${COLUMNS} FROM qundao_events WHERE qundao_events.seq > $1 ORDER BY qundao_events.seq LIMIT $2`;
const HASHES = `SELECT encode(hash, 'hex') AS hash FROM qundao_events WHERE seq > $1 AND seq <= $2 ORDER BY seq`;
const OF_MATTER = `SELECT ${COLUMNS} FROM qundao_events WHERE matter = $1 ORDER BY qundao_events.seq`;

/** Asks the database over whichever connection. */
export type Ask = <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

interface EventRow {
  readonly seq: string;
  readonly matter: MatterId | null;
  readonly hash: Hash;
  readonly text: string;
}

/** Makes the tables on first use. Rejects with StoreError `corrupt` when they are of another version. */
export const makeTables = async (ask: Ask): Promise<void> => {
  await ask(SCHEMA);
  await demandVersion(ask);
};

export const demandVersion = async (ask: Ask): Promise<void> => {
  const rows = await ask<{ version: number }>('SELECT version FROM qundao_schema');
  const version = rows[0]?.version;
  if (rows.length === 1 && version === SCHEMA_VERSION) return;
  throw new StoreError(
    'corrupt',
    `the tables are of version ${version}, this program knows version ${SCHEMA_VERSION}: use the program that made them`,
  );
};

export const readHead = async (ask: Ask): Promise<SignedHead | null> => {
  const rows = await ask<{ size: string; text: string | null }>(
    'SELECT size::text AS size, text FROM qundao_head WHERE id = 1',
  );
  const { size, text } = rows[0] ?? { size: null, text: null };
  const head = text === null ? null : parseHead(text);
  if (size === String(head?.size ?? 0) && (head === null) === (text === null)) return head;
  throw new StoreError('corrupt', 'the record of the signed head is damaged');
};

/** A damaged checkpoint row: how many events it vouched for. */
export interface DamagedCheckpoint {
  readonly size: number;
}

export const readCheckpoints = async (ask: Ask): Promise<readonly (SignedHead | DamagedCheckpoint)[]> => {
  const rows = await ask<{ size: string; text: string }>('SELECT size::text, text FROM qundao_checkpoints ORDER BY id');
  return rows.map(({ size, text }) => {
    const head = parseHead(text);
    return head?.size === Number(size) ? head : { size: Number(size) };
  });
};

/** Events as they are in the database, not checked. */
export const readEvents = async (ask: Ask, after: number, limit: number): Promise<readonly StoredEvent[]> =>
  (await ask<EventRow>(READ, [after, limit])).map(toEvent);

/** Hashes of events `after + 1 … upto`, not checked. */
export const readHashes = async (ask: Ask, after: number, upto: number): Promise<readonly Hash[]> =>
  (await ask<{ hash: Hash }>(HASHES, [after, upto])).map((row) => row.hash);

export const readMatter = async (ask: Ask, matter: MatterId): Promise<readonly StoredEvent[]> =>
  (await ask<EventRow>(OF_MATTER, [matter])).map(toEvent);

const toEvent = (row: EventRow): StoredEvent => ({
  seq: Number(row.seq),
  matter: row.matter,
  hash: row.hash,
  text: row.text,
});
