/** A force being sent to a matter, from the key press until the server has answered. */
export interface Sent {
  readonly matter: string;
  readonly force: string;
}

const is = (one: Sent, other: Sent): boolean => one.matter === other.matter && one.force === other.force;

/** With one more under way; null where the very same already is, so that a double press sends once. */
export const begun = (underWay: readonly Sent[], sent: Sent): readonly Sent[] | null =>
  underWay.some((one) => is(one, sent)) ? null : [...underWay, sent];

export const ended = (underWay: readonly Sent[], sent: Sent): readonly Sent[] =>
  underWay.filter((one) => !is(one, sent));

/** The forces under way to a matter. */
export const underWayTo = (underWay: readonly Sent[], matter: string | null): readonly string[] =>
  underWay.filter((one) => one.matter === matter).map((one) => one.force);
