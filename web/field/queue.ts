import type { Text } from '#core/base/text.ts';
import type { Problem } from '#wire/api.ts';

/** A step taken on the phone: sent at once when there is a link, otherwise kept in order until there is one. */
export interface Action {
  /** Idempotency key: the same action sent twice is done once. */
  readonly key: string;
  readonly matter: string;
  readonly step: string;
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly name: Text;
  readonly at_ms: number;
  /** Why the server did not accept it; null while it waits. It stays until the person has read it. */
  readonly refused: Problem | null;
  /** Kept back until then, so that a slip of the thumb can be taken back; sent at once when absent. */
  readonly held_until_ms?: number;
  /** Sent once at least: whether it arrived is not known while there is no answer. */
  readonly tried?: true;
}

/** How long what ends one's own part is kept back. */
export const HOLD_MS = 5_000;

/** What a screen takes for now lags behind the tap by less than this. */
const LAG_MS = 1_000;

/** Still to be kept back, in milliseconds; 0 when it may go. A phone whose clock was set back keeps nothing longer. */
export const heldFor_ms = (action: Action, now_ms: number): number => {
  const left_ms = (action.held_until_ms ?? 0) - now_ms;
  return action.refused === null && left_ms > 0 && left_ms <= HOLD_MS + LAG_MS ? Math.min(left_ms, HOLD_MS) : 0;
};

/** The actions that can still be taken back. */
export const held = (actions: readonly Action[], now_ms: number): readonly Action[] =>
  actions.filter((one) => heldFor_ms(one, now_ms) > 0);

/**
 * True for an action that has certainly not left: it is kept back or, without any network, was never sent.
 * @param cutOff the device itself knows that it has no network
 */
export const canTakeBack = (action: Action, now_ms: number, cutOff = false): boolean =>
  action.refused === null && action.tried !== true && (cutOff || heldFor_ms(action, now_ms) > 0);

/** Takes an action back; one that may already be on its way stays. */
export const takenBack = (actions: readonly Action[], key: string, now_ms: number, cutOff = false): readonly Action[] =>
  actions.filter((one) => one.key !== key || !canTakeBack(one, now_ms, cutOff));

const letGo = ({ held_until_ms: _, ...one }: Action): Action => one;

/** Lets everything go: a phone put away must not keep the command room waiting. */
export const released = (actions: readonly Action[]): readonly Action[] => actions.map(letGo);

export const waiting = (actions: readonly Action[]): readonly Action[] => actions.filter((one) => one.refused === null);
export const refused = (actions: readonly Action[]): readonly Action[] => actions.filter((one) => one.refused !== null);

export type Answer =
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'no-link' };

/**
 * Sends what waits, in order. Stops at the first that meets no link: a later one must never overtake an earlier one.
 * A refused one is marked, kept and passed over. Stops as well at one that can still be taken back; one that is on its way
 * is let go first, on the phone too, so that neither a clock set back nor another page takes back what was sent.
 * While the device knows that it has no network nothing is tried, so that all of it can still be taken back.
 */
export const drain = async (
  read: () => readonly Action[],
  write: (actions: readonly Action[]) => void,
  send: (action: Action) => Promise<Answer>,
  now: () => number,
  isCutOff: () => boolean = () => false,
): Promise<'empty' | 'no-link' | 'held'> => {
  for (;;) {
    const next = waiting(read())[0];
    if (next === undefined) return 'empty';
    if (heldFor_ms(next, now()) > 0) return 'held';
    if (isCutOff()) return 'no-link';
    if (next.tried !== true) {
      write(read().map((one) => (one.key === next.key ? { ...letGo(one), tried: true } : one)));
    }
    const answer = await send(next);
    if (answer.type === 'no-link') return 'no-link';
    const others = read();
    write(
      answer.type === 'done'
        ? others.filter((one) => one.key !== next.key)
        : others.map((one) => (one.key === next.key ? { ...one, refused: answer.problem } : one)),
    );
  }
};
