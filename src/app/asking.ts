import type { AccountId, SiteId } from '#core/base/ids.ts';
import { accountId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Digest } from '#core/ledger/digest.ts';
import type { Draft } from '#core/ledger/envelope.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Answered, Caller, Stepping } from './command.ts';
import type { Recorder } from './recorder.ts';
import { SYSTEM } from './system.ts';
import { SITE_REGISTER } from './views/asks.ts';
import type { Ask, AskBody, Declined } from './views/asks.ts';
import type { Views } from './views/views.ts';

/** Whoever asks waits so long for the owner; after that the ask goes on waiting by itself. */
const PATIENCE_MS = 3_000;
const ACCOUNT_MAX = 64;

export interface AskingSetup {
  readonly views: Views;
  readonly recorder: Recorder;
  readonly digest: Digest;
  readonly now: () => Instant;
  /** Takes a step on a matter of this site. */
  readonly step: (stepping: Stepping, caller: Caller) => Promise<Answered>;
  /** Runs work after so many ms. */
  readonly after: (ms: number, work: () => void) => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * Steps on matters of other sites (S12). They are asked for by an event of this site's ledger, which travels to the owner like every other; the owner judges them on the
 * state it finds, and answers by an event of its own. So nothing is lost while the link is cut, nothing is done twice, and both stand on record.
 */
export class Asking {
  readonly #setup: AskingSetup;
  readonly #waiting = new Map<number, (ask: Ask) => void>();
  #answering: Promise<void> = Promise.resolve();

  constructor(setup: AskingSetup) {
    this.#setup = setup;
  }

  /** @returns what the owner made of it; `step-waits` when it has not answered in time */
  async ask(stepping: Stepping, owner: SiteId, { actor, key }: Caller): Promise<Answered> {
    const { views, recorder, now } = this.#setup;
    const known = key === null ? null : views.asks.repeated(views.site, actor.account, key);
    if (known !== null) return this.#outcome(known);
    const personal = this.#personal(stepping);
    if (personal !== null)
      return err({ code: 'personal-elsewhere', details: [{ path: `facts.${personal}`, message: owner }] });
    const { matter, step, subject, facts } = stepping;
    const { roles, units } = actor;
    const body: AskBody = { owner, matter, step, subject, facts: facts as JsonObject, roles, units, key };
    const draft = draftOf('asked', actor.account, body as unknown as JsonObject);
    const [event] = await recorder.record([draft], now());
    const ask = event === undefined ? null : views.asks.get(views.site, event.seq);
    return ask === null ? err({ code: 'step-waits', details: [] }) : this.#outcome(ask);
  }

  /** Values declared personal are sealed under a key the owner does not have, and nothing personal stands open in a ledger. */
  #personal({ matter, facts }: Stepping): string | null {
    const { views } = this.#setup;
    const kind = views.kinds.get(views.book.find(matter)?.matter.kind ?? '');
    return Object.keys(facts).find((name) => kind?.facts[name]?.personal === true) ?? null;
  }

  async #outcome(ask: Ask): Promise<Answered> {
    const settled = ask.state === 'waiting' ? await this.#settled(ask) : ask;
    const matter = this.#setup.views.book.find(ask.matter)?.matter;
    if (settled.state === 'done' && matter !== undefined)
      return ok({
        matter: matter.id,
        seq: matter.seq,
        state: matter.state,
        outcome: matter.outcome,
        also: [],
        warnings: [],
      });
    if (settled.declined !== null) {
      const { code, words } = settled.declined;
      return err({ code: code as never, ...(words === null ? {} : { words }), details: [] });
    }
    return err({ code: 'step-waits', details: [{ path: 'ask', message: String(ask.seq) }] });
  }

  #settled(ask: Ask): Promise<Ask> {
    return new Promise((resolve) => {
      const done = (one: Ask): void => {
        this.#waiting.delete(ask.seq);
        resolve(one);
      };
      this.#waiting.set(ask.seq, done);
      // Somebody else may have waited for the same one and been told.
      this.#setup.after(PATIENCE_MS, () => done(this.#setup.views.asks.get(ask.site, ask.seq) ?? ask));
    });
  }

  /** Takes an ask back that was not answered. @returns false when there is none such */
  async withdraw(seq: number, actor: Actor): Promise<boolean> {
    const { views, recorder, now } = this.#setup;
    if (views.asks.get(views.site, seq)?.state !== 'waiting') return false;
    await recorder.record([draftOf('withdrawn', actor.account, { ask: seq })], now());
    return true;
  }

  /** Asks changed: who waits here is told, and what was asked of this site is done. */
  heard(): void {
    const { views } = this.#setup;
    for (const [seq, done] of this.#waiting) {
      const ask = views.asks.get(views.site, seq);
      if (ask !== null && ask.state !== 'waiting') done(ask);
    }
    this.#answering = this.#answering.then(() => this.#answerAll()).catch(this.#setup.onFault);
  }

  async #answerAll(): Promise<void> {
    const { views } = this.#setup;
    for (const ask of [...views.asks.waiting()].filter((one) => one.owner === views.site)) {
      // Withdrawn meanwhile, or answered.
      if (views.asks.get(ask.site, ask.seq)?.state === 'waiting') await this.#answer(ask);
    }
  }

  async #answer(ask: Ask): Promise<void> {
    const { views, recorder, digest, now, step } = this.#setup;
    const actor: Actor = {
      account: nameOf(ask.actor, ask.site),
      roles: ask.roles,
      sites: '*',
      units: ask.units,
    };
    const { matter, subject, facts } = ask;
    const isOurs = views.book.find(matter)?.matter.site === views.site;
    const key = digest.leaf(`${ask.site}/${ask.seq}`);
    const answered: Answered = isOurs
      ? await step({ matter, step: ask.step, subject, facts }, { actor, key })
      : err({ code: 'matter-unknown', details: [] });
    const declined: Declined | null = answered.ok
      ? null
      : { code: answered.error.code, words: answered.error.words ?? null };
    const body = { site: ask.site, ask: ask.seq, declined } as unknown as JsonObject;
    await recorder.record([draftOf('answered', SYSTEM.account, body)], now());
  }

  /** Waits for what is being answered. */
  async close(): Promise<void> {
    await this.#answering;
  }
}

/** Accounts belong to their site: the same name elsewhere is somebody else. */
const nameOf = (account: AccountId, site: SiteId): AccountId =>
  accountId(`${account}-at-${site}`.slice(0, ACCOUNT_MAX));

const draftOf = (type: string, actor: AccountId, body: JsonObject): Draft => ({
  matter: null,
  kind: SITE_REGISTER,
  type,
  actor,
  purpose: null,
  command: null,
  body,
});
