import type { Instant } from '#core/base/instant.ts';
import type { Json, JsonObject } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import type { Kind } from '#core/matter/kind.ts';
import { STEPS_MAX, parseFact } from '#core/matter/values.ts';
import type { Answered, Caller, Raising, Stepping } from './command.ts';
import type { Matters } from './matters.ts';
import type { Sealing } from './sealing.ts';
import type { Done } from './views/answers.ts';
import type { Views } from './views/views.ts';

export type Command = Raising | Stepping;

export interface RepeatsSetup {
  readonly views: Views;
  readonly matters: Matters;
  readonly sealing: Sealing;
  readonly now: () => Instant;
}

const REUSED: Answered = err({ code: 'idempotency-key-reused', details: [] });

/** Key of the step in that place (from 0) of a series. No client's key has a dot. */
export const stepKey = (key: string, place: number): string => `${key}.${place}`;

/** Sees to it that a command with an idempotency key is done once: a repeat gets the first one's answer. */
export class Repeats {
  readonly #setup: RepeatsSetup;
  /** Commands with a key that are being worked on, so that a repeat waits for the first instead of running beside it. */
  readonly #working = new Map<string, Promise<unknown>>();

  constructor(setup: RepeatsSetup) {
    this.#setup = setup;
  }

  once(command: Command, caller: Caller, work: () => Promise<Answered>): Promise<Answered> {
    if (caller.key === null) return work();
    const key = `${caller.actor.account}:${caller.key}`;
    return this.#alone(key, async () =>
      this.#isOfSeries(key, 0) ? REUSED : ((await this.#known(key, command)) ?? work()),
    );
  }

  /**
   * The same for several steps with one key: each has a key of its own made from it. What was done before is answered again, what
   * was refused is tried again. When one of those done was another step, all are refused.
   * @param work takes the steps that are not known, and answers for all of them in their order
   */
  series(
    steps: readonly Stepping[],
    caller: Caller,
    work: (known: readonly (Answered | null)[]) => Promise<readonly Answered[]>,
  ): Promise<readonly Answered[]> {
    if (caller.key === null) return work(steps.map(() => null));
    const key = `${caller.actor.account}:${caller.key}`;
    return this.#alone(key, async () => {
      const isOther = this.#setup.views.answers.get(key) !== null || this.#isOfSeries(key, steps.length);
      const other = isOther ? REUSED : undefined;
      const known = await Promise.all(steps.map((step, place) => this.#known(stepKey(key, place), step)));
      const reused = other ?? known.find((one) => one?.ok === false);
      return reused === undefined ? work(known) : steps.map(() => reused);
    });
  }

  /** True when a series with this key did a step at `from` or after it. */
  #isOfSeries(key: string, from: number): boolean {
    for (let place = from; place < STEPS_MAX; place += 1) {
      if (this.#setup.views.answers.get(stepKey(key, place)) !== null) return true;
    }
    return false;
  }

  /** Runs what has this key alone: a repeat waits for the first. */
  async #alone<T>(key: string, work: () => Promise<T>): Promise<T> {
    for (let first = this.#working.get(key); first !== undefined; first = this.#working.get(key)) {
      await first.catch(() => undefined);
    }
    const working = work();
    this.#working.set(key, working);
    try {
      return await working;
    } finally {
      this.#working.delete(key);
    }
  }

  /** What a command with this key was answered before; null when there was none. */
  async #known(key: string, command: Command): Promise<Answered | null> {
    const known = this.#setup.views.answers.get(key);
    return known === null ? null : this.#again(known.done, command);
  }

  /** The answer given before, if the event it was given for is what this command asks. */
  async #again(done: Done, command: Command): Promise<Answered> {
    const event = (await this.#setup.matters.events(done.matter)).find((one) => one.seq === done.seq);
    const kind = event === undefined ? undefined : this.#setup.views.kinds.get(event.kind);
    const same = event !== undefined && kind !== undefined && this.#asksFor(kind, event, command);
    return same ? ok(done) : REUSED;
  }

  #asksFor(kind: Kind, event: Envelope, command: Command): boolean {
    const body = event.body as Recorded;
    if (!('step' in command)) {
      return (
        event.type === 'raised' && event.kind === command.kind && this.#sameFacts(kind, kind.raise, event, command)
      );
    }
    const step = Object.hasOwn(kind.steps, command.step) ? kind.steps[command.step] : undefined;
    if (step === undefined || body.step !== command.step || event.matter !== command.matter) return false;
    const subject = step.part === undefined ? null : command.subject;
    return (body.parts?.[0]?.subject ?? null) === subject && this.#sameFacts(kind, step, event, command);
  }

  /** True when what the command states is what the event holds. Facts erased since cannot be compared and count as the same. */
  #sameFacts(kind: Kind, declared: { readonly sets?: JsonObject }, event: Envelope, command: Command): boolean {
    const recorded = (event.body as Recorded).facts ?? {};
    const stated: Record<string, Json> = { ...declared.sets };
    for (const [name, value] of Object.entries(command.facts)) {
      const fact = Object.hasOwn(kind.facts, name) ? kind.facts[name] : undefined;
      if (fact === undefined) return false;
      if (value === null || value === undefined || value === '') continue;
      const parsed = parseFact(name, fact, value, this.#setup.now());
      if (!parsed.ok) return false;
      stated[name] = parsed.value;
    }
    const names = new Set([...Object.keys(recorded), ...Object.keys(stated)]);
    return [...names].every((name) => {
      const held = recorded[name];
      if (held === undefined || stated[name] === undefined) return false;
      const opened = event.matter === null ? held : this.#setup.sealing.read(event.matter, name, held);
      return opened === undefined || JSON.stringify(opened) === JSON.stringify(stated[name]);
    });
  }
}

/** What the first event of a command says about it. */
interface Recorded {
  readonly step?: string;
  readonly facts?: JsonObject;
  readonly parts?: readonly { readonly subject: string }[];
}
