import { StoreError } from '#app/ports.ts';
import type { Batch } from '#app/ports.ts';
import type { Digest, Signer } from '#core/ledger/digest.ts';
import type { SignedHead, Tip } from '#core/ledger/envelope.ts';
import { signHead } from '#core/ledger/heads.ts';
import { grow, rootOf } from '#core/ledger/tree.ts';
import type { Tree } from '#core/ledger/tree.ts';

/** What a store makes heads with. */
export interface Signing {
  readonly digest: Digest;
  /** Null until the store is given its key. */
  readonly signer: Signer | null;
}

/** A batch with its head signed. */
export interface SignedBatch extends Batch {
  readonly head: SignedHead;
}

/** Batches that are written together. */
export interface SignedGroup {
  readonly batches: readonly SignedBatch[];
  /** The head of the last of them. */
  readonly head: SignedHead;
  /** The tree under that head: the store's own once the group is durable. */
  readonly tree: Tree;
}

export const CONFLICT = 'the batch does not follow the durable end of the ledger: read the head and try again';

/**
 * Makes the heads of batches that follow the durable events. The tree given stays valid: a group that was not kept is undone by keeping it.
 * @param durable over all durable events
 * @param batches at least one
 * @throws StoreError `conflict` when they do not follow, `broken` when there is no key yet to sign with
 */
export const signGroup = (signing: Signing, durable: Tree, batches: readonly Batch[]): SignedGroup => {
  let tree = durable;
  const signed = batches.map((batch): SignedBatch => {
    tree = treeAfter(signing.digest, tree, batch);
    return { ...batch, head: headOf(signing, tree, batch.head) };
  });
  const last = signed.at(-1);
  if (last === undefined) throw new RangeError('there is no batch to sign for');
  return { batches: signed, head: last.head, tree };
};

/**
 * The signed head of a tree. One that came signed is kept as it is.
 * @throws StoreError `conflict` when it is not the tree's, `broken` when there is no key yet to sign with
 */
const headOf = ({ digest, signer }: Signing, tree: Tree, tip: Tip | SignedHead): SignedHead => {
  if (tip.size !== tree.size) throw new StoreError('conflict', CONFLICT, tip.size);
  const root = rootOf(digest, tree);
  if ('signature' in tip) {
    if (tip.root !== root) throw new StoreError('conflict', CONFLICT, tip.size);
    return tip;
  }
  if (signer === null) throw new StoreError('broken', 'there is no key yet to sign a head with');
  return signHead(signer, { ...tip, root });
};

/** The head of a checkpoint without events. One that came signed may be of fewer events than are there. */
export const checkpointOf = (signing: Signing, tree: Tree, tip: Tip | SignedHead): SignedHead =>
  'signature' in tip && tip.size < tree.size ? tip : headOf(signing, tree, tip);

/**
 * Lets a tree made of stored hashes pass when it is the one the stored head was signed for.
 * @param head null for an empty ledger
 * @throws StoreError `corrupt` when it is another
 */
export const demandSigned = (digest: Digest, tree: Tree, head: SignedHead | null): Tree => {
  const isSigned = tree.size === (head?.size ?? 0) && rootOf(digest, tree) === (head?.root ?? digest.empty);
  if (isSigned) return tree;
  throw new StoreError(
    'corrupt',
    'the hashes of the events are not those the head was signed for: restore the ledger from a copy that verifies',
  );
};

const treeAfter = (digest: Digest, tree: Tree, { events, head }: Batch): Tree => {
  const follows = events.length === 0 || events[0]?.seq === tree.size + 1;
  if (!follows || head.size !== tree.size + events.length) throw new StoreError('conflict', CONFLICT, tree.size + 1);
  return grow(
    digest,
    tree,
    events.map((event) => event.hash),
  );
};
