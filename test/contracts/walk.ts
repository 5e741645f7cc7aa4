import { accountId, matterNumber, siteId } from '#core/base/ids.ts';
import type { MatterId, SiteId } from '#core/base/ids.ts';
import { instant, nextStamp } from '#core/base/instant.ts';
import type { Instant, Stamp } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import { ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import { ENVELOPE_VERSION, GENESIS } from '#core/ledger/envelope.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import type { Actor } from '#core/matter/actor.ts';
import { PLAIN_CALENDAR } from '#core/matter/calendar.ts';
import { dueClocks, nextDue } from '#core/matter/clocks.ts';
import { evolve } from '#core/matter/evolve.ts';
import type { Effect, Happening } from '#core/matter/happening.ts';
import type { Kind } from '#core/matter/kind.ts';
import { decideFire, decideRaise, decideStep } from '#core/matter/machine.ts';
import type { Context, RaiseCommand } from '#core/matter/machine.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Refusal } from '#core/matter/refusal.ts';

/** Monday 2026-11-23, 10:00 in Zhoushan. */
export const MONDAY_10 = instant(Date.UTC(2026, 10, 23, 2));
export const SITE = siteId('zs-putuo');

export const actorOf = (role: string, changes: Partial<Actor> = {}): Actor => ({
  account: accountId(role),
  roles: [role],
  sites: '*',
  units: [],
  ...changes,
});

/** A site in memory with a clock of its own: it does with decisions what the application does, without disk or network. */
export class World {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly matters = new Map<MatterId, Matter>();
  readonly events: Envelope[] = [];
  readonly site: SiteId = SITE;
  now: Instant;
  #stamp: Stamp | null = null;
  #numbers = 0;

  constructor(kinds: ReadonlyMap<string, Kind>, now: Instant = MONDAY_10) {
    this.kinds = kinds;
    this.now = now;
  }

  kind(id: string): Kind {
    const kind = this.kinds.get(id);
    if (kind === undefined) throw new RangeError(`no kind ${id}`);
    return kind;
  }

  matter(id: MatterId): Matter {
    const matter = this.matters.get(id);
    if (matter === undefined) throw new RangeError(`no matter ${id}`);
    return matter;
  }

  context(actor: Actor): Context {
    return { actor, now: this.now, calendar: PLAIN_CALENDAR, site: this.site };
  }

  raise(
    kindId: string,
    facts: Readonly<Record<string, unknown>>,
    actor: Actor,
    more: Pick<RaiseCommand, 'receipt' | 'origin'> = {},
  ): Result<MatterId, Refusal> {
    this.#numbers += 1;
    const id = matterNumber('PT', '261123', this.#numbers);
    const decided = decideRaise(this.kind(kindId), { id, facts, ...more }, this.context(actor));
    if (!decided.ok) return decided;
    this.#record(id, kindId, decided.value.happening, actor);
    return ok(id);
  }

  step(
    id: MatterId,
    step: string,
    actor: Actor,
    facts: Readonly<Record<string, unknown>> = {},
    subject: string | null = null,
  ): Result<readonly MatterId[], Refusal> {
    const matter = this.matter(id);
    const decided = decideStep(this.kind(matter.kind), matter, { step, subject, facts }, this.context(actor));
    if (!decided.ok) return decided;
    this.#record(id, matter.kind, decided.value.happening, actor);
    return ok(decided.value.effects.flatMap((effect) => this.#effect(id, effect, actor)));
  }

  fire(id: MatterId, key: string): Refusal | null {
    const matter = this.matter(id);
    const system = actorOf('system');
    const decided = decideFire(this.kind(matter.kind), matter, key, this.context(system));
    if (!decided.ok) return decided.error;
    this.#record(id, matter.kind, decided.value.happening, system);
    return null;
  }

  /** Lets time pass; clocks that run out fire at their moment, in order. Answers the keys fired. */
  wait(seconds: number): readonly string[] {
    const until = instant(this.now + Math.round(seconds * 1000));
    const fired: string[] = [];
    for (;;) {
      const dues = [...this.matters.values()].flatMap((matter) => nextDue(matter) ?? []).filter((due) => due <= until);
      if (dues.length === 0) break;
      this.now = instant(Math.max(this.now, Math.min(...dues)));
      for (const { id } of this.matters.values()) {
        for (const key of dueClocks(this.matter(id), this.now)) if (this.fire(id, key) === null) fired.push(key);
      }
    }
    this.now = until;
    return fired;
  }

  /** Lets an event of another program's making happen to a matter. */
  record(id: MatterId, happening: Happening, actor: Actor): void {
    this.#record(id, this.matter(id).kind, happening, actor);
  }

  /** The matter as all its events make it, from nothing. */
  rebuilt(id: MatterId): Matter | null {
    return this.events
      .filter((event) => event.matter === id)
      .reduce<Matter | null>((matter, event) => evolve(this.kind(event.kind), matter, event), null);
  }

  #effect(id: MatterId, effect: Effect, actor: Actor): readonly MatterId[] {
    if (effect.type === 'link') {
      if (this.matters.has(effect.to))
        this.record(effect.to, { type: 'linked', body: { from: id, relation: effect.relation } }, actor);
      return [];
    }
    const facts = Object.fromEntries(Object.entries(effect.facts).map(([name, { value }]) => [name, value]));
    const origin = { matter: id, relation: effect.relation };
    const raised = this.raise(effect.kind, facts, actor, { origin });
    if (!raised.ok) throw new RangeError(`${effect.kind} could not be opened: ${JSON.stringify(raised.error)}`);
    this.record(id, { type: 'linked', body: { from: raised.value, relation: effect.relation } }, actor);
    return [raised.value];
  }

  #record(id: MatterId, kindId: string, happening: Happening, actor: Actor): void {
    this.#stamp = nextStamp(this.#stamp, this.now);
    const event: Envelope = {
      v: ENVELOPE_VERSION,
      site: this.site,
      seq: this.events.length + 1,
      time: this.#stamp,
      matter: id,
      kind: kindId,
      type: happening.type,
      actor: actor.account,
      purpose: null,
      command: null,
      body: happening.body as unknown as JsonObject,
      prev: GENESIS,
    };
    this.events.push(event);
    this.matters.set(id, evolve(this.kind(kindId), this.matters.get(id) ?? null, event));
  }
}

/** The value of a result that must be one. */
export const must = <T>(result: Result<T, Refusal>): T => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
};

/** The code of a result that must be a refusal. */
export const refusedWith = (result: Result<unknown, Refusal>): string => {
  if (result.ok) throw new Error('it was not refused');
  return result.error.code;
};
