import type { Hash } from '#core/base/ids.ts';
import type { Digest } from './digest.ts';
import { pushLeaf, rootOfPeaks } from './merkle.ts';
import type { Peaks } from './merkle.ts';

/** The Merkle tree over the first `size` events of a ledger: all that is needed to go on from there. */
export interface Tree {
  readonly size: number;
  readonly peaks: Peaks;
}

export const EMPTY_TREE: Tree = { size: 0, peaks: [] };

/** The tree with more leaves. The old tree stays valid, so an append that failed is undone by keeping it. */
export const grow = (digest: Digest, tree: Tree, leaves: Iterable<Hash>): Tree => {
  const peaks = [...tree.peaks];
  let { size } = tree;
  for (const leaf of leaves) {
    pushLeaf(digest, peaks, size, leaf);
    size += 1;
  }
  return { size, peaks };
};

/** Merkle root over the events of the tree. */
export const rootOf = (digest: Digest, tree: Tree): Hash => rootOfPeaks(digest, tree.peaks);
