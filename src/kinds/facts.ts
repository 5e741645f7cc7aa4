import type { Fact } from '#core/matter/kind.ts';
import { text } from '#core/base/text.ts';

/** Facts that mean the same in every kind that has them, declared once. */
export const NARRATIVE = {
  name: text('情况', 'What happened'),
  type: 'paragraph',
  merge: 'single',
  open: true,
} as const satisfies Fact;
export const PLACE = { name: text('地点', 'Place'), type: 'line', merge: 'single', open: true } as const satisfies Fact;
export const WHERE = {
  name: text('位置', 'Position'),
  type: 'position',
  merge: 'single',
  open: true,
} as const satisfies Fact;
export const DRILL = {
  name: text('演练', 'Drill'),
  type: 'boolean',
  merge: 'single',
  open: true,
  hint: text('演练事项会处处标明', 'A drill is marked as one everywhere'),
} as const satisfies Fact;
export const CALLER_NAME = {
  name: text('报事人姓名', 'Name of the reporter'),
  type: 'line',
  merge: 'single',
  max_length: 60,
  personal: true,
} as const satisfies Fact;
export const CALLER_PHONE = {
  name: text('联系电话', 'Phone'),
  type: 'phone',
  merge: 'single',
  personal: true,
} as const satisfies Fact;
export const REASON = { name: text('理由', 'Reason'), type: 'paragraph', merge: 'log' } as const satisfies Fact;
export const PHOTOS = {
  name: text('照片', 'Photos'),
  type: 'file',
  merge: 'set',
  open: true,
} as const satisfies Fact;
/** What the reporter says later, with the receipt; taken by the step `ADD`. */
export const ADDED = {
  name: text('补充', 'Added by the reporter'),
  type: 'paragraph',
  merge: 'log',
  open: true,
} as const satisfies Fact;
