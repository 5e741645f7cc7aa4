import { setImmediate as settled } from 'node:timers/promises';
import type { AppRefusal } from '#app/refusals.ts';
import type { Site } from '#app/site.ts';
import { SYSTEM } from '#app/system.ts';
import type { LonLat } from '#core/base/geo.ts';
import { accountId } from '#core/base/ids.ts';
import type { ForceId, MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { VirtualClock } from './clock.ts';
import { forceOf } from './mapping.ts';
import type { Action, Turn } from './plan.ts';
import type { UnitRow } from './rows.ts';
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
 * Plays turns through the commands of a site, in the order of time. Those that follow each other on different calls and with
 * different forces overlap and share fsyncs. One on the same call or force waits until the one before it is durable.
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

  async play(turns: readonly Turn[], signal?: AbortSignal): Promise<Played> {
    const stopped = (): boolean => signal?.aborted === true;
    let next = 0;
    for (const turn of turns) {
      if (!stopped()) await this.#moveTo(turn.at);
      if (stopped()) break;
      await this.#hand(turn);
      next += 1;
    }
    await this.#inFlight.all();
    const left = turns.slice(next).flatMap((turn) => turn.actions);
    return { commands: this.#commands, not_taken: this.#notTaken, left };
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

  /** Starts a turn and lets it get as far as the recorder, so that the next one comes after it in the ledger. */
  async #hand(turn: Turn): Promise<void> {
    const units = new Set(turn.actions.flatMap(({ row }) => (row === null ? [] : [`unit ${row.unit}`])));
    const keys = [turn.call, ...units];
    await this.#inFlight.free(keys);
    await this.#onDuty(turn);
    this.#commands += turn.actions.length;
    this.#inFlight.add(
      keys,
      turn.at,
      turn.actions[0]?.step === 'raise' ? this.#raise(turn.actions[0]) : this.#steps(turn),
    );
    await settled();
  }

  async #raise(action: Action): Promise<void> {
    const done = await this.#site.commands.raise({ kind: KIND, facts: action.facts }, { actor: DISPATCHER, key: null });
    if (done.ok) this.#matters.set(action.call, done.value.matter);
    else this.#notTaken.push({ action, code: done.error.code });
  }

  async #steps(turn: Turn): Promise<void> {
    const matter = this.#matters.get(turn.call);
    const { actions } = turn;
    if (matter === undefined) {
      this.#notTaken.push(...actions.map((action) => ({ action, code: 'call-not-received' as const })));
      return;
    }
    const steps = actions.map(({ step, row, facts }) => ({ step, subject: row?.unit ?? null, facts }));
    const answers = await this.#site.commands.steps(matter, steps, DISPATCHER);
    for (const [index, action] of actions.entries()) {
      const answer = answers[index];
      if (answer?.ok === false) this.#notTaken.push({ action, code: answer.error.code });
    }
  }

  /** Units are registered and put on duty when the file first sends them somewhere. */
  async #onDuty(turn: Turn): Promise<void> {
    const { roster } = this.#site.views;
    const fresh = new Map<ForceId, UnitRow>();
    for (const { row, step } of turn.actions)
      if (row !== null && step === 'offer' && roster.get(row.unit) === null) fresh.set(row.unit, row);
    if (fresh.size === 0) return;
    await this.#site.forces.register(
      [...fresh.values()].map((row) => forceOf(row, this.#home)),
      SYSTEM,
    );
    await this.#site.forces.startShift([...fresh.keys()], SYSTEM);
  }
}

/** The shortest time any clock of the kind can run for. */
const shortestLimit_s = (kind: Kind): number =>
  Math.min(
    ...Object.values(kind.clocks).flatMap(({ limit_s }) =>
      typeof limit_s === 'number' ? [limit_s] : [limit_s.otherwise, ...Object.values(limit_s.of)],
    ),
  );
