import type { ForceId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import { CLOCK_TOLERANCE_MS } from '#core/matter/values.ts';
import type { Position } from '#world/forces/force.ts';
import type { Roster } from './roster.ts';

/** Device times older than this are not a position any more. */
const TOO_OLD_MS = 86_400_000;

export type PositionRefusal = 'force-unknown' | 'not-on-duty' | 'position-invalid' | 'time-in-future' | 'time-too-old';

/** Last known position of each force, only while it is on duty. Not part of the ledger: a place once left is nobody's business. */
export class Positions {
  readonly #last = new Map<ForceId, Position>();
  readonly #roster: Roster;
  #revision = 0;

  constructor(roster: Roster) {
    this.#roster = roster;
  }

  /**
   * Takes a reported position. One measured before the known one changes nothing and is no error (devices resend); the answer
   * then says false.
   */
  report(position: Position, now: Instant): Result<boolean, PositionRefusal> {
    const standing = this.#roster.get(position.force);
    if (standing === null) return err('force-unknown');
    if (!standing.on_duty) return err('not-on-duty');
    const [lon, lat] = position.at;
    if (!(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) return err('position-invalid');
    if (position.time > now + CLOCK_TOLERANCE_MS) return err('time-in-future');
    if (position.time < now - TOO_OLD_MS) return err('time-too-old');
    const known = this.#last.get(position.force);
    if (known !== undefined && known.time > position.time) return ok(false);
    this.restore(position);
    return ok(true);
  }

  get(force: ForceId): Position | null {
    return this.#last.get(force) ?? null;
  }

  /** Forgets where a force is: it went off duty. */
  forget(force: ForceId): void {
    if (this.#last.delete(force)) this.#revision += 1;
  }

  all(): IterableIterator<Position> {
    return this.#last.values();
  }

  /** Puts back a position kept over a restart. */
  restore(position: Position): void {
    this.#last.set(position.force, position);
    this.#revision += 1;
  }

  /** Rises whenever a position is known otherwise. */
  get revision(): number {
    return this.#revision;
  }
}
