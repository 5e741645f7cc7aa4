import { StoreError } from '#app/ports.ts';
import type { Batch } from '#app/ports.ts';
import type { Hash, MatterId, SiteId } from '#core/base/ids.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Head, SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { REASONS, flaw } from '#core/ledger/flaw.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { headText, parseHead, signHead } from '#core/ledger/heads.ts';
import { startVerify } from '#core/ledger/verify.ts';
import { firstBadOf, isAsWritten } from '#core/ledger/window.ts';
import type { Signer } from '#core/ledger/digest.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { signerOf, verifierOf } from '#rim/digest-node/site-key.ts';
import type { CheckableStore, CheckedLedger } from '#rim/store-sqlite/store.ts';
import { storeError, storeErrorOf } from './faults.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

/** Most events put into one statement. */
const GROUP_EVENTS = 8192;
const CHECK_CHUNK = 5000;

/**
 * Appends in one statement, so in one transaction and one flush: it moves the head from the size expected, and only then
 * are the rows written.
 */
const APPEND = `
  WITH moved AS (UPDATE qundao_head SET size = $2, text = $3 WHERE id = 1 AND size = $1 RETURNING 1),
  events AS (INSERT INTO qundao_events SELECT seq, matter, decode(hash, 'hex'), text
    FROM unnest($4::bigint[], $5::text[], $6::text[], $7::text[]) AS added (seq, matter, hash, text)
    WHERE EXISTS (SELECT 1 FROM moved)),
  checkpoints AS (INSERT INTO qundao_checkpoints (size, text) SELECT size, text
    FROM unnest($8::bigint[], $9::text[]) WITH ORDINALITY AS kept (size, text, place)
    WHERE EXISTS (SELECT 1 FROM moved) ORDER BY place)
  SELECT count(*)::integer AS moved FROM moved`;
const KEEP = `INSERT INTO qundao_checkpoints (size, text)
  SELECT $1::bigint, $2 WHERE $1::bigint <= (SELECT size FROM qundao_head WHERE id = 1) RETURNING id`;
const COLUMNS = `seq::text AS seq, matter, encode(hash, 'hex') AS hash, text`;
const READ = `SELECT ${COLUMNS} FROM qundao_events WHERE qundao_events.seq > $1 ORDER BY qundao_events.seq LIMIT $2`;
const OF_MATTER = `SELECT ${COLUMNS} FROM qundao_events WHERE matter = $1 ORDER BY qundao_events.seq`;

interface EventRow {
  readonly seq: string;
  readonly matter: MatterId | null;
  readonly hash: Hash;
  readonly text: string;
}

type SignedBatch = Batch & { readonly head: SignedHead };

interface Waiting {
  readonly batch: SignedBatch;
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * The ledger in a PostgreSQL database (one ledger to a database or search path).
 * Rejects with StoreError: `locked` while another process holds it, `broken` when the server cannot be reached.
 * @param connection `postgres://user@host/database`
 */
export const openPostgresStore = async (connection: string): Promise<CheckableStore> => {
  const store = new PostgresStore(await openSession(connection));
  return {
    head: () => store.head(),
    append: (batch) => store.append(batch),
    read: (after, limit) => store.read(after, limit),
    ofMatter: (matter) => store.ofMatter(matter),
    checkpoints: () => store.checkpoints(),
    keepCheckpoint: (head) => store.keepCheckpoint(head),
    check: (site, publicKey) => store.check(site, publicKey),
    signWith: async (privateKey) => store.signWith(privateKey),
    close: () => store.close(),
  };
};

class PostgresStore {
  readonly #session: Session;
  readonly #digest = createDigest();
  #signer: Signer | null = null;
  #size: number | null = null;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #ended: StoreError | null = null;

