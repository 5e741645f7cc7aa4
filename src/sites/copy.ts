import type { Hash, MatterId, SiteId } from '#core/base/ids.ts';
import type { Digest, Verifier } from '#core/ledger/digest.ts';
import { GENESIS } from '#core/ledger/envelope.ts';
import type { SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { verifyHead } from '#core/ledger/heads.ts';
import { verifyConsistency } from '#core/ledger/merkle.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import { EMPTY_TREE, grow, rootOf } from '#core/ledger/tree.ts';
import type { Tree } from '#core/ledger/tree.ts';
import type { Give, Proof } from './message.ts';

/** Where a copy of a site's ledger stands: a prefix without gap, ending where the origin signed for it (S1, S2). */
export interface Copy {
  readonly origin: SiteId;
  readonly tree: Tree;
  /** Of the last event held; null while there is none. */
  readonly head: SignedHead | null;
}

export const emptyCopy = (origin: SiteId): Copy => ({ origin, tree: EMPTY_TREE, head: null });

export const sizeOf = (copy: Copy): number => copy.tree.size;

/** What a copy is judged with: hashing, and the key of its origin. */
export interface Judge {
  readonly digest: Digest;
  readonly verifier: Verifier;
}

/** Events that go on from a copy, and the copy once they are kept. */
export interface Piece {
  readonly events: readonly StoredEvent[];
  readonly head: SignedHead;
  readonly after: Copy;
}

/**
 * What a `give` is to a copy. known: nothing new. gap: what comes between is missing. unsigned: the origin did not sign the head.
 * differs: it signed for something else than these events after those held – they were damaged on the way, or it signed twice.
 */
export type Judged = { readonly fits: Piece } | 'known' | 'gap' | 'unsigned' | 'differs';

/** Judges events that come for a copy. The signature covers the root, and the root every event before it: nothing else need be looked at. */
export const judge = (copy: Copy, give: Give, { digest, verifier }: Judge): Judged => {
  const size = sizeOf(copy);
  const { head } = give;
  if (head.site !== copy.origin || head.size !== give.after + give.texts.length) return 'unsigned';
  if (head.size <= size) return 'known';
  if (!verifyHead(verifier, head)) return 'unsigned';
  if (give.after > size) return 'gap';
  const texts = give.texts.slice(size - give.after);
  const hashes = texts.map((text) => digest.leaf(text));
  const tree = grow(digest, copy.tree, hashes);
  if (hashes.at(-1) !== head.last || rootOf(digest, tree) !== head.root) return 'differs';
  const events = texts.map((text, index) => stored(text, size + index + 1, hashes[index] ?? GENESIS));
  return { fits: { events, head, after: { origin: copy.origin, tree, head } } };
};

const stored = (text: string, seq: number, hash: Hash): StoredEvent => ({ seq, matter: matterOf(text), text, hash });

/** An event of a later version is kept as it is, filed under no matter. */
const matterOf = (text: string): MatterId | null => {
  const parsed = parseEvent(text);
  return parsed.ok && parsed.value.known ? parsed.value.envelope.matter : null;
};

/** Two things one site signed that cannot both be true. Whoever has its key can check it. */
export interface Fork {
  readonly origin: SiteId;
  readonly ours: SignedHead;
  readonly theirs: SignedHead;
  /** Proves that the tree under `theirs` begins with another root at the size of `ours`; null where both are of one size. */
  readonly proof: Pick<Proof, 'root' | 'path'> | null;
}

/** A head that contradicts the copy by itself: signed, of the same size, of another tree. */
export const contradicts = (copy: Copy, head: SignedHead): Fork | null => {
  const ours = copy.head;
  if (ours === null || head.size !== ours.size) return null;
  return head.root === ours.root && head.last === ours.last
    ? null
    : { origin: copy.origin, ours, theirs: head, proof: null };
};

/** True for what shows that the origin signed twice; anything else that calls itself a fork is nothing. */
export const isFork = ({ origin, ours, theirs, proof }: Fork, { digest, verifier }: Judge): boolean => {
  const signed = [ours, theirs].every((head) => head.site === origin && verifyHead(verifier, head));
  if (!signed || ours.size > theirs.size) return false;
  if (proof === null) return ours.size === theirs.size && (ours.root !== theirs.root || ours.last !== theirs.last);
  const claim = { size1: ours.size, root1: proof.root, size2: theirs.size, root2: theirs.root, proof: proof.path };
  return proof.root !== ours.root && verifyConsistency(digest, claim);
};

/**
 * What a `proof` says of a copy. same: both go on from the same events, so what differed was damaged on the way. void: it proves nothing,
 * or speaks of another size than is held.
 */
export const weigh = (copy: Copy, proof: Proof, { digest, verifier }: Judge): Fork | 'same' | 'void' => {
  const { head, root, path, size } = proof;
  const ours = copy.head;
  if (ours === null || size !== ours.size || head.site !== copy.origin || !verifyHead(verifier, head)) return 'void';
  const claim = { size1: size, root1: root, size2: head.size, root2: head.root, proof: path };
  if (!verifyConsistency(digest, claim)) return 'void';
  return root === ours.root ? 'same' : { origin: copy.origin, ours, theirs: head, proof: { root, path } };
};
