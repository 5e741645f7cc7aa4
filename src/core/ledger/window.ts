import type { Digest } from './digest.ts';
import type { StoredEvent } from './envelope.ts';

/**
 * The seq of the first event that is not what was written: missing, out of place, without its hash, or filed under another
 * matter. Null when all are good. What every read of a store goes through.
 * @param events as they came from the disk, in order
 * @param after the seq before the first
 * @param count how many there must be
 */
export const firstBadOf = (
  digest: Digest,
  events: readonly StoredEvent[],
  after: number,
  count: number,
): number | null => {
  for (let index = 0; index < count; index += 1) {
    const seq = after + index + 1;
    const event = events[index];
    if (event?.seq !== seq || !isAsWritten(digest, event)) return seq;
  }
  return null;
};

/** True when the event's text has its hash and names the matter it is filed under. */
export const isAsWritten = (digest: Digest, event: StoredEvent): boolean =>
  digest.leaf(event.text) === event.hash &&
  event.text.includes(event.matter === null ? '"matter":null' : `"matter":"${event.matter}"`);
