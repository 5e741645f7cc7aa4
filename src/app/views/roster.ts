import type { ForceId, MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Force, ForceState } from '#world/forces/force.ts';

export interface Engaged {
  readonly matter: MatterId;
  readonly state: string;
  /** What it makes the force on screens. */
  readonly shows: ForceState;
  readonly since: Instant;
}

export interface Standing {
  readonly force: Force;
  readonly on_duty: boolean;
  /** Why it cannot be sent although on duty; null when it can. */
  readonly unavailable: string | null;
  readonly engaged: readonly Engaged[];
  /** What it is now, in one word. */
  readonly state: ForceState;
}

/** Register name of force events in the ledger. */
export const FORCE_REGISTER = 'force';

/** The most binding state wins: a force on one scene and offered to another is on scene. */
const BINDING: readonly ForceState[] = ['on_scene', 'on_the_way', 'unavailable', 'assigned'];

/** All forces: who they are, whether on duty, and what they are engaged in. */
export class Roster {
  readonly #standings = new Map<ForceId, Standing>();
  #revision = 0;

  /** Folds an event of the force register: `registered` (the whole record) or `duty` (on, and why not available). */
  fold(event: Envelope): ForceId | null {
    const body = event.body as {
      readonly id?: ForceId;
      readonly on_duty?: boolean;
      readonly unavailable?: string | null;
    };
    if (body.id === undefined) return null;
    const before = this.#standings.get(body.id);
    if (event.type === 'registered') {
      const force = event.body as unknown as Force;
      this.put({
        force,
        on_duty: before?.on_duty ?? false,
        unavailable: before?.unavailable ?? null,
        engaged: before?.engaged ?? [],
      });
      return force.id;
    }
    if (event.type !== 'duty' || before === undefined) return null;
    this.put({ ...before, on_duty: body.on_duty ?? before.on_duty, unavailable: body.unavailable ?? null });
    return body.id;
  }

  put(standing: Omit<Standing, 'state'>): void {
    this.#standings.set(standing.force.id, { ...standing, state: stateOf(standing) });
    this.#revision += 1;
  }

  /** Rises whenever something is known otherwise of a force. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes over what a matter says of its engagements; answers the forces whose standing changed. */
  engage(kind: Kind, matter: Matter): readonly ForceId[] {
    const dispatch = kind.dispatch;
    if (dispatch === undefined) return [];
    const open = kind.states[matter.state]?.open === true;
    const touched: ForceId[] = [];
    for (const key in matter.parts) {
      const part = matter.parts[key];
      if (part === undefined || part.part !== dispatch.part) continue;
      const force = part.subject as ForceId;
      const standing = this.#standings.get(force);
      if (standing === undefined) continue;
      const shows = open ? dispatch.shows[part.state] : undefined;
      const known = standing.engaged.find((one) => one.matter === matter.id);
      if (known?.state === (shows === undefined ? undefined : part.state)) continue;
      const others = standing.engaged.filter((one) => one.matter !== matter.id);
      const engaged: readonly Engaged[] =
        shows === undefined
          ? others
          : [...others, { matter: matter.id, state: part.state, shows: shows as ForceState, since: part.since }];
      this.put({ ...standing, engaged });
      touched.push(force);
    }
    return touched;
  }

  get(force: ForceId): Standing | null {
    return this.#standings.get(force) ?? null;
  }

  all(): IterableIterator<Standing> {
    return this.#standings.values();
  }

  get size(): number {
    return this.#standings.size;
  }
}

const stateOf = (standing: Omit<Standing, 'state'>): ForceState => {
  const shown = BINDING.find((state) => standing.engaged.some((one) => one.shows === state));
  if (shown !== undefined) return shown;
  if (!standing.on_duty) return 'off_duty';
  return standing.unavailable === null ? 'available' : 'unavailable';
};
