import { isMatterId } from '#core/base/ids.ts';
import type { MatterId, SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import { ENVELOPE_VERSION, GENESIS } from '#core/ledger/envelope.ts';
import type { Draft, Envelope } from '#core/ledger/envelope.ts';
import { maySee } from '#core/matter/access.ts';
import type { Actor } from '#core/matter/actor.ts';
import { dueClocks } from '#core/matter/clocks.ts';
import { evolve } from '#core/matter/evolve.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Context } from '#core/matter/machine.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Answered, Caller, Raising, Stepping } from './command.ts';
import { Drafting } from './drafting.ts';
import type { DraftingSetup } from './drafting.ts';
import { Locks } from './locks.ts';
import type { Recorder } from './recorder.ts';
import type { AppRefusal } from './refusals.ts';
import { Repeats, stepKey } from './repeats.ts';
import { SYSTEM } from './system.ts';
import { answered } from './views/answers.ts';
import type { Done } from './views/answers.ts';

/** Asks the site that owns a matter for a step on it. */
export type AskElsewhere = (stepping: Stepping, owner: SiteId, caller: Caller) => Promise<Answered>;

export interface CommandsSetup extends DraftingSetup {
  readonly recorder: Recorder;
  readonly now: () => Instant;
  /** Null where there are no other sites: what is not ours is refused. */
  readonly elsewhere: AskElsewhere | null;
}

/**
 * The commands on matters: check, decide, seal, append, fold, answer. An answer means the events are on disk.
 * @throws StoreError (from every command) when the ledger could not be written; nothing has changed then
 */
export class Commands {
  readonly #setup: CommandsSetup;
  readonly #drafting: Drafting;
  readonly #locks = new Locks();
  readonly #repeats: Repeats;

  constructor(setup: CommandsSetup) {
    this.#setup = setup;
    this.#drafting = new Drafting(setup);
    this.#repeats = new Repeats(setup);
  }

  raise(raising: Raising, caller: Caller): Promise<Answered> {
    return this.#repeats.once(raising, caller, () => this.#raise(raising, caller));
  }

  step(stepping: Stepping, caller: Caller): Promise<Answered> {
    const owner = this.#elsewhere(stepping.matter);
    if (owner !== null) return this.#ask(stepping, owner, caller);
    return this.#repeats.once(stepping, caller, () => this.#step(stepping, caller));
  }

  /**
   * Several steps on one matter, one after the other, durable together: a desk that sends three forces at once, or clears the last
   * and closes. Each is decided on what those before it made of the matter. One that is refused changes nothing and stops none
   * of the others; the answers come in the order of the steps.
   * @param key idempotency key of the whole series; a repeat answers what was done and tries again what was refused
   */
  steps(
    matter: MatterId,
    steps: readonly Omit<Stepping, 'matter'>[],
    actor: Actor,
    key: string | null = null,
  ): Promise<readonly Answered[]> {
    const series = steps.map((one) => ({ ...one, matter }));
    const owner = this.#elsewhere(matter);
    if (owner !== null) return this.#askAll(series, owner, { actor, key });
    const locks = new Set([matter, ...series.flatMap(locksFor)]);
    const caller = { actor, key };
    return this.#repeats.series(series, caller, (known) =>
      this.#locks.with([...locks], () => this.#steps(matter, series, caller, known)),
    );
  }

  /** The site that owns a matter, where another does and can be asked. */
  #elsewhere(id: MatterId): SiteId | null {
    const { views, elsewhere } = this.#setup;
    const owner = views.book.find(id)?.matter.site ?? views.site;
    return owner === views.site || elsewhere === null ? null : owner;
  }

  async #ask(stepping: Stepping, owner: SiteId, caller: Caller): Promise<Answered> {
    const { views, elsewhere } = this.#setup;
    const found = this.#seen(stepping.matter, views.book.find(stepping.matter)?.matter ?? null, caller.actor);
    if (elsewhere === null || (!found.ok && found.error.code !== 'matter-elsewhere')) return found as Answered;
    return elsewhere(stepping, owner, caller);
  }

  /** One after the other, as here. */
  async #askAll(series: readonly Stepping[], owner: SiteId, { actor, key }: Caller): Promise<readonly Answered[]> {
    const answers: Answered[] = [];
    for (const [place, stepping] of series.entries())
      answers.push(await this.#ask(stepping, owner, { actor, key: key === null ? null : stepKey(key, place) }));
    return answers;
  }

  /**
   * Fires every clock that ran out by now; answers how many fired. What could not be recorded stays due.
   * @throws StoreError of the first that failed, after all others were tried
   */
  async fireDue(): Promise<number> {
    const { views, now } = this.#setup;
    const tried = await Promise.allSettled(
      views.takeDue(now()).map((id) => this.#locks.with([id], () => this.#fireOn(id))),
    );
    const failed = tried.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return tried.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0);
  }

  async #fireOn(id: MatterId): Promise<number> {
    const { views, matters } = this.#setup;
    const matter = await matters.whole(id);
    const kind = matter === null ? undefined : views.kinds.get(matter.kind);
    if (matter === null || kind === undefined) return 0;
    try {
      return await this.#fireAll(kind, matter);
    } catch (error) {
      views.watch(matter);
      throw error;
    }
  }

  async #fireAll(kind: Kind, matter: Matter): Promise<number> {
    const { views, matters, recorder } = this.#setup;
    let fired = 0;
    let current: Matter | null = matter;
    while (current !== null) {
      const context: Context = this.#context(SYSTEM);
      const clock: string | undefined = dueClocks(current, context.now)[0];
      const draft: Draft | null = clock === undefined ? null : this.#drafting.fire(kind, current, clock, context);
      if (draft === null) break;
      await recorder.record([draft], context.now);
      fired += 1;
      current = await matters.whole(current.id);
    }
    if (current !== null) views.watch(current);
    return fired;
  }

  async #raise(raising: Raising, caller: Caller): Promise<Answered> {
    const context = this.#context(caller.actor);
    const drafts = await this.#drafting.raise(raising, caller, context);
    return drafts.ok ? ok(await this.#commit(drafts.value, context.now)) : drafts;
  }

  /** Waits only where there is something to wait for: most steps need nothing but what is in memory, and an fsync. */
  async #step(stepping: Stepping, caller: Caller): Promise<Answered> {
    const { matters } = this.#setup;
    const keys = locksFor(stepping);
    const taken = this.#locks.take(keys);
    if (taken !== null) await taken;
    try {
      const matter = matters.atHand(stepping.matter) ?? (await matters.whole(stepping.matter));
      const found = this.#seen(stepping.matter, matter, caller.actor);
      if (!found.ok) return found;
      const context = this.#context(caller.actor);
      const drafting = this.#drafting.step(found.value.kind, found.value.matter, stepping, caller, context);
      const drafts = drafting instanceof Promise ? await drafting : drafting;
      return drafts.ok ? ok(await this.#commit(drafts.value, context.now)) : drafts;
    } finally {
      this.#locks.free(keys);
    }
  }

  async #steps(
    id: MatterId,
    series: readonly Stepping[],
    caller: Caller,
    known: readonly (Answered | null)[],
  ): Promise<readonly Answered[]> {
    const found = this.#seen(id, await this.#setup.matters.whole(id), caller.actor);
    if (!found.ok) return series.map(() => found);
    const { kind } = found.value;
    const context = this.#context(caller.actor);
    let { matter } = found.value;
    const all: Draft[] = [];
    const answers: (() => Answered)[] = [];
    let events: readonly Envelope[] = [];
    for (const [place, stepping] of series.entries()) {
      const before = known[place] ?? null;
      if (before !== null) {
        answers.push(() => before);
        continue;
      }
      const key = caller.key === null ? null : stepKey(caller.key, place);
      const drafts = await this.#drafting.step(kind, matter, stepping, { ...caller, key }, context);
      if (!drafts.ok) {
        answers.push(() => drafts);
        continue;
      }
      const after = this.#after(kind, matter, drafts.value, context);
      const [from, to] = [all.length, all.push(...drafts.value)];
      answers.push(() => ok(this.#answer(events.slice(from, to), (event) => (event.matter === id ? after : null))));
      matter = after;
    }
    if (all.length > 0) events = await this.#setup.recorder.record(all, context.now);
    return answers.map((answer) => answer());
  }

  /** The matter as its own drafts will leave it. */
  #after(kind: Kind, matter: Matter, drafts: readonly Draft[], { now, site }: Context): Matter {
    const time = [now, 0] as const;
    return drafts
      .filter((draft) => draft.matter === matter.id)
      .reduce(
        (sofar, draft) =>
          evolve(kind, sofar, { v: ENVELOPE_VERSION, site, seq: sofar.seq + 1, time, ...draft, prev: GENESIS }),
        matter,
      );
  }

  /** The matter, if the actor may see it. One it may not see is unknown to it. */
  #seen(id: MatterId, matter: Matter | null, actor: Actor): Result<{ kind: Kind; matter: Matter }, AppRefusal> {
    const kind = matter === null ? undefined : this.#setup.views.kinds.get(matter.kind);
    if (matter === null || kind === undefined || !maySee(kind, actor, matter)) {
      return err({ code: 'matter-unknown', details: [{ path: 'matter', message: id }] });
    }
    if (matter.site !== this.#setup.views.site) return err(elsewhere(matter));
    return ok({ kind, matter });
  }

  /** Makes the drafts durable and answers from what the fold made of them. */
  #commit(drafts: readonly Draft[], at: Instant): Promise<Done> {
    return this.#setup.recorder.record(drafts, at).then((events) => this.#answer(events, AS_HELD));
  }

  /** @param after the matter right after an event, where it has gone on since; null where the views have it so */
  #answer(events: readonly Envelope[], after: (event: Envelope) => Matter | null): Done {
    let done: Done | null = null;
    for (const event of events) {
      const held = event.matter === null ? null : this.#setup.views.book.find(event.matter);
      const matter = after(event) ?? held?.matter ?? null;
      if (matter !== null) done = answered(done, event, matter);
    }
    if (done === null) throw new RangeError('a command without an event');
    return done;
  }

  #context(actor: Actor): Context {
    const { now, calendar, views } = this.#setup;
    return { actor, now: now(), calendar, site: views.site };
  }
}

const AS_HELD = (): null => null;

/** Only the site that owns a matter decides on it. */
const elsewhere = ({ id, site }: Matter): AppRefusal => ({
  code: 'matter-elsewhere',
  details: [{ path: 'matter', message: `${id} ${site}` }],
});

/** The matter, the force, and every matter the step names. */
const locksFor = (stepping: Stepping): readonly string[] => {
  const keys: string[] = [stepping.matter];
  if (stepping.subject !== null) keys.push(`unit:${stepping.subject}`);
  for (const name in stepping.facts) {
    const value = stepping.facts[name];
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' && isMatterId(one) && !keys.includes(one)) keys.push(one);
    }
  }
  return keys;
};
