import { eventKey } from '../stream/patch.ts';
import type { EventView, MatterRow } from '#wire/api.ts';

/** What the desk is told of its own doing. */
export interface Notice {
  /** `failed` and `warning` stay until read; `done` goes by itself. */
  readonly tone: 'done' | 'warning' | 'failed';
  readonly title: string;
  readonly about?: string;
  /** The one thing to do about it. */
  readonly action?: { readonly words: string; readonly go: () => void };
}
export interface HeldNotice extends Notice {
  readonly id: number;
}

/** More would cover the map. */
export const SHOWN_MAX = 3;

/** The newest ones, oldest first; what is not shown comes back as room is made. */
export const shownNotices = (held: readonly HeldNotice[]): readonly HeldNotice[] => held.slice(-SHOWN_MAX);

/** How many late deadlines stand above that many notices: they share the stack, but the newest is always told in full. */
export const roomForLate = (notices: number): number => Math.max(1, SHOWN_MAX - notices);

const DONE_MS = 4_000;
/** Long enough to read it and reach the button. */
const OFFER_MS = 15_000;

/** How long a notice is shown, in ms; null until it is closed by hand. */
export const lasts_ms = ({ tone, action }: Notice): number | null => {
  if (tone !== 'done') return null;
  return action === undefined ? DONE_MS : OFFER_MS;
};

/** What is older is history: the timeline has it. */
const CONTENDED_MS = 15 * 60_000;

/**
 * News of forces that were also sent elsewhere, of matters that are open here.
 * @param told keys of those told already
 */
export const freshContended = (
  events: readonly EventView[],
  rows: readonly MatterRow[],
  told: ReadonlySet<string>,
  now_ms: number,
): readonly { readonly event: EventView; readonly row: MatterRow }[] =>
  events.flatMap((event) => {
    const news = event.type === 'contended' && !told.has(eventKey(event)) && now_ms - event.time_ms < CONTENDED_MS;
    const row = news ? rows.find((one) => one.id === event.matter && one.open) : undefined;
    return row === undefined ? [] : [{ event, row }];
  });
