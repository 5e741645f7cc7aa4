import { text } from '#core/base/text.ts';
import type { Step } from '#core/matter/kind.ts';
import { RECEIPT } from './grants.ts';

/** Steps that are the same in every kind that has them, declared once: whoever holds the receipt adds to what was reported. */
export const ADD = {
  name: text('补充情况', 'Add'),
  from: 'open',
  who: [RECEIPT],
  takes: { added: 'required', photos: 'optional' },
} as const satisfies Step;
