import type { Instant, Stamp } from '#core/base/instant.ts';
import { nextStamp } from '#core/base/instant.ts';
import { extend, tipOf } from '#core/ledger/chain.ts';
import type { Chain } from '#core/ledger/chain.ts';
import type { Digest } from '#core/ledger/digest.ts';
import type { Draft, Envelope, StoredEvent, Tip } from '#core/ledger/envelope.ts';
import { ENVELOPE_VERSION } from '#core/ledger/envelope.ts';
import type { Hash } from '#core/base/ids.ts';
import type { Store, StoreError } from './ports.ts';

/** A checkpoint is kept whenever this many events have come since the last one… */
const CHECKPOINT_EVENTS = 1000;
/** …or, with new events, this much time. */
const CHECKPOINT_MS = 60_000;
/** Groups handed to the store and not yet durable. Two keep it busy while the next one is being decided. */
const GROUPS_UNDER_WAY = 2;
/**
 * While a group is being written, the next one sets off when it has this size, and waits otherwise: every group costs an fsync and a
 * signature. To decide so many takes about as long as an fsync.
 */
const GROUP_SETS_OFF = 32;

export interface RecorderSetup {
  readonly store: Store;
  readonly digest: Digest;
  readonly now: () => Instant;
  /** Where the ledger stands. */
  readonly chain: Chain;
  /** Latest stamp in the ledger; null when it is empty. */
  readonly stamp: Stamp | null;
  /** Size at the latest kept checkpoint. */
  readonly checkpointed: number;
  /** Runs work when everything that has arrived by now has been looked at: at the end of the event loop's turn. */
  readonly soon: (work: () => void) => void;
  /** Why this site may not go on with its ledger now; null when it may. */
  readonly held?: () => StoreError | null;
  /** Called with events that became durable, in order, before whoever asked for them is answered. */
  readonly onDurable: (events: readonly Envelope[]) => void;
}

/** Drafts that become durable together. */
interface Waiting {
  readonly drafts: readonly Draft[];
  readonly at: Instant;
  readonly done: (events: readonly Envelope[]) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Gives decided events their place in the ledger and makes them durable, many commands to one fsync.
 * What it answers is on disk. When the store fails, what is under way fails with it and the chain goes back to what is
 * durable; a group whose outcome the store does not know yet is answered when it does.
 */
export class Recorder {
  readonly #setup: RecorderSetup;
  #waiting: Waiting[] = [];
  /** Chain as sealed so far, durable or under way. */
  #chain: Chain;
  #durable: Chain;
  #stamp: Stamp | null;
  #durableStamp: Stamp | null;
  #underWay = 0;
  #scheduled = false;
  /** Rises with every failure: groups sealed before it are void. */
  #round = 0;
  /** Size at the latest checkpoint asked for, durable or under way, and at the latest that is durable. */
  #checkpointed: number;
  #durablyCheckpointed: number;
  #checkpointedAt: Instant;

