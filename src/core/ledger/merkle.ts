import type { Hash } from '#core/base/ids.ts';
import type { Digest } from './digest.ts';

/**
 * The Merkle tree of RFC 6962 §2.1. A tree that grows is kept as its *peaks*: the roots of the perfect subtrees it is made
 * of, largest first. They are all that is needed to go on, and there are at most 53 of them.
 */
export type Peaks = readonly Hash[];

/** Adds a leaf to `peaks` in place; `size` is the number of leaves before. One node hash per leaf on average. */
export const pushLeaf = (digest: Digest, peaks: Hash[], size: number, leaf: Hash): void => {
  let node = leaf;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = peaks.pop();
    if (left === undefined) throw new RangeError(`peaks do not belong to a tree of ${size} leaves`);
    node = digest.node(left, node);
  }
  peaks.push(node);
};

/** The root of the tree with these peaks; the hash of nothing when there are none. */
export const rootOfPeaks = (digest: Digest, peaks: Peaks): Hash => {
  let root = peaks.at(-1);
  if (root === undefined) return digest.empty;
  for (let index = peaks.length - 2; index >= 0; index -= 1) root = digest.node(at(peaks, index), root);
  return root;
};

/** The root over all `leaves` (leaf hashes). */
export const rootOfLeaves = (digest: Digest, leaves: readonly Hash[]): Hash =>
  leaves.length === 0 ? digest.empty : subtree(digest, leaves, 0, leaves.length);

/**
 * The audit path of RFC 6962 §2.1.1: proves that the leaf at `index` is in the tree over `leaves`.
 * Sibling hashes from the leaf up.
 */
export const inclusionProof = (digest: Digest, leaves: readonly Hash[], index: number): readonly Hash[] => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`);
  }
  const path: Hash[] = [];
  let from = 0;
  let to = leaves.length;
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      path.push(subtree(digest, leaves, middle, to));
      to = middle;
    } else {
      path.push(subtree(digest, leaves, from, middle));
      from = middle;
    }
  }
  return path.toReversed();
};

/**
 * The consistency proof of RFC 6962 §2.1.2: proves that the tree over the first `size` leaves is the beginning of the tree
 * over all of them. Empty when `size` is 0 or all.
 */
export const consistencyProof = (digest: Digest, leaves: readonly Hash[], size: number): readonly Hash[] => {
  if (!Number.isSafeInteger(size) || size < 0 || size > leaves.length) {
    throw new RangeError(`no tree of ${size} leaves within ${leaves.length}`);
  }
  if (size === 0) return [];
  const path: Hash[] = [];
  let from = 0;
  let to = leaves.length;
  let wholeSoFar = true;
  while (size !== to) {
    const middle = from + largestPowerBelow(to - from);
    if (size <= middle) {
      path.push(subtree(digest, leaves, middle, to));
      to = middle;
    } else {
      path.push(subtree(digest, leaves, from, middle));
      from = middle;
      wholeSoFar = false;
    }
  }
  if (!wholeSoFar) path.push(subtree(digest, leaves, from, to));
  return path.toReversed();
};

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162 §2.1.3.2. */
export const verifyInclusion = (digest: Digest, claim: Inclusion): boolean => {
  if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false;
  let place = claim.index;
  let last = claim.size - 1;
  let root = claim.leaf;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      root = digest.node(sibling, root);
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      root = digest.node(root, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && root === claim.root;
};

export interface Consistency {
  readonly size1: number;
  readonly root1: Hash;
  readonly size2: number;
  readonly root2: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162 §2.1.4.2. The empty tree is the beginning of every tree. */
export const verifyConsistency = (digest: Digest, claim: Consistency): boolean => {
  const { size1, size2, root1, root2 } = claim;
  if (!isCount(size1) || !isCount(size2) || size1 > size2) return false;
  if (size1 === size2) return claim.proof.length === 0 && root1 === root2;
  if (size1 === 0) return claim.proof.length === 0 && root1 === digest.empty;
  let place = size1 - 1;
  let last = size2 - 1;
  while (place % 2 === 1) {
    place = half(place);
    last = half(last);
  }
  const [first, ...rest] = place === 0 ? [root1, ...claim.proof] : claim.proof;
  if (first === undefined) return false;
  let old = first;
  let now = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      old = digest.node(sibling, old);
      now = digest.node(sibling, now);
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      now = digest.node(now, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && old === root1 && now === root2;
};

const half = (value: number): number => Math.floor(value / 2);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** The largest power of two smaller than `count`; `count` is at least 2. */
const largestPowerBelow = (count: number): number => {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
};

const subtree = (digest: Digest, leaves: readonly Hash[], from: number, to: number): Hash => {
  const peaks: Hash[] = [];
  for (let index = from; index < to; index += 1) pushLeaf(digest, peaks, index - from, at(leaves, index));
  return rootOfPeaks(digest, peaks);
};

const at = (hashes: readonly Hash[], index: number): Hash => {
  const found = hashes[index];
  if (found === undefined) throw new RangeError(`no hash at ${index}`);
  return found;
};
