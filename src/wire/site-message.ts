import { z } from 'zod';
import { isHash, isSlug } from '#core/base/ids.ts';
import type { Hash, SiteId } from '#core/base/ids.ts';
import { isInstant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { isStamp } from '#core/ledger/heads.ts';
import { MESSAGE_VERSION } from '#sites/message.ts';
import type { Message } from '#sites/message.ts';
import type { Beat } from '#sites/links.ts';

/** Events in one piece, and in one proof, at most: far more than is ever given at once. */
const TEXTS_MAX = 20_000;
const PATH_MAX = 128;
const HEADS_MAX = 20_000;

const site = z.custom<SiteId>((value) => typeof value === 'string' && isSlug(value), 'not a site id');
const hash = z.custom<Hash>((value) => typeof value === 'string' && isHash(value), 'not a SHA-256 digest');
const stamp = z.custom<SignedHead['time']>(isStamp, 'not a stamp');
const size = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const head = z.object({ site, size, last: hash, root: hash, time: stamp, signature: z.string().max(200) });
const path = z.array(hash).max(PATH_MAX);

const instant = z.custom<Instant>(isInstant, 'not an instant');

const word = z.discriminatedUnion('type', [
  z.object({ type: z.literal('beat'), sent: instant, echo: z.object({ sent: instant, heard: instant }).nullable() }),
  z.object({ type: z.literal('tell'), heads: z.array(head).max(HEADS_MAX), all: z.boolean() }),
  z.object({ type: z.literal('ask'), origin: site, after: size }),
  z.object({
    type: z.literal('give'),
    origin: site,
    after: size,
    texts: z.array(z.string()).min(1).max(TEXTS_MAX),
    head,
  }),
  z.object({ type: z.literal('lack'), origin: site, after: size }),
  z.object({ type: z.literal('doubt'), origin: site, size }),
  z.object({ type: z.literal('proof'), origin: site, size, root: hash, head, path }),
  z.object({
    type: z.literal('fork'),
    fork: z.object({ origin: site, ours: head, theirs: head, proof: z.object({ root: hash, path }).nullable() }),
  }),
]);

/** Why what came from a site is not a message. later: it speaks a later version (S9). */
export type Misheard = { readonly code: 'later'; readonly version: number } | { readonly code: 'malformed' };

/** A word as it travels: JSON with the version of the protocol. */
export const wordText = (one: Message | Beat): string => JSON.stringify({ v: MESSAGE_VERSION, ...one });

/** What came from another site. Nothing in it is believed yet: signatures and roots are judged by the exchange. */
export const parseWord = (text: string): Result<Message | Beat, Misheard> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err({ code: 'malformed' });
  }
  const version = z.object({ v: z.number().int().min(1) }).safeParse(value);
  if (!version.success) return err({ code: 'malformed' });
  if (version.data.v > MESSAGE_VERSION) return err({ code: 'later', version: version.data.v });
  const parsed = word.safeParse(value);
  return parsed.success ? ok(parsed.data) : err({ code: 'malformed' });
};
