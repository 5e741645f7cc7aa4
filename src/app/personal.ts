import type { MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Json } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Draft } from '#core/ledger/envelope.ts';
import { granted, mayReadFact, maySee } from '#core/matter/access.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Matters } from './matters.ts';
import type { Recorder } from './recorder.ts';
import type { Sealing } from './sealing.ts';
import type { Kinds } from './views/book.ts';

export type PersonalRefusal = 'matter-unknown' | 'fact-unknown' | 'forbidden' | 'sealed-erased' | 'purpose-missing';

/** Shortest purpose that can mean anything. */
const PURPOSE_MIN = 4;

export interface PersonalSetup {
  readonly kinds: Kinds;
  readonly matters: Matters;
  readonly recorder: Recorder;
  readonly sealing: Sealing;
  readonly now: () => Instant;
}

/** Reading and erasing of personal facts. Both leave an event that is durable before anything is shown or destroyed. */
export class Personal {
  readonly #setup: PersonalSetup;

  constructor(setup: PersonalSetup) {
    this.#setup = setup;
  }

  /** The values of sealed facts, for a purpose. */
  async read(
    id: MatterId,
    facts: readonly string[],
    purpose: string,
    actor: Actor,
  ): Promise<Result<Readonly<Record<string, Json>>, PersonalRefusal>> {
    const found = await this.#find(id, purpose, actor);
    if (!found.ok) return found;
    const { kind, matter } = found.value;
    for (const name of facts) {
      const fact = kind.facts[name];
      if (fact === undefined || fact.personal !== true) return err('fact-unknown');
      if (!mayReadFact(fact, actor, matter)) return err('forbidden');
    }
    if (matter.erased) return err('sealed-erased');
    await this.#record(matter, 'unsealed', { facts: [...new Set(facts)] }, purpose, actor);
    const values: Record<string, Json> = {};
    for (const name of facts) {
      for (const stated of matter.facts[name]?.stated ?? []) {
        const value = this.#setup.sealing.read(id, name, stated.value);
        if (value !== undefined) values[name] = value;
      }
    }
    return ok(values);
  }

  /** Destroys the matter's key: its personal facts can never be read again, the ledger still verifies. */
  async erase(id: MatterId, purpose: string, actor: Actor): Promise<Result<null, PersonalRefusal>> {
    const found = await this.#find(id, purpose, actor);
    if (!found.ok) return found;
    if (!granted([{ role: 'admin' }, { role: 'commander' }], actor, found.value.matter)) return err('forbidden');
    await this.#record(found.value.matter, 'erased', {}, purpose, actor);
    await this.#setup.sealing.erase(id);
    return ok(null);
  }

  async #find(
    id: MatterId,
    purpose: string,
    actor: Actor,
  ): Promise<Result<{ readonly kind: Kind; readonly matter: Matter }, PersonalRefusal>> {
    if (purpose.trim().length < PURPOSE_MIN) return err('purpose-missing');
    const matter = await this.#setup.matters.whole(id);
    const kind = matter === null ? undefined : this.#setup.kinds.get(matter.kind);
    const admin = actor.roles.includes('admin');
    if (matter === null || kind === undefined || !(maySee(kind, actor, matter) || admin)) return err('matter-unknown');
    return ok({ kind, matter });
  }

  async #record(matter: Matter, type: string, body: Draft['body'], purpose: string, actor: Actor): Promise<void> {
    const draft = { matter: matter.id, kind: matter.kind, type, actor: actor.account, purpose: purpose.trim(), command: null, body };
    await this.#setup.recorder.record([draft], this.#setup.now());
  }
}