  constructor(session: Session) {
    this.#session = session;
    // A lost connection is a lost lock: nothing may be written any more.
    session.writer.on('error', (error) => (this.#ended ??= storeErrorOf(error)));
    session.writer.on('end', () => (this.#ended ??= storeError('broken')));
    // An idle reader that loses its connection is replaced by the pool.
    session.readers.on('error', () => undefined);
  }

  async head(): Promise<SignedHead | null> {
    const rows = await this.#query<{ text: string | null }>('SELECT text FROM qundao_head WHERE id = 1', []);
    const text = rows[0]?.text ?? null;
    if (text === null) return null;
    const head = parseHead(text);
    if (head === null) throw new StoreError('corrupt', 'the record of the signed head is damaged');
    return head;
  }

  append(batch: Batch): Promise<void> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const head = this.#signed(batch.head);
      this.#waiting.push({ batch: { ...batch, head }, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async read(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const size = await this.#durableSize();
    const events = await this.#rows(after, limit);
    const count = Math.max(0, Math.min(limit, size - after));
    const bad = firstBadOf(this.#digest, events, after, count);
    if (bad !== null) throw damagedEvent(bad);
    return events.slice(0, count);
  }

  async ofMatter(matter: MatterId): Promise<readonly StoredEvent[]> {
    const events = (await this.#query<EventRow>(OF_MATTER, [matter])).map(toEvent);
    for (const event of events) if (!isAsWritten(this.#digest, event)) throw damagedEvent(event.seq);
    return events;
  }

  async checkpoints(): Promise<readonly SignedHead[]> {
    const rows = await this.#query<{ size: string; text: string }>(
      'SELECT size::text, text FROM qundao_checkpoints ORDER BY id',
      [],
    );
    return rows.map(({ size, text }) => {
      const head = parseHead(text);
      if (head?.size === Number(size)) return head;
      throw new StoreError('corrupt', `the checkpoint record for ${size} events is damaged`, Number(size));
    });
  }

  signWith(privateKey: string): void {
    this.#signer = signerOf(privateKey);
  }

  #signed(head: Head | SignedHead): SignedHead {
    try {
      return signHead(this.#signer, head);
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  async keepCheckpoint(unsigned: Head | SignedHead): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    if (this.#ended !== null) throw this.#ended;
    try {
      const head = this.#signed(unsigned);
      const answer = await this.#session.writer.query(KEEP, [head.size, headText(head)]);
      if (answer.rowCount !== 1) throw storeError('conflict', head.size);
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  /** Streams the whole ledger through the verifier. */
  async check(site: SiteId, publicKey: string): Promise<Result<CheckedLedger, Flaw>> {
    try {
      const head = await this.head();
      const checkpoints = await this.checkpoints();
      const verification = startVerify({
        digest: this.#digest,
        verifier: verifierOf(publicKey),
        site,
        head,
        checkpoints,
      });
      for (let after = 0; ;) {
        const events = await this.#rows(after, CHECK_CHUNK);
        for (const event of events) {
          const found = verification.next(event);
          if (found !== null) return err(found);
          after = event.seq;
        }
        if (events.length === CHECK_CHUNK) continue;
        const answer = verification.finish();
        return answer.ok ? ok({ ...answer.value, head }) : answer;
      }
    } catch (error) {
      const failure = storeErrorOf(error);
      if (failure.fault !== 'corrupt') throw failure;
      return err(flaw('damaged', 0, 0, REASONS.file, { detail: failure.message }));
    }
  }

  async close(): Promise<void> {
    const first = this.#ended === null || this.#ended.fault !== 'closed';
    this.#ended = storeError('closed');
    while (this.#writing !== null) await this.#writing;
    if (!first) return;
    await Promise.all([this.#session.writer.end(), this.#session.readers.end()]);
  }

  /** While one statement is under way, the batches that arrive wait and go together in the next. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      const failure = await this.#write(group);
      if (failure === null) for (const one of group) one.resolve();
      else if (group.length === 1) group[0]?.reject(failure);
      else await this.#writeEach(group);
    }
    this.#writing = null;
  }

  /** One of a group did not fit: each for itself, so that those before it are kept. */
  async #writeEach(group: readonly Waiting[]): Promise<void> {
    for (const one of group) {
      const failure = await this.#write([one]);
      if (failure === null) one.resolve();
      else one.reject(failure);
    }
  }

  #nextGroup(): readonly Waiting[] {
    let events = 0;
    let count = 0;
    for (const { batch } of this.#waiting) {
      if (count > 0 && events + batch.events.length > GROUP_EVENTS) break;
      events += batch.events.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #write(group: readonly Waiting[]): Promise<StoreError | null> {
    try {
      const before = await this.#durableSize();
      let size = before;
      for (const { batch } of group) size = sizeAfter(batch, size);
      await this.#insert(
        before,
        group.map((one) => one.batch),
      );
      this.#size = size;
      return null;
    } catch (error) {
      return storeErrorOf(error);
    }
  }

  async #insert(before: number, batches: readonly SignedBatch[]): Promise<void> {
    const head = batches.at(-1)?.head;
    if (head === undefined) return;
    const events = batches.flatMap((batch) => batch.events);
    const kept = batches.filter((batch) => batch.checkpoint).map((batch) => batch.head);
    const answer = await this.#session.writer.query<{ moved: number }>({
      name: 'append',
      text: APPEND,
      values: [
        before,
        head.size,
        headText(head),
        events.map((event) => event.seq),
        events.map((event) => event.matter),
        events.map((event) => event.hash),
        events.map((event) => event.text),
        kept.map((one) => one.size),
        kept.map(headText),
      ],
    });
    if (answer.rows[0]?.moved === 1) return;
    this.#size = null;
    throw storeError('conflict', before + 1);
  }

  async #durableSize(): Promise<number> {
    this.#size ??= (await this.head())?.size ?? 0;
    return this.#size;
  }

  async #rows(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return (await this.#query<EventRow>(READ, [after, limit])).map(toEvent);
  }

  async #query<Row extends object>(sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
    if (this.#ended?.fault === 'closed' && this.#writing === null) throw this.#ended;
    try {
      return (await this.#session.readers.query<Row>(sql, [...values])).rows;
    } catch (error) {
      throw storeErrorOf(error);
    }
  }
}

const sizeAfter = (batch: Batch, size: number): number => {
  const end = size + batch.events.length;
  const follows = batch.events.length === 0 || batch.events[0]?.seq === size + 1;
  if (!follows || batch.head.size !== end) throw storeError('conflict', size + 1);
  return end;
};

const damagedEvent = (seq: number): StoreError =>
  new StoreError(
    'corrupt',
    `event ${seq} is missing or not what was written: restore the ledger from a copy that verifies`,
    seq,
  );

const toEvent = (row: EventRow): StoredEvent => ({
  seq: Number(row.seq),
  matter: row.matter,
  hash: row.hash,
  text: row.text,
});
