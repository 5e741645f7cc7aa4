import { isMatterId, matterNumber } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import { text } from '#core/base/text.ts';
import { ENVELOPE_VERSION, GENESIS } from '#core/ledger/envelope.ts';
import type { Draft, Envelope } from '#core/ledger/envelope.ts';
import { maySee } from '#core/matter/access.ts';
import type { Actor } from '#core/matter/actor.ts';
import { localDay } from '#core/matter/calendar.ts';
import type { WorkingCalendar } from '#core/matter/calendar.ts';
import { dueClocks } from '#core/matter/clocks.ts';
import { evolve } from '#core/matter/evolve.ts';
import type { Decision, Effect, Happening } from '#core/matter/happening.ts';
import type { Kind } from '#core/matter/kind.ts';
import { decideFire, decideRaise, decideStep } from '#core/matter/machine.ts';
import type { Context } from '#core/matter/machine.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Refusal } from '#core/matter/refusal.ts';
import type { Answered, Caller, Raising, Stepping } from './command.ts';
import { Locks } from './locks.ts';
import type { Matters } from './matters.ts';
import { Names } from './names.ts';
import type { Recorder } from './recorder.ts';
import { Repeats } from './repeats.ts';
import type { Sealing } from './sealing.ts';
import type { AppRefusal } from './refusals.ts';
import { SYSTEM } from './system.ts';
import { answered } from './views/answers.ts';
import type { Done } from './views/answers.ts';
import type { Views } from './views/views.ts';

export interface CommandsSetup {
  readonly views: Views;
  readonly matters: Matters;
  readonly recorder: Recorder;
  readonly sealing: Sealing;
  readonly calendar: WorkingCalendar;
  readonly now: () => Instant;
  /** Prefix of the site's matter numbers. */
  readonly prefix: string;
  /** True for a file this site holds. */
  readonly hasFile: (id: string) => Promise<boolean>;
}

/** A matter gets its number once it is certain that it will be raised, so that refusals leave no gaps. */
const UNNUMBERED = '' as MatterId;

/** Two reports merged into each other would leave nobody handling either. */
const TARGET_CLOSED = text(
  '那件事已经办结，不能并入。请选一件在办的。',
  'That matter is closed and cannot take this one in. Choose an open one.',
);

/**
 * The commands on matters: check, decide, seal, append, fold, answer. An answer means the events are on disk.
 * @throws StoreError (from every command) when the ledger could not be written; nothing has changed then
 */
export class Commands {
  readonly #setup: CommandsSetup;
  readonly #names: Names;
  readonly #locks = new Locks();
  readonly #repeats: Repeats;

  constructor(setup: CommandsSetup) {
    this.#setup = setup;
    this.#names = new Names(setup.views.roster, setup.hasFile);
    this.#repeats = new Repeats(setup);
  }

  raise(raising: Raising, caller: Caller): Promise<Answered> {
    return this.#repeats.once(raising, caller, () => this.#raise(raising, caller));
  }

  step(stepping: Stepping, caller: Caller): Promise<Answered> {
    const locks = this.#locksFor(stepping);
    return this.#repeats.once(stepping, caller, () => this.#locks.with(locks, () => this.#step(stepping, caller)));
  }

