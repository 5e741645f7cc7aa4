import type { ForceId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Force } from '#world/forces/force.ts';
import type { Recorder } from './recorder.ts';
import { FORCE_REGISTER } from './views/roster.ts';
import type { Standing } from './views/roster.ts';
import type { Views } from './views/views.ts';

export type ForceRefusal = 'force-unknown' | 'forbidden';

/** Who may change anyone's duty; a force's own people may change theirs. */
const COMMAND_ROLES = ['dispatcher', 'commander', 'admin', 'system'];

/** Commands on the register of forces. */
export class Forces {
  readonly #views: Views;
  readonly #recorder: Recorder;
  readonly #now: () => Instant;

  constructor(views: Views, recorder: Recorder, now: () => Instant) {
    this.#views = views;
    this.#recorder = recorder;
    this.#now = now;
  }

  /** Registers forces, or replaces their records. One durable batch. */
  async register(forces: readonly Force[], actor: Actor): Promise<Result<null, ForceRefusal>> {
    if (!actor.roles.some((role) => role === 'admin' || role === 'system')) return err('forbidden');
    if (forces.length > 0) await this.#record('registered', forces as unknown as readonly JsonObject[], actor);
    return ok(null);
  }

  /**
   * Puts a force on or off duty, or marks it unavailable with a reason (null: available again).
   * Nothing is recorded when nothing changes.
   */
  async duty(
    id: ForceId,
    duty: { readonly on_duty: boolean; readonly unavailable?: string | null },
    actor: Actor,
  ): Promise<Result<Standing, ForceRefusal>> {
    const standing = this.#views.roster.get(id);
    if (standing === null) return err('force-unknown');
    const own = actor.units.includes(id);
    if (!own && !actor.roles.some((role) => COMMAND_ROLES.includes(role))) return err('forbidden');
    const unavailable = duty.unavailable ?? null;
    if (standing.on_duty !== duty.on_duty || standing.unavailable !== unavailable) {
      await this.#record('duty', [{ id, on_duty: duty.on_duty, unavailable }], actor);
    }
    return ok(this.#views.roster.get(id) ?? standing);
  }

  /** Puts many forces on duty in one durable batch (a shift begins). */
  async startShift(ids: readonly ForceId[], actor: Actor): Promise<void> {
    const bodies = ids.map((id) => ({ id, on_duty: true, unavailable: null }));
    if (bodies.length > 0) await this.#record('duty', bodies, actor);
  }

  async #record(type: string, bodies: readonly JsonObject[], actor: Actor): Promise<void> {
    const drafts = bodies.map((body) => ({
      matter: null,
      kind: FORCE_REGISTER,
      type,
      actor: actor.account,
      purpose: null,
      command: null,
      body,
    }));
    await this.#recorder.record(drafts, this.#now());
  }
}
