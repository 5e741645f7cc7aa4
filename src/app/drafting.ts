import { matterNumber } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import { text } from '#core/base/text.ts';
import type { Draft } from '#core/ledger/envelope.ts';
import { maySee } from '#core/matter/access.ts';
import { localDay } from '#core/matter/calendar.ts';
import type { WorkingCalendar } from '#core/matter/calendar.ts';
import type { Decision, Effect, Happening } from '#core/matter/happening.ts';
import type { Kind } from '#core/matter/kind.ts';
import { decideFire, decideRaise, decideStep } from '#core/matter/machine.ts';
import type { Context } from '#core/matter/machine.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Caller, Raising, Stepping } from './command.ts';
import type { Matters } from './matters.ts';
import { Names } from './names.ts';
import type { AppRefusal } from './refusals.ts';
import type { Sealing } from './sealing.ts';
import type { Views } from './views/views.ts';

export interface DraftingSetup {
  readonly views: Views;
  readonly matters: Matters;
  readonly sealing: Sealing;
  readonly calendar: WorkingCalendar;
  /** Prefix of the site's matter numbers. */
  readonly prefix: string;
  /** True for a file this site holds. */
  readonly hasFile: (id: string) => Promise<boolean>;
}

/** What a command puts into the ledger, or why it is refused. */
export type Drafted = Result<readonly Draft[], AppRefusal>;

/** A matter gets its number once it is certain that it will be raised, so that refusals leave no gaps. */
const UNNUMBERED = '' as MatterId;

/** Two reports merged into each other would leave nobody handling either. */
const TARGET_CLOSED = text(
  '那件事已经办结，不能并入。请选一件在办的。',
  'That matter is closed and cannot take this one in. Choose an open one.',
);

/** From a decision to what goes into the ledger: names checked, personal facts sealed, other matters told. */
export class Drafting {
  readonly #setup: DraftingSetup;
  readonly #names: Names;

  constructor(setup: DraftingSetup) {
    this.#setup = setup;
    this.#names = new Names(setup.views.roster, setup.hasFile);
  }