  /**
   * Several steps on one matter, one after the other, durable together: a desk that sends three forces at once, or clears the last
   * and closes. Each is decided on what those before it made of the matter. One that is refused changes nothing and stops none
   * of the others; the answers come in the order of the steps.
   */
  steps(matter: MatterId, steps: readonly Omit<Stepping, 'matter'>[], actor: Actor): Promise<readonly Answered[]> {
    const series = steps.map((one) => ({ ...one, matter }));
    const locks = new Set([matter, ...series.flatMap((one) => this.#locksFor(one))]);
    return this.#locks.with([...locks], () => this.#steps(matter, series, { actor, key: null }));
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

  async #raise(raising: Raising, caller: Caller): Promise<Answered> {
    const { views, now } = this.#setup;
    const kind = views.kinds.get(raising.kind);
    if (kind === undefined) return err({ code: 'kind-unknown', details: [{ path: 'kind', message: raising.kind }] });
    const context = this.#context(caller.actor, now());
    const { facts, receipt } = raising;
    const decided = decideRaise(
      kind,
      { id: UNNUMBERED, facts, ...(receipt === undefined ? {} : { receipt }) },
      context,
    );
    if (!decided.ok) return decided;
    const missing = await this.#names.missing(kind, decided.value.happening);
    if (missing !== null) return err(missing);
    const id = this.#nextNumber(context.now);
    const draft = await this.#draft(kind, id, decided.value.happening, caller);
    return this.#commit([draft], context.now);
  }

  async #step(stepping: Stepping, caller: Caller): Promise<Answered> {
    const found = await this.#seen(stepping.matter, caller.actor);
    if (!found.ok) return found;
    const context = this.#context(caller.actor, this.#setup.now());
    const drafts = await this.#drafts(found.value.kind, found.value.matter, stepping, context, caller);
    return drafts.ok ? this.#commit(drafts.value, context.now) : drafts;
  }

  async #steps(id: MatterId, series: readonly Stepping[], caller: Caller): Promise<readonly Answered[]> {
    const found = await this.#seen(id, caller.actor);
    if (!found.ok) return series.map(() => found);
    const { kind } = found.value;
    const context = this.#context(caller.actor, this.#setup.now());
    let { matter } = found.value;
    const all: Draft[] = [];
    const decided: Result<{ readonly from: number; readonly to: number; readonly after: Matter }, AppRefusal>[] = [];
    for (const stepping of series) {
      const drafts = await this.#drafts(kind, matter, stepping, context, caller);
      if (drafts.ok) {
        const time = [context.now, 0] as const;
        for (const own of drafts.value.filter((draft) => draft.matter === id)) {
          matter = evolve(kind, matter, {
            v: ENVELOPE_VERSION,
            site: context.site,
            seq: matter.seq + 1,
            time,
            ...own,
            prev: GENESIS,
          });
        }
        decided.push(ok({ from: all.length, to: all.push(...drafts.value), after: matter }));
      } else decided.push(drafts);
    }
    const events = all.length === 0 ? [] : await this.#setup.recorder.record(all, context.now);
    return decided.map((one) => {
      if (!one.ok) return one;
      const { from, to, after } = one.value;
      return ok(this.#answer(events.slice(from, to), (event) => (event.matter === id ? after : null)));
    });
  }

  /** A matter the actor may see, whole. One it may not see is unknown to it. */
  async #seen(
    id: MatterId,
    actor: Actor,
  ): Promise<Result<{ readonly kind: Kind; readonly matter: Matter }, AppRefusal>> {
    const matter = await this.#setup.matters.whole(id);
    const kind = matter === null ? undefined : this.#setup.views.kinds.get(matter.kind);
    if (matter === null || kind === undefined || !maySee(kind, actor, matter)) {
      return err({ code: 'matter-unknown', details: [{ path: 'matter', message: id }] });
    }
    return ok({ kind, matter });
  }

  /** What a step puts into the ledger, or why it is refused. */
  async #drafts(
    kind: Kind,
    matter: Matter,
    stepping: Stepping,
    context: Context,
    caller: Caller,
  ): Promise<Result<readonly Draft[], AppRefusal>> {
    const decided = decideStep(kind, matter, stepping, context);
    if (!decided.ok) return decided;
    const missing =
      (await this.#names.missing(kind, decided.value.happening)) ??
      this.#names.missingSubject(kind, stepping.step, stepping.subject);
    if (missing !== null) return err(missing);
    const shared = this.#sharedForce(kind, stepping);
    const draft = await this.#draft(kind, matter.id, decided.value.happening, caller);
    const drafts = [shared.length === 0 ? draft : { ...draft, body: { ...draft.body, elsewhere: shared } }];
    for (const other of shared) drafts.push(this.#contended(other, matter.id, stepping.subject, caller));
    for (const effect of decided.value.effects) {
      const drafted = await this.#effect(effect, matter, context, caller);
      if (!drafted.ok) return drafted;
      drafts.push(...drafted.value);
    }
    return ok(drafts);
  }

  /** Makes the drafts durable and answers from what the fold made of them. */
  async #commit(drafts: readonly Draft[], at: Instant): Promise<Answered> {
    return ok(this.#answer(await this.#setup.recorder.record(drafts, at), () => null));
  }

  /** @param after the matter right after an event, where it has gone on since; null where the views have it so */
  #answer(events: readonly Envelope[], after: (event: Envelope) => Matter | null): Done {
    const done = events.reduce<Done | null>((sofar, event) => {
      const held = event.matter === null ? null : this.#setup.views.book.find(event.matter);
      const matter = after(event) ?? held?.matter ?? null;
      return matter === null ? sofar : answered(sofar, event, matter);
    }, null);
    if (done === null) throw new RangeError('a command without an event');
    return done;
  }

  #context(actor: Actor, now: Instant): Context {
    return { actor, now, calendar: this.#setup.calendar, site: this.#setup.views.site };
  }

  /** The next number of the day. A number taken by a command that then fails is not given again before a restart. */
  #nextNumber(now: Instant): MatterId {
    const { views, calendar, prefix } = this.#setup;
    const day = localDay(now, calendar.offset_min).replaceAll('-', '').slice(2);
    const key = `${prefix}-${day}`;
    const running = (views.numbers.get(key) ?? 0) + 1;
    views.numbers.set(key, running);
    return matterNumber(prefix, day, running);
  }

