import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Hash } from '#core/base/ids.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import {
  consistencyProof,
  inclusionProof,
  pushLeaf,
  rootOfLeaves,
  rootOfPeaks,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

const digest = createDigest();
const leavesOf = (count: number): Hash[] => Array.from({ length: count }, (_, index) => digest.leaf(`leaf ${index}`));

/** RFC 6962 §2.1 as it is written down there. */
const rootByDefinition = (leaves: readonly Hash[]): Hash => {
  const [only] = leaves;
  if (only === undefined) return digest.empty;
  if (leaves.length === 1) return only;
  let middle = 1;
  while (middle * 2 < leaves.length) middle *= 2;
  return digest.node(rootByDefinition(leaves.slice(0, middle)), rootByDefinition(leaves.slice(middle)));
};

describe('the Merkle tree', () => {
  it('has the root RFC 6962 defines, for every size', () => {
    const leaves = leavesOf(130);
    const peaks: Hash[] = [];
    for (let size = 0; size <= leaves.length; size += 1) {
      const expected = rootByDefinition(leaves.slice(0, size));
      assert.equal(rootOfPeaks(digest, peaks), expected);
      assert.equal(rootOfLeaves(digest, leaves.slice(0, size)), expected);
      const leaf = leaves[size];
      if (leaf !== undefined) pushLeaf(digest, peaks, size, leaf);
    }
  });

  it('refuses peaks that do not belong to the size', () => {
    assert.throws(() => pushLeaf(digest, [], 1, digest.empty), RangeError);
  });

  it('proves every leaf of every small tree, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, pick, other) => {
        const leaves = leavesOf(size);
        const index = pick % size;
        const claim = {
          index,
          size,
          leaf: leaves[index] ?? digest.empty,
          root: rootByDefinition(leaves),
          proof: inclusionProof(digest, leaves, index),
        };
        assert.ok(verifyInclusion(digest, claim));
        assert.ok(!verifyInclusion(digest, { ...claim, leaf: digest.leaf('another') }));
        assert.ok(!verifyInclusion(digest, { ...claim, root: digest.leaf('another') }));
        assert.ok(!verifyInclusion(digest, { ...claim, proof: [...claim.proof, digest.empty] }));
        assert.ok(!verifyInclusion(digest, { ...claim, index: size }));
        const elsewhere = other % size;
        assert.equal(verifyInclusion(digest, { ...claim, index: elsewhere }), elsewhere === index);
        if (claim.proof.length > 0) assert.ok(!verifyInclusion(digest, { ...claim, proof: claim.proof.slice(1) }));
      }),
    );
  });

  it('proves that a tree grew out of an earlier one, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size2, pick) => {
        const leaves = leavesOf(size2);
        const size1 = pick % (size2 + 1);
        const proof = consistencyProof(digest, leaves, size1);
        const claim = {
          size1,
          size2,
          root1: rootByDefinition(leaves.slice(0, size1)),
          root2: rootByDefinition(leaves),
          proof,
        };
        assert.ok(verifyConsistency(digest, claim));
        assert.ok(!verifyConsistency(digest, { ...claim, root1: digest.leaf('another') }));
        assert.ok(size1 === 0 || !verifyConsistency(digest, { ...claim, root2: digest.leaf('another') }));
        assert.ok(!verifyConsistency(digest, { ...claim, proof: [...proof, digest.empty] }));
        assert.ok(!verifyConsistency(digest, { ...claim, size1: size2 + 1 }));
        if (proof.length > 0) assert.ok(!verifyConsistency(digest, { ...claim, proof: proof.slice(1) }));
      }),
    );
  });

  it('refuses to prove what is not there', () => {
    assert.throws(() => inclusionProof(digest, leavesOf(3), 3), RangeError);
    assert.throws(() => consistencyProof(digest, leavesOf(3), 4), RangeError);
  });
});

/** Published hashes of the reference tree; see the note in the file. */
interface Vectors {
  readonly leaves: readonly string[];
  readonly roots: readonly Hash[];
  readonly inclusion: readonly {
    readonly index: number;
    readonly size: number;
    readonly leaf: Hash;
    readonly root: Hash;
    readonly proof: readonly Hash[];
  }[];
  readonly consistency: readonly {
    readonly size1: number;
    readonly size2: number;
    readonly root1: Hash;
    readonly root2: Hash;
    readonly proof: readonly Hash[];
  }[];
}

const file = join(import.meta.dirname, '../../../test/data/merkle.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const leaves = vectors.leaves.map((hex) => digest.leaf(Buffer.from(hex, 'hex').toString('utf8')));
/** Another hash: one bit of the last byte turned. */
const turned = (hash: Hash): Hash => (hash.slice(0, -1) + (parseInt(hash.slice(-1), 16) ^ 1).toString(16)) as Hash;

describe('the RFC 6962 test vectors', () => {
  it('roots: at every size as published', () => {
    assert.deepEqual(
      vectors.roots.map((_, size) => rootOfLeaves(digest, leaves.slice(0, size))),
      vectors.roots,
    );
  });

  it('inclusion: made as published, holds, and fails once anything is turned', () => {
    for (const claim of vectors.inclusion) {
      const { index, size, leaf, root, proof } = claim;
      assert.deepEqual([leaves[index], inclusionProof(digest, leaves.slice(0, size), index)], [leaf, proof]);
      assert.ok(verifyInclusion(digest, claim));
      assert.ok(!verifyInclusion(digest, { ...claim, root: turned(root) }));
      assert.ok(!verifyInclusion(digest, { ...claim, leaf: turned(leaf) }));
      for (const turnedAt of proof.keys()) {
        const other = proof.map((hash, at) => (at === turnedAt ? turned(hash) : hash));
        assert.ok(!verifyInclusion(digest, { ...claim, proof: other }));
      }
    }
  });

  it('consistency: made as published, holds, and fails once anything is turned', () => {
    for (const claim of vectors.consistency) {
      const { size1, size2, root1, root2, proof } = claim;
      assert.deepEqual(consistencyProof(digest, leaves.slice(0, size2), size1), proof);
      assert.ok(verifyConsistency(digest, claim));
      assert.ok(!verifyConsistency(digest, { ...claim, root1: turned(root1) }));
      assert.ok(!verifyConsistency(digest, { ...claim, root2: turned(root2) }));
      for (const turnedAt of proof.keys()) {
        const other = proof.map((hash, at) => (at === turnedAt ? turned(hash) : hash));
        assert.ok(!verifyConsistency(digest, { ...claim, proof: other }));
      }
    }
  });
});
