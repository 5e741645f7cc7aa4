import type { Hash, MatterId } from '#core/base/ids.ts';
import type { Json } from '#core/base/json.ts';
import type { ClockChange } from './clocks.ts';
import type { Relation } from './kind.ts';

/** What every happening may change. A key that is absent did not change. */
export interface Change {
  readonly facts?: Readonly<Record<string, Json>>;
  readonly state?: string;
  readonly outcome?: string | null;
  readonly level?: string;
  /** The parts moved, and where to. */
  readonly parts?: readonly PartMove[];
  readonly start?: ClockChange['start'];
  readonly stop?: ClockChange['stop'];
}

export interface PartMove {
  readonly of: string;
  readonly subject: string;
  readonly to: string;
}

/** The event types of a matter and their bodies. */
export type Happening =
  | { readonly type: 'raised'; readonly body: Raised }
  | { readonly type: 'stepped'; readonly body: Stepped }
  | { readonly type: 'fired'; readonly body: Fired }
  | { readonly type: 'linked'; readonly body: Linked }
  | { readonly type: 'unsealed'; readonly body: { readonly facts: readonly string[] } }
  | { readonly type: 'erased'; readonly body: Readonly<Record<string, never>> };

export interface Raised extends Change {
  readonly level: string;
  readonly state: string;
  readonly receipt?: Hash;
  /** The matter it came from. */
  readonly origin?: { readonly matter: MatterId; readonly relation: Relation };
}
export interface Stepped extends Change {
  readonly step: string;
  readonly link?: { readonly to: MatterId; readonly relation: Relation };
}
export interface Fired extends Change {
  /** Key of the clock. */
  readonly clock: string;
}
export interface Linked {
  readonly from: MatterId;
  readonly relation: Relation;
}

/** What a step asks of other matters; done in the same durable batch. */
export type Effect =
  | { readonly type: 'link'; readonly to: MatterId; readonly relation: Relation }
  | {
      readonly type: 'raise';
      readonly kind: string;
      readonly relation: Relation;
      /** Facts of the new matter: which of the old one's each comes from, and its value as stored there (still sealed). */
      readonly facts: Readonly<Record<string, { readonly from: string; readonly value: Json }>>;
    };

export interface Decision {
  readonly happening: Happening;
  readonly effects: readonly Effect[];
}