  #locksFor(stepping: Stepping): readonly string[] {
    const keys = new Set<string>([stepping.matter]);
    if (stepping.subject !== null) keys.add(`unit:${stepping.subject}`);
    for (const name in stepping.facts) {
      const value = stepping.facts[name];
      for (const one of Array.isArray(value) ? value : [value]) {
        if (typeof one === 'string' && isMatterId(one)) keys.add(one);
      }
    }
    return [...keys];
  }

  async #draft(kind: Kind, id: MatterId, happening: Happening, caller: Caller): Promise<Draft> {
    const body = await this.#setup.sealing.sealBody(kind, id, happening.body as unknown as JsonObject);
    return {
      matter: id,
      kind: kind.id,
      type: happening.type,
      actor: caller.actor.account,
      purpose: null,
      command: caller.key,
      body,
    };
  }

  /** What a step does to another matter, in the same durable batch. */
  async #effect(
    effect: Effect,
    from: Matter,
    context: Context,
    caller: Caller,
  ): Promise<Result<readonly Draft[], AppRefusal>> {
    const { views, matters, sealing } = this.#setup;
    if (effect.type === 'link') {
      const other = await matters.whole(effect.to);
      const kind = other === null ? undefined : views.kinds.get(other.kind);
      if (other === null || kind === undefined || !maySee(kind, caller.actor, other)) {
        return err({ code: 'matter-unknown', details: [{ path: 'matter', message: effect.to }] });
      }
      if (effect.relation === 'duplicate' && kind.states[other.state]?.open !== true) {
        return err({ code: 'need-not-met', words: TARGET_CLOSED, details: [{ path: 'matter', message: effect.to }] });
      }
      const happening: Happening = { type: 'linked', body: { from: from.id, relation: effect.relation } };
      return ok([await this.#draft(kind, other.id, happening, caller)]);
    }
    const kind = views.kinds.get(effect.kind);
    if (kind === undefined) return err({ code: 'kind-unknown', details: [{ path: 'kind', message: effect.kind }] });
    const facts = sealing.open(from.id, effect.facts);
    const origin = { matter: from.id, relation: effect.relation };
    const receipt = from.receipt === null ? {} : { receipt: from.receipt };
    const follows = effect.relation === 'follows' ? receipt : {};
    const decided = decideRaise(kind, { id: UNNUMBERED, facts, origin, ...follows }, context);
    if (!decided.ok) return decided;
    const id = this.#nextNumber(context.now);
    const raised = await this.#draft(kind, id, decided.value.happening, caller);
    const linked: Draft = {
      ...raised,
      matter: from.id,
      kind: from.kind,
      type: 'linked',
      body: { from: id, relation: effect.relation },
    };
    return ok([raised, linked]);
  }

  /** Other open matters the force is engaged in when it is offered this one. */
  #sharedForce(kind: Kind, stepping: Stepping): readonly MatterId[] {
    if (kind.dispatch?.offer !== stepping.step || stepping.subject === null) return [];
    const engaged = this.#setup.views.roster.get(stepping.subject as never)?.engaged ?? [];
    return engaged.map((one) => one.matter).filter((other) => other !== stepping.matter);
  }

  /** Tells the other matter that its force was also offered this one: both desks see it, nothing is lost. */
  #contended(other: MatterId, matter: MatterId, subject: string | null, caller: Caller): Draft {
    const kind = this.#setup.views.book.find(other)?.matter.kind ?? '';
    const actor = caller.actor.account;
    return {
      matter: other,
      kind,
      type: 'contended',
      actor,
      purpose: null,
      command: null,
      body: { subject, with: matter },
    };
  }

  async #fireAll(kind: Kind, matter: Matter): Promise<number> {
    const { views, matters, recorder, now } = this.#setup;
    let fired = 0;
    let current: Matter | null = matter;
    while (current !== null) {
      const at = now();
      const key: string | undefined = dueClocks(current, at)[0];
      if (key === undefined) break;
      const decided: Result<Decision, Refusal> = decideFire(kind, current, key, this.#context(SYSTEM, at));
      if (!decided.ok) break;
      await recorder.record(
        [await this.#draft(kind, current.id, decided.value.happening, { actor: SYSTEM, key: null })],
        at,
      );
      fired += 1;
      current = await matters.whole(current.id);
    }
    if (current !== null) views.watch(current);
    return fired;
  }
}
