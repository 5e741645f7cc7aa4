import type { Facts } from '../api/calls.ts';
import { newKey } from '../api/client.ts';
import { type Keys, makeKeys } from '../api/keys.ts';

/** A call being taken; it outlives the form, so that folding it away loses nothing. */
export interface Draft {
  readonly kind: string;
  readonly facts: Facts;
  readonly linkTo: string | null;
  /** Tells one draft from the next. */
  readonly id: string;
  /** The draft is filed once, however often the keys are pressed. */
  readonly keys: Keys;
}
export const emptyDraft = (kind: string): Draft => ({ kind, facts: {}, linkTo: null, id: newKey(), keys: makeKeys() });
