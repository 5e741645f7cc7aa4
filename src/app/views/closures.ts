import type { MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Json } from '#core/base/json.ts';
import type { Text } from '#core/base/text.ts';
import { valueOf } from '#core/matter/conditions.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';

/** What a matter closes. */
export interface Closing {
  readonly matter: MatterId;
  /** Id of a way, pier, line, trip, landing ground or area. */
  readonly what: string;
  readonly from: Instant;
  /** Null until somebody opens it. */
  readonly until: Instant | null;
  readonly why: Text | null;
}

/** What is closed now or will be, by the open matters that say so. */
export class Closures {
  readonly #closings = new Map<MatterId, Closing>();
  #revision = 0;

  /** Takes over what a matter says. */
  fold(kind: Kind, matter: Matter): void {
    const closing = closingOf(kind, matter);
    const known = this.#closings.get(matter.id);
    if (closing === null ? known === undefined : isSame(closing, known)) return;
    if (closing === null) this.#closings.delete(matter.id);
    else this.#closings.set(matter.id, closing);
    this.#revision += 1;
  }

  /** Rises whenever the answer of `all` changes. */
  get revision(): number {
    return this.#revision;
  }

  all(): readonly Closing[] {
    return [...this.#closings.values()];
  }
}

const closingOf = (kind: Kind, matter: Matter): Closing | null => {
  const closes = kind.closes;
  if (closes === undefined || !closes.states.includes(matter.state)) return null;
  const what = valueOf(matter.facts, closes.what);
  if (typeof what !== 'string') return null;
  const why = valueOf(matter.facts, closes.why);
  return {
    matter: matter.id,
    what,
    from: instant(closes.from === undefined ? undefined : valueOf(matter.facts, closes.from)) ?? matter.raised[0],
    until: instant(closes.until === undefined ? undefined : valueOf(matter.facts, closes.until)),
    why: typeof why === 'string' ? (kind.facts[closes.why]?.choices?.[why] ?? { zh: why, en: why }) : null,
  };
};

const instant = (value: Json | undefined): Instant | null => (typeof value === 'number' ? (value as Instant) : null);

const isSame = (one: Closing, other: Closing | undefined): boolean =>
  other !== undefined &&
  one.what === other.what &&
  one.from === other.from &&
  one.until === other.until &&
  one.why?.zh === other.why?.zh;
