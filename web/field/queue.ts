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
}

export const waiting = (actions: readonly Action[]): readonly Action[] => actions.filter((one) => one.refused === null);
export const refused = (actions: readonly Action[]): readonly Action[] => actions.filter((one) => one.refused !== null);

export type Answer =
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'no-link' };

/**
 * Sends what waits, in order. Stops at the first that meets no link: a later one must never overtake an earlier one.
 * A refused one is marked, kept and passed over.
 */
export const drain = async (
  read: () => readonly Action[],
  write: (actions: readonly Action[]) => void,
  send: (action: Action) => Promise<Answer>,
): Promise<'empty' | 'no-link'> => {
  for (;;) {
    const next = waiting(read())[0];
    if (next === undefined) return 'empty';
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
