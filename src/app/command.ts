import type { Hash, MatterId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { AppRefusal } from './refusals.ts';
import type { Done } from './views/answers.ts';

/** Who commands. */
export interface Caller {
  readonly actor: Actor;
  /** Idempotency key; null when the caller gave none. */
  readonly key: string | null;
}

/** Raises a matter of a kind. */
export interface Raising {
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly receipt?: Hash;
}

/** Takes a step on a matter. */
export interface Stepping {
  readonly matter: MatterId;
  readonly step: string;
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What a command is answered with. */
export type Answered = Result<Done, AppRefusal>;
