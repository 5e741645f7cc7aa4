import type { Pool } from 'pg';
import { StoreError } from '#app/ports.ts';
import type { Batch } from '#app/ports.ts';
import type { MatterId, SiteId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import type { Signer } from '#core/ledger/digest.ts';
import type { SignedHead, StoredEvent, Tip } from '#core/ledger/envelope.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { headText } from '#core/ledger/heads.ts';
import { EMPTY_TREE, grow } from '#core/ledger/tree.ts';
import type { Tree } from '#core/ledger/tree.ts';
import { firstBadOf, isAsWritten } from '#core/ledger/window.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { signerOf, verifierOf } from '#rim/digest-node/site-key.ts';
import type { CheckedLedger } from '#rim/ledger-store/evidence.ts';
import { CheckpointWriter, HeadMark } from '#rim/ledger-store/marks.ts';
import { checkpointOf, demandSigned, signGroup } from '#rim/ledger-store/signing.ts';
import type { SignedGroup, Signing } from '#rim/ledger-store/signing.ts';
import type { OutageError, RemoteStore } from '#rim/ledger-store/watch.ts';
import { appendGroup, keepHead, keptHeads } from './append.ts';
import { checkTables, soundCheckpoint } from './check.ts';
import { isLost, storeError, storeErrorOf } from './faults.ts';
import { Link } from './link.ts';
import { askOver, openReaders, openWriter } from './session.ts';
import type { Writer } from './session.ts';
import { readCheckpoints, readEvents, readHashes, readHead, readMatter } from './tables.ts';
import type { Ask } from './tables.ts';

/** Most events put into one statement. */
const GROUP_EVENTS = 8192;
/** Hashes read at a time. */
const CHUNK = 50_000;

/** An end of the ledger. */
interface End {
  readonly head: SignedHead | null;
  /** Under that head; null until the check, or else the first write, has read the hashes. */
  readonly tree: Tree | null;
}

interface Waiting {
  readonly batch: Batch;
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

export interface PostgresPlace {
  /** `postgres://user@host/database`; one ledger to a database or search path. */
  readonly connection: string;
  /** The site's data directory, for `checkpoints.jsonl` and `head.json`. */
  readonly dir: string;
  /** Told when the connection is lost and when it is back; null then. */
  readonly onOutage?: (outage: StoreError | null) => void;
}

/**
 * The ledger in a PostgreSQL database. A lost connection is made again by itself (docs/decisions/0012).
 * Rejects with StoreError: `locked` while another process holds it, `broken` when the server cannot be reached.
 */
export const openPostgresStore = async (place: PostgresPlace): Promise<RemoteStore> => {
  const store = new PostgresStore(place, await openWriter(place.connection));
  return {
    head: () => store.head(),
    append: (batch) => store.append(batch),
    read: (after, limit) => store.read(after, limit),
    ofMatter: (matter) => store.ofMatter(matter),
    checkpoints: () => store.checkpoints(),
    keepCheckpoint: (head) => store.keepCheckpoint(head),
    check: (site, publicKey) => store.check(site, publicKey),
    signWith: async (privateKey) => store.signWith(privateKey),
    outage: () => store.stopped,
    onOutage: (lost) => store.onOutage(lost),
    giveUp: () => store.giveUp(),
    close: () => store.close(),
  };
};

class PostgresStore {
  readonly #place: PostgresPlace;
  readonly #link: Link;
  readonly #readers: Pool;
  readonly #mark: HeadMark;
  readonly #digest = createDigest();
  readonly #ask: Ask = (sql, values) => this.#read(sql, values);
  #lines: CheckpointWriter | null = null;
  /** Size at the last checkpoint found in the database when the file was brought up to it. */
  #lined = 0;
  #lining: Promise<void> = Promise.resolve();
  #signer: Signer | null = null;
  /** What is known to be durable. */
  #durable: End;
  /** What the statement under way would make durable. */
  #sent: End | null = null;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  /** Why it will never be written again: closed, or not the same ledger any more. */
  #ended: StoreError | null = null;
  #isShut = false;
  readonly #listeners: ((outage: StoreError) => void)[] = [];

  constructor(place: PostgresPlace, writer: Writer) {
    this.#place = place;
    this.#durable = { head: writer.head, tree: null };
    this.#mark = new HeadMark(place.dir);
    this.#readers = openReaders(place.connection);
    this.#link = new Link(place.connection, writer, {
      onLost: (outage) => this.#lost(outage),
      onBack: (head) => this.#back(head),
    });
  }

  /** Why nothing can be written now; null when it can. */
  get stopped(): StoreError | null {
    return this.#ended ?? this.#link.outage;
  }

  onOutage(lost: (outage: StoreError) => void): void {
    this.#listeners.push(lost);
  }

  head(): Promise<SignedHead | null> {
    return readHead(this.#ask);
  }

  append(batch: Batch): Promise<void> {
    if (this.stopped !== null) return Promise.reject(this.stopped);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async read(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const size = this.#durable.head?.size ?? 0;
    const events = await readEvents(this.#ask, after, limit);
    const count = Math.max(0, Math.min(limit, size - after));
    const bad = firstBadOf(this.#digest, events, after, count);
    if (bad !== null) throw damagedEvent(bad);
    return events.slice(0, count);
  }

  async ofMatter(matter: MatterId): Promise<readonly StoredEvent[]> {
    const events = await readMatter(this.#ask, matter);
    for (const event of events) if (!isAsWritten(this.#digest, event)) throw damagedEvent(event.seq);
    return events;
  }

  async checkpoints(): Promise<readonly SignedHead[]> {
    return (await readCheckpoints(this.#ask)).map(soundCheckpoint);
  }

  signWith(privateKey: string): void {
    this.#signer = signerOf(privateKey);
  }

  async keepCheckpoint(tip: Tip | SignedHead): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    if (this.stopped !== null) throw this.stopped;
    const head = checkpointOf(this.#signing(), await this.#treeNow(), tip);
    const { client } = this.#link;
    try {
      await keepHead(client, head);
    } catch (error) {
      throw isLost(error) ? this.#link.lose(client, error) : storeErrorOf(error);
    }
    this.#keepLines([head]);
  }

  async check(site: SiteId, publicKey: string): Promise<Result<CheckedLedger, Flaw>> {
    const setup = { digest: this.#digest, verifier: verifierOf(publicKey), site, outside: [] };
    const reader = await this.#readers.connect().catch((error: unknown) => Promise.reject(storeErrorOf(error)));
    try {
      const answer = await checkTables(askOver(reader), this.#place.dir, setup);
      if (answer.ok) this.#takeTree(answer.value);
      return answer;
    } finally {
      // A connection that failed in the middle is not used again.
      reader.release(true);
    }
  }

  giveUp(): void {
    if (this.#link.outage !== null) this.#link.giveUp();
  }

  async close(): Promise<void> {
    const first = this.#ended?.fault !== 'closed';
    this.#ended = storeError('closed');
    this.giveUp();
    while (this.#writing !== null) await this.#writing;
    if (!first) return;
    await this.#lining;
    this.#isShut = true;
    this.#mark.close();
    await Promise.all([this.#link.close(), this.#readers.end()]);
  }

  #signing(): Signing {
    return { digest: this.#digest, signer: this.#signer };
  }

  /** The check was of one moment: its tree counts when that is now. */
  #takeTree({ head, tree }: CheckedLedger): void {
    if (isSame(head, this.#durable.head)) this.#durable = { head: this.#durable.head, tree };
  }

  /** Over what is durable now. Rejects with StoreError. */
  async #treeNow(): Promise<Tree> {
    const { head, tree } = this.#durable;
    if (tree !== null) return tree;
    const read = demandSigned(this.#digest, await this.#readTree(head?.size ?? 0), head);
    if (this.#durable.head === head) this.#durable = { head, tree: read };
    return read;
  }

  async #readTree(size: number): Promise<Tree> {
    let tree = EMPTY_TREE;
    while (tree.size < size) {
      const leaves = await readHashes(this.#ask, tree.size, Math.min(size, tree.size + CHUNK));
      if (leaves.length === 0) break;
      tree = grow(this.#digest, tree, leaves);
    }
    return tree;
  }

  /** While one statement is under way, the batches that arrive wait and go together in the next. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      const failure = await this.#write(group);
      // One of a group did not fit: each for itself, so that those before it are kept.
      if (failure?.fault === 'conflict' && group.length > 1) {
        for (const one of group) settle([one], await this.#write([one]));
      } else settle(group, failure);
    }
    this.#writing = null;
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
    if (this.#link.outage !== null) return this.#link.outage;
    try {
      return await this.#send(await this.#signed(group));
    } catch (error) {
      return storeErrorOf(error);
    }
  }

  async #signed(group: readonly Waiting[]): Promise<SignedGroup> {
    const tree = await this.#treeNow();
    const batches = group.map((one) => one.batch);
    return signGroup(this.#signing(), tree, batches);
  }

  /** What failed for certain is thrown. */
  async #send(group: SignedGroup): Promise<StoreError | null> {
    const { client, outage } = this.#link;
    // While the tree was read the connection may have been lost, and may be back with another ledger.
    const stopped = this.#ended?.fault === 'corrupt' ? this.#ended : outage;
    if (stopped !== null) return stopped;
    const end: End = { head: group.head, tree: group.tree };
    this.#sent = end;
    try {
      await appendGroup(client, this.#durable.head?.size ?? 0, group);
      this.#durable = end;
    } catch (error) {
      if (!isLost(error)) throw error;
      const failure = await this.#outcome(end, this.#link.lose(client, error));
      if (failure !== null) return failure;
    } finally {
      this.#sent = null;
    }
    this.#mark.write(headText(group.head));
    this.#keepLines(keptHeads(group.batches));
    return null;
  }

  /** The connection went before the answer came: whether the group was written is known when it is back, and not told before. */
  async #outcome(end: End, outage: OutageError): Promise<StoreError | null> {
    await this.#link.back;
    if (this.#durable.head === end.head) return null;
    if (this.#link.givenUp) return storeError('closed');
    return this.#ended ?? outage;
  }

  /** What was not sent yet is certain not to be written. */
  #lost(outage: OutageError): void {
    settle(this.#waiting.splice(0), outage);
    if (this.#ended !== null) this.#link.giveUp();
    for (const lost of this.#listeners) lost(outage);
    this.#place.onOutage?.(outage);
  }

  /** The ledger goes on where it was, or where the statement under way put it. Anything else is another ledger. */
  #back(found: SignedHead | null): void {
    if (this.#sent !== null && isSame(found, this.#sent.head)) this.#durable = this.#sent;
    if (isSame(found, this.#durable.head)) return this.#place.onOutage?.(null);
    this.#ended ??= new StoreError(
      'corrupt',
      `PostgreSQL came back with a ledger of ${found?.size ?? 0} events that is not the one of ${this.#durable.head?.size ?? 0} ` +
        'events acknowledged: stop the site, put the right database back and start again',
    );
    this.#place.onOutage?.(this.#ended);
  }

  /**
   * The file of checkpoints is brought up to the database on the first use, then grows with it. It comes after the commit, so its
   * failure fails nothing.
   */
  #keepLines(heads: readonly SignedHead[]): void {
    if (heads.length === 0) return;
    this.#lining = this.#lining
      .then(async () => {
        if (this.#lines !== null) return this.#lines.add(heads.filter((head) => head.size > this.#lined));
        const durable = await this.checkpoints();
        this.#lined = durable.at(-1)?.size ?? 0;
        this.#lines = new CheckpointWriter(this.#place.dir, durable);
      })
      // Neither file nor database could be read for it: the next checkpoint tries again.
      .catch(() => undefined);
  }

  async #read<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    if (this.#ended !== null && (this.#isShut || this.#ended.fault === 'corrupt')) throw this.#ended;
    try {
      return (await this.#readers.query<Row>(sql, [...values])).rows;
    } catch (error) {
      throw storeErrorOf(error);
    }
  }
}

const settle = (group: readonly Waiting[], failure: StoreError | null): void => {
  for (const one of group) {
    if (failure === null) one.resolve();
    else one.reject(failure);
  }
};

const isSame = (one: SignedHead | null, other: SignedHead | null): boolean =>
  (one === null ? null : headText(one)) === (other === null ? null : headText(other));

const damagedEvent = (seq: number): StoreError =>
  new StoreError(
    'corrupt',
    `event ${seq} is missing or not what was written: restore the ledger from a copy that verifies`,
    seq,
  );