  async raise(raising: Raising, caller: Caller, context: Context): Promise<Drafted> {
    const kind = this.#setup.views.kinds.get(raising.kind);
    if (kind === undefined) return err({ code: 'kind-unknown', details: [{ path: 'kind', message: raising.kind }] });
    const { facts, receipt } = raising;
    const command = { id: UNNUMBERED, facts, ...(receipt === undefined ? {} : { receipt }) };
    const decided = decideRaise(kind, command, context);
    if (!decided.ok) return decided;
    const { happening } = decided.value;
    const wrong = this.#names.wrong(kind, happening) ?? (await this.#names.missingFile(kind, happening));
    if (wrong !== null) return err(wrong);
    const id = this.#nextNumber(context.now);
    await this.#setup.sealing.makeReady(kind, id, bodyOf(happening));
    return ok([this.#draft(kind, id, happening, caller)]);
  }

  /** At once where there is nothing to wait for: no file to look up, no key to make, no other matter to read. */
  step(kind: Kind, matter: Matter, stepping: Stepping, caller: Caller, context: Context): Drafted | Promise<Drafted> {
    const decided = decideStep(kind, matter, stepping, context);
    if (!decided.ok) return decided;
    const { happening, effects } = decided.value;
    const wrong = this.#names.wrong(kind, happening) ?? this.#names.wrongSubject(kind, stepping.step, stepping.subject);
    if (wrong !== null) return err(wrong);
    const isReady =
      effects.length === 0 &&
      !this.#names.namesFile(kind, happening) &&
      this.#setup.sealing.isReady(kind, matter.id, bodyOf(happening));
    return isReady
      ? ok(this.#ofStep(kind, matter, stepping, happening, caller))
      : this.#stepLater(kind, matter, stepping, decided.value, caller, context);
  }

  /** What a clock that ran out puts into the ledger; null when it is not due. */
  fire(kind: Kind, matter: Matter, clock: string, context: Context): Draft | null {
    const decided = decideFire(kind, matter, clock, context);
    if (!decided.ok) return null;
    return this.#draft(kind, matter.id, decided.value.happening, { actor: context.actor, key: null });
  }

  async #stepLater(
    kind: Kind,
    matter: Matter,
    stepping: Stepping,
    { happening, effects }: Decision,
    caller: Caller,
    context: Context,
  ): Promise<Drafted> {
    const missing = await this.#names.missingFile(kind, happening);
    if (missing !== null) return err(missing);
    await this.#setup.sealing.makeReady(kind, matter.id, bodyOf(happening));
    const drafts = [...this.#ofStep(kind, matter, stepping, happening, caller)];
    for (const effect of effects) {
      const drafted = await this.#effect(effect, matter, context, caller);
      if (!drafted.ok) return drafted;
      drafts.push(...drafted.value);
    }
    return ok(drafts);
  }

  /** The step itself, and word to the other matters its force is engaged in. */
  #ofStep(kind: Kind, matter: Matter, stepping: Stepping, happening: Happening, caller: Caller): readonly Draft[] {
    const draft = this.#draft(kind, matter.id, happening, caller);
    const shared = this.#sharedForce(kind, stepping);
    if (shared.length === 0) return [draft];
    return [
      { ...draft, body: { ...draft.body, elsewhere: shared } },
      ...shared
        .filter((other) => this.#isOwn(other))
        .map((other) => this.#contended(other, matter.id, stepping.subject, caller)),
    ];
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

  #draft(kind: Kind, id: MatterId, happening: Happening, caller: Caller): Draft {
    return {
      matter: id,
      kind: kind.id,
      type: happening.type,
      actor: caller.actor.account,
      purpose: null,
      command: caller.key,
      body: this.#setup.sealing.sealBody(kind, id, bodyOf(happening)),
    };
  }

  /** What a step does to another matter, in the same durable batch. */
  #effect(effect: Effect, from: Matter, context: Context, caller: Caller): Promise<Drafted> {
    return effect.type === 'link' ? this.#link(effect, from, caller) : this.#open(effect, from, context, caller);
  }

  async #link(effect: Extract<Effect, { type: 'link' }>, from: Matter, caller: Caller): Promise<Drafted> {
    const other = await this.#setup.matters.whole(effect.to);
    const kind = other === null ? undefined : this.#setup.views.kinds.get(other.kind);
    if (other === null || kind === undefined || !maySee(kind, caller.actor, other)) {
      return err({ code: 'matter-unknown', details: [{ path: 'matter', message: effect.to }] });
    }
    if (effect.relation === 'duplicate' && kind.states[other.state]?.open !== true) {
      return err({ code: 'need-not-met', words: TARGET_CLOSED, details: [{ path: 'matter', message: effect.to }] });
    }
    if (other.site !== this.#setup.views.site)
      return err({ code: 'matter-elsewhere', details: [{ path: 'matter', message: `${other.id} ${other.site}` }] });
    const happening: Happening = { type: 'linked', body: { from: from.id, relation: effect.relation } };
    return ok([this.#draft(kind, other.id, happening, caller)]);
  }

  /** Raises the matter a step opens, with the facts it carries over, and links the two. */
  async #open(
    effect: Extract<Effect, { type: 'raise' }>,
    from: Matter,
    context: Context,
    caller: Caller,
  ): Promise<Drafted> {
    const { views, sealing } = this.#setup;
    const kind = views.kinds.get(effect.kind);
    if (kind === undefined) return err({ code: 'kind-unknown', details: [{ path: 'kind', message: effect.kind }] });
    const facts = sealing.open(from.id, effect.facts);
    const origin = { matter: from.id, relation: effect.relation };
    const follows = effect.relation === 'follows' && from.receipt !== null ? { receipt: from.receipt } : {};
    const decided = decideRaise(kind, { id: UNNUMBERED, facts, origin, ...follows }, context);
    if (!decided.ok) return decided;
    const { happening } = decided.value;
    const id = this.#nextNumber(context.now);
    await sealing.makeReady(kind, id, bodyOf(happening));
    const raised = this.#draft(kind, id, happening, caller);
    const body = { from: id, relation: effect.relation };
    return ok([raised, { ...raised, matter: from.id, kind: from.kind, type: 'linked', body }]);
  }

  /** Other open matters the force is engaged in when it is offered this one. */
  #sharedForce(kind: Kind, stepping: Stepping): readonly MatterId[] {
    if (kind.dispatch?.offer !== stepping.step || stepping.subject === null) return [];
    const engaged = this.#setup.views.roster.get(stepping.subject as never)?.engaged ?? [];
    return engaged.map((one) => one.matter).filter((other) => other !== stepping.matter);
  }

  /** Another site hears of the offer with this site's ledger: nothing is written into a matter that is not ours. */
  #isOwn(id: MatterId): boolean {
    const { views } = this.#setup;
    return views.book.find(id)?.matter.site === views.site;
  }

  /** Tells the other matter that its force was also offered this one: both desks see it, nothing is lost. */
  #contended(other: MatterId, matter: MatterId, subject: string | null, caller: Caller): Draft {
    return {
      matter: other,
      kind: this.#setup.views.book.find(other)?.matter.kind ?? '',
      type: 'contended',
      actor: caller.actor.account,
      purpose: null,
      command: null,
      body: { subject, with: matter },
    };
  }
}

const bodyOf = (happening: Happening): JsonObject => happening.body as unknown as JsonObject;
