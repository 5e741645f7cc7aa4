import type { Hash, SiteId } from '#core/base/ids.ts';
import type { Digest, Signer, Verifier } from '#core/ledger/digest.ts';

/**
 * Hashing and signing for simulations: nobody breaks them here, and a simulated year takes millions. A hash mixes every letter into 96
 * bits; a signature is a hash with a secret. The protocol is tried with the real ones in its own tests.
 */
export const pretendDigest: Digest = {
  leaf: (text) => spread(`0${text}`),
  node: (left, right) => spread(`1${left}${right}`),
  empty: 'e'.repeat(64) as Hash,
};

export const pretendSigner = (secret: string): Signer => ({ sign: (text) => spread(`${secret}\n${text}`) });

export const pretendVerifier = (secret: string): Verifier => ({
  verify: (text, signature) => spread(`${secret}\n${text}`) === signature,
});

/** Only the site itself has it, until it is stolen. */
export const secretOf = (site: SiteId): string => `key of ${site}`;

const spread = (text: string): Hash => {
  let [a, b, c] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ a ^ code, 0x85ebca77);
    c = Math.imul(c + b, 0xc2b2ae3d) ^ code;
  }
  const word = (value: number): string => ((value ^ (value >>> 15)) >>> 0).toString(16).padStart(8, '0');
  return `${word(a)}${word(b)}${word(c)}`.padEnd(64, '0') as Hash;
};
