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
import type { Files } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Sealing } from './sealing.ts';
import type { Views } from './views/views.ts';

export type PersonalRefusal =
  | 'matter-unknown'
  | 'matter-elsewhere'
  | 'fact-unknown'
  | 'forbidden'
  | 'sealed-erased'
  | 'purpose-missing';

/** Shortest purpose that can mean anything. */
const PURPOSE_MIN = 4;

export interface PersonalSetup {
  readonly views: Views;
  readonly matters: Matters;
  readonly recorder: Recorder;
  readonly sealing: Sealing;
  readonly files: Files;
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
    if (!isPurpose(purpose)) return err('purpose-missing');
    const found = await this.#find(id);
    if (found === null || !maySee(found.kind, actor, found.matter)) return err('matter-unknown');
    if (found.matter.site !== this.#setup.views.site) return err('matter-elsewhere');
    const { kind, matter } = found;
    for (const name of facts) {
      const fact = kind.facts[name];
      if (fact === undefined || fact.personal !== true) return err('fact-unknown');
      if (!mayReadFact(kind, fact, actor, matter)) return err('forbidden');
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

  /**
   * Destroys the key of the matter, and of those that carry on from it with what it held, and deletes their photos: nothing personal
   * can ever be read again, the ledger still verifies. Answers the matters erased.
   */
  async erase(id: MatterId, purpose: string, actor: Actor): Promise<Result<readonly MatterId[], PersonalRefusal>> {
    if (!isPurpose(purpose)) return err('purpose-missing');
    const found = await this.#find(id);
    if (found === null || !mayErase(found.kind, actor, found.matter)) return err('matter-unknown');
    if (found.matter.site !== this.#setup.views.site) return err('matter-elsewhere');
    const family = await this.#family(found.matter);
    for (const matter of family) {
      await this.#record(matter, 'erased', {}, purpose, actor);
      await this.#setup.sealing.erase(matter.id);
    }
    await this.#erasePhotos(family);
    return ok(family.map((matter) => matter.id));
  }

  /** Photos go too, unless a matter that is not erased names the same one. */
  async #erasePhotos(family: readonly Matter[]): Promise<void> {
    const { book } = this.#setup.views;
    const named = book.files();
    await this.#setup.files.erase(family.flatMap((matter) => book.filesOf(matter)).filter((file) => !named.has(file)));
  }

  /** The matter and all it opened, which carry its personal facts under keys of their own. */
  async #family(root: Matter): Promise<readonly Matter[]> {
    const family = new Map([[root.id, root]]);
    for (const matter of family.values()) {
      for (const link of matter.links) {
        if (link.outgoing || family.has(link.to) || (link.relation !== 'follows' && link.relation !== 'supports'))
          continue;
        const opened = await this.#setup.matters.whole(link.to);
        if (opened !== null) family.set(opened.id, opened);
      }
    }
    return [...family.values()];
  }

  async #find(id: MatterId): Promise<{ readonly kind: Kind; readonly matter: Matter } | null> {
    const matter = await this.#setup.matters.whole(id);
    const kind = matter === null ? undefined : this.#setup.views.kinds.get(matter.kind);
    return matter === null || kind === undefined ? null : { kind, matter };
  }

  async #record(matter: Matter, type: string, body: Draft['body'], purpose: string, actor: Actor): Promise<void> {
    const draft = {
      matter: matter.id,
      kind: matter.kind,
      type,
      actor: actor.account,
      purpose: purpose.trim(),
      command: null,
      body,
    };
    await this.#setup.recorder.record([draft], this.#setup.now());
  }
}

const isPurpose = (purpose: string): boolean => purpose.trim().length >= PURPOSE_MIN;

/** An administrator erases what the law asks for without having to read it; a commander what the room may see. */
const mayErase = (kind: Kind, actor: Actor, matter: Matter): boolean =>
  granted(kind, [{ role: 'admin' }], actor, matter) ||
  (maySee(kind, actor, matter) && granted(kind, [{ role: 'commander' }], actor, matter));
