import { isHash, isSlug } from '#core/base/ids.ts';
import { isInstant } from '#core/base/instant.ts';
import type { Stamp } from '#core/base/instant.ts';
import type { Signer, Verifier } from './digest.ts';
import type { Head, SignedHead } from './envelope.ts';

/** What the signature of a head covers: six lines, each closed by a line feed. */
export const signedText = (head: Head): string =>
  `qundao-head-v1\n${head.site}\n${head.size}\n${head.last}\n${head.root}\n${head.time[0]}.${head.time[1]}\n`;

export const signHead = (signer: Signer, head: Head): SignedHead => ({
  ...head,
  signature: signer.sign(signedText(head)),
});

export const verifyHead = (verifier: Verifier, head: SignedHead): boolean =>
  verifier.verify(signedText(head), head.signature);

/** The one text of a head: keys in fixed order, no spaces. */
export const headText = (head: SignedHead): string =>
  JSON.stringify({
    site: head.site,
    size: head.size,
    last: head.last,
    root: head.root,
    time: head.time,
    signature: head.signature,
  });

/** A head from the text `headText` makes, or null for any other text, be it one bit. The signature is not checked here. */
export const parseHead = (text: string): SignedHead | null => {
  const head = headOf(text);
  return head !== null && headText(head) === text ? head : null;
};

const headOf = (text: string): SignedHead | null => {
  let value: Partial<Record<keyof SignedHead, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { site, size, last, root, time, signature } = value;
  const sound =
    typeof site === 'string' &&
    isSlug(site) &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size >= 0 &&
    typeof last === 'string' &&
    isHash(last) &&
    typeof root === 'string' &&
    isHash(root) &&
    isStamp(time) &&
    typeof signature === 'string';
  return sound ? (value as SignedHead) : null;
};

/** True for `[whole milliseconds, whole counter]`. */
export const isStamp = (value: unknown): value is Stamp =>
  Array.isArray(value) &&
  value.length === 2 &&
  isInstant(value[0]) &&
  Number.isSafeInteger(value[1]) &&
  (value[1] as number) >= 0;
