import type { Hash } from '#core/base/ids.ts';

/** Hashing and signing, passed into the pure core. */
export interface Digest {
  /** RFC 6962 leaf hash: SHA-256(0x00 ‖ UTF-8 of text). */
  readonly leaf: (text: string) => Hash;
  /** RFC 6962 node hash: SHA-256(0x01 ‖ left ‖ right). */
  readonly node: (left: Hash, right: Hash) => Hash;
  /** SHA-256 of nothing: the root of the empty tree. */
  readonly empty: Hash;
}
export interface Signer {
  /** Ed25519 signature of the UTF-8 of `text`, base64. */
  readonly sign: (text: string) => string;
}
export interface Verifier {
  readonly verify: (text: string, signature: string) => boolean;
}
