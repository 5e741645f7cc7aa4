import type { AccountId, Hash, MatterId, SiteId } from '#core/base/ids.ts';
import type { Instant, Stamp } from '#core/base/instant.ts';
import type { Json } from '#core/base/json.ts';
import type { Relation } from './kind.ts';

/** A value with who stated it, when, and in which event. */
export interface Stated {
  readonly value: Json;
  readonly by: AccountId;
  readonly at: Stamp;
  readonly site: SiteId;
}

/** A fact's present state. `single` holds one value unless rivals wait for a person to settle them. */
export interface FactState {
  readonly stated: readonly Stated[];
  /** True while concurrent values contradict each other. */
  readonly conflict: boolean;
}

export interface PartOf {
  readonly part: string;
  /** Force or unit this part belongs to. */
  readonly subject: string;
  readonly state: string;
  readonly since: Instant;
  /** First time each part state was entered. */
  readonly firsts: Readonly<Record<string, Instant>>;
}

export interface RunningClock {
  readonly clock: string;
  readonly level: string | null;
  readonly subject: string | null;
  /** When it was last started; with `due` null it stands still. */
  readonly since: Instant;
  /** When it runs out; null while stopped. */
  readonly due: Instant | null;
  /** Counted before `since`, in the clock's own time. */
  readonly spent_s: number;
  /** When it ran out; it fires once. */
  readonly fired: Instant | null;
}

export interface Link {
  readonly to: MatterId;
  readonly relation: Relation;
  /** True on the side that pointed; the other side has it false. */
  readonly outgoing: boolean;
}

/** The folded state of one matter. Immutable; `evolve` makes the next one. */
export interface Matter {
  readonly id: MatterId;
  readonly kind: string;
  readonly site: SiteId;
  readonly level: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly facts: Readonly<Record<string, FactState>>;
  /** Keyed `part/subject`. */
  readonly parts: Readonly<Record<string, PartOf>>;
  /** Keyed `clock`, `clock@level` or `clock/subject`. */
  readonly clocks: Readonly<Record<string, RunningClock>>;
  readonly links: readonly Link[];
  /** First time of `raised`, `step:<name>` and `state:<name>`. */
  readonly firsts: Readonly<Record<string, Instant>>;
  /** Steps that are taken once and were, since the outcome was last set or taken back. */
  readonly done: readonly string[];
  readonly raised_by: AccountId;
  /** Leaf hash of the receipt's secret; null when raised by staff without one. */
  readonly receipt: Hash | null;
  readonly raised: Stamp;
  readonly changed: Stamp;
  /** Sequence number of its last event. */
  readonly seq: number;
  /** True once its seals were destroyed. */
  readonly erased: boolean;
}
