import type { Instant, Stamp } from '#core/base/instant.ts';
import type { Hash, SiteId } from '#core/base/ids.ts';
import { GENESIS } from '#core/ledger/envelope.ts';
import type { Envelope, StoredEvent } from '#core/ledger/envelope.ts';
import type { Chain } from '#core/ledger/chain.ts';
import type { Digest } from '#core/ledger/digest.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import type { Cipher, RandomBytes } from '#core/ledger/seals.ts';
import type { WorkingCalendar } from '#core/matter/calendar.ts';
import { Asking } from './asking.ts';
import { Commands } from './commands.ts';
import type { AskElsewhere } from './commands.ts';
import { Dispatching } from './dispatching.ts';
import type { Engines } from './dispatching.ts';
import { Forces } from './forces.ts';
import { Matters } from './matters.ts';
import { Personal } from './personal.ts';
import { StoreError } from './ports.ts';
import type { Copies, Files, SealKeys, Snapshots, Store } from './ports.ts';
import { Recorder } from './recorder.ts';
import { Sealing } from './sealing.ts';
import type { Kinds } from './views/book.ts';
import { belongs, restore, snapshotLines } from './views/snapshot.ts';
import type { Standpoint } from './views/snapshot.ts';
import { Views } from './views/views.ts';
import type { Folded } from './views/views.ts';
import { Weather } from './weather.ts';

const SNAPSHOT = 'site';
const READ_EVENTS = 5000;
/** A snapshot is due when this many events have come since the last. */
const SNAPSHOT_EVENTS = 20_000;

export interface SiteSetup {
  readonly id: SiteId;
  /** Prefix of matter numbers, 1–6 capital letters. */
  readonly prefix: string;
  readonly kinds: Kinds;
  readonly store: Store;
  readonly snapshots: Snapshots;
  readonly keys: SealKeys;
  readonly digest: Digest;
  readonly cipher: Cipher;
  readonly random: RandomBytes;
  readonly calendar: WorkingCalendar;
  readonly now: () => Instant;
  /** Times the minute of a checkpoint where `now` is not the wall clock (replays); `now` unless told. */
  readonly wall?: () => Instant;
  /** See `RecorderSetup.soon`. */
  readonly soon: (work: () => void) => void;
  /** The engines as they are now: closures may replace them while the site runs. */
  readonly engines: () => Engines;
  readonly files: Files;
  /** Copies of other sites' ledgers; null where the site stands alone. */
  readonly copies: Copies | null;
  /** See `RecorderSetup.held`. */
  readonly held: () => StoreError | null;
  /** Runs work after so many ms. */
  readonly after: (ms: number, work: () => void) => void;
  /** Told of what failed with nobody waiting for it. */
  readonly onFault: (error: unknown) => void;
  /** The chain at the durable head, as the check at start established it. */
  readonly chain: Chain;
  /** Told of everything that became durable, in order. */
  readonly onFolded: (folded: readonly Folded[]) => void;
}

/** A running site: its views, and the use cases on them. */
export class Site {
  readonly views: Views;
  readonly recorder: Recorder;
  readonly matters: Matters;
  readonly commands: Commands;
  readonly asking: Asking;
  readonly personal: Personal;
  readonly forces: Forces;
  readonly dispatching: Dispatching;
  readonly weather: Weather;
  readonly setup: SiteSetup;
  #snapshotSeq: number;
  #snapshotting = false;

  constructor(setup: SiteSetup, views: Views, stamp: Stamp | null, checkpointed: number, snapshotSeq: number) {
    this.setup = setup;
    this.views = views;
    this.#snapshotSeq = snapshotSeq;
    const { store, digest, now, chain } = setup;
    this.recorder = new Recorder({
      store,
      digest,
      now: setup.wall ?? now,
      soon: setup.soon,
      chain,
      stamp,
      checkpointed,
      held: setup.held,
      onDurable: (events) => setup.onFolded(events.map((event) => views.fold(event))),
    });
    this.matters = new Matters(views, store, setup.copies);
    const sealing = new Sealing(setup.cipher, setup.random, setup.keys);
    const { recorder, matters } = this;
    const { calendar, prefix, files } = setup;
    this.asking = new Asking({
      views,
      recorder,
      digest,
      now,
      step: (stepping, caller) => this.commands.step(stepping, caller),
      after: setup.after,
      onFault: setup.onFault,
    });
    const elsewhere: AskElsewhere | null =
      setup.copies === null ? null : (stepping, owner, caller) => this.asking.ask(stepping, owner, caller);
    const drafting = { views, matters, sealing, calendar, prefix, hasFile: files.has };
    this.commands = new Commands({ ...drafting, recorder, now, elsewhere });
    this.personal = new Personal({ views, matters, recorder, sealing, files, now });
    this.forces = new Forces(views, recorder, now);
    this.weather = new Weather(recorder, now);
    this.dispatching = new Dispatching(views, setup.engines, now);
  }

