import type { Client } from 'pg';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { headText } from '#core/ledger/heads.ts';
import type { SignedBatch, SignedGroup } from '#rim/ledger-store/signing.ts';
import { storeError } from './faults.ts';

/**
 * Appends in one statement, so in one transaction and one flush: it moves the head from the size expected, and only then
 * are the rows written.
 */
const APPEND = `
  WITH moved AS (UPDATE qundao_head SET size = $2, text = $3 WHERE id = 1 AND size = $1 RETURNING 1),
  events AS (INSERT INTO qundao_events SELECT seq, matter, decode(hash, 'hex'), text
    FROM unnest($4::bigint[], $5::text[], $6::text[], $7::text[]) AS added (seq, matter, hash, text)
    WHERE EXISTS (SELECT 1 FROM moved)),
  checkpoints AS (INSERT INTO qundao_checkpoints (size, text) SELECT size, text
    FROM unnest($8::bigint[], $9::text[]) WITH ORDINALITY AS kept (size, text, place)
    WHERE EXISTS (SELECT 1 FROM moved) ORDER BY place)
  SELECT count(*)::integer AS moved FROM moved`;
const KEEP = `INSERT INTO qundao_checkpoints (size, text)
  SELECT $1::bigint, $2 WHERE $1::bigint <= (SELECT size FROM qundao_head WHERE id = 1) RETURNING id`;

export const keptHeads = (batches: readonly SignedBatch[]): readonly SignedHead[] =>
  batches.filter((batch) => batch.checkpoint).map((batch) => batch.head);

/** The whole group, or none of it. Rejects with StoreError `conflict` when it does not follow `before` events, or whatever `pg` says. */
export const appendGroup = async (writer: Client, before: number, { batches, head }: SignedGroup): Promise<void> => {
  const events = batches.flatMap((batch) => batch.events);
  const kept = keptHeads(batches);
  const answer = await writer.query<{ moved: number }>({
    name: 'append',
    text: APPEND,
    values: [
      before,
      head.size,
      headText(head),
      events.map((event) => event.seq),
      events.map((event) => event.matter),
      events.map((event) => event.hash),
      events.map((event) => event.text),
      kept.map((one) => one.size),
      kept.map(headText),
    ],
  });
  if (answer.rows[0]?.moved !== 1) throw storeError('conflict', before + 1);
};

export const keepHead = async (writer: Client, head: SignedHead): Promise<void> => {
  const answer = await writer.query(KEEP, [head.size, headText(head)]);
  if (answer.rowCount !== 1) throw storeError('conflict', head.size);
};
