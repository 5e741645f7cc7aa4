import { setImmediate as turn } from 'node:timers/promises';
import type { AppRefusal } from '#app/commands.ts';
import type { Site } from '#app/site.ts';
import { SYSTEM } from '#app/system.ts';
import type { LonLat } from '#core/base/geo.ts';
import { accountId } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { VirtualClock } from './clock.ts';
import { forceOf } from './mapping.ts';
import type { Action } from './plan.ts';
import { InFlight } from './in-flight.ts';

const KIND = 'incident';
const DISPATCHER: Actor = { account: accountId('replay'), roles: ['dispatcher'], sites: '*', units: [] };
/** Commands under way at most. */
const UNDER_WAY_MAX = 256;

/** A command the system did not accept. */
export interface NotTaken {
  readonly action: Action;
  readonly code: AppRefusal['code'] | 'call-not-received';
}

export interface Played {
  /** Commands handed in. */
  readonly commands: number;
  readonly not_taken: readonly NotTaken[];
  /** Actions left when the replay was stopped. */
  readonly left: readonly Action[];
}

/**
 * Plays actions through the commands of a site, in the order of time. Those that follow each other on different calls and
 * with different forces overlap and share fsyncs. One on the same call or force waits until the one before it is durable.
 */
export class Player {
  readonly #site: Site;
  readonly #clock: VirtualClock;
  readonly #home: LonLat;
  readonly #shortest_ms: number;
  readonly #matters = new Map<string, MatterId>();
  readonly #inFlight = new InFlight(UNDER_WAY_MAX);
  readonly #notTaken: NotTaken[] = [];
  #commands = 0;

  /** @param home of units whose first call has no position */
  constructor(site: Site, clock: VirtualClock, home: LonLat) {
    const kind = site.views.kinds.get(KIND);
    if (kind === undefined) throw new Error(`there is no kind ${KIND}`);
    this.#site = site;
    this.#clock = clock;
    this.#home = home;
    this.#shortest_ms = shortestLimit_s(kind) * 1000;
  }

  async play(actions: readonly Action[], signal?: AbortSignal): Promise<Played> {
    const stopped = (): boolean => signal?.aborted === true;
    let next = 0;
    for (const action of actions) {
      if (!stopped()) await this.#moveTo(action.at);
      if (stopped()) break;
      await this.#hand(action);
      next += 1;
    }
    await this.#inFlight.all();
    return { commands: this.#commands, not_taken: this.#notTaken, left: actions.slice(next) };
  }

  /** Moves the clock on, and fires on the way, each at its moment, the clocks that ran out before `at`. */
  async #moveTo(at: Instant): Promise<void> {
    // What is under way may start clocks nobody sees yet; none of them runs out sooner than the shortest limit.
    const oldest = this.#inFlight.oldest;
    if (oldest !== null && at - oldest >= this.#shortest_ms) await this.#inFlight.all();
    const { views, commands } = this.#site;
    for (let due = views.nextDue(); due !== null && due < at; due = views.nextDue()) {
      await this.#clock.moveTo(due);
      await commands.fireDue();
    }
    await this.#clock.moveTo(at);
  }

  /** Starts a command and lets it get as far as the recorder, so that the next one comes after it in the ledger. */
  async #hand(action: Action): Promise<void> {
    const keys = action.row === null ? [action.call] : [action.call, `unit ${action.row.unit}`];
    await this.#inFlight.free(keys);
    if (action.step === 'offer') await this.#onDuty(action);
    this.#commands += 1;
    this.#inFlight.add(keys, action.at, this.#do(action));
    await turn();
  }

  async #do(action: Action): Promise<void> {
    const code = action.step === 'raise' ? await this.#raise(action) : await this.#step(action);
    if (code !== null) this.#notTaken.push({ action, code });
  }

  async #raise(action: Action): Promise<NotTaken['code'] | null> {
    const done = await this.#site.commands.raise({ kind: KIND, facts: action.facts }, { actor: DISPATCHER, key: null });
    if (!done.ok) return done.error.code;
    this.#matters.set(action.call, done.value.matter);
    return null;
  }

  async #step(action: Action): Promise<NotTaken['code'] | null> {
    const matter = this.#matters.get(action.call);
    if (matter === undefined) return 'call-not-received';
    const { step, facts } = action;
    const stepping = { matter, step, subject: action.row?.unit ?? null, facts };
    const done = await this.#site.commands.step(stepping, { actor: DISPATCHER, key: null });
    return done.ok ? null : done.error.code;
  }

  /** A unit is registered and put on duty when the file first sends it somewhere. */
  async #onDuty(action: Action): Promise<void> {
    const { roster } = this.#site.views;
    if (action.row === null || roster.get(action.row.unit) !== null) return;
    await this.#site.forces.register([forceOf(action.row, this.#home)], SYSTEM);
    await this.#site.forces.duty(action.row.unit, { on_duty: true }, SYSTEM);
  }
}

/** The shortest time any clock of the kind can run for. */
const shortestLimit_s = (kind: Kind): number =>
  Math.min(
    ...Object.values(kind.clocks).flatMap(({ limit_s }) =>
      typeof limit_s === 'number' ? [limit_s] : [limit_s.otherwise, ...Object.values(limit_s.of)],
    ),
  );
