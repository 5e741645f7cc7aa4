import type { Batch } from '#app/ports.ts';
import type { Hash, MatterId } from '#core/base/ids.ts';
import type { StoredEvent } from '#core/ledger/envelope.ts';
import type { PackedBatch } from './protocol.ts';

const HASH_LENGTH = 64;

/** Packs a batch for its way into the store's thread. */
export const pack = ({ events, head, checkpoint }: Batch): PackedBatch => ({
  first: events[0]?.seq ?? head.size + 1,
  texts: events.map((event) => event.text).join(''),
  lengths: events.map((event) => event.text.length),
  hashes: events.map((event) => event.hash).join(''),
  matters: events.map((event) => event.matter ?? '').join('\n'),
  head,
  checkpoint,
});

/** A packed batch as it was. */
export const unpack = (packed: PackedBatch): Batch => ({
  events: eventsOf(packed),
  head: packed.head,
  checkpoint: packed.checkpoint,
});

const eventsOf = ({ first, texts, lengths, hashes, matters }: PackedBatch): readonly StoredEvent[] => {
  const names = matters.split('\n');
  let at = 0;
  return lengths.map((length, index): StoredEvent => {
    const text = texts.slice(at, at + length);
    at += length;
    const matter = names[index] ?? '';
    return {
      seq: first + index,
      matter: matter === '' ? null : (matter as MatterId),
      hash: hashes.slice(index * HASH_LENGTH, (index + 1) * HASH_LENGTH) as Hash,
      text,
    };
  });
};
