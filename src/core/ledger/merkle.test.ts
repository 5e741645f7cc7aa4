import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

interface InclusionVector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}
interface ConsistencyVector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const shared = process.env['QUNDAO_SHARED'] ?? resolve(import.meta.dirname, '../../../../shared');
const vectors = join(shared, 'data', 'merkle');
const hex = (base64: string): Hash => Buffer.from(base64, 'base64').toString('hex') as Hash;
const read = <T>(kind: string): readonly T[] =>
  readdirSync(join(vectors, kind)).map((file) => JSON.parse(readFileSync(join(vectors, kind, file), 'utf8')) as T);
/** Another hash: one bit of the last byte turned. */
const turned = (hash: Hash): Hash => (hash.slice(0, -1) + (parseInt(hash.slice(-1), 16) ^ 1).toString(16)) as Hash;

describe('the RFC 6962 test vectors', { skip: existsSync(vectors) ? false : `no vectors in ${vectors}` }, () => {
  it('inclusion: holds where it must, fails where it must, and fails once anything is turned', () => {
    const all = read<InclusionVector>('inclusion');
    assert.ok(all.length >= 5);
    for (const vector of all) {
      const proof = (vector.proof ?? []).map(hex);
      const claim = {
        index: vector.leafIdx,
        size: vector.treeSize,
        leaf: hex(vector.leafHash),
        root: hex(vector.root),
        proof,
      };
      assert.equal(verifyInclusion(digest, claim), !vector.wantErr);
      assert.ok(!verifyInclusion(digest, { ...claim, root: turned(claim.root) }));
      assert.ok(!verifyInclusion(digest, { ...claim, leaf: turned(claim.leaf) }));
      for (const index of proof.keys()) {
        assert.ok(
          !verifyInclusion(digest, { ...claim, proof: proof.map((hash, at) => (at === index ? turned(hash) : hash)) }),
        );
      }
    }
  });

  it('consistency: holds where it must, fails where it must, and fails once anything is turned', () => {
    const all = read<ConsistencyVector>('consistency');
    assert.ok(all.length >= 5);
    for (const vector of all) {
      const proof = (vector.proof ?? []).map(hex);
      const claim = {
        size1: vector.size1,
        size2: vector.size2,
        root1: hex(vector.root1),
        root2: hex(vector.root2),
        proof,
      };
      assert.equal(verifyConsistency(digest, claim), !vector.wantErr);
      assert.ok(!verifyConsistency(digest, { ...claim, root1: turned(claim.root1) }));
      assert.ok(!verifyConsistency(digest, { ...claim, root2: turned(claim.root2) }));
      for (const index of proof.keys()) {
        assert.ok(
          !verifyConsistency(digest, {
            ...claim,
            proof: proof.map((hash, at) => (at === index ? turned(hash) : hash)),
          }),
        );
      }
    }
  });
});