  constructor(setup: RecorderSetup) {
    this.#setup = setup;
    this.#chain = setup.chain;
    this.#durable = setup.chain;
    this.#stamp = setup.stamp;
    this.#durableStamp = setup.stamp;
    this.#checkpointed = setup.checkpointed;
    this.#durablyCheckpointed = setup.checkpointed;
    this.#checkpointedAt = setup.now();
    setup.store.onOutage?.((outage) => this.#refuseWaiting(outage));
  }

  /** Number of durable events. */
  get seq(): number {
    return this.#durable.size;
  }

  get chain(): Chain {
    return this.#durable;
  }

  get stamp(): Stamp | null {
    return this.#durableStamp;
  }

  /**
   * Resolves with the events once they are durable, all of them or none.
   * @throws StoreError when they could not be stored; nothing of them remains
   */
  record(drafts: readonly Draft[], at: Instant): Promise<readonly Envelope[]> {
    const outage = this.#setup.held?.() ?? this.#setup.store.outage?.() ?? null;
    if (outage !== null) return Promise.reject(outage);
    return new Promise((done, failed) => {
      this.#waiting.push({ drafts, at, done, failed });
      this.#setOff();
    });
  }

  /** A full group sets off at once, a smaller one with the end of the turn. */
  #setOff(): void {
    if (this.#waiting.length >= GROUP_SETS_OFF && this.#underWay < GROUPS_UNDER_WAY) void this.#flush();
    else this.#schedule();
  }

  /** Keeps a checkpoint when events have come since the last one. Call it about once a minute and before closing. */
  async checkpoint(): Promise<void> {
    if (this.#underWay > 0 || this.#durable.size === this.#checkpointed || this.#durableStamp === null) return;
    const tip = tipOf(this.#durable, this.#durableStamp);
    await this.#setup.store.keepCheckpoint(tip);
    this.#checkpointed = tip.size;
    this.#durablyCheckpointed = tip.size;
    this.#checkpointedAt = this.#setup.now();
  }

  /** Commands that come in the same turn of the event loop go into one group. */
  #schedule(): void {
    if (this.#scheduled || this.#underWay > 0) return;
    this.#scheduled = true;
    this.#setup.soon(() => {
      this.#scheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0 || this.#underWay >= GROUPS_UNDER_WAY) return;
    const group = this.#waiting;
    this.#waiting = [];
    this.#underWay += 1;
    const round = this.#round;
    try {
      const sealed = this.#seal(group);
      await this.#setup.store.append({ events: sealed.events, head: sealed.tip, checkpoint: sealed.checkpoint });
      this.#settle(group, sealed);
      // Groups behind this one failed while its own outcome was not known yet: what comes next follows this one.
      if (round !== this.#round) this.#goBack();
    } catch (error) {
      if (round === this.#round) this.#goBack();
      for (const one of group) one.failed(error);
    } finally {
      this.#underWay -= 1;
      if (this.#waiting.length > 0) this.#setOff();
    }
  }

  #seal(group: readonly Waiting[]): Sealed {
    const drafts: Draft[] = [];
    const stamps: Stamp[] = [];
    for (const one of group) {
      for (const draft of one.drafts) {
        this.#stamp = nextStamp(this.#stamp, one.at);
        drafts.push(draft);
        stamps.push(this.#stamp);
      }
    }
    const before = this.#chain;
    const { chain, events } = extend(this.#setup.digest, before, drafts, stamps);
    this.#chain = chain;
    const time = this.#stamp ?? [this.#setup.now(), 0];
    const tip = tipOf(chain, time);
    const checkpoint = this.#isCheckpointDue(chain.size);
    if (checkpoint) {
      this.#checkpointed = chain.size;
      this.#checkpointedAt = this.#setup.now();
    }
    return { chain, events, tip, checkpoint, envelopes: envelopes(before, drafts, stamps, events) };
  }

  #isCheckpointDue(size: number): boolean {
    return size - this.#checkpointed >= CHECKPOINT_EVENTS || this.#setup.now() - this.#checkpointedAt >= CHECKPOINT_MS;
  }

  #settle(group: readonly Waiting[], sealed: Sealed): void {
    this.#durable = sealed.chain;
    this.#durableStamp = sealed.tip.time;
    if (sealed.checkpoint) this.#durablyCheckpointed = sealed.tip.size;
    this.#setup.onDurable(sealed.envelopes);
    let from = 0;
    for (const one of group) {
      one.done(sealed.envelopes.slice(from, from + one.drafts.length));
      from += one.drafts.length;
    }
  }

  /** What was not handed to the store yet does not wait for a connection that may be gone for long. */
  #refuseWaiting(outage: unknown): void {
    for (const one of this.#waiting.splice(0)) one.failed(outage);
  }

  #goBack(): void {
    this.#round += 1;
    this.#chain = this.#durable;
    this.#stamp = this.#durableStamp;
    this.#checkpointed = this.#durablyCheckpointed;
  }
}

interface Sealed {
  readonly chain: Chain;
  readonly events: readonly StoredEvent[];
  readonly envelopes: readonly Envelope[];
  readonly tip: Tip;
  readonly checkpoint: boolean;
}

/** The events as they will be read back, without parsing them again. */
const envelopes = (
  before: Chain,
  drafts: readonly Draft[],
  stamps: readonly Stamp[],
  events: readonly StoredEvent[],
): readonly Envelope[] => {
  let prev: Hash = before.last;
  return drafts.map((draft, index) => {
    const event = events[index];
    const time = stamps[index];
    if (event === undefined || time === undefined) throw new RangeError('an event was lost while sealing');
    const envelope: Envelope = { v: ENVELOPE_VERSION, site: before.site, seq: event.seq, time, ...draft, prev };
    prev = event.hash;
    return envelope;
  });
};