  /** Keeps a snapshot when enough has happened since the last one, or when told to. */
  async snapshot(force = false): Promise<boolean> {
    const seq = this.recorder.seq;
    const due = seq - this.#snapshotSeq >= SNAPSHOT_EVENTS || (force && seq > this.#snapshotSeq);
    if (!due || this.#snapshotting || this.views.seq !== seq) return false;
    this.#snapshotting = true;
    try {
      const { chain, stamp } = this.recorder;
      await this.setup.snapshots.put(
        SNAPSHOT,
        seq,
        snapshotLines(this.views, { chain, stamp }, declarationsOf(this.setup)),
      );
      this.#snapshotSeq = seq;
      return true;
    } finally {
      this.#snapshotting = false;
    }
  }

  /** The minute's work: checkpoint and snapshot, where due. */
  async tend(): Promise<void> {
    this.views.book.trim();
    await this.recorder.checkpoint();
    await this.snapshot();
  }

  /** Signs and snapshots what is there; the store and keys are closed by whoever opened them. */
  async close(): Promise<void> {
    await this.asking.close();
    await this.recorder.checkpoint();
    await this.snapshot(true);
  }
}

/**
 * Opens the site on a checked ledger: views from the newest snapshot that belongs to it, then every event since.
 * @throws StoreError `corrupt` when an event cannot be read
 */
export const openSite = async (setup: SiteSetup): Promise<Site> => {
  const { store, chain } = setup;
  let views = new Views(setup.id, setup.kinds);
  const kept = await setup.snapshots.get(SNAPSHOT);
  let standpoint: Standpoint | null = null;
  if (kept !== null && kept.seq <= chain.size) {
    standpoint = restore(views, kept.lines, declarationsOf(setup));
    const isOurs =
      standpoint !== null &&
      belongs(standpoint, await hashAt(store, kept.seq)) &&
      (await haveCopies(views, setup.copies));
    if (!isOurs) standpoint = null;
    if (standpoint === null) views = new Views(setup.id, setup.kinds);
  }
  const stamp = await foldTail(store, views, chain.size, standpoint?.stamp ?? null);
  if (setup.copies !== null) await foldCopies(setup.copies, views);
  const matters = new Matters(views, store, setup.copies);
  for (const id of views.book.takeHalves()) {
    const matter = await matters.refold(id);
    if (matter !== null) views.book.put(matter);
  }
  await finishErasures(views, setup.keys);
  const checkpoints = await store.checkpoints();
  return new Site(setup, views, stamp, checkpoints.at(-1)?.size ?? 0, standpoint?.chain.size ?? 0);
};

/** Changes with every word of the declarations: what other ones folded is folded anew. */
const declarationsOf = (setup: SiteSetup): Hash => setup.digest.leaf(JSON.stringify([...setup.kinds]));

/** An erasure on record whose key was still there when the power went is completed now. */
const finishErasures = async (views: Views, keys: SealKeys): Promise<void> => {
  for (const matters of [views.book.open(), views.book.closed()]) {
    for (const matter of matters) {
      if (matter.erased && keys.get(matter.id) !== null) await keys.destroy(matter.id);
    }
  }
};

const hashAt = async (store: Store, seq: number): Promise<StoredEvent['hash'] | null> =>
  seq === 0 ? GENESIS : ((await store.read(seq - 1, 1))[0]?.hash ?? null);

const foldTail = async (store: Store, views: Views, size: number, stamp: Stamp | null): Promise<Stamp | null> => {
  let last = stamp;
  for (let after = views.seq; after < size;) {
    const stored = await store.read(after, READ_EVENTS);
    if (stored.length === 0) throw new StoreError('corrupt', `events after ${after} are missing`, after + 1);
    for (const one of stored) {
      if (one.matter !== null) views.countNumber(one.matter);
      const event = readable(one);
      if (event !== null) {
        views.fold(event);
        last = event.time;
      }
      after = one.seq;
    }
  }
  views.seq = size;
  return last;
};

/** True when the copies hold what the views were folded from. */
const haveCopies = async (views: Views, copies: Copies | null): Promise<boolean> => {
  for (const [origin, { seq, last }] of views.foreign) {
    const at = copies === null ? [] : await copies.read(origin, seq - 1, 1);
    if (at[0]?.hash !== last) return false;
  }
  return true;
};

/** What came from other sites and is not in the snapshot. */
const foldCopies = async (copies: Copies, views: Views): Promise<void> => {
  for (const { origin, tree } of await copies.all()) {
    while ((views.foreign.get(origin)?.seq ?? 0) < tree.size) {
      const stored = await copies.read(origin, views.foreign.get(origin)?.seq ?? 0, READ_EVENTS);
      if (stored.length === 0) throw new StoreError('corrupt', `events of ${origin} are missing`);
      for (const one of stored) views.foldStored(origin, one);
    }
  }
};

/** The event as this program understands it; null for one of a later version, which stays in the ledger untouched. */
const readable = (stored: StoredEvent): Envelope | null => {
  const parsed = parseEvent(stored.text);
  if (!parsed.ok) throw new StoreError('corrupt', `event ${stored.seq}: ${parsed.error}`, stored.seq);
  return parsed.value.known ? parsed.value.envelope : null;
};
