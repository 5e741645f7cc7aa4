import type { Facts } from '../api/calls.ts';
import { newKey } from '../api/client.ts';

/** A call being taken; it outlives the form, so that folding it away loses nothing. */
export interface Draft {
  readonly kind: string;
  readonly facts: Facts;
  readonly linkTo: string | null;
  /** Idempotency key: the draft is filed once, however often the keys are pressed. */
  readonly key: string;
}
export const emptyDraft = (kind: string): Draft => ({ kind, facts: {}, linkTo: null, key: newKey() });
